"""Bodies: rows of cases/organizations.jsonl, the examples of the rule files, and what holds for any text."""

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
from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer
from netralitas_nlp._rules import builtin, read_lines
from netralitas_nlp._text import make_view, split_words
from netralitas_nlp.errors import RuleError
from netralitas_nlp.layers import organizations
from netralitas_nlp.layers.organizations import OrganizationMatch, OrganizationRules
from netralitas_nlp.types import Organization

RULES = OrganizationRules.load()
GAZETTEER = Gazetteer.load()
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "organizations.jsonl").read_text(encoding="utf-8").splitlines()
]
BODIES = [(row + "\t\t").split("\t") for row in read_lines(builtin("organizations_bodies.tsv"))[1:]]


def _context(text: str) -> Context:
    view = make_view(text)
    words = split_words(view)
    return Context(text, view, words, [0] if len(words) else [])


def _find(text: str, **options: Any) -> list[Organization]:
    return organizations.find(_context(text), RULES, GAZETTEER, **options)


def _match(text: str) -> OrganizationMatch | None:
    return organizations.match(split_words(make_view(text)), 0, RULES, GAZETTEER)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["id"], marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [])
        for case in CASES
    ],
)
def test_cases(case: dict[str, Any]) -> None:
    text, spans = marked(case["text"])
    found = _find(text)
    assert sorted(tuple(m.span) for record in found for m in record.mentions) == spans
    shown = [
        {
            "name": record.name,
            "abbreviation": record.abbreviation,
            "kind": record.kind.value,
            "area": record.area.code if record.area else None,
        }
        for record in found
    ]
    assert shown == [{"abbreviation": None, "area": None, **row} for row in case["expect"]]


def _heads() -> list[tuple[str, list[str], list[str]]]:
    data = tomllib.loads(builtin("organizations.toml").read_text(encoding="utf-8"))
    return [(row["id"], row["examples"], row["rejects"]) for row in data["head"]]


@pytest.mark.parametrize(("rule", "examples", "rejects"), _heads())
def test_examples(rule: str, examples: list[str], rejects: list[str]) -> None:
    for example in examples:
        found = _match(example)
        assert found is not None, example
        assert (found.rule, found.end) == (rule, len(split_words(example))), example
    for reject in rejects:
        words = split_words(reject)
        matches = [organizations.match(words, i, RULES, GAZETTEER) for i in range(len(words))]
        assert rule not in {match.rule for match in matches if match}, reject


def test_every_known_name_is_matched_whole() -> None:
    ids = [row[0] for row in BODIES]
    assert len(ids) == len(set(ids))
    for rule, kind, _, name, short, variants, *_ in BODIES:
        for form in (name, *variants.split("|"), *short.split("|")):
            if form:
                found = _match(form)
                assert found is not None, form
                assert found.end == len(split_words(form)), form
                assert found.rule == rule or form in short.split("|"), form
                assert found.kind.value == kind or found.rule != rule, form


def test_match_gives_the_parts() -> None:
    found = _match("Dinas Kesehatan (Dinkes) Kabupaten Kutai Timur akan")
    assert found is not None
    assert (found.name, found.abbreviation, found.kind) == ("Dinas Kesehatan", "Dinkes", "dinas")
    assert found.full_name == "Dinas Kesehatan Kabupaten Kutai Timur"
    assert found.full_abbreviation == "Dinkes Kabupaten Kutai Timur"
    assert found.area is not None
    assert found.area.candidates[0].code == "64.08"
    assert found.end == 6


def test_the_usual_abbreviation_is_given_where_none_is_written() -> None:
    found = _match("Dinas Kesehatan")
    assert found is not None
    assert (found.abbreviation, found.written, found.full_abbreviation) == ("Dinkes", None, None)


def test_taken_stretches_start_no_name() -> None:
    text = "Golkar Prasetyo bertemu pengurus Golkar."
    assert [m.span for record in _find(text, taken=[(0, 15)]) for m in record.mentions] == [(33, 39)]


def test_near_decides_between_two_regions() -> None:
    regions = [region for region in (GAZETTEER.by_code("32.71"),) if region]
    record = _find("Bawaslu Bogor rapat.", near=regions)[0]
    assert record.area is not None
    assert record.area.code == "32.71"
    assert _find("Bawaslu Bogor rapat.")[0].area is None


def test_user_rules_add_names(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'body = [{ id = "sanggar", name = "Sanggar Melati Raya", short = ["Samera"], kind = "other", scope = "area" }]',
        encoding="utf-8",
    )
    rules = OrganizationRules.load([path])
    found = organizations.find(_context("Ketua Samera Berau hadir."), rules, GAZETTEER)
    assert [(record.name, record.rule) for record in found] == [("Sanggar Melati Raya Berau", "organization.sanggar")]
    path.write_text('body = [{ id = "x", name = "X", kind = "klub", scope = "area" }]', encoding="utf-8")
    with pytest.raises(RuleError):
        OrganizationRules.load([path])


_PIECES = st.sampled_from(
    [
        "Pemkab Kutim", "Dinas", "Kesehatan", "dan", "(", ")", ", ", ". ", "/", "KPU", "Komisi", "III", "DPR", "RI",
        "PT", "Maju", "Fraksi", "Bagian", "Hukum", "Setda", "Kelas", "IIB", "Lapas", "Kodim", "0902", "Berau",
        "Kabupaten", "12", "Jakarta", "Partai", "Forum", "Balai", "serta", "@", ".com", "(KPU)", "“",
        "\n", "\u00a0", "\x00", "\ud800",
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=40).map(" ".join), st.lists(_PIECES, max_size=40).map("".join)))
def test_any_text(text: str) -> None:
    for record in _find(text):
        assert record.name
        assert record.mentions
        assert list(record.mentions) == sorted(record.mentions, key=lambda m: m.span)
        for mention in record.mentions:
            assert mention.text == text[mention.span.start : mention.span.end]


@pytest.mark.parametrize(
    "text",
    [
        "Fraksi " * 20_000,
        "Dinas Kesehatan dan " * 6_000,
        "Dinas Sosial, " * 8_000,
        "KPU (" * 20_000,
        "Forum " * 20_000,
        "(" * 1_000_000,
        "1" * 1_000_000,
        " " * 1_000_000,
    ],
    ids=lambda text: text[:12],
)
def test_long_odd_texts_take_little_time(text: str) -> None:
    start = time.perf_counter()
    _find(text)
    assert time.perf_counter() - start < 3
