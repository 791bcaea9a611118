"""Who holds which office: rows of cases/officials.jsonl, and sentences built from a small grammar."""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marking import marked
from netralitas_nlp import Article, Extractor

EXTRACTOR = Extractor()
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "officials.jsonl").read_text(encoding="utf-8").splitlines()
]
DEFAULTS = {"person": None, "status": "definitif", "tenure": "current", "area": None, "organization": None}


def _shown(article: Article) -> list[dict[str, Any]]:
    names = {person.id: person.name for person in article.people}
    return [
        {
            "person": names[official.person] if official.person else None,
            "status": official.status.value,
            "tenure": official.tenure.value,
            "role": official.role.value,
            "title": official.title,
            "area": official.area.name if official.area else None,
            "organization": official.organization,
        }
        for official in article.officials
    ]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["id"], marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [])
        for case in CASES
    ],
)
def test_cases(case: dict[str, Any]) -> None:
    text, spans = marked(case["text"])
    article = EXTRACTOR.extract(text)
    assert _shown(article) == [DEFAULTS | row for row in case["expect"]]
    assert sorted(tuple(m.span) for official in article.officials for m in official.mentions) == spans


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


def test_the_cases_cover_every_capacity() -> None:
    rows = [DEFAULTS | row for case in CASES for row in case["expect"]]
    assert {row["status"] for row in rows} == {"definitif", "pj", "pjs", "plt", "plh", "pgs", "pymt", "ad_interim"}
    assert {row["tenure"] for row in rows} == {"current", "former", "elect", "candidate", "inactive"}
    assert sum(not case["expect"] for case in CASES) >= 40


# Sentences of a small grammar: an acting word, an office with its region, an invented holder, a place for the name.

