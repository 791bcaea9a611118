"""What the evaluations share: intervals, the tables of the pages, the committed thresholds."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

HERE = Path(__file__).resolve().parent
DOC = HERE.parent / "docs" / "evaluation.md"
THRESHOLDS = HERE / "thresholds.toml"
ROUNDS = 2000
SEED = 20241127
MARGIN = 0.005

Row = TypeVar("Row")
Figures = Mapping[str, float]


def intervals(rows: Sequence[Row], figures: Callable[[Sequence[Row]], Figures]) -> dict[str, tuple[float, float]]:
    """Return the 95 % percentile interval of each figure over rows (articles) drawn with replacement."""
    draw = random.Random(SEED)
    samples: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, value in figures(draw.choices(rows, k=len(rows))).items():
            samples.setdefault(name, []).append(value)
    for values in samples.values():
        values.sort()
    return {name: (v[int(0.025 * len(v))], v[int(0.975 * len(v))]) for name, v in samples.items()}


def put(table: str, begin: str, end: str, page: Path = DOC) -> None:
    """Replace what stands between two comments of a page."""
    text = page.read_text(encoding="utf-8")
    head, rest = text.split(begin)
    tail = rest.split(end)[1]
    page.write_text(f"{head}{begin}\n\n{table}\n\n{end}{tail}", encoding="utf-8")


def thresholds() -> dict[str, dict[str, float]]:
    return tomllib.loads(THRESHOLDS.read_text(encoding="utf-8"))


def drops(scores: Mapping[str, Figures], limits: Mapping[str, Figures]) -> Iterable[str]:
    """Yield every score that is below what was committed for it, in the tables that hold scores."""
    for name, values in scores.items():
        for layer, least in limits.get(name, {}).items():
            value = values.get(layer, 0.0)
            if value < least:
                yield f"{name}: {layer} is {value:.3f}, below the committed {least:.3f}"


def freeze(scores: Mapping[str, Figures], strict: Iterable[str] = ()) -> None:
    """Set the thresholds of these tables a hair below their scores, the strict ones at them; other tables stay."""
    whole = set(strict)
    tables = thresholds() | {
        name: {layer: max(0.0, value - MARGIN * (layer not in whole)) for layer, value in values.items()}
        for name, values in scores.items()
    }
    lines = ["# What `--check` of the evaluations holds the scores to; their `--freeze` writes these tables anew."]
    for name, figures in tables.items():
        lines += ["", f"[{name}]", *(f'"{layer}" = {value:.3f}' for layer, value in figures.items() if value)]
    THRESHOLDS.write_text("\n".join(lines) + "\n", encoding="utf-8")
