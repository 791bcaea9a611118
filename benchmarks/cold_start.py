"""Time a cold process: bare Python, the import of the library, the first article, and a pipeline of spaCy.

python benchmarks/cold_start.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys

from timing import Row, alternate

CODES = {
    "bare Python": "pass",
    "import netralitas_nlp": "import netralitas_nlp",
    "import and first extract": "import netralitas_nlp; netralitas_nlp.extract('Bupati Berau hadir, Senin (7/10).')",
    "import spacy": "import spacy",
    "import and load()": "import netralitas_nlp; netralitas_nlp.load()",
    "import, load() and first text": "import netralitas_nlp; netralitas_nlp.load()('Bupati hadir, Senin (7/10).')",
}
ROUNDS = 15


def measure() -> list[Row]:
    runs = [_Run([sys.executable, "-c", code]) for code in CODES.values()]
    columns = dict(zip(CODES, alternate(runs, ROUNDS), strict=True))
    bare, *others = columns
    rows = [(f"process of {name}", f"{statistics.median(column) * 1e3:.0f} ms") for name, column in columns.items()]
    for name in others:
        above = [took - base for took, base in zip(columns[name], columns[bare], strict=True)]
        rows.append((f"{name}, above bare Python", f"{statistics.median(above) * 1e3:.0f} ms"))
    return rows


class _Run:
    def __init__(self, command: list[str]) -> None:
        self._command = command

    def __call__(self) -> None:
        subprocess.run(self._command, check=True)


def main() -> None:
    for name, value in measure():
        print(f"{name:<50} {value}")


if __name__ == "__main__":
    main()