_ACTING = [
    ("", "definitif"), ("Pj ", "pj"), ("Pj. ", "pj"), ("Penjabat (Pj) ", "pj"), ("Penjabat ", "pj"), ("PJ ", "pj"),
    ("Pjs ", "pjs"), ("Pjs. ", "pjs"), ("Pejabat Sementara (Pjs) ", "pjs"), ("Penjabat Sementara ", "pjs"),
    ("Plt ", "plt"), ("Plt. ", "plt"), ("Pelaksana Tugas (Plt) ", "plt"), ("Plh ", "plh"), ("Plh. ", "plh"),
]  # fmt: skip
_TENURES = [("", "current")] * 6 + [("mantan ", "former"), ("Mantan ", "former"), ("eks ", "former")]
_SEATS = [
    ("Gubernur", "gubernur", "Kalimantan Utara", "65"),
    ("Gubernur", "gubernur", "Sulsel", "73"),
    ("Wakil Gubernur", "wakil_gubernur", "Lampung", "18"),
    ("Wagub", "wakil_gubernur", "NTB", "52"),
    ("Bupati", "bupati", "Kutai Timur", "64.08"),
    ("Bupati", "bupati", "Pulang Pisau", "62.11"),
    ("Bupati", "bupati", "OKU Selatan", "16.09"),
    ("Bupati", "bupati", "Kabupaten Bandung", "32.04"),
    ("Bupati", "bupati", "Malang", "35.07"),
    ("Wakil Bupati", "wakil_bupati", "Wonosobo", "33.07"),
    ("Wabup", "wakil_bupati", "Tabanan", "51.02"),
    ("Wali Kota", "wali_kota", "Malang", "35.73"),
    ("Walikota", "wali_kota", "Palopo", "73.73"),
    ("Wakil Wali Kota", "wakil_wali_kota", "Kota Bogor", "32.71"),
    ("Wawali", "wakil_wali_kota", "Bontang", "64.74"),
    ("Sekda", "sekretaris_daerah", "Landak", "61.08"),
    ("Sekretaris Daerah", "sekretaris_daerah", "Kabupaten Seruyan", "62.07"),
    ("Sekdaprov", "sekretaris_daerah", "Kaltim", "64"),
    ("Kepala Dinas Kesehatan", "kepala_dinas", "Berau", "64.03"),
    ("Kadishub", "kepala_dinas", "Kota Serang", "36.73"),
    ("Kepala BKPSDM", "kepala_badan", "Bulukumba", "73.02"),
    ("Asisten I Setda", "asisten_daerah", "Paser", "64.01"),
    ("Inspektur Daerah", "inspektur", "Tapin", "63.05"),
    ("Kasatpol PP", "kepala_satpol_pp", "Banggai", "72.01"),
    ("Kapolres", "kapolres", "Sambas", "61.01"),
    ("Kajari", "kajari", "Bone", "73.08"),
    ("Ketua DPRD", "ketua_dprd", "Sleman", "34.04"),
    ("Ketua KPU", "ketua_kpu", "Kota Tual", "81.72"),
    ("Ketua Bawaslu", "ketua_bawaslu", "Ngada", "53.09"),
    ("Camat", "camat", "Muara Badak", "64.02.05"),
    ("Kapolsek", "kapolsek", "Sangatta Utara", "64.08.04"),
    ("Kabag Umum Setda", "kepala_bagian", "Kotabaru", "63.02"),
    ("Kabid Humas Diskominfo", "kepala_bidang", "Barru", "73.11"),
    ("Sekretaris DPRD", "sekretaris", "Solok Selatan", "13.11"),
    ("Wakil Ketua DPRD", "wakil_ketua_dprd", "Kota Kendari", "74.71"),
    ("Anggota Bawaslu", "anggota_bawaslu", "Kabupaten Sikka", "53.07"),
    ("Direktur RSUD", "direktur", "Sarolangun", "15.03"),
    ("Staf Ahli Bupati", "staf_ahli", "Lahat", "16.04"),
    ("Kepala Inspektorat", "inspektur", "Kabupaten Nias", "12.04"),
    ("Kajati", "kajati", "Maluku", "81"),
    ("Kapolda", "kapolda", "Riau", "14"),
    ("Dandim 0314/Inhil", "dandim", "", "14.04"),
]
_NAMES = [
    "Rusdi Halim", "Wartini Sekar Ayu", "Hendra Lesmana", "I Made Sutarga", "Ni Ketut Widiari", "La Ode Hamrin",
    "Andi Pallawa", "Baiq Nurlaila", "Tigor Silitonga", "Yance Mambrasar", "Teuku Rizal", "Moh. Hosen", "Tan Hok Liong",
    "Marlina Tobing", "Salim bin Umar", "A. Suhaili", "Yopie S", "Wiwik Sulandra", "Gorbanus Kelen", "Maskur",
    "Fredik Dimara", "Yuliana Br Sitepu", "Umar Basalamah", "Sri Nurhayati", "Bambang Suharjo", "Cut Intan",
    "Johanis Tangkudung", "Dewi Anggraeni Putri", "Bagong Setiadi", "Maria Goreti da Silva", "Abd. Rahim Tuanaya",
]  # fmt: skip
_HONORIFICS = ["", "", "", "H. ", "Hj ", "Drs. H. ", "Dr. ", "Prof. Dr. HM ", "Ir. "]
_DEGREES = ["", "", "", ", SE", ", S.Sos, MM", ", S.STP., M.Si"]
#: O the office, N the name, with its honorifics and degrees.
_PATTERNS = [
    "O, N, membuka rapat koordinasi itu.",
    "Rapat koordinasi itu dibuka O, N, kemarin.",
    "Rapat koordinasi itu dibuka O N kemarin.",
    "O N mengatakan, rapat koordinasi itu penting.",
    "“Rapat itu penting,” kata O N kemarin.",
    "“Rapat itu penting,” ujar O, N, di hadapan warga.",
    "N, O, menyampaikan hal itu kemarin.",
    "N selaku O membuka rapat koordinasi itu.",
    "N dilantik sebagai O kemarin.",
    "Rapat koordinasi itu dihadiri O N, tokoh adat, dan warga.",
    "Yang hadir adalah N (O) dan warga.",
    "Warga menemui O (N) kemarin.",
    "O ialah N.",
    "Menurut O, N, rapat koordinasi itu penting.",
    "N yang kini menjabat O membuka rapat koordinasi itu.",
    "Hal itu disampaikan O N usai rapat koordinasi.",
    "Turut hadir dalam rapat itu O N serta tokoh adat.",
    "Usai rapat, O N pulang lebih dulu.",
    "Sementara itu O, N menambahkan catatan.",
    "Rapat dipimpin langsung oleh O, N.",
    "BARRU – O N menemui warga, Senin (7/10/2024).",
]


@dataclass(frozen=True)
class _Sentence:
    text: str
    office: str
    name: str
    expected: dict[str, Any]


