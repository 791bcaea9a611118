"""Pledges and norms beside their look-alikes: rows of cases/contrast.jsonl, in minimal pairs.

The marks of a row are its norms or, where a pledge is expected, its clauses. A record belongs to its mark when the two
overlap as the scorer of the gold standard asks: half for a norm, eight tenths for a clause. `addressee` and `action`
are compared where a row names them. Every row is read for both kinds, since a pledge's clauses are no norms.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from marking import marked
from netralitas_nlp.extractor import Extractor
from netralitas_nlp.types import Span

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "contrast.jsonl").read_text(encoding="utf-8").splitlines()
]
EXTRACTOR = Extractor()
NORM = "Di aula itu Camat mengatakan guru wajib menjaga sikap di depan murid."
PLEDGE = "Kami pegawai Kecamatan Wera dengan ini berikrar:\n1. Menjaga netralitas\n2. Tidak memakai fasilitas kantor"

no_norms = pytest.mark.skipif(not EXTRACTOR.extract(NORM).norms, reason="norms are not extracted yet")
no_pledges = pytest.mark.skipif(not EXTRACTOR.extract(PLEDGE).pledges, reason="pledges are not extracted yet")


def _params(key: str) -> list[Any]:
    """Return the rows as test cases; `xfail` names the kind that is a known gap, and why."""
    return [
        pytest.param(case, id=case["id"], marks=[pytest.mark.xfail(reason=case["xfail"][key])])
        if key in case.get("xfail", {})
        else pytest.param(case, id=case["id"])
        for case in CASES
    ]


def _overlap(first: Span, second: tuple[int, int]) -> float:
    both = min(first.end, second[1]) - max(first.start, second[0])
    return max(0, both) / (max(first.end, second[1]) - min(first.start, second[0]))


@no_norms
@pytest.mark.parametrize("case", _params("norms"))
def test_norms(case: dict[str, Any]) -> None:
    text, marks = marked(case["text"])
    expected = case["expect"]["norms"]
    found = sorted(EXTRACTOR.extract(text).norms, key=lambda norm: norm.span.start)
    assert [norm.modality.value for norm in found] == [row["modality"] for row in expected]
    for norm, mark, row in zip(found, marks, expected, strict=bool(expected)):
        assert _overlap(norm.span, mark) >= 0.5, norm.text
        shown = {key: getattr(norm, key) for key in row if key != "modality"}
        assert shown == {key: value for key, value in row.items() if key != "modality"}


@no_pledges
@pytest.mark.parametrize("case", _params("pledges"))
def test_pledges(case: dict[str, Any]) -> None:
    text, marks = marked(case["text"])
    pledges = EXTRACTOR.extract(text).pledges
    assert [pledge.kind.value for pledge in pledges] == case["expect"].get("kinds", [])
    clauses = [clause for pledge in pledges for clause in pledge.clauses]
    assert len(clauses) == case["expect"]["pledges"]
    for clause, mark in zip(clauses, marks, strict=bool(clauses)):
        assert _overlap(clause.span, mark) >= 0.8, clause.text


def test_every_row_has_a_neighbour() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))
    assert [pair for pair, rows in Counter(case["pair"] for case in CASES).items() if rows < 2] == []
    for case in CASES:
        expect = case["expect"]
        assert len(marked(case["text"])[1]) == (len(expect["norms"]) or expect["pledges"]), case["id"]
        assert not (expect["norms"] and expect["pledges"]), case["id"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_nothing_marked_is_a_headline(case: dict[str, Any]) -> None:
    """A headline carries no norms, so a row whose mark the zones take for one would test them instead."""
    text, marks = marked(case["text"])
    headline = EXTRACTOR.extract(text).headline
    assert not headline or all(_overlap(headline.span, mark) == 0 for mark in marks)
