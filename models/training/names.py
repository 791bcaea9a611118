"""Trains and scores the recogniser of names: convert, train, evaluate.

``python models/training/names.py all --data ../shared/data`` does it all; the
steps are also commands of their own, and functions for ``build.py``.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import spacy
from confection import Config
from spacy.cli.train import train as spacy_train
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example
from spacy.util import registry

import augment  # noqa: F401  registers the augmenter that the config names
import names_data
import synthetic
import tags

CONFIG = Path(__file__).with_name("names.cfg")
TITLED = Path(__file__).with_name("titled_names.jsonl")
TITLED_SENTENCES = 3000
# idner keeps a bracket with its word.
GIVEN = re.compile(r"\(\w[\w/-]*\)|\w+(?:[-./'’&]\w+)*|\S")


def blank() -> Language:
    """Make the empty pipeline whose tokenizer the trained one will have."""
    config: dict[str, Any] = spacy.util.load_config(CONFIG)
    return spacy.blank("id", config={"nlp": {"tokenizer": config["nlp"]["tokenizer"]}})


def given_words(nlp: Language, sentence: names_data.Sentence) -> Doc:
    """Make a document of the corpus's own words, or for made sentences of words such as idner's."""
    text = sentence.text
    spans = sentence.words or [match.span() for match in GIVEN.finditer(text)]
    words = [text[start:end] for start, end in spans]
    spaces = [end < len(text) and text[end] == " " for _, end in spans]
    return Doc(nlp.vocab, words=words, spaces=spaces)


def to_doc(nlp: Language, sentence: names_data.Sentence, repairs: names_data.Repairs, *, given: bool = False) -> Doc:
    """Make a reference of the words that the pipeline will see.

    Parameters
    ----------
    nlp
        Splits the text.
    sentence
        The sentence.
    repairs
        Counts names that no words match.
    given
        Whether to keep the corpus's own words.

    Returns
    -------
    Doc
        With names as entities, and what the corpus doesn't say as missing.
    """
    doc = given_words(nlp, sentence) if given else nlp.make_doc(sentence.text)
    taken: dict[int, int] = {}
    spans: list[Span] = []
    missing: set[int] = set()
    for start, end, label in sentence.entities:
        span = doc.char_span(start, end, label=label)
        if span is None:
            span = doc.char_span(start, end, label=label, alignment_mode="expand")
            repairs.add(sentence.source, "name begins or ends inside a word")
        if span is None:
            continue
        if any(at in taken for at in range(span.start, span.end)):
            missing.update(range(span.start, span.end))
            repairs.add(sentence.source, "two names in one word: masked")
            continue
        taken.update(dict.fromkeys(range(span.start, span.end), len(spans)))
        spans.append(span)
    for start, end in sentence.unsure:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            missing.update(range(span.start, span.end))
    free = [doc[at : at + 1] for at in sorted(missing) if at not in taken]
    doc.set_ents(spans, missing=free, default="outside")
    return doc


@registry.readers("netralitas_nlp.NameCorpus.v1")  # type: ignore[untyped-decorator]
def name_corpus(
    folder: Path,
    parts: list[str],
    times: list[int],
    shuffle: bool,
    seed: int,
    augmenter: Callable[[Language, Example], Iterable[Example]] | None,
) -> Callable[[Language], Iterator[Example]]:
    """Read several parts, each so many times, with the words that they hold.

    Parameters
    ----------
    folder
        Where :func:`convert` wrote.
    parts, times
        Names of the files, and how often each is read in one pass.
    shuffle
        Whether each pass has an order of its own.
    seed
        Where chance starts.
    augmenter
        Varies examples, anew in each pass.

    Returns
    -------
    callable
        The reader.
    """
    chance = random.Random(seed)
    kept: list[Doc] = []

    def read(nlp: Language) -> Iterator[Example]:
        if not kept:
            for part, count in zip(parts, times, strict=True):
                kept.extend(list(DocBin().from_disk(Path(folder) / f"{part}.spacy").get_docs(nlp.vocab)) * count)
        order = list(kept)
        if shuffle:
            chance.shuffle(order)
        for doc in order:
            example = Example(unmarked(doc, nlp), doc)
            if augmenter is None:
                yield example
            else:
                yield from augmenter(nlp, example)

    return read


def convert(data: Path, build: Path, *, mask: bool = True) -> names_data.Repairs:
    """Write every part as words of the pipeline.

    Parameters
    ----------
    data
        The data folder.
    build
        The folder to write.
    mask
        Whether doubtful annotation is masked in the parts to train on.

    Returns
    -------
    Repairs
        What was repaired or masked, and how often.
    """
    nlp = blank()
    repairs = names_data.Repairs()
    build.mkdir(parents=True, exist_ok=True)
    for name, rows in {
        "idner-train": names_data.idner(data, "train"),
        "idner-dev": names_data.idner(data, "dev"),
        "nergrit-train": names_data.nergrit(data, "train"),
        "nergrit-valid": names_data.nergrit(data, "valid"),
        "gsd-train": names_data.gsd(data, "train"),
    }.items():
        sentences = [names_data.repair(row, repairs) for row in rows]
        if mask and name != "idner-dev":
            sentences = names_data.mask_doubts(sentences, repairs)
            if not name.startswith("idner"):
                sentences = [names_data.follow_news(row, repairs) for row in sentences]
        DocBin(docs=[to_doc(nlp, row, repairs) for row in sentences]).to_disk(build / f"{name}.spacy")
        if name == "idner-train":
            own = [to_doc(nlp, row, names_data.Repairs(), given=True) for row in sentences]
            DocBin(docs=own).to_disk(build / "idner-given.spacy")
    # Made sentences take names from the parts to train on alone.
    train = [names_data.repair(row, names_data.Repairs()) for row in names_data.idner(data, "train")]
    others = [names_data.repair(row, names_data.Repairs()) for row in names_data.nergrit(data, "train")]
    wiki = [names_data.repair(row, names_data.Repairs()) for row in names_data.gsd(data, "train")]
    made = {
        "titled": synthetic.titled([*train, *others], data, TITLED_SENTENCES),
        "idner-swapped": [
            row for seed in (11, 12, 13) for row in synthetic.swapped(train, [*others, *wiki], data, 0.6, seed)
        ],
    }
    for name, sentences in made.items():
        # Half of the sentences with other names are split as the pipeline does, half as idner does.
        given = [name == "idner-swapped" and at % 2 == 1 for at in range(len(sentences))]
        docs = [to_doc(nlp, row, repairs, given=as_given) for row, as_given in zip(sentences, given, strict=True)]
        DocBin(docs=docs).to_disk(build / f"{name}.spacy")
    return repairs


def read_part(nlp: Language, build: Path, part: str) -> list[Example]:
    """Read one part as examples."""
    docs = DocBin().from_disk(build / f"{part}.spacy").get_docs(nlp.vocab)
    return [Example(unmarked(doc, nlp), doc) for doc in docs]


def unmarked(doc: Doc, nlp: Language) -> Doc:
    """Copy the words of a document alone."""
    words = [token.text for token in doc]
    return Doc(nlp.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])


def build_component(data: Path, build: Path, out: Path, *, seed: int = 1, quick: bool = False) -> dict[str, Any]:
    """Do everything: convert, learn tags, go on with names, score.

    Parameters
    ----------
    data
        The data folder.
    build
        Where intermediate files are written.
    out
        Where the trained pipelines are written: ``model-best``, and ``scores.json`` beside it.
    seed
        Where chance starts.
    quick
        Score idner dev and the titled names only.

    Returns
    -------
    dict
        Scores by corpus. The component ``ner`` of ``out / "model-best"`` has a tok2vec of its own, so
        ``nlp.add_pipe("ner", source=...)`` needs nothing else.
    """
    convert(data, build)
    config = spacy.util.load_config(CONFIG)
    ner = config["components"]["ner"]
    weights = tags.pretrain(blank(), ner["model"]["tok2vec"], data, seed=seed)
    begin = build / "begin"
    tags.start(blank(), ner, read_part(blank(), build, "gsd-train"), weights, begin)
    train(build, out, {"system.seed": seed}, begin)
    scores = evaluate(spacy.load(out / "model-best"), data, quick=quick)
    (out / "scores.json").write_text(json.dumps(scores, indent=1, ensure_ascii=False), encoding="utf-8")
    return scores


def train(build: Path, out: Path, overrides: dict[str, Any], start: Path | None = None) -> None:
    """Train with the config beside this file.

    Parameters
    ----------
    build
        Where :func:`convert` wrote.
    out
        The folder to write; the best pipeline is its ``model-best``.
    overrides
        Settings of the config by dotted name.
    start
        A trained pipeline to go on from.
    """
    config: Config = spacy.util.load_config(CONFIG, overrides={"paths.build": str(build), **overrides})
    if start is not None:
        config["components"]["ner"] = {"source": str(start)}
    out.mkdir(parents=True, exist_ok=True)
    config.to_disk(out / "config.cfg")
    spacy_train(out / "config.cfg", out)


class Tally:
    """Counts names found and missed by label."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()

    def add(self, gold: set[tuple[int, int, str]], found: set[tuple[int, int, str]]) -> None:
        """Count one sentence."""
        self.right.update(label for *_, label in gold & found)
        self.found.update(label for *_, label in found)
        self.gold.update(label for *_, label in gold)

    def scores(self) -> dict[str, dict[str, float]]:
        """Precision, recall and F1 by label, and over all."""
        rows = {}
        for label in ("all", *sorted(self.gold)):
            right, found, gold = (
                count.total() if label == "all" else count[label] for count in (self.right, self.found, self.gold)
            )
            precision, recall = right / max(found, 1), right / max(gold, 1)
            f_score = 2 * right / max(found + gold, 1)
            rows[label] = {"p": round(precision, 4), "r": round(recall, 4), "f": round(f_score, 4), "gold": gold}
        return rows


