"""Run all benchmarks and rewrite the tables in docs/benchmarks.md.

python benchmarks/report.py
"""

from __future__ import annotations

import os
import platform
from pathlib import Path

import cold_start
import dates
import extract
import model
import tokenizer

DOC = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- figures: written by benchmarks/report.py -->", "<!-- end of figures -->"


def main() -> None:
    machine = f"{platform.system()} ({platform.machine()}), {os.cpu_count()} cores"
    lines = [f"CPython {platform.python_version()} on {machine}."]
    for title, measure in (
        ("Whole extraction", extract.measure),
        ("Dates alone", dates.measure),
        ("Tokenizer", tokenizer.measure),
        ("Trained pipeline", model.measure),
        ("Cold start", cold_start.measure),
    ):
        lines += ["", f"## {title}", "", "| what | figure |", "| --- | --- |"]
        lines += [f"| {name} | {value} |" for name, value in measure()]
    text = "\n".join(lines)
    print(text)
    head, rest = DOC.read_text(encoding="utf-8").split(BEGIN)
    DOC.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
