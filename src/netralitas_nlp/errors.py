"""The exceptions that the library raises.

Text never raises: what is odd about an article becomes a :class:`~netralitas_nlp.types.Note` of it.
Only misuse (``TypeError``, ``ValueError``) and broken rule files do.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["RuleError"]


class RuleError(ValueError):
    """A rule file cannot be used.

    Parameters
    ----------
    problems
        Everything that is wrong, one line each: file, entry and problem.

    Attributes
    ----------
    problems : tuple of str
        The same lines.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = f"{count} problem{'s' if count != 1 else ''} in the rules:"
        super().__init__("\n  ".join([head, *self.problems]))