def _words_of(sentence: names_data.Sentence, spans: Iterable[names_data.Entity]) -> set[tuple[int, int, str]]:
    """Spans of gold words that names touch."""
    found = set()
    for start, end, label in spans:
        inside = [at for at, (left, right) in enumerate(sentence.words) if left < end and start < right]
        if inside:
            found.add((inside[0], inside[-1] + 1, label))
    return found


def score(
    nlp: Language, sentences: list[names_data.Sentence], labels: tuple[str, ...] = names_data.NAME_LABELS
) -> dict[str, Any]:
    """Score a pipeline on gold words, and end to end from text, by gold words and by characters.

    Parameters
    ----------
    nlp
        The pipeline.
    sentences
        The sentences as read; by characters their rims of punctuation don't count.
    labels
        The labels that the corpus marks.

    Returns
    -------
    dict
        Scores by way of counting.
    """
    gold_words, by_words, by_characters = Tally(), Tally(), Tally()
    split = [given_words(nlp, row) for row in sentences]
    texts = nlp.pipe(row.text for row in sentences)
    for row, given, whole in zip(sentences, nlp.pipe(split), texts, strict=True):
        entities = [entity for entity in row.entities if entity[2] in labels]
        gold = _words_of(row, entities)
        gold_words.add(gold, {(ent.start, ent.end, ent.label_) for ent in given.ents if ent.label_ in labels})
        found = [(ent.start_char, ent.end_char, ent.label_) for ent in whole.ents if ent.label_ in labels]
        by_words.add(gold, _words_of(row, found))
        bare = {(*names_data.trim(row.text, start, end), label) for start, end, label in entities}
        by_characters.add(bare, {(*names_data.trim(row.text, start, end), label) for start, end, label in found})
    return {
        "gold words": gold_words.scores(),
        "text, by gold words": by_words.scores(),
        "text, by characters": by_characters.scores(),
    }