def _sentence(choose: random.Random) -> _Sentence:
    tenured, tenure = choose.choice(_TENURES)
    acting, status = choose.choice(_ACTING) if tenure == "current" else (tenured, "definitif")
    title, role, region, code = choose.choice(_SEATS)
    pattern = choose.choice(_PATTERNS)
    name = choose.choice([name for name in _NAMES if " " in name or "(N)" not in pattern])
    degrees = "" if "(N)" in pattern else choose.choice(_DEGREES)
    office = f"{title} {region}".strip()
    spelled = "Kepala Dinas Perhubungan" if title == "Kadishub" else office
    full = f"{choose.choice(_HONORIFICS)}{name}{degrees}"
    text = pattern.replace("O", "\0").replace("N", full).replace("\0", f"{acting}{office}").replace(f"{degrees},,", ",")
    expected = {"status": status, "role": role, "title": spelled, "code": code, "person": name, "tenure": tenure}
    return _Sentence(text, f"{acting}{office}", name, expected)


def _missed(sentence: _Sentence) -> str | None:
    article = EXTRACTOR.extract(sentence.text)
    names = {person.id: person.name for person in article.people}
    found = [
        {
            "status": official.status.value,
            "role": official.role.value,
            "title": official.title,
            "code": official.area.code if official.area else None,
            "person": names.get(official.person or ""),
            "tenure": official.tenure.value,
        }
        for official in article.officials
    ]
    mentions = [mention.text for official in article.officials for mention in official.mentions]
    if found == [sentence.expected] and mentions == [sentence.office]:
        return None
    return f"{sentence.text}\n  {found} {mentions}"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_built_sentences_are_found_with_all_fields(seed: int) -> None:
    choose = random.Random(seed)
    sentences = [_sentence(choose) for _ in range(300)]
    missed = [line for line in map(_missed, sentences) if line]
    assert len(missed) <= 0.02 * len(sentences), "\n".join(missed)


@pytest.mark.parametrize("seat", [pytest.param(seat, id=seat[0]) for seat in _SEATS if "RSUD" not in seat[0]])
def test_a_bare_office_further_on_is_the_same_seat(seat: tuple[str, str, str, str]) -> None:
    title, _, region, _ = seat
    for acting, _ in _ACTING:
        office = f"{acting}{title} {region}".strip()
        text = f"{office}, Rusdi Halim, membuka rapat. Lalu {acting}{title} menyapa warga. “Ya,” kata {title} Rusdi."
        [official] = EXTRACTOR.extract(text).officials
        assert [mention.text for mention in official.mentions] == [office, f"{acting}{title}", title], text


_PIECES = st.sampled_from(
    [
        "Pjs", "Plt.", "Pejabat", "(Pjs)", "mantan", "calon", "Bupati Berau", "Wali Kota", "Sekda", "Kadishub", "Kutim",
        "Camat Tapos", "Rusdi Halim", "Rusdi", "Hj. Ratna", "S.Sos", "yang juga", "selaku", "sekaligus", "menjabat",
        "dan", "dijabat", "kata", "mengatakan", "itu", "pasangan", "nomor urut 2", "terpilih", "(", ")", ",", ".", "-",
        "“", "”", "\n", "berinisial", "DS", "Ketua KPU", "DPRD", "Menteri Agama", "dia", "sebagai",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=40).map(" ".join), st.lists(_PIECES, max_size=40).map("".join)))
def test_any_text(text: str) -> None:
    article = EXTRACTOR.extract(text)
    people = {person.id for person in article.people}
    for official in article.officials:
        assert official.title
        assert official.mentions
        assert official.person is None or official.person in people
        assert list(official.mentions) == sorted(official.mentions, key=lambda m: m.span)
        for mention in official.mentions:
            assert mention.text == text[mention.span.start : mention.span.end]
    firsts = [official.mentions[0].span for official in article.officials]
    assert firsts == sorted(firsts)


@pytest.mark.parametrize(
    "text",
    [
        "Bupati Berau Rusdi Halim " * 4_000,
        "Bupati Berau, " * 8_000,
        "Rusdi Halim, Bupati " * 5_000,
        "yang juga menjabat sebagai Sekda " * 4_000,
        "pasangan Rusdi-Halim " * 5_000,
        "Bupati dan Wakil Bupati " * 5_000,
    ],
    ids=lambda text: text[:24],
)
def test_long_odd_texts_take_little_time(text: str) -> None:
    start = time.perf_counter()
    EXTRACTOR.extract(text)
    assert time.perf_counter() - start < 5
