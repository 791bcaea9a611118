"""Build the word lists of the library from the licensed corpora beside the checkout.

    python evaluation/build_words.py ../shared/data

`common.txt`: words that running Indonesian text writes in lower case. `names.txt`: words that personal names are made
of. `proper.txt`: capitalised words that are no part of a personal name. All are counts over kumparan's part-of-speech
corpus (MIT), the Universal Dependencies treebanks GSD, CSUI and PUD (CC BY-SA), UniMorph ind (CC BY-SA), idner-news-2k
(MIT), NER-grit (Apache-2.0), the GSD NER annotations (MIT) and Faker's Indonesian names (MIT). No sentence of them is
kept.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
OUT = Path(__file__).resolve().parent.parent / "src/netralitas_nlp/data/words"


def tokens(data: Path) -> Iterator[str]:
    """Yield every token of the running texts."""
    with gzip.open(data / "pos/kumparan_nlp_id/dataset_postag.base.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.split("\t")[0]
    for path in (*data.glob("ud/*/*train*.conllu"), *data.glob("ud/id_pud/*.conllu")):
        for line in path.read_text("utf-8").splitlines():
            columns = line.split("\t")
            if len(columns) > 1 and columns[0].isdigit():
                yield columns[1]


def others(data: Path) -> Iterator[str]:
    """Yield the capitalised tokens inside a sentence that are annotated, but not as a person."""
    for path in (data / "ner/idner_news_2k/train.txt", data / "ner/nergrit_indonlu/train.txt"):
        first = True
        for line in path.read_text("utf-8").splitlines():
            columns = line.split()
            if columns and not first and columns[-1][2:5] != "PER" and columns[0].istitle():
                yield columns[0].lower()
            first = not columns
    for line in (data / "ner/gsd_ner/train.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        for start, end, label in row["entities"]:
            if label not in {"PERSON", "NORP"}:
                yield from (word.lower() for word in WORD.findall(row["text"][start:end]) if word.istitle())


def persons(data: Path) -> Iterator[list[str]]:
    """Yield the tokens of every annotated personal name."""
    for path in (data / "ner/idner_news_2k/train.txt", data / "ner/nergrit_indonlu/train.txt"):
        name: list[str] = []
        for line in [*path.read_text("utf-8").splitlines(), ""]:
            columns = line.split()
            label = columns[-1] if columns else "O"
            if name and not (label.startswith("I-") and label[2:5] == "PER"):
                yield name
                name = []
            if label[2:5] == "PER":
                name.append(columns[0])
    for line in (data / "ner/gsd_ner/train.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        for start, end, label in row["entities"]:
            if label == "PERSON":
                yield row["text"][start:end].split()


def main() -> None:
    data = Path(sys.argv[1])
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for token in tokens(data):
        for word in WORD.findall(token):
            if word.islower():
                lower[word] += 1
            elif word[0].isupper():
                capital[word.lower()] += 1
    named: Counter[str] = Counter()
    for name in persons(data):
        for word in WORD.findall(" ".join(name)):
            if word.istitle() and len(word) > 1:
                named[word.lower()] += 1
    with (data / "lists/person_names_faker_id.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if "prefix" not in row["kind"] and "suffix" not in row["kind"]:
                for word in WORD.findall(row["name"]):
                    if word.istitle() and len(word) > 1:
                        named[word.lower()] += 2
    forms = {
        row.split("\t")[1]
        for row in (data / "morph/unimorph_ind/ind.tsv").read_text("utf-8").splitlines()
        if row.count("\t") == 2
    }
    common = {
        word
        for word, count in lower.items()
        if len(word) > 1 and count >= 2 and count * 3 > capital[word] and count > named[word]
    }
    common |= {form for form in forms if WORD.fullmatch(form) and form.islower() and lower[form] * 2 >= named[form]}
    names = {word for word, count in named.items() if count >= 2 and count * 2 > lower[word] and len(word) > 2}
    elsewhere = Counter(others(data))
    proper = {
        word for word, count in elsewhere.items() if len(word) > 2 and count >= 2 and count >= 4 * named[word]
    } - common
    names -= common | proper
    for file, words in (("common.txt", common), ("names.txt", names), ("proper.txt", proper)):
        head = "# Made by evaluation/build_words.py; sources and licences are named there.\n"
        (OUT / file).write_text(head + "\n".join(sorted(words)) + "\n", encoding="utf-8")
        print(file, len(words))


if __name__ == "__main__":
    main()
