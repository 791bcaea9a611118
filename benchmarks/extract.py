"""Time the whole extraction and each layer against the tokenisation of spaCy, and look at memory.

python benchmarks/extract.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from inspect import isfunction
from pathlib import Path
from typing import Any

import spacy
from timing import Row, alternate, articles, ratio, seconds

from netralitas_nlp import Extractor, _text, extractor, load
from netralitas_nlp.layers import (
    dates,
    holders,
    norms,
    offices,
    officials,
    organizations,
    people,
    places,
    pledges,
    quotes,
    references,
    sentences,
    zones,
)

COUNT = 300
LAYERS = (
    zones, sentences, dates, offices, organizations, references, people, holders, places, officials, quotes, pledges,
    norms,
)  # fmt: skip
LONG = 5_000_000
#: Where Linux keeps the peak of a process since its start; what `resource` tells includes the parent's.
STATUS = Path("/proc/self/status")
HARD = {
    "5 MB of news in one line": None,
    "a million brackets": "(" * 1_000_000,
    "a million digits": "1" * 1_000_000,
    "a million characters of penalties in one sentence": "dikenai " * 125_000,
    "a million characters of points in one sentence": "ikrar kedua, menjaga " * 47_600,
}


def measure() -> list[Row]:
    texts = articles(COUNT)
    size = sum(map(len, texts))
    reader = Extractor()
    tokenizer = spacy.blank("id").tokenizer

    def ours() -> None:
        for text in texts:
            reader.extract(text)

    def theirs() -> None:
        for text in texts:
            tokenizer(text)

    own, spacys = alternate([ours, theirs])
    median = statistics.median(own)
    slowest = max(_reading(reader, text) / len(text) for text in texts if len(text) > 500)
    return [
        ("articles, characters on average", f"{len(texts)}, {size / len(texts):.0f}"),
        ("characters a second, whole extraction", f"{size / median / 1e6:.2f} million"),
        ("characters a second, spaCy's tokenisation, warm", f"{size / statistics.median(spacys) / 1e6:.2f} million"),
        ("spaCy's time / ours, per round", ratio(spacys, own)),
        ("one article of 2,200 characters", f"{median / size * 2200 * 1e3:.2f} ms"),
        ("slowest article, per 1,000 characters", f"{slowest * 1e6:.2f} ms"),
        *through_spacy(reader, texts),
        *layers(reader, texts),
        *hard(reader, texts),
        *memory(),
    ]


def layers(reader: Extractor, texts: list[str]) -> list[Row]:
    """Split the time of the extraction among the modules, the time of a call inside another taken off the outer one."""
    spent: dict[str, float] = {}
    stack: list[float] = []

    def timed(name: str, run: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            stack.append(0.0)
            begin = time.perf_counter()
            try:
                return run(*args, **options)
            finally:
                took = time.perf_counter() - begin
                spent[name] = spent.get(name, 0.0) + took - stack.pop()
                if stack:
                    stack[-1] += took

        return call

    public = [(module, name, getattr(module, name)) for module in LAYERS for name in module.__all__]
    patched = [entry for entry in public if isfunction(entry[2])]
    patched += [(extractor, name, getattr(_text, name)) for name in ("make_view", "mask", "split_words")]
    for module, name, value in patched:
        label = "view and words" if module is extractor else module.__name__.rpartition(".")[2]
        setattr(module, name, timed(label, value))
    try:
        whole = seconds(lambda: [reader.extract(text) for text in texts])
    finally:
        for module, name, value in patched:
            setattr(module, name, value)
    spent["the rest"] = whole - sum(spent.values())
    return [
        (f"share of {name}", f"{part / whole:.0%}, {part / len(texts) * 1e6:.0f} µs an article")
        for name, part in sorted(spent.items(), key=lambda item: -item[1])
    ]


def through_spacy(reader: Extractor, texts: list[str]) -> list[Row]:
    """Compare the pipeline of `load` with what it is made of: its tokens, its sentences, and the extraction."""
    nlp = load()
    steps: list[Callable[[str], object]] = [reader.extract, nlp.make_doc, reader.sentences, nlp]
    rounds = alternate([partial(_each, step, texts) for step in steps])
    plain, tokens, opened, whole = (statistics.median(column) / len(texts) * 1e3 for column in rounds)
    return [
        ("an article through load(), whole pipeline", f"{whole:.2f} ms"),
        ("of this its tokens, its sentences", f"{tokens:.2f} ms, {opened:.2f} ms"),
        ("of this `extract`", f"{plain:.2f} ms"),
        ("of this plain data, span groups and spaCy", f"{whole - plain - tokens - opened:.2f} ms"),
        ("time of the pipeline / of `extract`, per round", ratio(rounds[3], rounds[0])),
    ]


def _each(step: Callable[[str], object], texts: list[str]) -> None:
    for text in texts:
        step(text)


def hard(reader: Extractor, texts: list[str]) -> list[Row]:
    line = " ".join(" ".join(texts).split())
    long = (line * (LONG // len(line) + 1))[:LONG]
    return [(name, f"{seconds(partial(reader.extract, text or long)):.2f} s") for name, text in HARD.items()]


def _reading(reader: Extractor, text: str) -> float:
    return min(seconds(partial(reader.extract, text)) for _ in range(3))


def memory() -> list[Row]:
    """Return the peak memory of fresh processes, in which nothing else has run; Linux tells it, others are left out."""
    if not STATUS.is_file():
        return []
    news = "from netralitas_nlp import extract; from timing import articles; t = articles(300);"
    line = f"t = ' '.join(t); t = (t * ({LONG} // len(t) + 1))[:{LONG}];"
    codes = {
        "bare Python": "pass",
        "after 300 articles": f"{news} [extract(x) and None for x in t]",
        "after 5 MB in one line": f"{news} {line} extract(t)",
    }
    return [(f"peak memory, {name}", f"{_peak(code):.0f} MB") for name, code in codes.items()]


def _peak(code: str) -> float:
    command = [sys.executable, "-c", f"{code}\nprint(open('{STATUS}').read())"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent)
    line = next(line for line in run.stdout.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> None:
    for name, value in measure():
        print(f"{name:<50} {value}")


if __name__ == "__main__":
    main()
