"""Score a trained spaCy pipeline: tags, features, lemmas, trees, sentences, names, and speed.

    python evaluation/pipeline.py                      score the installed id_netralitas_sm, rewrite the tables of
                                                       docs/models.md and of the model card
    python evaluation/pipeline.py --model FOLDER       score another pipeline, rewrite nothing
    python evaluation/pipeline.py --check              write nothing; fail when a score is below [pipeline] in
                                                       thresholds.toml
    python evaluation/pipeline.py --freeze             set those thresholds a hair below the scores of this run

The treebanks and the corpora of names stand in a folder beside the checkout (``--shared``). Trees are scored twice: on
the words and sentences of the treebank, and from the raw text, where a word counts as found when its borders are right
(as in the CoNLL 2018 task; LAS is given with the subtypes of relations and, as there, without).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import conllu
import scorecard

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "docs" / "models.md", ROOT / "models" / "id_netralitas_sm" / "README.md")
MODEL = "id_netralitas_sm"
TREES = {"gsd_dev": "ud/id_gsd/id_gsd-ud-dev.conllu", "gsd_test": "ud/id_gsd/id_gsd-ud-test.conllu"}
NAMES = {"idner_dev": "ner/idner_news_2k/dev.txt"}
FIGURES = ("upos", "ufeats", "lemmas", "uas", "las", "las, no subtypes")
NAMES_OF = ("PER", "ORG", "LOC")
#: Sentences that go through the pipeline as one text.
_TOGETHER = 20
_ROUNDS = 3


class Row(NamedTuple):
    """A word as it is compared: its place among the characters, and its annotation; `head` is None at a root."""

    start: int
    end: int
    head: tuple[int, int] | None
    relation: str
    tag: str
    features: str
    lemma: str


def gold_rows(sentences: Iterable[conllu.Sentence], *, raw: bool = False) -> Iterator[Row]:
    """Yield the words of a treebank by their place among the characters without blanks.

    The words of a multiword token are a host and its clitic, whose forms together are the token's; where they are not,
    the clitic has the end of the token and the host the rest ("satu-satunya" is "satu", "nya").

    Parameters
    ----------
    sentences
        Of the treebank.
    raw
        Whether the characters are those of the text, and not those of the words.
    """
    at = 0
    for sentence in sentences:
        spans = {}
        for token in sentence.tokens:
            end = at + (_size(token.form) if raw else sum(_size(word.form) for word in token.words))
            for i, word in enumerate(token.words, 1):
                spans[str(word.id)] = at, end - sum(_size(other.form) for other in token.words[i:])
                at = spans[str(word.id)][1]
        for word in sentence.words:
            start, end = spans[str(word.id)]
            features = "" if word.feats == "_" else word.feats
            yield Row(start, end, spans.get(word.head), word.deprel, word.upos, features, word.lemma)


def system_rows(docs: Iterable[Doc]) -> Iterator[Row]:
    """Yield the tokens of documents in the same way."""
    at = 0
    for doc in docs:
        spans: dict[int, tuple[int, int]] = {}
        for token in doc:
            if not token.is_space:
                spans[token.i] = at, at + _size(token.text)
                at = spans[token.i][1]
        for token in doc:
            if not token.is_space:
                start, end = spans[token.i]
                head = None if token.head.i == token.i else spans.get(token.head.i)
                relation = "root" if head is None else token.dep_
                yield Row(start, end, head, relation, token.pos_, str(token.morph), token.lemma_)


def _size(text: str) -> int:
    """Return the number of characters that are no blanks."""
    return len("".join(text.split()))


def trees(gold: Sequence[Row], system: Sequence[Row]) -> dict[str, float]:
    """Return the F1 of each kind of annotation over the words that both have."""
    found = {(row.start, row.end): row for row in system}
    right = dict.fromkeys(FIGURES, 0)
    for row in gold:
        other = found.get((row.start, row.end))
        if other is None:
            continue
        attached = row.head == other.head
        right["upos"] += row.tag == other.tag
        right["ufeats"] += row.features == other.features
        right["lemmas"] += row.lemma == other.lemma
        right["uas"] += attached
        right["las"] += attached and row.relation == other.relation
        right["las, no subtypes"] += attached and _universal(row.relation) == _universal(other.relation)
    return {name: 2 * count / (len(gold) + len(system)) for name, count in right.items()}


def _universal(relation: str) -> str:
    return relation.partition(":")[0]


def parse_gold(nlp: Language, sentences: Iterable[conllu.Sentence]) -> list[Doc]:
    """Run the pipeline on the words of a treebank, a sentence a document."""
    docs = []
    for sentence in sentences:
        words = [word.form for word in sentence.words]
        spaces = [
            token.space_after and word is token.words[-1] for token in sentence.tokens for word in token.words
        ]
        doc = Doc(nlp.vocab, words=words, spaces=spaces)
        for token in doc:
            token.is_sent_start = token.i == 0
        docs.append(doc)
    return list(nlp.pipe(docs))


def parse_raw(nlp: Language, sentences: Sequence[conllu.Sentence]) -> list[Doc]:
    """Run the pipeline on the text of a treebank, some sentences at a time."""
    batches = [sentences[i : i + _TOGETHER] for i in range(0, len(sentences), _TOGETHER)]
    return list(nlp.pipe(conllu.text_of(batch) for batch in batches))


def boundaries(sentences: Iterable[conllu.Sentence], docs: Iterable[Doc]) -> float:
    """Return the F1 of sentences, the borders between the texts of the batches included."""
    gold, system = set(), set()
    at = 0
    for sentence in sentences:
        size = _size(sentence.text)
        gold.add((at, at + size))
        at += size
    at = 0
    for doc in docs:
        for span in doc.sents:
            size = _size(span.text)
            if size:
                system.add((at, at + size))
            at += size
    return conllu.F1(len(gold & system), len(system), len(gold)).value


def named(nlp: Language, path: Path) -> dict[str, float]:
    """Return the F1 of names on the tokens of a corpus in IOB2, for each label and all of them."""
    counts = {label: [0, 0, 0] for label in (*NAMES_OF, "all")}
    sentences = list(_iob(path))
    docs = nlp.pipe(Doc(nlp.vocab, words=[word for word, _ in sentence]) for sentence in sentences)
    for sentence, doc in zip(sentences, docs, strict=True):
        gold = set(_spans([tag for _, tag in sentence]))
        system = {(ent.start, ent.end, ent.label_) for ent in doc.ents if ent.label_ in NAMES_OF}
        for label, count in counts.items():
            mine = {span for span in system if label in {"all", span[2]}}
            theirs = {span for span in gold if label in {"all", span[2]}}
            for i, number in enumerate((len(mine & theirs), len(mine), len(theirs))):
                count[i] += number
    return {label: conllu.F1(*count).value for label, count in counts.items()}


def _iob(path: Path) -> Iterator[list[tuple[str, str]]]:
    sentence: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            word, *_, tag = line.split()
            sentence.append((word, tag))
        elif sentence:
            yield sentence
            sentence = []


def _spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    starts = [i for i, tag in enumerate(tags) if tag.startswith("B-")]
    for start, following in pairwise([*starts, len(tags)]):
        end = start + 1
        while end < following and tags[end].startswith("I-"):
            end += 1
        yield start, end, tags[start][2:]


def speed(nlp: Language, sentences: Sequence[conllu.Sentence]) -> float:
    """Return words a second from raw text, the best of some rounds."""
    texts = [conllu.text_of(sentences[i : i + _TOGETHER]) for i in range(0, len(sentences), _TOGETHER)]
    best = 0.0
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        words = sum(len(doc) for doc in nlp.pipe(texts))
        best = max(best, words / (time.perf_counter() - start))
    return best


def evaluate(nlp: Language, data: Path) -> dict[str, float]:
    """Return every figure of a pipeline, by part and name."""
    scores: dict[str, float] = {}
    for part, file in TREES.items():
        sentences = conllu.read(data / file)
        raw = parse_raw(nlp, sentences)
        for kind, docs in (("gold", parse_gold(nlp, sentences)), ("raw", raw)):
            gold = list(gold_rows(sentences, raw=kind == "raw"))
            scores |= {f"{part}/{kind}/{name}": value for name, value in trees(gold, list(system_rows(docs))).items()}
        scores[f"{part}/raw/sentences"] = boundaries(sentences, raw)
    if "ner" in nlp.pipe_names:
        for part, file in NAMES.items():
            scores |= {f"{part}/{label}": value for label, value in named(nlp, data / file).items()}
    return scores


#: Published figures on GSD's test part, CoNLL 2018 style (no subtypes in LAS). The releases of the treebank differ: in
#: 2.5 lemmas were forms and no clitics were split. Sources: the performance pages of Trankit (which has Stanza 1.1.1
#: beside it) and of UDPipe 2.
PUBLISHED = {
    "Stanza 1.1.1, UD 2.5, raw": (93.68, 96.00, 99.61, 85.17, None, 79.19),
    "Trankit base, UD 2.5, raw": (93.57, 95.67, 99.49, 86.55, None, 80.28),
    "Trankit large, UD 2.5, raw": (93.39, 96.11, 99.53, 86.33, None, 79.81),
    "UDPipe 2, UD 2.12, gold tokens": (94.79, 96.17, 98.52, 88.41, None, 82.43),
    "UDPipe 2, UD 2.12, raw": (94.35, 95.77, 98.12, 87.62, None, 81.71),
}
GOALS = {"upos": 0.925, "lemmas": 0.93, "uas": 0.82, "las": 0.72, "las, no subtypes": 0.72}
MARKS = ("<!-- trees: written by evaluation/pipeline.py -->", "<!-- end of trees -->")
NAME_MARKS = ("<!-- names: written by evaluation/pipeline.py -->", "<!-- end of names -->")
NAME_GOAL = 0.86


def main() -> int:
    options = _options()
    nlp = spacy.load(options.model)
    data = options.shared / "data"
    scores = evaluate(nlp, data)
    if options.check:
        drops = list(scorecard.drops({"pipeline": scores}, scorecard.thresholds()))
        print("\n".join(drops) or "no score has dropped")
        return 1 if drops else 0
    others = {}
    for name, folder in (pair.rsplit("=", 1) for pair in options.system):
        gold = list(gold_rows(conllu.read(data / TREES["gsd_test"]), raw=True))
        others[name] = trees(gold, list(gold_rows(conllu.read(Path(folder) / "test.conllu"), raw=True)))
    table, names = _tree_table(scores, others), _name_table(scores)
    words = speed(nlp, conllu.read(data / TREES["gsd_dev"]))
    print(f"{table}\n\n{names}\n\n{words:,.0f} words a second")
    if options.model == MODEL:
        for page in PAGES:
            scorecard.put(table, *MARKS, page=page)
            scorecard.put(names, *NAME_MARKS, page=page)
    if options.freeze:
        scorecard.freeze({"pipeline": scores})
    if options.json:
        options.json.write_text(json.dumps(scores | {"words a second": round(words)}, indent=1), encoding="utf-8")
    return 0


def _tree_table(scores: dict[str, float], others: dict[str, dict[str, float]]) -> str:
    columns = {
        "GSD dev, gold tokens": {name: scores[f"gsd_dev/gold/{name}"] for name in FIGURES},
        "GSD test, gold tokens": {name: scores[f"gsd_test/gold/{name}"] for name in FIGURES},
        "GSD test, raw": {name: scores[f"gsd_test/raw/{name}"] for name in FIGURES},
        **{f"{name}, GSD test, raw": figures for name, figures in others.items()},
    }
    heads = ["figure", "goal", *columns, *PUBLISHED]
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for i, name in enumerate(FIGURES):
        goal = f"{100 * GOALS[name]:.1f}" if name in GOALS else ""
        ours = [f"{100 * column[name]:.2f}" for column in columns.values()]
        theirs = ["" if figures[i] is None else f"{figures[i]:.2f}" for figures in PUBLISHED.values()]
        lines.append(f"| {' | '.join([name, goal, *ours, *theirs])} |")
    sentences = [f"{100 * scores[f'{part}/raw/sentences']:.2f}" for part in ("gsd_dev", "gsd_test")]
    lines.append(f"| sentences, from raw text | | {sentences[0]} (raw) | | {sentences[1]} |{' |' * (len(heads) - 5)}")
    return "\n".join(lines)


def _name_table(scores: dict[str, float]) -> str:
    lines = ["| names, F1 | goal | PER | ORG | LOC | all |", "| --- | --- | --- | --- | --- | --- |"]
    for part in NAMES:
        if f"{part}/all" in scores:
            cells = [f"{100 * scores[f'{part}/{label}']:.2f}" for label in (*NAMES_OF, "all")]
            lines.append(f"| {part.replace('_', ' ')} | {100 * NAME_GOAL:.0f} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder with the data")
    parser.add_argument("--model", default=MODEL, help="a package or a folder")
    parser.add_argument("--check", action="store_true", help="fail when a score has dropped")
    parser.add_argument("--freeze", action="store_true", help="write [pipeline] of thresholds.toml anew")
    parser.add_argument("--system", action="append", default=[], metavar="NAME=DIR", help="with DIR/test.conllu")
    parser.add_argument("--json", type=Path, help="write every figure to this file")
    options = parser.parse_args()
    if not options.shared.is_dir():
        parser.error(f"no data at {options.shared}")
    return options


if __name__ == "__main__":
    raise SystemExit(main())
