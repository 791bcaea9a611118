from __future__ import annotations

import datetime as dt
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netralitas_nlp import dates
from netralitas_nlp._calendar import Partial, add_months, bounds, edtf, nearest_year, parse_edtf, weekday_from
from netralitas_nlp._rules import Entry, builtin, load
from netralitas_nlp._text import make_view, split_words
from netralitas_nlp.errors import RuleError
from netralitas_nlp.layers import dates as layer
from netralitas_nlp.types import DateMention

RULES = layer.DateRules.load([builtin("dates.toml")])
PATTERNS = load([builtin("dates.toml")], layer._TABLES)["pattern"]
ANCHOR = dt.date(2024, 10, 8)
MARKS = re.compile("[⟦⟧]")
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September"]
MONTHS += ["Oktober", "November", "Desember"]
WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def _find(text: str, anchor: dt.date | None = ANCHOR) -> list[DateMention]:
    view = make_view(text)
    return layer.find(text, view, split_words(view), RULES, anchor)


def _cases() -> list[Any]:
    rows = [json.loads(line) for line in (Path(__file__).parent / "cases/dates.jsonl").read_text("utf-8").splitlines()]
    return [
        pytest.param(row, id=row["id"], marks=[pytest.mark.xfail(reason=row["xfail"])] if "xfail" in row else [])
        for row in rows
    ]


def _unmark(text: str) -> tuple[str, list[tuple[int, int]]]:
    ends = [mark.start() - k for k, mark in enumerate(MARKS.finditer(text))]
    return MARKS.sub("", text), list(zip(ends[::2], ends[1::2], strict=True))


def _plain(mention: DateMention, fields: set[str]) -> dict[str, object]:
    values = {field: getattr(mention, field) for field in fields}
    plain: dict[str, object] = {}
    for field, value in values.items():
        if isinstance(value, dt.date):
            plain[field] = value.isoformat()
        else:
            plain[field] = list(value) if isinstance(value, tuple) else value
    return plain


@pytest.mark.parametrize("row", _cases())
def test_case(row: dict[str, Any]) -> None:
    text, spans = _unmark(row["text"])
    anchor = dt.date.fromisoformat(row["anchor"]) if "anchor" in row else None
    found = _find(text, anchor)
    assert [tuple(m.span) for m in found] == spans
    assert [_plain(m, set(want)) for m, want in zip(found, row["expect"], strict=True)] == row["expect"]


@pytest.mark.parametrize("entry", PATTERNS, ids=lambda entry: entry.id)
def test_examples_are_matched_whole_and_rejects_are_not(entry: Entry) -> None:
    for example in entry.texts("examples"):
        assert [(m.text, m.rule) for m in _find(example)] == [(example, f"dates.{entry.id}")]
    for reject in entry.texts("rejects"):
        assert (reject, f"dates.{entry.id}") not in [(m.text, m.rule) for m in _find(reject)]


@pytest.mark.parametrize(
    ("text", "day", "rule"),
    [
        ("Sabtu, 21 Sep 2024 22:30 WIB\nkata dia, Senin (16/9/2024).", dt.date(2024, 9, 21), "dates.anchor-stamp"),
        ("kata dia, Senin (16/9/2024). kata Rina, Rabu (18/9/2024).", dt.date(2024, 9, 18), "dates.anchor-attribution"),
        ("kata dia, Senin (16/9/2024). Pada Rabu (18/9/2024).", dt.date(2024, 9, 16), "dates.anchor-attribution"),
        ("Apel pada Senin (16/9/2024). Coblosan Rabu (27/11/2024).", dt.date(2024, 9, 16), "dates.anchor-report"),
        ("Diposting pada 7 Oktober 2024 oleh admin", dt.date(2024, 10, 7), "dates.anchor-stamp"),
        ("Foto itu diunggah pada 5 Oktober 2024 oleh Rina.", None, ""),
        ("Acara berlangsung hingga Rabu (27/11/2024).", None, ""),
        ("Sangatta, 7 Oktober 2024 - Bupati hadir.", dt.date(2024, 10, 7), "dates.anchor-dateline"),
        ("25.2 C\nJakarta\nFriday, November 22, 2024\n\nBupati hadir.", None, ""),
        ("Surat tanggal 12 September 2024.", None, ""),
        ("Diucapkan Selasa (4/11/2024).", dt.date(2024, 11, 4), "dates.anchor-doubtful"),
    ],
)
def test_anchor(text: str, day: dt.date | None, rule: str) -> None:
    view = make_view(text)
    assert layer.find_anchor(view, layer.scan(view, split_words(view), RULES)) == (day, rule)
    assert dates.find_anchor(text) == day


