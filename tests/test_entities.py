from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from netralitas_nlp.entities import EdgeRules, Entities, trimmed

RULES = EdgeRules.load()
ENTRIES = tomllib.loads(
    files("netralitas_nlp").joinpath("data", "entities.toml").read_text(encoding="utf-8")
)["page"]


def own(text: str, *, person: bool = True) -> str:
    words = text.split(" ")
    kept = trimmed(words, RULES, person=person)
    return " ".join(words[kept.start : kept.stop])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zoltan Fermat", "Zoltan Fermat"),
        ("Pjs ) Zoltan Fermat", "Zoltan Fermat"),
        ("Plt. Camat Zoltan Fermat", "Zoltan Fermat"),
        ("Zoltan Fermat ( Pjs", "Zoltan Fermat"),
        ("Zoltan Fermat \n\n Delang", "Zoltan Fermat"),
        ("Baca Juga : Zoltan Fermat", "Zoltan Fermat"),
        ("“ Zoltan Fermat Foto :", "Zoltan Fermat"),
        ("A Rahman", "A Rahman"),
        ("Datuk Zoltan", "Datuk Zoltan"),
        ("H. Zoltan Fermat", "H. Zoltan Fermat"),
        ("Baca Juga :", ""),
    ],
)
def test_persons(text: str, name: str) -> None:
    assert own(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Badan Contoh ( BC )", "Badan Contoh ( BC )"),
        ("Ketua Karang Taruna", "Ketua Karang Taruna"),
        ("( Badan Contoh", "Badan Contoh"),
        ("Badan Contoh ]", "Badan Contoh"),
    ],
)
def test_others(text: str, name: str) -> None:
    assert own(text, person=False) == name


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])
def test_the_examples_of_the_rules(entry: dict[str, list[str]]) -> None:
    assert all(own(example) == "Zoltan Fermat" for example in entry["examples"])
    assert all(own(reject) == reject for reject in entry["rejects"])


def test_other_labels_and_clean_names_stay() -> None:
    doc = Doc(spacy.blank("xx").vocab, words=["Senin", "(", "7/10", ")", "Zoltan", "Fermat", "(", "Ist"])
    doc.set_ents([Span(doc, 0, 4, "DATE"), Span(doc, 4, 8, "PER", kb_id="q", span_id="r")])
    assert [(ent.text, ent.label_) for ent in Entities()(doc).ents] == [
        ("Senin ( 7/10 )", "DATE"),
        ("Zoltan Fermat", "PER"),
    ]
    assert (doc.ents[1].kb_id_, doc.ents[1].id_) == ("q", "r")


def test_it_is_found_by_its_name() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("netralitas_entities")
    assert isinstance(nlp.get_pipe("netralitas_entities"), Entities)


@given(st.lists(st.sampled_from(["Pjs", "(", ")", "Zoltan", "\n", "Foto", "[", "]", "“", "A", " "]), max_size=12))
def test_what_is_left_is_a_name_and_stays_one(words: list[str]) -> None:
    kept = trimmed(words, RULES, person=True)
    left = words[kept.start : kept.stop]
    assert trimmed(left, RULES, person=True) == range(len(left))
    assert not {"\n", "Foto"} & {*left[:1], *left[-1:]}
    assert left[:1] != ["Pjs"]