def score_titled(nlp: Language) -> dict[str, Any]:
    """Score the sentences of our own with titles and furniture around names.

    Parameters
    ----------
    nlp
        The pipeline.

    Returns
    -------
    dict
        How many persons were found whole, how many spans of persons are wrong, and the wrong ones.
    """
    gold = right = wrong = 0
    misses: list[str] = []
    for line in TITLED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        doc = nlp(row["text"])
        names = set(row["persons"])
        found = {ent.text for ent in doc.ents if ent.label_ == "PER"}
        gold += len(names)
        right += len(names & found)
        wrong += len(found - names)
        misses.extend(f"{row['id']}: {name}" for name in sorted(found - names))
    return {"persons": gold, "right": right, "recall": round(right / gold, 4), "wrong spans": wrong, "wrong": misses}


def speed(nlp: Language, sentences: list[names_data.Sentence]) -> int:
    """Words a second of processor time of the components behind the tokenizer."""
    docs = [nlp.make_doc(" ".join(row.text for row in sentences[at : at + 15])) for at in range(0, len(sentences), 15)]
    words = sum(map(len, docs))
    best = 0.0
    for _ in range(3):
        copies = [unmarked(doc, nlp) for doc in docs]
        start = time.process_time()
        for _, component in nlp.pipeline:
            copies = list(cast(TrainablePipe, component).pipe(iter(copies), batch_size=256))
        best = max(best, words / (time.process_time() - start))
    return int(best)


