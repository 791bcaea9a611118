"""The people of an article: rows of cases/people.jsonl, verbs of speaking, and what holds for any text."""

from __future__ import annotations

import json
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marking import marked
from netralitas_nlp import Extractor
from netralitas_nlp._rules import builtin
from netralitas_nlp.layers.names import NameRules

EXTRACTOR = Extractor()
NAMES = NameRules.load()
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "people.jsonl").read_text(encoding="utf-8").splitlines()
]
VERBS = tomllib.loads(builtin("speech.toml").read_text(encoding="utf-8"))["verb"]


def _names(text: str) -> list[str]:
    return [person.name for person in EXTRACTOR.extract(text).people]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["id"], marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [])
        for case in CASES
    ],
)
def test_cases(case: dict[str, Any]) -> None:
    text, spans = marked(case["text"])
    found = EXTRACTOR.extract(text).people
    shown = [
        {
            "name": person.name,
            "honorifics": list(person.honorifics),
            "degrees": list(person.degrees),
            "mentions": [mention.text for mention in person.mentions],
        }
        for person in found
    ]
    assert shown == [{"honorifics": [], "degrees": [], "mentions": [row["name"]], **row} for row in case["expect"]]
    assert sorted(tuple(mention.span) for person in found for mention in person.mentions) == spans


def test_rows_cut_anywhere_do_not_raise() -> None:
    for case in CASES:
        text, _ = marked(case["text"])
        for i, char in enumerate(text):
            if not char.isalnum():
                EXTRACTOR.extract(text[: i + 1])
                EXTRACTOR.extract(text[i:])


def test_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))
    assert sum(not case["expect"] for case in CASES) >= 40


@pytest.mark.parametrize("verb", VERBS, ids=[row["id"] for row in VERBS])
def test_verbs_of_speaking_show_a_speaker(verb: dict[str, Any]) -> None:
    for word in verb.get("bare", ()):
        assert _names(f"“Semua harus netral,” {word} Ulfan Rombela, kemarin.") == ["Ulfan Rombela"], word
        assert _names(f"“Semua harus netral,” {word}nya kemarin di Aula Kantor.") == [], word
    for word in verb.get("passive", ()):
        speaker = [] if word in NAMES.thing_nouns else ["Ulfan Rombela"]
        assert _names(f"Hal itu {word} Ulfan Rombela kemarin.") == speaker, word
        assert _names(f"Hal itu {word} kemarin di Aula Kantor.") == [], word
    for word in verb.get("active", ()):
        assert _names(f"Terpisah, Ulfan Rombela {word} semua pihak.") == ["Ulfan Rombela"], word
        assert _names(f"Terpisah, Dinas Sosial Berau {word} semua pihak.") == [], word


def test_verbs_have_a_form_and_an_id_of_their_own() -> None:
    ids = [row["id"] for row in VERBS]
    assert len(ids) == len(set(ids))
    for row in VERBS:
        assert {"bare", "active", "passive"} & row.keys(), row["id"]


_GIVEN = st.sampled_from(["Rusdi", "Wartini", "Hendra", "Marlina", "Yosef", "Bintoro", "Laila", "Surya", "Darwis"])
_FAMILY = st.sampled_from(["Halim", "Tobing", "Lesmana", "Siregar", "Prasetyo", "Wibawa", "Hasni", "Anwar", "Karto"])
_BEFORE = st.sampled_from(["", "H. ", "Hj. ", "Drs. ", "Dr. H. ", "dr. ", "Prof. Dr. ", "Ir. ", "KH ", "AKBP "])
_AFTER = st.sampled_from(["", ", SE", ", S.Sos, M.Si", ", SH, MH", " SE MM", ", S.STP"])


@given(given_name=_GIVEN, family=_FAMILY, before=_BEFORE, after=_AFTER)
def test_a_speaker_is_found_and_his_short_form_too(given_name: str, family: str, before: str, after: str) -> None:
    name = f"{given_name} {family}"
    text = f"“Semua harus netral,” kata {before}{name}{after}, kemarin. “Jangan memihak,” ujar {given_name} lagi."
    [person] = EXTRACTOR.extract(text).people
    assert person.name == name
    assert [mention.text for mention in person.mentions] == [name, given_name]
    assert " ".join(person.honorifics) == before.strip()
    assert list(person.degrees) == after.replace(",", "").split()


_PIECES = st.sampled_from(
    [
        "Rusdi", "Halim", "H.", "Hj", "Prof.", "Dr.", "(Purn)", "AKBP", "Letkol", "Inf", "S.Sos", "M.Si", "SE", "MM",
        "bin", "al", "I", "Made", "A.", "DS", "kata", "ujar", "mengatakan", "menurut", "tersangka", "(45)", "alias",
        "akrab", "disapa", "'Udi'", "“", "”", "(", ")", ",", ".", "-", "Gedung", "Jalan", "dan", "dkk", "RUSDI", "\n",
        "Bupati", "Berau", "Senin", "Mei", "Lalu", "Tanjung",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=40).map(" ".join), st.lists(_PIECES, max_size=40).map("".join)))
def test_any_text(text: str) -> None:
    people = EXTRACTOR.extract(text).people
    assert [person.id for person in people] == [f"p{number}" for number in range(1, len(people) + 1)]
    for person in people:
        assert person.name.strip() == person.name != ""
        assert person.mentions
        assert list(person.mentions) == sorted(person.mentions, key=lambda m: m.span)
        for mention in person.mentions:
            assert mention.text == text[mention.span.start : mention.span.end]
    firsts = [person.mentions[0].span for person in people]
    assert firsts == sorted(firsts)


@pytest.mark.parametrize(
    "text",
    [
        "Rusdi Halim " * 10_000,
        "kata Rusdi Halim, " * 6_000,
        "H. " * 30_000,
        "Rusdi, S.H., M.H., " * 6_000,
        "Rusdi 'Udi' " * 8_000,
        "bin " * 30_000,
        "".join(f"kata Rus{chr(97 + k % 26)}i Hal{chr(97 + k // 26 % 26)}m, " for k in range(2_000)),
    ],
    ids=lambda text: text[:16],
)
def test_long_odd_texts_take_little_time(text: str) -> None:
    start = time.perf_counter()
    EXTRACTOR.extract(text)
    assert time.perf_counter() - start < 5