def test_anchor_of_the_text_completes_its_dates() -> None:
    found = dates.find("Ikrar dibacakan Selasa (1/10/2024) dan diulang kemarin serta pada 3 Oktober.")
    assert [m.value for m in found] == ["2024-10-01", "2024-09-30", "2024-10-03"]


def test_parse_reads_one_whole_expression() -> None:
    assert dates.parse(" Senin (7/10) ", ANCHOR) is not None
    assert dates.parse("pada Senin (7/10)", ANCHOR) is None
    assert dates.parse("kemarin dan besok", ANCHOR) is None


@pytest.mark.parametrize(
    "toml",
    [
        '[[pattern]]\nid = "x"\ntrigger = ["day"]\npattern = "("',
        '[[pattern]]\nid = "x"\ntrigger = ["day"]\npattern = "$NOTHING"',
        '[[pattern]]\nid = "x"\ntrigger = ["day"]\npattern = "a"\nguard = "nobody"',
        '[[pattern]]\nid = "x"\ntrigger = ["day"]\npattern = "a"\nafter = "nothing"',
        '[[gate]]\nid = "nowhere"\nvariants = ["a"]',
    ],
)
def test_bad_rules_stop_the_load(toml: str, tmp_path: Path) -> None:
    path = tmp_path / "dates.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(RuleError):
        layer.DateRules.load([path])


# ---- properties ------------------------------------------------------------------------------------------------------

STYLES = [
    "{w} ({d}/{m}/{y})",
    "{w}, ({d}/{m}/{y})",
    "{w}({d:02}/{m:02}/{y})",
    "{w} ({d}/{m})",
    "{w} ({d}/{m}/{yy:02})",
    "{w}, {d} {month} {y}",
    "{w} {d} {month} {y}",
    "{w} malam ({d}/{m}/{y})",
    "{w} ({d}/{m}/{y}) pagi",
    "hari ini, {w} ({d}/{m})",
    "{d} {month} {y}",
    "{d} {lower} {y}",
    "{d:02}/{m:02}/{y}",
    "{d:02}-{m:02}-{y}",
    "{d:02}.{m:02}.{y}",
    "{y}-{m:02}-{d:02}",
]


@given(day=st.dates(dt.date(2010, 1, 1), dt.date(2029, 12, 31)), style=st.sampled_from(STYLES))
def test_what_is_written_is_found(day: dt.date, style: str) -> None:
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    numbers = {"d": day.day, "m": day.month, "y": day.year, "yy": day.year % 100}
    written = style.format(w=weekday, month=month, lower=month.lower(), **numbers)
    text = f"Apel digelar pada {written}, kata Rina."
    (found,) = _find(text, day)
    assert (found.value, found.text) == (day.isoformat(), written)
    assert found.weekday_agrees is (True if "{w}" in style else None)


@given(
    first=st.dates(dt.date(2010, 1, 1), dt.date(2029, 1, 1)),
    days=st.integers(1, 200),
    sign=st.sampled_from(["-", " - ", "–", " hingga ", " sampai dengan ", " s.d. ", " s/d "]),
)
def test_spans_are_found(first: dt.date, days: int, sign: str) -> None:
    last = first + dt.timedelta(days)
    one, other = (f"{day.day} {MONTHS[day.month - 1]}" for day in (first, last))
    text = f"Cuti berlaku {one}{sign}{other} {last.year}."
    if days < 365 and (first.month != last.month or first.year == last.year):
        (found,) = _find(text, None)
        assert found.value == f"{first.isoformat()}/{last.isoformat()}"
        assert (found.start, found.end) == (first, last)


