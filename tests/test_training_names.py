"""Data for the recogniser of names: spacing, repairs, made sentences, augmentation."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.training import Example

import names
import names_data
from augment import framed, make_typography
from names_data import Repairs, Sentence

_NLP = spacy.blank("xx")
TITLED = Path(__file__).parents[1] / "models/training/titled_names.jsonl"


def _entity(text: str, name: str, label: str) -> tuple[int, int, str]:
    start = text.index(name)
    return start, start + len(name), label


def _sentence(text: str, *names: tuple[str, str]) -> Sentence:
    return Sentence(text, (), tuple(_entity(text, name, label) for name, label in names), "test")


@pytest.mark.parametrize(
    ("words", "dashes", "text"),
    [
        (["Ia", "(", "Ani", ")", "pergi", "."], False, "Ia (Ani) pergi."),
        (['"', "Ya", ",", '"', "kata", "Ani", "."], False, '"Ya," kata Ani.'),
        (["Undang", "-", "Undang"], True, "Undang-Undang"),
        (["Ani", "-", "Budi"], False, "Ani - Budi"),
    ],
)
def test_spacing(words: list[str], dashes: bool, text: str) -> None:
    blanks = names_data.spacing(words, dashes=dashes)
    assert "".join(word + " " * blank for word, blank in zip(words, blanks, strict=True)) == text


@pytest.mark.parametrize(
    ("text", "marked", "label", "left"),
    [
        ("Menurut (Ani), belum.", "(Ani),", "PER", "Ani"),
        ("Kata Bupati Ani Lestari kemarin.", "Bupati Ani Lestari", "PER", "Ani Lestari"),
        ("Kata Ani Lestari (kiri kemarin.", "Ani Lestari (kiri", "PER", "Ani Lestari"),
        ("Saham PT Contoh (Persero) naik.", "PT Contoh (Persero)", "ORG", "PT Contoh (Persero)"),
    ],
)
def test_repair(text: str, marked: str, label: str, left: str) -> None:
    [entity] = names_data.repair(_sentence(text, (marked, label)), Repairs()).entities
    assert text[entity[0] : entity[1]] == left


def test_other_corpora_follow_news() -> None:
    text = "Badan Contoh (BC) membantu tentara Jepang di Kota Medan."
    sentence = _sentence(text, ("Badan Contoh", "ORG"), ("BC", "ORG"), ("Jepang", "LOC"), ("Medan", "LOC"))
    found = [(text[start:end], label) for start, end, label in names_data.follow_news(sentence, Repairs()).entities]
    assert found == [("Badan Contoh (BC)", "ORG"), ("Kota Medan", "LOC")]


def _example(*, missing: bool) -> Example:
    words = ["Bupati", "Ani", "Lestari", "di", "Medan"]
    nlp = _NLP
    doc = Doc(nlp.vocab, words=words)
    unsure = [doc[4:5]] if missing else []
    doc.set_ents([Span(doc, 1, 3, "PER")], missing=unsure, default="outside")
    return Example(Doc(nlp.vocab, words=words), doc)


@pytest.mark.parametrize("kind", ["lower", "upper", "title", "typo", "dash", "furniture"])
def test_augmenter_keeps_names(kind: str) -> None:
    shares = {name: float(name == kind) for name in ("lower", "upper", "title", "typo", "dash", "furniture")}
    augment = make_typography(**shares, seed=3)
    for _ in range(20):
        [example] = augment(_NLP, _example(missing=True))
        [name] = example.reference.ents
        assert name.label_ == "PER"
        assert len(name) == 2
        assert [token.ent_iob for token in example.reference].count(0) == 1
        assert [token.text for token in example.reference] == [token.text for token in example.predicted]


def test_furniture_may_be_glued() -> None:
    example = framed(_example(missing=False), (), ("Baca", "Juga"), glue=True)
    assert example.reference.text.strip() == "Bupati Ani Lestari di MedanBaca Juga"


def test_titled_names_are_marked() -> None:
    rows = [json.loads(line) for line in TITLED.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert all(name in row["text"] for name in row["persons"])


def test_given_words_keep_short_form_with_brackets() -> None:
    made = Sentence("Badan Contoh (BC) rapat di Kota Contoh.", (), ((0, 17, "ORG"),), "made")
    doc = names.to_doc(_NLP, made, Repairs(), given=True)
    assert [token.text for token in doc] == ["Badan", "Contoh", "(BC)", "rapat", "di", "Kota", "Contoh", "."]
    assert doc.text == made.text
    assert [ent.text for ent in doc.ents] == ["Badan Contoh (BC)"]
