"""How treebanks become training data: what is joined, split, attached and named anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from spacy.vocab import Vocab

import conllu
from netralitas_nlp.layers.tokens import Splitter, TokenRules
from trees import Lemmas, Modernizer, Sentence, Word, bin_of, read, tokenized

SPLITTER = Splitter(TokenRules.load(), clitics=True)
OWN = read(Path(__file__).parent / "data" / "sentences.conllu")
LEMMAS = Lemmas(OWN, [], {"anggota": "anggota", "berangkat": "angkat"})
MODERNIZER = Modernizer(OWN, OWN, LEMMAS, SPLITTER)


def old(rows: Sequence[tuple[str, str, int, str]], glued: Sequence[str] = (".", ",", ")")) -> Sentence:
    """Return a sentence as release 2.0 has it: form, tag, head and relation; marks stand close."""
    following = [row[0] for row in rows[1:]] + [""]
    return Sentence(
        [
            Word(form, "", tag, "", head, relation, space=after not in glued)
            for (form, tag, head, relation), after in zip(rows, following, strict=True)
        ]
    )


def told(sentence: Sentence) -> list[tuple[str, int, str]]:
    return [(word.form, word.head, word.relation) for word in sentence.words]


def test_a_reduplication_and_its_clitic() -> None:
    new = MODERNIZER(
        old(
            [
                ("Anggota", "NOUN", 4, "nsubj"),
                ("-", "PUNCT", 1, "punct"),
                ("anggotanya", "NOUN", 1, "compound:plur"),
                ("berangkat", "VERB", 0, "root"),
                (".", "PUNCT", 4, "punct"),
            ]
        )
    )
    assert told(new) == [
        ("Anggota-anggota", 3, "nsubj"),
        ("nya", 1, "nmod:poss"),
        ("berangkat", 0, "root"),
        (".", 3, "punct"),
    ]
    assert new.glued == {2}
    assert [word.space for word in new.words] == [False, True, False, True]
    assert [word.lemma for word in new.words][1:3] == ["dia", "angkat"]


@pytest.mark.parametrize(("first", "last", "joined"), [("ke", "5", "ke-5"), ("1980", "an", "1980-an")])
def test_numbers_with_a_hyphen(first: str, last: str, joined: str) -> None:
    words = [(first, "NUM", 3, "case"), ("-", "PUNCT", 3, "punct"), (last, "NUM", 0, "root")]
    assert [word.form for word in MODERNIZER(old(words)).words] == [joined]


def test_a_dash_between_others_stays() -> None:
    words = [("Delang", "PROPN", 0, "root"), ("-", "PUNCT", 1, "punct"), ("Berau", "PROPN", 1, "conj")]
    assert [word.form for word in MODERNIZER(old(words)).words] == ["Delang", "-", "Berau"]


def test_a_comma_belongs_to_what_depends() -> None:
    new = MODERNIZER(
        old(
            [
                ("Ruslan", "PROPN", 4, "nsubj"),
                (",", "PUNCT", 1, "punct"),
                ("camat", "NOUN", 1, "appos"),
                ("hadir", "VERB", 0, "root"),
                (",", "PUNCT", 4, "punct"),
                ("Maria", "PROPN", 7, "nsubj"),
                ("pulang", "VERB", 4, "conj"),
                (".", "PUNCT", 7, "punct"),
            ]
        )
    )
    assert [word.head for word in new.words if word.tag == "PUNCT"] == [3, 7, 4]


def test_brackets_belong_to_what_they_hold() -> None:
    new = MODERNIZER(
        old(
            [
                ("Sekda", "NOUN", 5, "nsubj"),
                ("(", "PUNCT", 1, "punct"),
                ("Ruslan", "PROPN", 1, "appos"),
                (")", "PUNCT", 5, "punct"),
                ("hadir", "VERB", 0, "root"),
            ]
        )
    )
    assert [word.head for word in new.words if word.tag == "PUNCT"] == [3, 3]


def test_an_abbreviation_is_one_token() -> None:
    words = [("Dr", "PROPN", 3, "nmod"), (".", "PUNCT", 1, "punct"), ("Ruslan", "PROPN", 4, "nsubj")]
    sentence = old([*words, ("hadir", "VERB", 0, "root"), (".", "PUNCT", 4, "punct")])
    assert told(tokenized(sentence, SPLITTER)) == [
        ("Dr.", 2, "nmod"),
        ("Ruslan", 3, "nsubj"),
        ("hadir", 0, "root"),
        (".", 3, "punct"),
    ]


def test_trees_stay_trees() -> None:
    for sentence in [*map(MODERNIZER, OWN), *map(MODERNIZER.harmonize, OWN)]:
        words = sentence.words
        assert sum(word.head == 0 for word in words) == 1
        for i in range(len(words)):
            seen = set()
            while words[i].head:
                assert i not in seen
                seen.add(i)
                i = words[i].head - 1


def test_what_is_packed_comes_back() -> None:
    docs = list(bin_of(OWN, group=3, seed=1).get_docs(Vocab()))
    assert [token.text for doc in docs for token in doc] == [word.form for s in OWN for word in s.words]
    assert sum(len(list(doc.sents)) for doc in docs) == len(OWN)
    assert [token.dep_ for doc in docs for token in doc if token.dep_ == "ROOT"] == ["ROOT"] * len(OWN)
    text = " ".join(doc.text for doc in docs)
    assert text.split() == conllu.text_of(conllu.read(Path(__file__).parent / "data" / "sentences.conllu")).split()


def test_the_rows_of_titled_names_hold_their_names() -> None:
    lines = (Path(__file__).parents[1] / "models/training/titled_names.jsonl").read_text(encoding="utf-8")
    for row in map(json.loads, lines.splitlines()):
        assert all(name in row["text"] for name in row["persons"]), row["id"]
