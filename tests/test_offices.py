"""Offices as they are named: the entries of titles.toml, both ways, and every variant in every dress."""

from __future__ import annotations

import time
import tomllib
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netralitas_nlp import Extractor
from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer
from netralitas_nlp._rules import builtin
from netralitas_nlp._text import make_view, split_words
from netralitas_nlp.layers import offices
from netralitas_nlp.layers.names import NameRules
from netralitas_nlp.layers.offices import Office, OfficeRules
from netralitas_nlp.layers.organizations import OrganizationRules
from netralitas_nlp.types import Official

RULES = OfficeRules.load()
NAMES = NameRules.load()
BODIES = OrganizationRules.load()
GAZETTEER = Gazetteer.load()
EXTRACTOR = Extractor()
TABLES = tomllib.loads(builtin("titles.toml").read_text(encoding="utf-8"))

#: A region for each level that an office may be of.
REGIONS = {
    "province": "Kalimantan Timur",
    "regency": "Berau",
    "city": "Bontang",
    "region": "Berau",
    "district": "Sangatta Utara",
}
HEADS = {
    "Gubernur Kalimantan Timur": "gubernur",
    "Wakil Gubernur Kaltim": "wakil_gubernur",
    "Bupati Berau": "bupati",
    "Wakil Bupati Berau": "wakil_bupati",
    "Wali Kota Bontang": "wali_kota",
    "Walikota Bontang": "wali_kota",
    "Wakil Wali Kota Bontang": "wakil_wali_kota",
    "Sekda Berau": "sekretaris_daerah",
}
ACTING = {
    "Pj": "pj", "Pj.": "pj", "PJ": "pj", "PJ.": "pj", "pj": "pj", "Penjabat": "pj", "penjabat": "pj", "PENJABAT": "pj",
    "Penjabat (Pj)": "pj", "Penjabat (Pj.)": "pj", "Pejabat (Pj)": "pj", "Pejabat ( Pj )": "pj",
    "Pjs": "pjs", "Pjs.": "pjs", "PJS": "pjs", "PjS": "pjs", "Penjabat Sementara": "pjs", "pejabat sementara": "pjs",
    "Penjabat Sementara (Pjs)": "pjs", "Pejabat Sementara (Pjs)": "pjs", "Pejabat Sementara (Pjs.)": "pjs",
    "Pejabat Sementara (PJS)": "pjs",
    "Plt": "plt", "Plt.": "plt", "PLT": "plt", "plt": "plt", "Pelaksana Tugas": "plt", "Pelaksana Tugas (Plt)": "plt",
    "Pelaksana tugas (Plt.)": "plt",
    "Plh": "plh", "Plh.": "plh", "PLH": "plh", "Pelaksana Harian": "plh", "Pelaksana Harian (Plh)": "plh",
    "Pgs": "pgs", "Pgs.": "pgs", "PGS": "pgs", "Pengganti Sementara (Pgs)": "pgs",
    "Pymt": "pymt", "Ymt.": "pymt", "PYMT": "pymt",
    "karteker": "pj", "Caretaker": "pj",
}  # fmt: skip
#: What only ever stands before a body, so that it is no office by itself.
NEEDS_BODY = frozenset(row["id"] for row in TABLES["office"] if row.get("needs_body"))


def _scan(text: str) -> tuple[int, list[Office]]:
    """Return how many words a text has and the offices that the scanner finds in it."""
    view = make_view(text)
    words = split_words(view, NAMES.mixed)
    context = Context(text, view, words, [0] if len(words) else [])
    return len(words), offices.scan(context, RULES, NAMES, BODIES, GAZETTEER)


def _whole(text: str) -> Office:
    """Return the office that a text is, from its first word to its last."""
    count, found = _scan(text)
    assert [(office.start, office.end) for office in found[:1]] == [(0, count)], (text, found)
    assert not found[0].several, text
    return found[0]


def _held(text: str) -> list[Official]:
    return list(EXTRACTOR.extract(text).officials)


def _rows(table: str) -> list[Any]:
    return [pytest.param(row, id=row["id"]) for row in TABLES[table]]


@pytest.mark.parametrize("row", _rows("office"))
def test_office_examples_are_found_whole(row: dict[str, Any]) -> None:
    assert row["examples"]
    for example in row["examples"]:
        assert _whole(example).rule == row["id"], example