WORDS = ["Senin", "(7/10)", "7", "Oktober", "2024", "/", "-", "pukul 09.00 WITA", "kemarin", "tahun", "hingga", "lalu"]
WORDS += ["31", "tanggal", "bulan", "akhir", "triwulan II", "dua puluh", "pekan depan"]
PIECES = st.lists(st.sampled_from(WORDS))


@settings(max_examples=300)
@given(text=st.one_of(st.text(), PIECES.map(" ".join), PIECES.map("".join)), anchor=st.none() | st.dates())
def test_no_text_raises_and_spans_slice(text: str, anchor: dt.date | None) -> None:
    found = _find(text, anchor)
    assert all(text[slice(*m.span)] == m.text and m.text for m in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    for mention in found:
        first, last = parse_edtf(mention.value)
        assert bounds(first, last) == (mention.start, mention.end)


@pytest.mark.parametrize(
    "piece", ["(", "1", " ", "1/", "7 Oktober ", "Senin ", "tahun ", "2024 ", "hari ini ", "dua puluh ", "1-", "5, "]
)
def test_growth_is_linear(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Count the attempts to match: twice the text makes no more than twice as many, and a bit."""

    def attempts(text: str) -> int:
        count = 0
        inner = layer._fits

        def counting(*args: Any) -> bool:
            nonlocal count
            count += 1
            return inner(*args)

        with monkeypatch.context() as patch:
            patch.setattr(layer, "_fits", counting)
            _find(text)
        return count

    small, large = attempts(piece * 500), attempts(piece * 1000)
    assert large <= 2 * small + 20


def test_long_odd_text() -> None:
    for piece in ("(", "1", " ", "1/", "a" * 50 + " ", "Senin(", "2024-"):
        assert isinstance(_find(piece * 50_000), list)


# ---- calendar --------------------------------------------------------------------------------------------------------


@given(day=st.dates())
def test_edtf_round_trip(day: dt.date) -> None:
    for point in (Partial(day.year, day.month, day.day), Partial(day.year, day.month), Partial(day.year)):
        assert parse_edtf(edtf(point)) == (point, None)
        assert parse_edtf(edtf(point, point)) == (point, point)
    assert parse_edtf(edtf(Partial(None, day.month, day.day))) == (Partial(None, day.month, day.day), None)


@pytest.mark.parametrize(
    "value", ["", "2024-13", "2024-1", "2024-02-30", "XXXX", "2024/2025/2026", "20X4", "2024-01-01-01"]
)
def test_no_edtf(value: str) -> None:
    with pytest.raises(ValueError, match="EDTF"):
        parse_edtf(value)


@given(anchor=st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), weekday=st.integers(1, 7))
def test_weekday_arithmetic(anchor: dt.date, weekday: int) -> None:
    back = anchor + dt.timedelta(weekday_from(anchor, weekday))
    ahead = anchor + dt.timedelta(weekday_from(anchor, weekday, after=True))
    assert back.isoweekday() == ahead.isoweekday() == weekday
    assert back <= anchor < ahead
    assert (ahead - back).days == 7


def test_nearest_year() -> None:
    anchor = dt.date(2025, 1, 2)
    assert nearest_year(Partial(None, 12, 31), anchor) == 2024
    assert nearest_year(Partial(None, 12, 31), anchor, 1) == 2025
    assert nearest_year(Partial(None, 1), anchor, -1) == 2025
    assert nearest_year(Partial(None, 2, 29), anchor) == 2024
    assert nearest_year(Partial(None, 2, 29), dt.date(2022, 6, 1)) is None
    assert add_months(dt.date(2024, 1, 31), -1) == Partial(2023, 12)
