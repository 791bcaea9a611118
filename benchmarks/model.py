"""Time the trained pipeline on one core: words a second, whole and without some components, size and loading.

OMP_NUM_THREADS=1 python benchmarks/model.py
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import id_netralitas_sm
import spacy
from spacy.language import Language
from timing import Row, alternate, articles

ARTICLES = 60
ROUNDS = 5
#: What is timed: names of components that do not run.
CASES: dict[str, list[str]] = {
    "whole": [],
    "without names": ["ner"],
    "names alone": ["tok2vec", "morphologizer", "trainable_lemmatizer", "netralitas_lemmas", "parser"],
}


def measure() -> list[Row]:
    texts = articles(ARTICLES)
    begin = time.perf_counter()
    nlp = spacy.load("id_netralitas_sm")
    loading = time.perf_counter() - begin
    words = sum(len(nlp.make_doc(text)) for text in texts)
    columns = alternate([_Run(nlp, texts, off) for off in CASES.values()], ROUNDS)
    size = sum(file.stat().st_size for file in Path(id_netralitas_sm.__file__).parent.rglob("*") if file.is_file())
    rows = [("articles, words on average", f"{len(texts)}, {words // len(texts)}")]
    rows += [
        (f"words a second, {name}", f"{words / statistics.median(column):,.0f}")
        for name, column in zip(CASES, columns, strict=True)
    ]
    rows.append(("size of the package on disk", f"{size / 1e6:.1f} MB"))
    rows.append(("to load it, spaCy imported", f"{loading:.2f} s"))
    return rows


class _Run:
    def __init__(self, nlp: Language, texts: Sequence[str], off: Sequence[str]) -> None:
        self._nlp, self._texts, self._off = nlp, texts, [name for name in off if name in nlp.pipe_names]

    def __call__(self) -> None:
        for _ in self._nlp.pipe(self._texts, disable=self._off):
            pass


def main() -> None:
    for name, value in measure():
        print(f"{name:<50} {value}")


if __name__ == "__main__":
    main()