@pytest.mark.parametrize("row", _rows("office"))
def test_office_examples_have_the_holder_behind_them(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        text = f"{example}, Rusdi Halim, hadir kemarin."
        article = EXTRACTOR.extract(text)
        named = {person.id: person.name for person in article.people}
        found = [(named.get(o.person or ""), o.rule.rpartition(".")[2]) for o in article.officials]
        assert ("Rusdi Halim", row["id"]) in found, (text, found)


@pytest.mark.parametrize("row", _rows("office"))
def test_office_rejects_name_no_holder_of_the_office(row: dict[str, Any]) -> None:
    for reject in row.get("rejects", ()):
        for text in (reject, f"{reject[0].upper()}{reject[1:]} hadir kemarin."):
            assert row["id"] not in {official.rule.rpartition(".")[2] for official in _held(text)}, text


@pytest.mark.parametrize("row", _rows("office"))
def test_every_variant_of_an_office(row: dict[str, Any]) -> None:
    region = REGIONS.get(row.get("level", ""), "")
    for variant in row["variants"]:
        for written, acting in product((variant, variant.lower(), variant.upper()), ("", "Plt. ", "Pj ")):
            text = f"{acting}{written} {region}".rstrip()
            if row["id"] in NEEDS_BODY:
                text += " Kemendagri"
            office = _whole(text)
            assert office.role == row["role"], text
            assert office.status == {"": "definitif", "Plt. ": "plt", "Pj ": "pj"}[acting], text
            assert (office.region is not None) == bool(region), text


@pytest.mark.parametrize("row", _rows("office"))
def test_several_are_nobody(row: dict[str, Any]) -> None:
    for variant in row["variants"]:
        for several in ("Para", "Enam", "Sejumlah", "12"):
            text = f"{several} {variant} hadir kemarin."
            assert _held(text) == [], text


@pytest.mark.parametrize("table", ["status", "tenure", "office"])
def test_a_variant_belongs_to_one_entry(table: str) -> None:
    owners: dict[str, set[str]] = {}
    for row in TABLES[table]:
        for variant in row["variants"]:
            owners.setdefault(" ".join(split_words(variant).lowers), set()).add(row["id"])
    assert {variant: ids for variant, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("row", _rows("status"))
def test_status_examples_and_rejects(row: dict[str, Any]) -> None:
    assert row["examples"]
    for example in row["examples"]:
        office = _whole(example)
        assert (office.acting, office.status) == (row["id"], row["status"]), example
    for reject in row["rejects"]:
        assert row["id"] not in {office.acting for office in _scan(reject)[1] if not office.several}, reject


@pytest.mark.parametrize("row", _rows("tenure"))
def test_tenure_examples_and_rejects(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        assert _whole(example).tenure == row["tenure"], example
    for reject in row["rejects"]:
        assert [official for official in _held(reject) if official.tenure == row["tenure"]] == [], reject


@pytest.mark.parametrize("table", ["status", "tenure"])
def test_short_tables_are_sorted(table: str) -> None:
    ids = [row["id"] for row in TABLES[table]]
    assert ids == sorted(ids)


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("acting", ACTING)
def test_acting_words_before_heads(acting: str, head: str) -> None:
    text = f"{acting} {head}"
    office = _whole(text)
    assert (office.status, office.role) == (ACTING[acting], HEADS[head])
    [official] = _held(f"{text}, Rusdi Halim, hadir kemarin.")
    assert (official.status, official.role, official.title) == (ACTING[acting], HEADS[head], head)
    assert (official.person, [mention.text for mention in official.mentions]) == ("p1", [text])


def test_every_acting_word_stands_in_the_table() -> None:
    variants = {variant.lower() for row in TABLES["status"] for variant in row["variants"]}
    assert {acting.lower().partition(" (")[0].rstrip(".") for acting in ACTING} <= variants


@pytest.mark.parametrize("row", _rows("body_role"))
def test_body_roles_name_offices(row: dict[str, Any]) -> None:
    assert set(row["office"]) <= {office["id"] for office in TABLES["office"]}
    assert "kind" in row or "contains" in row


_PIECES = st.sampled_from(
    [
        "Pjs", "Pj.", "Plt", "Pejabat", "Sementara", "mantan", "calon", "Bupati", "Wali", "Kota", "Kepala", "Dinas",
        "Kesehatan", "Desa", "Sukamaju", "Camat", "Asisten", "III", "Setda", "Berau", "Bontang", "Kaltim", "(Kutim)",
        "Rusdi", "Halim", "dan", "/", "-", "(", ")", ", ", ". ", "yang", "Ketua", "KPU", "Komisi", "Menteri", "Dalam",
        "Negeri", "Dandim", "0902/Berau", "terpilih", "Direktur", "PT", "Maju", "Staf", "Ahli", "Juru", "Bicara", "\n",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=30).map(" ".join), st.lists(_PIECES, max_size=30).map("".join)))
def test_any_text(text: str) -> None:
    count, found = _scan(text)
    end = 0
    for office in found:
        assert end <= office.start <= office.head < office.end <= count
        end = office.end


@pytest.mark.parametrize(
    "text",
    [
        "Kepala " * 10_000,
        "Kepala Bidang Hukum dan " * 5_000,
        "Juru Bicara " * 10_000,
        "Menteri Dalam " * 10_000,
        "Pejabat (Pj) " * 10_000,
        "Bupati (" * 20_000,
        "Kepala Desa Suka " * 8_000,
        "Direktur Ulin Ramo " * 8_000,
        "(" * 1_000_000,
        "1" * 1_000_000,
        " " * 1_000_000,
    ],
    ids=lambda text: text[:16],
)
def test_long_odd_texts_take_little_time(text: str) -> None:
    start = time.perf_counter()
    _scan(text)
    assert time.perf_counter() - start < 4
