"""Citations: rows of cases/references.jsonl, the examples of the rule files, the table, and what holds for any text."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marking import marked
from netralitas_nlp import Extractor, Reference, ReferenceKind, laws
from netralitas_nlp._laws import LawTable
from netralitas_nlp._rules import builtin
from netralitas_nlp._text import split_words
from netralitas_nlp.errors import RuleError
from netralitas_nlp.layers import citations
from netralitas_nlp.layers.references import ReferenceRules

EXTRACTOR = Extractor()
PUBLISHED = dt.date(2024, 10, 8)
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "references.jsonl").read_text(encoding="utf-8").splitlines()
]
FIELDS = (
    "kind", "issuer", "number", "numbers", "year", "date", "subject", "provisions", "canonical_id", "suggested_id",
    "amended_by", "flags",
)  # fmt: skip
TABLE = LawTable.load()


def _find(text: str, published: dt.date | None = PUBLISHED) -> tuple[Reference, ...]:
    return EXTRACTOR.extract(text, published=published).references


def _shown(record: Reference) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in FIELDS}
    values["date"] = record.date and record.date.isoformat()
    values["mentions"] = [mention.text for mention in record.mentions if mention.span != record.span]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["id"], marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [])
        for case in CASES
    ],
)
def test_cases(case: dict[str, Any]) -> None:
    """A row marks its records, unless one stands inside another: then `expect` has their `text`."""
    text, spans = marked(case["text"])
    published = case.get("published", PUBLISHED.isoformat())
    found = _find(text, dt.date.fromisoformat(published) if published else None)
    expected = [dict(row) for row in case["expect"]]
    texts = [row.pop("text", None) for row in expected]
    assert [_shown(record) for record in found] == expected
    if spans or not expected:
        assert [tuple(record.span) for record in found] == spans
    else:
        assert [record.text for record in found] == texts


def _instruments() -> list[tuple[str, list[str], list[str]]]:
    data = tomllib.loads(builtin("instruments.toml").read_text(encoding="utf-8"))
    return [(row["id"], row["examples"], row["rejects"]) for row in data["instrument"]]


@pytest.mark.parametrize(("rule", "examples", "rejects"), _instruments())
def test_examples(rule: str, examples: list[str], rejects: list[str]) -> None:
    for example in examples:
        [record] = _find(f"Sekda membacakan {example}.")
        assert (record.rule, record.text) == (f"reference.{rule}", example), example
    for reject in rejects:
        found = _find(f"Sekda membacakan {reject} kemarin.")
        assert f"reference.{rule}" not in {record.rule for record in found}, reject


def test_every_law_of_the_table_is_found_by_its_citation_and_its_id() -> None:
    for law in TABLE:
        assert laws.lookup(law.id) == law
        if law.number is not None and law.id not in {"skb-netralitas-2022", "se-mendagri-kampanye-2024"}:
            assert laws.lookup(law.cite) == law, law.cite


def test_every_nickname_means_its_law_on_its_days() -> None:
    for law in TABLE:
        day = law.alias_from or dt.date(2024, 10, 8)
        if law.alias_until is not None:
            day = min(day, law.alias_until - dt.timedelta(days=1))
        for alias in law.aliases:
            assert laws.lookup(alias, on=day) == law, alias


def test_the_laws_of_the_table_refer_to_each_other_both_ways() -> None:
    for law in TABLE:
        for one, other in (("amends", "amended_by"), ("replaces", "replaced_by")):
            for id in getattr(law, one):
                there = TABLE.get(id)
                assert there is not None
                assert law.id in getattr(there, other), (law.id, id)


def test_lookup_knows_what_the_table_lacks() -> None:
    assert laws.lookup("PP 3/1999") is None
    assert laws.lookup("Bupati Berau") is None
    assert laws.lookup("") is None
    assert laws.lookup("PP 94/2021 dan UU 20/2023") is None
    law = laws.lookup("UU ASN", on=dt.date(2023, 10, 30))
    assert law is not None
    assert law.replaced_by == ("uu-20-2023",)


def test_the_table_can_be_read_through() -> None:
    neutral = [law for law in laws.table() if law.neutrality]
    assert len(neutral) > 40
    assert all(law.title and law.source in {"read", "known"} for law in neutral)


LAW = 'law = [{{ id = "x", kind = "UU", cite = "x", title = "x", status = "{}", source = "read"{} }}]'


@pytest.mark.parametrize(
    "entry",
    [
        LAW.format("dead", ""),
        LAW.format("in_force", ', date = "2024"'),
        LAW.format("in_force", ', amends = ["y"]'),
        LAW.format("in_force", ', articles = ["y"]'),
        'miscitation = [{ id = "x", kind = "UU", number = "1", cues = ["a"], means = "uu-0-0" }]',
    ],
    ids=["status", "date", "law", "article", "means"],
)
def test_a_table_with_a_mistake_stops_the_load(entry: str, tmp_path: Path) -> None:
    path = tmp_path / "laws.toml"
    path.write_text(entry, encoding="utf-8")
    with pytest.raises(RuleError, match="'x'"):
        Extractor(tmp_path)


def test_user_rules_add_instruments_and_laws(tmp_path: Path) -> None:
    (tmp_path / "instruments.toml").write_text(
        'instrument = [{ id = "perwal-desa", kind = "OTHER", slug = "pernag", style = "law", needs = "number", '
        'identity = "number", variants = ["Pernag"] }]',
        encoding="utf-8",
    )
    (tmp_path / "laws.toml").write_text(
        'law = [{ id = "pernag-4-2021", kind = "OTHER", cite = "Pernag 4/2021", title = "Adat", number = "4", '
        'year = 2021, aliases = ["Pernag Adat"], status = "in_force", source = "known" }]',
        encoding="utf-8",
    )
    found = Extractor(tmp_path).extract("Wali membaca Pernag Nomor 4 Tahun 2021, lalu Pernag Adat lagi.").references
    assert [(record.canonical_id, len(record.mentions)) for record in found] == [("pernag-4-2021", 2)]
    assert _find("Wali membaca Pernag Nomor 4 Tahun 2021.") == ()


def test_notes_tell_what_is_odd() -> None:
    text = "Ia mengutip PP 49 Tahun 2021 tentang Disiplin dan SE Bupati Berau Nomor 8/A/XI/2024 tanggal 2 Mei 2024."
    article = EXTRACTOR.extract(text, published=PUBLISHED)
    noted = {note.code: text[note.span.start : note.span.end] for note in article.notes if note.span}
    assert noted == {
        "miscitation": "PP 49 Tahun 2021 tentang Disiplin",
        "number_date_mismatch": "SE Bupati Berau Nomor 8/A/XI/2024 tanggal 2 Mei 2024",
    }


def test_the_date_of_a_letter_is_one_of_the_article() -> None:
    article = EXTRACTOR.extract("Kemarin beredar SE Bupati Berau Nomor 8/A tanggal 2 Mei 2024.", published=PUBLISHED)
    [record] = article.references
    assert record.date_mention is not None
    assert article.dates[record.date_mention].text == "2 Mei 2024"
    assert article.dates[record.date_mention].start == record.date


def test_explain_tells_why_a_plan_is_no_reference() -> None:
    text = "Bupati akan menyusun surat edaran bupati. Jangan menunggu Surat Edaran."
    lost = [c for c in EXTRACTOR.explain(text).candidates if c.layer == "references"]
    assert [(c.kept, c.reason) for c in lost] == [
        (False, "is planned or a draft"),
        (False, "is planned or a draft"),
    ]
    kept = [c for c in EXTRACTOR.explain("PP 94/2021 berlaku.").candidates if c.layer == "references"]
    assert [(c.kept, c.rule) for c in kept] == [(True, "reference.pp")]


NUMBERS = {
    "law": st.tuples(st.integers(1, 999), st.integers(1950, 2030)),
    "letter": st.tuples(
        st.sampled_from(["800", "100.3.4.2", "B", "SE", "P-20"]),
        st.integers(1, 9999),
        st.sampled_from(["BKPSDM", "UM-BKPSDM", "SJ", "M.SM.00.00", "KASN"]),
    ),
}
DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2025, 12, 31))
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
PINS = st.sampled_from(["", "Pasal 5 huruf n", "Pasal 70 ayat (1)", "Pasal 9 ayat (2) huruf a", "Pasal 71"])


@given(
    st.sampled_from(["UU", "PP", "Perpres", "Permendagri", "PKPU", "Perbawaslu", "Perda", "Undang-Undang"]),
    NUMBERS["law"],
    st.sampled_from(["{} Nomor {} Tahun {}", "{} No. {}/{}", "{} {}/{}", "{} {} tahun {}", "{} nomor: {} Tahun {}"]),
    PINS,
)
def test_what_is_written_as_a_law_is_read_as_one(form: str, number: tuple[int, int], style: str, pin: str) -> None:
    cited = f"{pin} {style.format(form, *number)}".strip()
    [record] = _find(f"Rapat itu membahas {cited}, kata Rina.")
    assert record.text == cited
    assert (record.number, record.year) == (str(number[0]), number[1])
    assert record.provisions == ((pin,) if pin else ())
    if form == "UU":
        assert record.kind is ReferenceKind.UU
        assert record.canonical_id == f"uu-{number[0]}-{number[1]}" or record.suggested_id is not None


@given(
    st.sampled_from(["surat edaran Bupati Berau", "SE Mendagri", "Surat Edaran Menteri Kesehatan", "Surat KASN"]),
    NUMBERS["letter"],
    DAYS,
    st.sampled_from(["nomor", "Nomor", "No.", "Nomor:"]),
    st.sampled_from(["/", "/ "]),
    st.booleans(),
)
def test_what_is_written_as_a_letter_is_read_as_one(
    form: str, parts: tuple[str, int, str], day: dt.date, cue: str, slash: str, right: bool
) -> None:
    month = ROMAN[day.month - 1] if right else ROMAN[day.month % 12]
    number = "/".join(map(str, (*parts, month, day.year)))
    date = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    cited = f"{form} {cue} {number.replace('/', slash, 1)} tanggal {date} tentang Netralitas ASN"
    [record] = _find(f"Camat membacakan {cited}.")
    assert record.text == cited
    assert (record.number, record.date, record.subject) == (number, day, "Netralitas ASN")
    assert ("number_date_mismatch" in record.flags) is not right


_PIECES = st.sampled_from(
    [
        "UU", "PP", "Undang-Undang", "Peraturan", "Menteri", "Gubernur", "Kaltim", "SE", "Surat Edaran", "surat", "SKB",
        "Keputusan", "Bersama", "Nomor", "No.", "bernomor", "94", "94/2021", "800/1/BKPSDM/IX/2024", "Tahun", "2021",
        "tentang", "Disiplin", "PNS", "tanggal", "12 September 2024", "tersebut", "itu", "akan", "menerbitkan",
        "Pasal 5", "ayat (1)", "huruf n", "jo.", "dan", ",", ".", "(", ")", "(PP)", "UU ASN", "KUHP", "yang",
        "dikeluarkan", "Bupati Berau", "Mendagri", "sebagaimana telah diubah dengan", "regulasi", "\n", "\n\n",
        "\u00a0", "\x00", "\ud800", "“", "”",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=40).map(" ".join), st.lists(_PIECES, max_size=40).map("".join)))
def test_any_text(text: str) -> None:
    article = EXTRACTOR.extract(text)
    found = article.references
    assert [record.span for record in found] == sorted(record.span for record in found)
    for record in found:
        assert record.text == text[record.span.start : record.span.end]
        assert record.mentions
        assert list(record.mentions) == sorted(record.mentions, key=lambda mention: mention.span)
        for mention in record.mentions:
            assert mention.text == text[mention.span.start : mention.span.end]
        assert all(0 <= k < len(found) for k in record.amended_by)
        assert record.date_mention is None or article.dates[record.date_mention].start == record.date
        assert record.number is None or not any(sign.isspace() for sign in record.number)


@given(st.text(alphabet="Pasalytdnuyj0123456789(),.- ", max_size=60))
def test_any_pinpoint(text: str) -> None:
    words = split_words(f"Pasal 5 {text}")
    pin = citations.pinpoints(words, 0)
    assert pin is None or (0 < pin.end <= len(words) and pin.provisions)


def test_rules_load_once_more_with_nothing_of_the_users_own() -> None:
    assert ReferenceRules.load([]).instruments.keys() == ReferenceRules.load().instruments.keys()
