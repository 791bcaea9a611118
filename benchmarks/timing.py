"""What the benchmarks share: the articles that they read, and how they time."""

from __future__ import annotations

import gzip
import json
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "raw_news" / "articles.jsonl.gz"
ROUNDS = 9

Row = tuple[str, str]


def articles(count: int) -> list[str]:
    """Return articles of the news corpus beside the checkout; without it, the one that ships with the library."""
    if not SHARED.is_file():
        return [files("netralitas_nlp").joinpath("data", "sample.txt").read_text(encoding="utf-8")] * count
    with gzip.open(SHARED, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return texts[:: len(texts) // count][:count]


def seconds(run: Callable[[], object]) -> float:
    """Return how long one call takes."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def alternate(runs: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> list[list[float]]:
    """Time the runs in turn, after one round that is not counted, so that a busy machine slows all alike."""
    for run in runs:
        run()
    columns: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for column, run in zip(columns, runs, strict=True):
            column.append(seconds(run))
    return columns


def ratio(slow: Sequence[float], fast: Sequence[float]) -> str:
    """Return the median of the ratios round by round, and their span."""
    ratios = sorted(a / b for a, b in zip(slow, fast, strict=True))
    return f"{statistics.median(ratios):.3g} ({ratios[0]:.3g} to {ratios[-1]:.3g})"
