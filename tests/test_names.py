"""Personal names: the entries of names.toml, both ways, and how far a name reaches."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netralitas_nlp import Extractor
from netralitas_nlp._rules import Entry, builtin, read_lines
from netralitas_nlp._text import make_view, split_words
from netralitas_nlp.layers import names
from netralitas_nlp.layers.names import Name, NameRules, Phrases

RULES = NameRules.load()
EXTRACTOR = Extractor()
DEGREE_GAPS = {
    "ners": "Ners is written like a name",
    "m_psi": "Psikolog is written like a name",
    "m_si_han": "the chain ends at a bracket",
    "ll_m": "LL. M. has a blank behind two letters",
    "ipm": "ASEAN Eng has two words",
    "sp_pd": "Sp.THT-KL has a hyphen",
    "lc": "Al Hafidz has two words that are written like a name",
}
LONE_DEGREE_GAPS = dict.fromkeys(["s_hum", "m_hum", "m_si_han", "me"], "an initial and a title-cased word are a name")
THING_GAPS = dict.fromkeys(["place", "work"], "nouns of two words (alun-alun, paslon nomor) are not compared whole")
TABLES = tomllib.loads(builtin("names.toml").read_text(encoding="utf-8"))


def _read(text: str, i: int = 0, **options: Any) -> Name | None:
    view = make_view(text)
    return names.read(view, split_words(view, RULES.mixed), i, RULES, **options)


def _name(text: str, **options: Any) -> tuple[list[str], str, list[str]]:
    """Return the honorifics, the name and the degrees that a text opens with."""
    found = _read(text, **options)
    assert found is not None, text
    words = split_words(make_view(text), RULES.mixed)
    name = text[words.starts[found.first] : words.ends[found.last - 1]]
    return list(found.honorifics), name, list(found.degrees)


def _everywhere(text: str) -> list[Name]:
    """Return the names that could start at any word of a text."""
    found = (_read(text, i) for i in range(len(split_words(make_view(text), RULES.mixed))))
    return [name for name in found if name]


def _people(text: str) -> list[str]:
    return [person.name for person in EXTRACTOR.extract(text).people]


def _key(degree: str) -> str:
    return "".join(filter(str.isalnum, degree)).lower()


def _rows(table: str, gaps: Mapping[str, str] | None = None) -> list[Any]:
    marks = {id: [pytest.mark.xfail(reason=reason)] for id, reason in (gaps or {}).items()}
    return [pytest.param(row, id=row["id"], marks=marks.get(row["id"], [])) for row in TABLES[table]]


@pytest.mark.parametrize("row", _rows("honorific"))
def test_honorific_examples_and_rejects(row: dict[str, Any]) -> None:
    assert row["examples"]
    for example in row["examples"]:
        words = split_words(make_view(example))
        hit = RULES.honorifics.match(words, 0, " .(")
        assert hit is not None, example
        assert hit[1].id == row["id"] or row["id"] == "purn", example
        honorifics, name, degrees = _name(example)
        assert (" ".join([*honorifics, name]), degrees) == (example, []), example
    for reject in row.get("rejects", ()):
        assert [name for name in _everywhere(reject) if name.honorifics] == [], reject


@pytest.mark.parametrize("row", _rows("honorific"))
def test_every_honorific_before_a_name(row: dict[str, Any]) -> None:
    for variant in row["variants"]:
        for written in {variant, variant.upper(), f"{variant}."} if "(" not in variant else {variant}:
            honorifics, name, degrees = _name(f"{written} Ulfan Rombela hadir")
            assert (" ".join(honorifics), name, degrees) == (written, "Ulfan Rombela", []), written


@pytest.mark.parametrize("row", _rows("corps"))
def test_every_corps_behind_a_rank(row: dict[str, Any]) -> None:
    for variant in row["variants"]:
        assert _name(f"Letkol {variant} Ulfan Rombela hadir") == ([f"Letkol {variant}"], "Ulfan Rombela", []), variant
        assert _name(f"H. {variant} Rombela hadir")[0] == ["H."], variant


@pytest.mark.parametrize("row", _rows("degree"))
def test_degree_examples_and_rejects(row: dict[str, Any]) -> None:
    assert row["examples"]
    for example in row["examples"]:
        honorifics, name, degrees = _name(example)
        assert (honorifics, f"{name}, {', '.join(degrees)}") == ([], example)
        assert {_key(degree) for degree in degrees} <= {_key(variant) for variant in row["variants"]}
    for reject in row.get("rejects", ()):
        assert [name for name in _everywhere(reject) if name.degrees] == [], reject


@pytest.mark.parametrize("row", _rows("degree", DEGREE_GAPS))
def test_every_degree_behind_a_comma(row: dict[str, Any]) -> None:
    for variant in row["variants"]:
        for written in (variant, variant.replace(".", ""), variant.replace(".", ". ").strip()):
            text = f"Ulfan Rombela, {written}, MM, hadir"
            found = _read(text)
            assert found is not None
            assert [_key(degree) for degree in found.degrees] == [_key(variant), "mm"], text
            assert found.closed, text


@pytest.mark.parametrize("row", _rows("degree", LONE_DEGREE_GAPS))
def test_degrees_alone_are_no_names(row: dict[str, Any]) -> None:
    for variant in row["variants"]:
        assert _people(f"Aturan itu memuat {variant} dan lampiran.") == [], variant


@pytest.mark.parametrize("row", _rows("particle"))
def test_particles_join_a_name(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        assert _name(example) == ([], example, [])
    for reject in row["rejects"]:
        assert _name(reject)[1] == reject.split()[0]
    for variant in row["variants"]:
        assert _name(f"Salim {variant} Umar pergi")[1] == f"Salim {variant} Umar", variant
        assert _name(f"Salim {variant} pergi")[1] == "Salim", variant


@pytest.mark.parametrize("row", _rows("equal"))
def test_equal_spellings_are_one_name(row: dict[str, Any]) -> None:
    assert {RULES.equals[variant.lower()] for variant in row["variants"]} == {row["variants"][0].lower()}
    assert set(row["examples"]) <= set(row["variants"])
    for reject in row.get("rejects", ()):
        assert RULES.equals.get(reject.lower()) != row["variants"][0].lower(), reject


@pytest.mark.parametrize("row", _rows("person_noun"))
def test_a_person_follows_a_noun_for_people(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        noun, name = example.split(maxsplit=1)
        assert _people(f"Polisi menemui {noun} {name} di rumahnya.") == [name], example
    for reject in row["rejects"]:
        assert _people(f"Polisi mendatangi {reject} kemarin.") == [], reject
    for noun in set(row["variants"]) - RULES.cues["nickname"]:
        assert _people(f"Polisi menemui {noun} Rusdi Halim di rumahnya.") == ["Rusdi Halim"], noun
        assert _people(f"Polisi menemui {noun} itu di rumahnya.") == [], noun


@pytest.mark.parametrize("row", _rows("thing_noun", THING_GAPS))
def test_nobody_follows_a_noun_for_things(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        assert _people(f"Mereka menuju {example} kemarin.") == [], example
    for reject in row.get("rejects", ()):
        assert _people(f"Mereka menuju {reject} kemarin.") != [], reject
    for noun in row["variants"]:
        for written in (noun, noun.title()):
            assert _people(f"Mereka menuju {written} Rusdi Halim kemarin.") == [], written


@pytest.mark.parametrize("row", _rows("stop"))
def test_stops_end_a_name(row: dict[str, Any]) -> None:
    for variant in row["variants"]:
        assert _name(f"Rusdi {variant} hadir")[1] == "Rusdi", variant


@pytest.mark.parametrize("row", _rows("alias"))
def test_aliases_are_mentions_of_a_public_figure(row: dict[str, Any]) -> None:
    for variant in row["variants"]:
        [person] = EXTRACTOR.extract(f"“Ya,” kata {row['name']}. “Tidak,” kata {variant} kemudian.").people
        assert (person.name, person.mentions[-1].text) == (row["name"], variant.removeprefix("Cak ")), variant


def test_ids_are_unique_and_short_tables_sorted() -> None:
    for table, rows in TABLES.items():
        ids = [row["id"] for row in rows]
        assert len(ids) == len(set(ids)), table


@pytest.mark.parametrize("name", ["common", "names", "given", "proper", "degrees", "mixed"])
def test_word_lists_have_one_lower_case_word_a_line(name: str) -> None:
    words = read_lines(builtin(f"words/{name}.txt"))
    assert len(words) == len(set(words))
    assert [word for word in words if " " in word or not word.strip()] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prof. Dr. HM Saut Siregar, S.Sos, MM, hadir", (["Prof.", "Dr.", "HM"], "Saut Siregar", ["S.Sos", "MM"])),
        ("Dr H Sabaruddin Lubis SE MSi hadir", (["Dr", "H"], "Sabaruddin Lubis", ["SE", "MSi"])),
        ("Mayjen TNI (Purn) Burhan Siregar hadir", (["Mayjen TNI (Purn)"], "Burhan Siregar", [])),
        ("Letkol Inf Galih Prakoso hadir", (["Letkol Inf"], "Galih Prakoso", [])),
        ("AKBP Arman Setiadi, S.I.K., M.H., hadir", (["AKBP"], "Arman Setiadi", ["S.I.K.", "M.H."])),
        ("drg. Salmah Hasbi, Sp.KG, hadir", (["drg."], "Salmah Hasbi", ["Sp.KG"])),
        ("Marlina Tobing, SE, M.Ak, CGCAE, hadir", ([], "Marlina Tobing", ["SE", "M.Ak", "CGCAE"])),
        ("Rusdi Halim, Kepala BKPSDM Tapin, hadir", ([], "Rusdi Halim", [])),
        ("A. Suhaili hadir", ([], "A. Suhaili", [])),
        ("Yopie S, hadir", ([], "Yopie S", [])),
        ("I Gusti Ngurah Wirata hadir", ([], "I Gusti Ngurah Wirata", [])),
        ("Maria da Costa hadir", ([], "Maria da Costa", [])),
        ("Umar Al-Habsyi hadir", ([], "Umar Al-Habsyi", [])),
        ("Rusdi-Halim hadir", ([], "Rusdi", [])),
        ("Suryadi 'Didit' Pramono hadir", ([], "Suryadi 'Didit' Pramono", [])),
        ("Rusdi Halim Kabupaten Tapin", ([], "Rusdi Halim", [])),
        ("Rusdi Halim Senin", ([], "Rusdi Halim", [])),
        ("Moh. Hosen hadir", ([], "Moh. Hosen", [])),
        ("Ma'ruf Hidayat hadir", ([], "Ma'ruf Hidayat", [])),
        ("Rusdi Halim. Warga senang", ([], "Rusdi Halim", [])),
        ("Rusdi Halim\nWarga senang", ([], "Rusdi Halim", [])),
    ],
)
def test_how_far_a_name_reaches(text: str, expected: tuple[list[str], str, list[str]]) -> None:
    assert _name(text) == expected


@pytest.mark.parametrize("text", ["", "hadir", "Kabupaten Tapin", "KPK", "A", "12", "Senin", "(Rusdi", "“"])
def test_no_name_starts_at_other_words(text: str) -> None:
    found = _read(text) if split_words(text).texts else None
    assert found is None or text == "(Rusdi"


def test_a_headline_ends_a_name_at_a_common_word() -> None:
    assert _name("Rusdi Minta Warga Netral", strict=True)[1] == "Rusdi"
    assert _name("Rusdi Halim Minta Warga Netral", strict=True)[1] == "Rusdi Halim"


def test_capitals_are_read_on_demand() -> None:
    assert _read("RUSDI HALIM hadir") is None
    assert _name("RUSDI HALIM hadir", capitals=True)[1] == "RUSDI HALIM"


def test_blocked_words_end_a_name() -> None:
    assert _name("Rusdi Halim Tobing", blocked=b"\0\0\1")[1] == "Rusdi Halim"


def test_phrases_take_the_longest() -> None:
    raden, court = (Entry(id, "honorific", "test", {}) for id in ("raden", "court"))
    phrases = Phrases([("Raden", raden), ("Raden Mas", court)])
    words = split_words("Raden Mas Rusdi, Raden. Mas, Raden")
    found = [phrases.match(words, i) for i in range(len(words))]
    assert found == [(2, court), None, None, (5, court), None, (6, raden)]
    assert "raden" in phrases
    assert "mas" not in phrases


_PIECES = st.sampled_from(
    [
        "Rusdi", "Halim", "H.", "Hj", "Prof.", "Dr.", "(Purn)", "AKBP", "Letkol", "Inf", "S.Sos", "M.Si", "SE", "bin",
        "al", "I", "Made", "A.", "DS", "'Udi'", "(", ")", ",", ".", "-", "RUSDI", "\n", "Senin", "Kombes", "Pol", "TNI",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=25).map(" ".join), st.lists(_PIECES, max_size=25).map("".join)))
def test_any_text(text: str) -> None:
    count = len(split_words(make_view(text), RULES.mixed))
    for name in _everywhere(text):
        assert 0 <= name.start <= name.first < name.last <= name.end <= count
        for part in (*name.honorifics, *name.degrees):
            assert part in make_view(text)


@pytest.mark.parametrize(
    "text",
    ["H. " * 50_000, "Rusdi 'Udi' " * 20_000, "bin " * 50_000, "S.H. " * 30_000, "A" * 1_000_000, "(" * 1_000_000],
    ids=lambda text: text[:12],
)
def test_long_odd_texts_take_little_time(text: str) -> None:
    start = time.perf_counter()
    _read(text)
    assert time.perf_counter() - start < 2
