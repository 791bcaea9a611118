"""What a trained model adds to the rules: the same scores without and with it.

    python evaluation/engine.py                      score, print, rewrite the tables of docs/models.md
    python evaluation/engine.py --model FOLDER       another pipeline; rewrites nothing

Three sets: the gold standard (its held-out articles decide: the rules were written against the others), the development
part of idner-news-2k, in whose sentences every person is marked, with a title or without, and quotations of PFSA-ID.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import spacy

import pfsa
import run
import scorecard
from conllu import F1
from netralitas_nlp.engines import Analysis, Engine
from netralitas_nlp.extractor import Extractor
from netralitas_nlp.spacy_engine import SpacyEngine

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "models" / "training"))

import names_data

PAGE = ROOT / "docs" / "models.md"
MODEL = "id_netralitas_sm"
GOLD = ("<!-- gold: written by evaluation/engine.py -->", "<!-- end of gold -->")
OTHER = ("<!-- others: written by evaluation/engine.py -->", "<!-- end of others -->")
LAYERS = (
    "people", "people/mentions", "officials", "organizations", "dates", "references", "quotes", "indirect", "pledges",
    "norms", "norms/addressed",
)  # fmt: skip
#: As many articles of PFSA-ID's held-out part, to keep the time short.
_QUOTED = 150

Scores = Mapping[str, Mapping[str, float]]


class Once:
    """Remembers what an engine said of a text."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._said: dict[str, Analysis] = {}

    def analyze(self, text: str) -> Analysis:
        """Return what the engine says of a text."""
        if text not in self._said:
            self._said[text] = self._engine.analyze(text)
        return self._said[text]


def main() -> int:
    options = _options()
    systems = {"rules": Extractor(), "rules + model": Extractor(engine=Once(SpacyEngine(spacy.load(options.model))))}
    scorer = run._scorer(options.shared / "eval" / "score.py")
    gold = {}
    for name, extractor in systems.items():
        articles = run.score(run._gold_rows(options.shared), scorer, extractor)
        folds = run._folds(articles, run.HERE / "held_out.txt")
        gold[name] = {fold: run.f1(rows) for fold, rows in folds.items()}
    table = _gold_table(gold)
    others = _other_table({name: _others(options.shared, extractor) for name, extractor in systems.items()})
    print(f"{table}\n\n{others}")
    if options.model == MODEL:
        scorecard.put(table, *GOLD, page=PAGE)
        scorecard.put(others, *OTHER, page=PAGE)
    return 0


def _others(shared: Path, extractor: Extractor) -> dict[str, float]:
    found = people(extractor, names_data.idner(shared / "data", "dev"))
    documents = pfsa.documents(shared / "data" / "quotes")["held out"][:_QUOTED]
    cues = pfsa.cue_words(documents)
    figures = pfsa.figures([pfsa.count(document, extractor.extract, cues) for document in documents])
    return found | {
        "PFSA-ID, right speaker": figures["speaker"],
        "PFSA-ID, right speaker, by a person's record": figures["speaker by id"],
    }


def people(extractor: Extractor, sentences: Iterable[names_data.Sentence]) -> dict[str, float]:
    """Return precision, recall and F1 of the mentions of people in sentences, borders exact."""
    right = system = gold = 0
    for sentence in sentences:
        article = extractor.extract(sentence.text)
        ours = {tuple(mention.span) for person in article.people for mention in person.mentions}
        theirs = {(start, end) for start, end, label in sentence.entities if label == "PER"}
        right, system, gold = right + len(ours & theirs), system + len(ours), gold + len(theirs)
    return {
        "idner dev, mentions of people, precision": right / system if system else 0.0,
        "idner dev, mentions of people, recall": right / gold if gold else 0.0,
        "idner dev, mentions of people, F1": F1(right, system, gold).value,
    }


def _gold_table(scores: Mapping[str, Scores]) -> str:
    folds = ("development", "held_out", "all")
    heads = [f"{name}, {fold.replace('_', ' ')}" for name in scores for fold in folds]
    lines = [f"| layer | {' | '.join(heads)} |", f"|{' --- |' * (len(heads) + 1)}"]
    for layer in LAYERS:
        cells = [f"{scores[name][fold][layer]:.3f}" for name in scores for fold in folds]
        lines.append(f"| {layer} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _other_table(scores: Mapping[str, Mapping[str, float]]) -> str:
    names: Sequence[str] = list(scores)
    lines = [f"| figure | {' | '.join(names)} |", f"|{' --- |' * (len(names) + 1)}"]
    for figure in scores[names[0]]:
        lines.append(f"| {figure} | {' | '.join(f'{scores[name][figure]:.3f}' for name in names)} |")
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder with the data")
    parser.add_argument("--model", default=MODEL, help="a package or a folder")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
