"""Time the tokenizer against spacy.blank("id"): warm, on the same texts; and how long each takes to build.

python benchmarks/tokenizer.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Sequence

import spacy
from spacy.lang.id import Indonesian
from spacy.language import Language
from timing import Row, alternate, articles, ratio

ARTICLES = 300
BUILDS = 5
#: Each build has a process of its own, for a second one finds much done; it prints its processor time, imports apart.
BUILD = """
import time
from spacy.lang.id import Indonesian
import netralitas_nlp.tokenizer
begin = time.process_time()
Indonesian{}
print(time.process_time() - begin)
"""


def measure() -> list[Row]:
    texts = articles(ARTICLES)
    size = sum(map(len, texts))
    columns = alternate([_Run(nlp, texts) for nlp in (spacy.blank("id"), ours(), ours(clitics=True))])
    blank, plain, clitics = columns
    names = 'spacy.blank("id")', "ours", "ours with clitics"
    rows = [("articles, characters on average", f"{len(texts)}, {size // len(texts)}")]
    rows += [
        (f"characters a second, {name}", f"{size / statistics.median(column) / 1e6:.2f} million")
        for name, column in zip(names, columns, strict=True)
    ]
    rows.append(("spaCy's time / ours, per round", ratio(blank, plain)))
    rows.append(("spaCy's time / ours with clitics, per round", ratio(blank, clitics)))
    codes = "()", f".from_config({config()})", f".from_config({config(clitics=True)})"
    builds = zip(*[[_build(code) for code in codes] for _ in range(BUILDS)], strict=True)
    rows += [
        (f"to build {name}, imports apart", f"{statistics.median(column) * 1e3:.0f} ms")
        for name, column in zip(names, builds, strict=True)
    ]
    return rows


def config(clitics: bool = False) -> dict[str, object]:
    tokenizer = {"@tokenizers": "netralitas_nlp.Tokenizer.v1", "clitics": clitics}
    return {"nlp": {"lang": "id", "tokenizer": tokenizer}}


def ours(clitics: bool = False) -> Language:
    return Indonesian.from_config(config(clitics))


def _build(code: str) -> float:
    done = subprocess.run([sys.executable, "-c", BUILD.format(code)], check=True, capture_output=True, text=True)
    return float(done.stdout)


class _Run:
    def __init__(self, nlp: Language, texts: Sequence[str]) -> None:
        self._make, self._texts = nlp.make_doc, texts

    def __call__(self) -> None:
        for text in self._texts:
            self._make(text)


def main() -> None:
    for name, value in measure():
        print(f"{name:<50} {value}")


if __name__ == "__main__":
    main()