def evaluate(nlp: Language, data: Path, *, quick: bool = False) -> dict[str, Any]:
    """Score a pipeline on everything that may be reported.

    Parameters
    ----------
    nlp
        The pipeline.
    data
        The data folder.
    quick
        Only the development part of idner.

    Returns
    -------
    dict
        Scores by corpus.
    """
    scores: dict[str, Any] = {"idner dev": score(nlp, list(names_data.idner(data, "dev")))}
    if TITLED.exists():
        scores["titled names"] = score_titled(nlp)
    if not quick:
        scores["nergrit test"] = score(nlp, list(names_data.nergrit(data, "test")))
        scores["gsd_ner test, mapped"] = score(nlp, list(names_data.gsd(data, "test")), names_data.LABELS)
        scores["words a second"] = speed(nlp, list(names_data.gsd(data, "test")))
    return scores


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("step", choices=("convert", "train", "evaluate", "all"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--build", type=Path, default=Path("build/names"))
    parser.add_argument("--out", type=Path, default=Path("build/names-model"))
    parser.add_argument("--start", type=Path, help="a trained pipeline to go on from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="score idner dev only")
    parser.add_argument("--no-mask", action="store_true", help="leave doubtful annotation")
    args, rest = parser.parse_known_args()
    if args.step == "convert":
        for rule, count in sorted(convert(args.data, args.build, mask=not args.no_mask).counts.items()):
            print(f"{count:5}  {rule}")
        return
    if args.step == "all":
        scores = build_component(args.data, args.build, args.out, seed=args.seed, quick=args.quick)
    elif args.step == "train":
        overrides: dict[str, Any] = {"system.seed": args.seed}
        for key, value in zip(rest[::2], rest[1::2], strict=True):
            try:
                overrides[key.removeprefix("--")] = json.loads(value)
            except json.JSONDecodeError:
                overrides[key.removeprefix("--")] = value
        train(args.build, args.out, overrides, args.start)
    if args.step != "all":
        scores = evaluate(spacy.load(args.out / "model-best"), args.data, quick=args.quick)
        (args.out / "scores.json").write_text(json.dumps(scores, indent=1, ensure_ascii=False), encoding="utf-8")
    for corpus, rows in scores.items():
        if isinstance(rows, dict):
            for way, row in rows.items():
                print(corpus, way, row["all"] if isinstance(row, dict) else row)
        else:
            print(corpus, rows)


if __name__ == "__main__":
    main()
