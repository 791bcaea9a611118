"""Train Stanza models for Indonesian: tokenizer, multi-word tokens, tagger, lemmatizer and parser.

    python models/stanza/train.py --data ../shared/data/ud --output stanza-id
    python models/stanza/train.py --size small --output stanza-small

`--data` is a folder with the treebanks `id_csui`, `id_pud` and `id_gsd` of Universal Dependencies.
CSUI's train part and PUD are trained on, GSD's dev part chooses among the steps, its test part is reported.
`--train`, `--dev` and `--test` name other CoNLL-U files instead.
`--output` receives one file per processor, as `netralitas_nlp.stanza_engine.load_stanza` reads them, and `scores.json`.
The size "tiny" is for tests on a few sentences.
Models trained on these treebanks are to be shared as CC BY-SA 4.0, with the treebanks named.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import logging
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

SEED = 1234
#: Settings by size and processor; everything else is Stanza's default.
SETTINGS: dict[str, dict[str, list[str]]] = {
    "tiny": {
        "tokenize": ["--steps", "200", "--eval_steps", "50", "--batch_size", "8", "--hidden_dim", "32"],
        "mwt": ["--num_epoch", "8", "--hidden_dim", "32", "--batch_size", "4"],
        "pos": [
            "--no_pretrain", "--hidden_dim", "32", "--char_hidden_dim", "24", "--char_emb_dim", "16",
            "--deep_biaff_hidden_dim", "32", "--composite_deep_biaff_hidden_dim", "16", "--num_layers", "1",
            "--transformed_dim", "16", "--batch_size", "8", "--max_steps", "60", "--fix_eval_interval",
            "--eval_interval", "60",
        ],
        "lemma": ["--dict_only"],
        "depparse": [
            "--no_pretrain", "--no_char", "--hidden_dim", "16", "--deep_biaff_hidden_dim", "16",
            "--deep_biaff_output_dim", "8", "--transformed_dim", "16", "--num_layers", "1", "--batch_size", "200",
            "--max_steps", "20", "--eval_interval", "20", "--no_checkpoint",
        ],
    },
    "small": {
        "tokenize": ["--steps", "300", "--eval_steps", "100", "--batch_size", "24"],
        "mwt": ["--num_epoch", "5", "--hidden_dim", "48"],
        "pos": [
            "--no_pretrain", "--hidden_dim", "64", "--char_hidden_dim", "48", "--char_emb_dim", "32",
            "--deep_biaff_hidden_dim", "64", "--composite_deep_biaff_hidden_dim", "32", "--num_layers", "1",
            "--transformed_dim", "32", "--batch_size", "16", "--max_steps", "100", "--fix_eval_interval",
            "--eval_interval", "50",
        ],
        "lemma": ["--dict_only"],
        "depparse": [
            "--no_pretrain", "--no_char", "--hidden_dim", "48", "--deep_biaff_hidden_dim", "48",
            "--deep_biaff_output_dim", "24", "--transformed_dim", "24", "--num_layers", "1", "--batch_size", "1000",
            "--max_steps", "40", "--eval_interval", "40", "--no_checkpoint", "--word_cutoff", "3",
        ],
    },
    "full": {
        "tokenize": ["--steps", "1200", "--eval_steps", "200", "--batch_size", "24"],
        "mwt": ["--num_epoch", "30"],
        "pos": [
            "--no_pretrain", "--hidden_dim", "100", "--char_hidden_dim", "64", "--char_emb_dim", "48",
            "--deep_biaff_hidden_dim", "100", "--composite_deep_biaff_hidden_dim", "48", "--num_layers", "1",
            "--transformed_dim", "64", "--batch_size", "16", "--max_steps", "500", "--fix_eval_interval",
            "--eval_interval", "250", "--word_cutoff", "2", "--lr", "0.008", "--dropout", "0.33",
            "--word_dropout", "0.2",
        ],
        "lemma": ["--dict_only"],
        "depparse": [
            "--no_pretrain", "--no_char", "--hidden_dim", "100", "--deep_biaff_hidden_dim", "100",
            "--deep_biaff_output_dim", "64", "--transformed_dim", "64", "--num_layers", "1", "--batch_size", "600",
            "--max_steps", "200", "--eval_interval", "100", "--no_checkpoint", "--word_cutoff", "2",
        ],
    },
}  # fmt: skip
PROCESSORS = list(SETTINGS["small"])
#: What is scored where a processor runs.
MEASURES = {
    "tokenize": ["Tokens", "Words", "Sentences"],
    "pos": ["UPOS", "UFeats"],
    "lemma": ["Lemmas"],
    "depparse": ["UAS", "LAS"],
}

Row = list[str]
Sentence = list[Row]


def sentences(path: Path) -> Iterator[Sentence]:
    """Yield the rows of each sentence of a CoNLL-U file, without comments, empty nodes and language-specific tags."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for blank, group in groupby(lines, key=lambda line: not line.strip()):
        rows = [line.split("\t") for line in group if not line.startswith("#")]
        if not blank and rows:
            # The treebanks' XPOS are of different tag sets, so none is learnt.
            yield [[*row[:4], "_", *row[5:]] for row in rows if "." not in row[0]]


