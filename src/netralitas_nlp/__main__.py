"""The command ``netralitas``, also ``python -m netralitas_nlp``."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line, or say what it needs."""
    try:
        from netralitas_nlp.cli import netralitas
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        sys.exit("the command line needs click: pip install netralitas-nlp[cli]")
    netralitas(prog_name="netralitas")


if __name__ == "__main__":
    main()
