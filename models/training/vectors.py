"""Trains small floret vectors from the licensed texts alone.

Run as ``python models/training/vectors.py --data ../shared/data --out build/vectors``.
Needs the package ``floret`` besides spaCy.

The texts are the POS corpus of kumparan (MIT), the train parts of Universal
Dependencies (CSUI, GSD, PUD), the train parts of the name corpora and the
passages of indocoref. No press articles and no development or test part is read.
"""

import argparse
import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import floret

_BRACE = re.compile(r'\{M\d+:jenis="[^"]*"\s?|\}')
_WORD = re.compile(r"\w+(?:[-.'’/]\w+)*|[^\w\s]")
_TAG = re.compile(r"</?[A-Z_]+>")


def _columns(path: Path, separator: str | None, column: int = 0) -> Iterator[list[str]]:
    """Yield the sentences of a file with one token a line."""
    content = path.read_bytes()
    lines = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8").split("\n")
    sentence: list[str] = []
    for line in lines:
        if line.startswith("#") and "\t" not in line:
            continue
        parts = line.split(separator)
        if not line.strip():
            if sentence:
                yield sentence
            sentence = []
        elif len(parts) > column and not (column and not parts[0].isdigit()):
            sentence.append(parts[column])
    if sentence:
        yield sentence


def sentences(data: Path) -> Iterator[list[str]]:
    """Yield the tokens of every sentence that the vectors may be trained on.

    Parameters
    ----------
    data
        The data folder.

    Yields
    ------
    list of str
        One sentence, or for indocoref one passage.
    """
    yield from _columns(data / "pos/kumparan_nlp_id/dataset_postag.base.tsv.gz", "\t")
    for name in ("id_csui/id_csui-ud-train", "id_pud/id_pud-ud-test", "id_gsd/id_gsd-ud-train.v2.0"):
        yield from _columns(data / f"ud/{name}.conllu", "\t", 1)
    yield from _columns(data / "ner/idner_news_2k/train.txt", " ")
    yield from _columns(data / "ner/nergrit_indonlu/train.txt", "\t")
    with gzip.open(data / "coref/indocoref/annotated.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _WORD.findall(_BRACE.sub("", json.loads(line)["annotated"]))


def train(data: Path, out: Path, *, dim: int, rows: int, epochs: int, model: str, lower: bool) -> int:
    """Train the vectors and write them as floret's and as spaCy's own files.

    Parameters
    ----------
    data
        The data folder.
    out
        The folder to write; emptied first.
    dim, rows, epochs
        Width and height of the table, and passes over the text.
    model
        ``"skipgram"`` or ``"cbow"``.
    lower
        Whether the text is lower-cased and the vectors are looked up by LOWER.

    Returns
    -------
    int
        How many tokens were read.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    text = out / "text.txt"
    count = 0
    with text.open("w", encoding="utf-8") as stream:
        for tokens in sentences(data):
            count += len(tokens)
            line = " ".join(token.replace(" ", "") for token in tokens)
            stream.write((line.lower() if lower else line) + "\n")
    trained = floret.train_unsupervised(
        str(text),
        model=model,
        mode="floret",
        hashCount=2,
        bucket=rows,
        minn=3,
        maxn=5,
        minCount=2,
        dim=dim,
        epoch=epochs,
        lr=0.05,
        neg=10,
        ws=5,
        # With more threads the order of updates, and so the result, would differ from run to run.
        thread=1,
    )
    trained.save_floret_vectors(str(out / "vectors.floret"))
    text.unlink()
    subprocess.run(
        [sys.executable, "-m", "spacy", "init", "vectors", "id", str(out / "vectors.floret"), str(out / "spacy"),
         "--mode", "floret", *(["--attr", "LOWER"] if lower else [])],
        check=True,
    )  # fmt: skip
    return count


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/vectors"))
    parser.add_argument("--dim", type=int, default=96)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--model", choices=("skipgram", "cbow"), default="cbow")
    parser.add_argument("--cased", action="store_true", help="keep capitals apart")
    args = parser.parse_args()
    count = train(
        args.data, args.out, dim=args.dim, rows=args.rows, epochs=args.epochs, model=args.model, lower=not args.cased
    )
    print(f"{count} tokens read, vectors in {args.out}")


if __name__ == "__main__":
    main()