def surface(sentence: Sentence) -> Iterator[tuple[str, bool, bool]]:
    """Yield each token as it is written: the text, whether it holds several words, whether a space follows."""
    inside = 0
    for row in sentence:
        first, _, last = row[0].partition("-")
        if last:
            inside = int(last)
        elif int(first) <= inside:
            continue
        yield row[1], bool(last), "SpaceAfter=No" not in row[9]


def raw(group: Iterable[Sentence]) -> tuple[str, str]:
    """Return a paragraph and its labels: 1 ends a token, 2 a sentence, 3 and 4 the same of a multi-word token."""
    text, labels = "", ""
    for sentence in group:
        tokens = list(surface(sentence))
        for number, (form, several, space) in enumerate(tokens, start=1):
            text += form + " " * space
            labels += "0" * (len(form) - 1) + str(1 + 2 * several + (number == len(tokens))) + "0" * space
    return text.rstrip(), labels[: len(text.rstrip())]


def paragraphs(treebank: list[Sentence], most: int | None) -> tuple[str, str]:
    """Return a treebank as text and labels, in paragraphs of up to `most` sentences, or as one."""
    draw = random.Random(SEED)
    parts = []
    start = 0
    while start < len(treebank):
        stop = len(treebank) if most is None else start + draw.randint(1, most)
        parts.append(raw(treebank[start:stop]))
        start = stop
    return "\n\n".join(text for text, _ in parts), "\n\n".join(labels for _, labels in parts)


def conllu(treebank: list[Sentence]) -> str:
    """Return a treebank as CoNLL-U."""
    return "".join("".join("\t".join(row) + "\n" for row in sentence) + "\n" for sentence in treebank)


class Work:
    """The files that Stanza's trainers read, in a folder that is thrown away."""

    def __init__(self, folder: Path, train: list[Sentence], dev: list[Sentence]) -> None:
        from stanza.utils.datasets.contract_mwt import contract_mwt

        self.folder = folder
        for name, treebank, most in (("train", train, 5), ("dev", dev, None)):
            text, labels = paragraphs(treebank, most)
            self.path(name, "txt").write_text(text + "\n", encoding="utf-8")
            self.path(name, "toklabels").write_text(labels + "\n", encoding="utf-8")
            self.path(name, "conllu").write_text(conllu(treebank), encoding="utf-8")
        contract_mwt(str(self.path("dev", "conllu")), str(self.path("dev", "contracted")))
        self.path("dev", "json").write_text("[]", encoding="utf-8")

    def path(self, name: str, kind: str) -> Path:
        """Return where a file stands."""
        return self.folder / f"{name}.{kind}"

    def arguments(self, processor: str) -> list[str]:
        """Return what tells a trainer its files."""
        train, dev = str(self.path("train", "conllu")), str(self.path("dev", "conllu"))
        if processor == "tokenize":
            return [
                "--txt_file", str(self.path("train", "txt")), "--label_file", str(self.path("train", "toklabels")),
                "--dev_txt_file", str(self.path("dev", "txt")),
                "--dev_label_file", str(self.path("dev", "toklabels")), "--dev_conll_gold", dev,
                "--mwt_json_file", str(self.path("dev", "json")), "--max_seqlen", "200",
            ]  # fmt: skip
        if processor == "mwt":
            return [
                "--train_file", train, "--eval_file", str(self.path("dev", "contracted")), "--gold_file", dev,
            ]  # fmt: skip
        return ["--train_file", train, "--eval_file", dev]


def trainers() -> dict[str, Callable[[list[str]], object]]:
    """Return Stanza's trainers by processor."""
    from stanza.models import lemmatizer, mwt_expander, parser, tagger, tokenizer

    return {
        "tokenize": tokenizer.main,
        "mwt": mwt_expander.main,
        "pos": tagger.main,
        "lemma": lemmatizer.main,
        "depparse": parser.main,
    }


