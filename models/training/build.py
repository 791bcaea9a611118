"""Build the pipeline ``id_netralitas_sm`` from the treebanks and corpora of names.

    python models/training/build.py --data ../shared/data      all of it: convert, train, put together, package
    python models/training/build.py --steps assemble package   only some steps, on what the others left in --build

Seeds are fixed and training runs on one thread, so the same machine makes the same weights. `requirements.txt` beside
this file has the versions with which the package was made. Takes about an hour on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent.parent / "evaluation"))  # for conllu

import spacy
from spacy.cli.train import train as spacy_train
from spacy.language import Language

import augment  # noqa: F401  registers what the configs name
import names
import reader  # noqa: F401
from netralitas_nlp.layers.tokens import Splitter, TokenRules
from netralitas_nlp.lemmas import AttestedLemmas, read_rows, write_rows
from trees import WHOLE, Lemmas, Modernizer, Sentence, bin_of, parts, read, read_table, tokenized

PACKAGE = HERE.parent / "id_netralitas_sm"
NAME = "id_netralitas_sm"
STEPS = ("trees", "names", "assemble", "package")
SEED = 1
#: Of the seeds 1 to 3 the one whose recogniser is best on idner-news-2k's dev part.
NAMES_SEED = 2
#: The table of attested lemmas, among what the treebanks were converted to.
LEMMAS = "lemmas.tsv"
#: How many sentences a training document has at most, so that borders of sentences are learnt.
_TOGETHER = 4
#: The share of training sentences whose abbreviations keep their full stop, as the tokenizer has it and GSD has not.
_AS_TOKENIZED = 0.5


def main() -> None:
    options = _options()
    options.build.mkdir(parents=True, exist_ok=True)
    trained = [step for step in ("trees", "names") if step in options.steps]
    if trained:
        with get_context("spawn").Pool(min(options.jobs, len(trained))) as pool:
            pool.starmap(_train, [(step, options.data, options.build) for step in trained])
    if "assemble" in options.steps:
        assemble(options.build)
    if "package" in options.steps:
        package(options.build, options.version)


def _train(step: str, data: Path, build: Path) -> None:
    if step == "trees":
        convert(data, build / "trees")
        paths = {f"paths.{part}": str(build / "trees" / f"{part}.spacy") for part in ("train", "dev")}
        spacy_train(HERE / "parser.cfg", build / "trees" / "model", overrides=paths)
    else:
        names.build_component(data, build / "names", build / "names" / "model", seed=NAMES_SEED)


def convert(data: Path, build: Path) -> None:
    """Write the training and the development part of the treebanks as spaCy reads them, and the attested lemmas."""
    build.mkdir(parents=True, exist_ok=True)
    treebanks = {name: read(path) for name, path in parts(data)}
    own, others = treebanks["gsd_dev"], [*treebanks["csui"], *treebanks["pud"]]
    lemmas = Lemmas(own, others, read_table(data / "morph" / "unimorph_ind" / "ind.tsv"))
    write_rows(lemmas.rows(), build / LEMMAS)
    splitter = Splitter(TokenRules.load(), clitics=True)
    modernizer = Modernizer([*others, *own], own, lemmas, splitter)
    sentences = [*map(modernizer, treebanks["gsd_old"]), *map(modernizer.harmonize, others)]
    draw = random.Random(SEED)
    draw.shuffle(sentences)
    train: Sequence[Sentence] = [
        tokenized(sentence, splitter) if draw.random() < _AS_TOKENIZED else sentence for sentence in sentences
    ]
    bin_of(train, group=_TOGETHER, seed=SEED).to_disk(build / "train.spacy")
    bin_of(own).to_disk(build / "dev.spacy")


def assemble(build: Path) -> None:
    """Put the parser's pipeline, the attested lemmas and the recogniser of names together."""
    nlp = spacy.load(build / "trees" / "model" / "model-best")
    add_lemmas(nlp, build / "trees" / LEMMAS)
    source = spacy.load(build / "names" / "model" / "model-best")
    nlp.add_pipe("ner", source=source)
    nlp.add_pipe("netralitas_entities", after="ner")
    nlp.disable_pipe("senter")
    # The treebanks have no line breaks, so what is trained on them reads a headline on into the article.
    nlp.add_pipe("netralitas_sentences", first=True)
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])  # those of this machine lead nowhere
    nlp.to_disk(build / NAME)


def add_lemmas(nlp: Language, table: Path) -> None:
    """Put the attested lemmas right behind the trained lemmatizer."""
    lemmas = nlp.add_pipe("netralitas_lemmas", after="trainable_lemmatizer", config={"whole": list(WHOLE)})
    assert isinstance(lemmas, AttestedLemmas)
    lemmas.set_rows(read_rows(table))


def package(build: Path, version: str) -> None:
    """Put the pipeline into the package, with its metadata."""
    folder = PACKAGE / NAME
    for old in folder.glob(f"{NAME}-*"):
        shutil.rmtree(old)
    target = folder / f"{NAME}-{version}"
    shutil.copytree(build / NAME, target)
    meta = json.loads((target / "meta.json").read_text(encoding="utf-8"))
    meta |= json.loads((HERE / "meta.json").read_text(encoding="utf-8")) | {"version": version}
    text = json.dumps(meta, indent=1, ensure_ascii=False) + "\n"
    for path in (folder / "meta.json", target / "meta.json"):
        path.write_text(text, encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE.parent.parent.parent / "shared" / "data")
    parser.add_argument("--build", type=Path, default=Path("build"), help="where intermediate files go")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS)
    parser.add_argument("--jobs", type=int, default=2, help="how many components are trained at once")
    parser.add_argument("--version", default="0.1.0", help="of the package")
    options = parser.parse_args()
    if not options.data.is_dir():
        parser.error(f"no data at {options.data}")
    return options


if __name__ == "__main__":
    main()
