from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netralitas_nlp._rules import builtin, load
from netralitas_nlp._text import make_view, split_words
from netralitas_nlp.layers import sentences

RULES = sentences.SentenceRules.load()
ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("cases").joinpath("sentences.jsonl").read_text("utf-8").splitlines()
]


def starts(text: str) -> list[int]:
    view = make_view(text)
    return sentences.find(view, split_words(view), RULES)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_cases(row: dict[str, object], request: pytest.FixtureRequest) -> None:
    if "xfail" in row:
        request.applymarker(pytest.mark.xfail(reason=str(row["xfail"]), strict=True))
    text = str(row["text"])
    words = split_words(make_view(text))
    assert [words.texts[index] for index in starts(text)] == row["expect"]


ENTRIES = [entry for entries in load([builtin("abbreviations.toml")], sentences._TABLES).values() for entry in entries]


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.id for entry in ENTRIES])
def test_examples_hold_no_break_before_a_closing_word(entry: object) -> None:
    for example in entry.texts("examples"):  # type: ignore[attr-defined]
        found = starts(f"Acara itu dihadiri {example} tadi.")
        assert len(found) == (2 if entry.flag("ends") or entry.table == "degree" else 1)  # type: ignore[attr-defined]


@given(st.text())
def test_starts_ascend_from_the_first_word(text: str) -> None:
    found = starts(text)
    words = split_words(make_view(text))
    assert found == sorted(set(found))
    assert found[:1] == ([0] if words.texts else [])
    assert all(0 <= index < len(words.texts) for index in found)


@given(
    st.lists(st.sampled_from(["Camat datang.", "Warga pulang!", "“Siapa tinggal?”", "Pj. Bupati hadir."]), min_size=1)
)
def test_sentences_of_a_text_are_counted(parts: list[str]) -> None:
    assert len(starts(" ".join(parts))) == len(parts)


@pytest.mark.parametrize("unit", [". ", ".\n", "a.B", "?!", "1. "])
def test_time_is_linear(unit: str) -> None:
    assert starts(unit * 20_000) is not None
