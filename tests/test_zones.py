from __future__ import annotations

import json
import random
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netralitas_nlp._rules import Entry, builtin, load
from netralitas_nlp._text import make_view
from netralitas_nlp.layers import zones
from netralitas_nlp.types import Credit, Furniture

RULES = zones.ZoneRules.load()
ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("cases").joinpath("zones.jsonl").read_text("utf-8").splitlines()
]
ENTRIES = [
    entry
    for name, entries in load([builtin("furniture.toml")], zones._TABLES).items()
    if name != "words"
    for entry in entries
]
BODY = (
    "LERENG – Camat Melati mengajak seluruh warga menjaga damai selama masa kampanye, lalu meminta pegawai netral.",
    "Ajakan itu ia sampaikan di balai desa, Rabu (2/10/2024), di depan para ketua RT dan tokoh masyarakat.",
    "“Mari rukun,” katanya. Warga menyambut ajakan itu dengan tepuk tangan panjang, lalu bersalaman dengan camat.",
)


def find(text: str) -> zones.Zones:
    return zones.find(text, make_view(text), RULES)


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    spans: list[tuple[int, int]] = []
    text = ""
    for part in re.split(r"(⟦[^⟧]*⟧)", marked):
        plain = part.strip("⟦⟧")
        if plain != part:
            spans.append((len(text), len(text) + len(plain)))
        text += plain
    return text, spans


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_cases(row: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if "xfail" in row:
        request.applymarker(pytest.mark.xfail(reason=row["xfail"], strict=True))
    text, spans = unmarked(row["text"])
    found = getattr(find(text), row["zone"])
    records = list(found) if isinstance(found, tuple) else [found] if found else []
    assert [tuple(record.span) for record in records] == spans
    match row["zone"]:
        case "furniture":
            assert [record.kind for record in records] == row["expect"]
        case "credits":
            assert [record.role for record in records] == row["expect"]
        case "dateline":
            assert [[record.place, record.outlet] for record in records] == row["expect"]


@pytest.mark.parametrize("entry", ENTRIES, ids=[f"{entry.table}.{entry.id}" for entry in ENTRIES])
def test_examples_are_matched_whole_and_rejects_are_not(entry: Entry) -> None:
    head = entry.text("place") == "head"
    assert entry.texts("examples")
    for example in entry.texts("examples"):
        page = [example, "Warga Rukun", *BODY] if head else ["Warga Rukun", *BODY[:2], example]
        zone = find("\n\n".join(page))
        assert example in [record.text for record in records_of(zone) if record.rule == f"{entry.table}.{entry.id}"]
    for reject in entry.texts("rejects"):
        page = [reject, *BODY] if head else ["Warga Rukun", *BODY[:2], reject, BODY[2]]
        zone = find("\n\n".join(page))
        assert f"{entry.table}.{entry.id}" not in [record.rule for record in records_of(zone)]


def records_of(zone: zones.Zones) -> list[Furniture | Credit]:
    return [*zone.furniture, *zone.credits]


def assert_sound(text: str, found: zones.Zones) -> None:
    single = [record for record in (found.headline, found.dateline) if record]
    for record in (*single, *found.credits, *found.furniture, *found.captions):
        assert text[record.span.start : record.span.end] == record.text
        assert record.text
    masked = sorted(record.span for record in records_of(found))
    assert list(found.masked) == masked
    for before, after in pairwise([*found.masked]):
        assert before.end <= after.start
    for before, after in pairwise([*found.paragraphs]):
        assert before.end <= after.start


PIECES = st.sampled_from(
    [
        *BODY,
        "Warga Rukun",
        "\n",
        "\n\n",
        " ",
        "  ",
        "\r\n",
        "(ANTARA) - ",
        "Baca juga: ",
        "Baca Juga",
        "[Gambas:Video 20detik]",
        "Editor: Siti",
        "Foto: ",
        "(ndi)",
        "Terpopuler",
        "COPYRIGHT ©",
        "Halaman 1 2",
        "\ud800",
        "\x00",
        "“",
        "(",
        "Kabar.com, Lereng - ",
    ]
)


@given(st.text() | st.lists(PIECES, max_size=14).map("".join))
def test_any_text_gives_sound_spans(text: str) -> None:
    assert_sound(text, find(text))


FURNITURE = (
    "Baca Juga: Pasar Lama Direnovasi",
    "SCROLL TO CONTINUE WITH CONTENT",
    "Simak juga Video 'Panen Raya di Melati':",
    "Ikuti kami di saluran WhatsApp Kabar Lereng",
    "Halaman 1 2",
    "Tags: desa, panen",
)


@given(st.permutations(FURNITURE), st.integers(0, 2**20))
def test_a_page_gives_its_furniture_back(lines: list[str], seed: int) -> None:
    page = ["Camat Melati Ajak Warga Jaga Damai", *BODY]
    chance = random.Random(seed)
    for line in lines:
        page.insert(chance.randint(2, len(page)), line)
    text = "\n\n".join(page)
    found = find(text)
    joined = "\n".join(record.text for record in found.furniture)
    assert all(line in joined for line in lines)
    assert not any(line in joined for line in BODY)
    assert found.headline is not None
    assert found.headline.text == page[0]
    assert found.dateline is not None
    assert found.dateline.place == "Lereng"


def test_the_second_copy_of_a_body_is_a_duplicate() -> None:
    body = "\n\n".join(BODY)
    text = f"Warga Rukun\n\n{body}\n\nBaca Juga: Pasar Lama Direnovasi\n\n{body}\n\nTerpopuler"
    found = find(text)
    assert [(record.kind, record.text) for record in found.furniture] == [
        ("related_link", "Baca Juga: Pasar Lama Direnovasi"),
        ("duplicate", body),
        ("related_link", "Terpopuler"),
    ]


def test_a_repeated_sentence_is_no_duplicate() -> None:
    assert not find("\n\n".join(["Warga Rukun", BODY[1], BODY[0], BODY[1], BODY[2]])).furniture


@pytest.mark.parametrize(
    "unit",
    ["(", "Baca juga: ", "Baca ", "9", " ", "\n", "[Gambas:", "Foto: (", "A.B", "Terpopuler\n", "x" * 90 + ".\n", "- "],
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert_sound(text, find(text))