def train(
    train_on: list[Sentence], tune_on: list[Sentence], output: Path, *, size: str, processors: Iterable[str]
) -> dict[str, float]:
    """Train the processors and return the seconds that each took."""
    output.mkdir(parents=True, exist_ok=True)
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        work = Work(Path(folder), train_on, tune_on)
        mains = trainers()
        # They turn their log up when they are imported.
        logging.getLogger("stanza").setLevel(logging.ERROR)
        for processor in processors:
            start = time.perf_counter()
            # Some trainers print their settings.
            with contextlib.redirect_stdout(io.StringIO()):
                mains[processor]([
                    "--shorthand", "id_news", *(["--lang", "id"] if processor != "lemma" else []), "--cpu",
                    "--seed", str(SEED), "--save_dir", str(output), "--save_name", f"{processor}.pt",
                    *work.arguments(processor), *SETTINGS[size][processor],
                ])  # fmt: skip
            seconds[processor] = round(time.perf_counter() - start, 1)
            print(f"{processor}: {seconds[processor]} s", flush=True)
    return seconds


def score(models: Path, gold: list[Sentence], output: Path | None = None) -> dict[str, float]:
    """Run the models over the text of a treebank and compare with it, by the scorer of the CoNLL 2018 shared task."""
    from stanza.models.common.utils import ud_scores

    from netralitas_nlp.stanza_engine import open_pipeline

    text, _ = paragraphs(gold, None)
    pipeline = open_pipeline(models)
    read = format(pipeline(text), "C") + "\n\n"
    if output:
        output.write_text(read, encoding="utf-8")
    found: dict[str, Any] = ud_scores(io.StringIO(conllu(gold)), io.StringIO(read))
    measures = [measure for name in pipeline.processors for measure in MEASURES.get(name, ())]
    return {measure: round(100 * found[measure].f1, 2) for measure in measures}


def main(arguments: list[str] | None = None) -> int:
    """Train, score and report; the exit status is 1 if a score lies below the floor."""
    here = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--output", type=Path, required=True, help="folder for the models")
    parser.add_argument("--data", type=Path, default=here.parent / "shared/data/ud", help="folder with the treebanks")
    parser.add_argument("--train", type=Path, nargs="+", help="CoNLL-U files to train on")
    parser.add_argument("--dev", type=Path, help="CoNLL-U file that chooses the step")
    parser.add_argument("--test", type=Path, help="CoNLL-U file to report")
    parser.add_argument("--size", choices=SETTINGS, default="full", help="how long to train, and how large the models")
    parser.add_argument("--processors", default=",".join(PROCESSORS), help="which to train, with commas")
    parser.add_argument("--threads", type=int, default=1, help="how many threads to use")
    parser.add_argument("--conllu", type=Path, help="write what the models make of the test text to this file")
    parser.add_argument("--score-only", action="store_true", help="score models that are there")
    parser.add_argument("--floor", type=float, help="the F1 of tokens that the test must reach")
    options = parser.parse_args(arguments)
    os.environ.setdefault("OMP_NUM_THREADS", str(options.threads))
    import torch

    torch.set_num_threads(options.threads)

    gsd = options.data / "id_gsd"
    files = {
        "train": options.train
        or [options.data / "id_csui/id_csui-ud-train.conllu", options.data / "id_pud/id_pud-ud-test.conllu"],
        "dev": [options.dev or gsd / "id_gsd-ud-dev.conllu"],
        "test": [options.test or gsd / "id_gsd-ud-test.conllu"],
    }
    missing = [str(path) for paths in files.values() for path in paths if not path.is_file()]
    if missing:
        print("not found: " + ", ".join(missing), file=sys.stderr)
        return 2
    parts = {name: [sentence for path in paths for sentence in sentences(path)] for name, paths in files.items()}
    seconds = {}
    if not options.score_only:
        seconds = train(
            parts["train"], parts["dev"], options.output, size=options.size, processors=options.processors.split(",")
        )
    scores = {name: score(options.output, parts[name], options.conllu if name == "test" else None)
              for name in ("dev", "test")}  # fmt: skip
    report = {
        "size": options.size,
        "seed": SEED,
        "files": {name: [path.name for path in paths] for name, paths in files.items()},
        "seconds": seconds,
        "f1": scores,
    }
    (options.output / "scores.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))
    return int(options.floor is not None and scores["test"]["Tokens"] < options.floor)


if __name__ == "__main__":
    sys.exit(main())
