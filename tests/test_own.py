"""The own articles are what their annotations say, and the codebook has every category that they use."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from netralitas_nlp.types import Modality, Phase, PledgeKind, Polarity, Theme
from own import build

ROOT = Path(__file__).parent.parent
OTHERS = ("clause", "commitment", "trigger", "addressee", "condition", "source", "speaker")
CATEGORIES = [*PledgeKind, *Polarity, *Theme, *Phase, *Modality, *build.VIOLATIONS, *OTHERS]


def test_own_articles_are_what_their_annotations_say() -> None:
    rows, problems = build.rows()
    assert problems == []
    lines = (build.HERE / "own.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == rows


def test_half_of_the_own_articles_is_kept_aside() -> None:
    lines = (build.HERE / "held_out.txt").read_text(encoding="utf-8").splitlines()
    held = {line for line in lines if not line.startswith("#")}
    ids = {path.stem for path in (build.HERE / "annotations").glob("*.json")}
    assert held < ids
    assert abs(2 * len(held) - len(ids)) <= 1


def test_the_page_of_the_own_articles_counts_right() -> None:
    rows, _ = build.rows()
    pledges = [pledge for row in rows for pledge in row["pledges"]]
    clauses, norms = sum(len(pledge["clauses"]) for pledge in pledges), sum(len(row["norms"]) for row in rows)
    page = (build.HERE / "README.md").read_text(encoding="utf-8")
    assert f"{len(rows)} articles" in page
    assert f"{len(pledges)} pledges with {clauses} clauses, and {norms} norms" in page


def test_an_annotation_that_does_not_fit_is_told() -> None:
    annotation = {
        "id": "x",
        "published": None,
        "people": [],
        "references": [],
        "pledges": [],
        "norms": [
            {"text": "Guru wajib hadir", "modality": "duty", "addressee": "Wali", "trigger": "harus", "action": "lari"},
            {"text": "hadir", "modality": "prohibition", "addressee": None, "trigger": "hadir", "action": "hadir"},
        ],
    }
    _, problems = build.build(annotation, "Guru wajib hadir. Semua hadir.")
    assert [problem.partition(": ")[2].partition(":")[0] for problem in problems] == [
        "unknown modality",
        "action is not inside its record",
        "no such addressee",
        "no trigger 'harus' in or before 'Guru wajib hadir'",
        "stands 2 times, give n",
        "a violation belongs to each prohibition and to nothing else",
        "two norms overlap",
    ]


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_codebook_has_two_examples_of_each_side(category: str) -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    rows = re.findall(rf"^\| `?{category}`? \| (.+) \|$", page, re.MULTILINE)
    tables = [row.split(" | ") for row in rows]
    assert [[cell.count("<br>") + 1 for cell in cells[-2:]] for cells in tables] == [[2, 2]] * len(tables)
    # One name may stand in two tables: a theme and a class of violation.
    assert len(tables) == CATEGORIES.count(category)


def test_no_example_of_the_codebook_stands_twice() -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    examples = re.findall(r"“([^”]{25,})”", page)
    assert len(examples) == len(set(examples))
