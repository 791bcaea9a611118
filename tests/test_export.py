from __future__ import annotations

import datetime as dt
import json
import re
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args, get_origin

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netralitas_nlp
from netralitas_nlp import Article, _records
from netralitas_nlp.export import schema, to_frames
from netralitas_nlp.types import SCHEMA_VERSION, Span

SAMPLE = files("netralitas_nlp").joinpath("data", "sample.txt").read_text(encoding="utf-8")
ROWS = [
    json.loads(line)
    for path in sorted(Path(__file__).with_name("cases").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
SHIPPED = files("netralitas_nlp").joinpath("schema", f"article-{SCHEMA_VERSION}.schema.json")
VALIDATOR = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())
TEXT = st.text(st.characters(exclude_categories=()), max_size=8)

SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(0, 9999),
    bool: st.booleans(),
    dt.date: st.dates(),
    Span: st.builds(Span, st.integers(0, 99), st.integers(0, 99)),
}


@cache
def records(kind: Any) -> st.SearchStrategy[Any]:
    """Return any record of a type, whether an article could give it or not."""
    inner: Any
    inner, optional = _records.split_optional(kind)
    if optional:
        return st.none() | records(inner)
    if get_origin(inner) is tuple:
        return st.lists(records(get_args(inner)[0]), max_size=2).map(tuple)
    if inner in SCALARS:
        return SCALARS[inner]
    if issubclass(inner, StrEnum):
        return st.sampled_from(inner)
    fields = {name: records(hint) for name, hint in _records.hints(inner).items() if name != "schema_version"}
    return st.builds(inner, **fields)


def check_round_trip(article: Article) -> None:
    data = article.to_dict()
    assert Article.from_dict(data) == article
    VALIDATOR.validate(data)
    encoded = article.to_json().encode()
    assert b"\n" not in encoded
    if not re.search("[\ud800-\udbff][\udc00-\udfff]", article.to_json()):
        assert json.loads(encoded) == json.loads(json.dumps(data))


@given(records(Article))
@settings(max_examples=60)
def test_any_record_comes_back(article: Article) -> None:
    check_round_trip(article)


@given(st.integers(0, len(SAMPLE)), st.integers(0, len(SAMPLE)), TEXT)
@settings(max_examples=60)
def test_any_part_of_the_sample_comes_back(cut: int, end: int, odd: str) -> None:
    check_round_trip(netralitas_nlp.extract(SAMPLE[:cut] + odd + SAMPLE[end:], id=odd))


def test_every_text_of_the_cases_comes_back() -> None:
    for row in ROWS:
        article = netralitas_nlp.extract(row["text"], id=row["id"], published=dt.date(2024, 10, 8))
        data = article.to_dict()
        assert Article.from_dict(json.loads(article.to_json())) == article
        assert Article.from_dict(data) == article
    VALIDATOR.validate(data)


def test_plain_values() -> None:
    data = netralitas_nlp.extract("Plt Camat Delang, Rusdi Halim, hadir Selasa (1/10/2024).").to_dict()
    assert data["schema_version"] == SCHEMA_VERSION
    assert data["published"] == "2024-10-01"
    assert data["officials"][0]["mentions"][0] == {"span": [0, 16], "text": "Plt Camat Delang"}
    assert type(data["officials"][0]["status"]) is str
    assert type(data["dates"][0]["span"]) is list


def test_lone_surrogates_can_be_written() -> None:
    article = netralitas_nlp.extract("Rapat \ud83d digelar \udc00 hari ini.")
    assert json.loads(article.to_json().encode())["text"] == article.text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"people": [{"name": "Rusdi"}]}, "people[0].id: missing"),
        ({"people": "Rusdi"}, "people: must be a list, not 'Rusdi'"),
        ({"people": [None]}, "people[0]: must be an object, not None"),
        ({"people": [{"id": "p1", "name": 3}]}, "people[0].name: must be of type str, not 3"),
        ({"names": []}, "names: unknown field of Article; there are id, text,"),
        ({"paragraphs": [[0, 1], [0]]}, "paragraphs[1]: must be [start, end], not [0]"),
        ({"paragraphs": [[0, True]]}, "paragraphs[0][1]: must be of type int, not True"),
        ({"headline": {"span": [0, "1"], "text": "R"}}, "headline.span[1]: must be of type int, not '1'"),
        ({"published": "1/10/2024"}, "published: must be a date like 2024-10-01, not '1/10/2024'"),
        ({"published": "2024-02-30"}, "published: must be a date like 2024-10-01, not '2024-02-30'"),
        ({"published": "20241001"}, "published: must be a date like 2024-10-01, not '20241001'"),
        (
            {"credits": [{"span": [0, 1], "text": "R", "role": "baker"}]},
            "credits[0].role: must be one of reporter, editor, photographer, source, not 'baker'",
        ),
        ({"text": None}, "text: must be of type str, not None"),
        ({"schema_version": "2.0"}, "schema_version: '2.0' cannot be read; this is the reader of '1.0'"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        Article.from_dict(Article(id=None, text="R").to_dict() | change)


def test_fields_with_a_default_may_be_missing() -> None:
    assert Article.from_dict({"id": None, "text": "R"}) == Article(id=None, text="R")


def test_the_shipped_schema_is_the_generated_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert json.loads(SHIPPED.read_text(encoding="utf-8")) == schema(), "run: netralitas schema"


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"published": "yesterday"},
        {"paragraphs": [[1]]},
        {"paragraphs": [[0, -1]]},
        {"schema_version": "9"},
    ],
)
def test_the_schema_rejects_what_is_no_article(change: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(Article(id=None, text="").to_dict() | change)


def test_frames() -> None:
    article = netralitas_nlp.extract(SAMPLE, id="sample")
    frames = to_frames([article, netralitas_nlp.extract("Tanpa fakta."), article])
    assert frames["articles"]["id"].tolist() == ["sample", None, "sample"]
    assert len(frames["people"]) == 2 * len(article.people)
    assert frames["people"]["article"].tolist() == [0] * len(article.people) + [2] * len(article.people)
    first = frames["officials"].iloc[0]
    assert (first["status"], first["area_code"]) == ("pjs", article.officials[0].area.code)  # type: ignore[union-attr]
    mentions = frames["people.mentions"].query("article == 0 and people == 0")
    assert [tuple(row) for row in mentions[["span_start", "span_end"]].to_numpy()] == [
        tuple(mention.span) for mention in article.people[0].mentions
    ]
    assert frames["dates"]["start"].dt.strftime("%Y-%m-%d").tolist()[0] == str(article.dates[0].start)
    assert len(frames["paragraphs"]) == 2 * len(article.paragraphs) + 1
    assert list(frames["pledges.clauses.commitments"].columns)[:5] == [
        "article", "article_id", "pledges", "clauses", "commitments",
    ]  # fmt: skip


@given(st.lists(records(Article), max_size=2))
@settings(max_examples=15)
def test_frames_hold_any_record(articles: list[Article]) -> None:
    frames = to_frames(articles)
    assert len(frames["articles"]) == len(articles)
    assert len(frames["pledges.clauses"]) == sum(len(p.clauses) for article in articles for p in article.pledges)
    assert {name: list(frame.columns) for name, frame in frames.items()} == {
        name: list(frame.columns) for name, frame in to_frames([]).items()
    }
