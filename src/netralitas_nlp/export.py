"""Articles as a JSON Schema and as pandas tables; for dicts and JSON see :meth:`netralitas_nlp.Article.to_dict`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Any, get_args, get_origin

from netralitas_nlp import _records
from netralitas_nlp.types import SCHEMA_VERSION, Article, Span

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["schema", "to_frames"]

_Row = dict[str, Any]


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of :meth:`netralitas_nlp.Article.to_dict`.

    The same schema ships as ``netralitas_nlp/schema/article-1.0.schema.json``.
    """
    data = _records.schema(Article, "Article", f"urn:netralitas-nlp:article:{SCHEMA_VERSION}")
    data["properties"]["schema_version"] = {"const": SCHEMA_VERSION}
    return data


def to_frames(articles: Iterable[Article]) -> dict[str, pd.DataFrame]:
    """Return one table per layer, and one per list inside a layer.

    The tables are "articles", the layers ("people", "officials", "dates", …) and the lists inside their records
    ("people.mentions", "pledges.clauses", "pledges.clauses.commitments", …). A row says where it belongs: `article` is
    the position of the article among `articles`, `article_id` its id, and a column of each list's name the position in
    that list. Spans become two columns (``span_start``, ``span_end``), an area and other single records one column per
    field (``area_name``), enumerations their values, lists of strings tuples. A table without rows has its columns.

    Parameters
    ----------
    articles
        What was extracted.

    Raises
    ------
    ModuleNotFoundError
        If pandas is not installed (``pip install netralitas-nlp[pandas]``).
    """
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        message = "to_frames needs pandas: pip install netralitas-nlp[pandas]"
        raise ModuleNotFoundError(message, name=error.name) from error
    layouts = dict(_layouts(Article, "articles", {"article": int}))
    rows: dict[str, list[_Row]] = {name: [] for name in layouts}
    for number, article in enumerate(articles):
        for name, row in _rows(article, "articles", {"article": number}):
            rows[name].append({"article_id": article.id, **row} if name != "articles" else row)
    frames = {}
    for name, layout in layouts.items():
        columns = layout if name == "articles" else {"article": int, "article_id": str, **layout}
        frame = pd.DataFrame(rows[name], columns=list(columns), dtype=object)
        frames[name] = frame.astype({column: _DTYPES[kind] for column, kind in columns.items() if kind in _DTYPES})
    return frames


_DTYPES: Mapping[Any, str] = {int: "Int64", bool: "boolean", dt.date: "datetime64[s]"}


def _layouts(kind: Any, name: str, keys: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each table's name and the types of its columns."""
    yield name, {**keys, **dict(_columns(kind, ""))}
    for field, item in _lists(kind):
        yield from _layouts(item, _path(name, field), {**keys, field: int})


def _rows(record: Any, name: str, keys: Mapping[str, int]) -> Iterator[tuple[str, _Row]]:
    """Yield the row of a record and those of the lists inside it, each with its table's name."""
    yield name, {**keys, **dict(_cells(record, type(record), ""))}
    for field, _ in _lists(type(record)):
        for i, item in enumerate(getattr(record, field)):
            yield from _rows(item, _path(name, field), {**keys, field: i})


def _path(name: str, field: str) -> str:
    return field if name == "articles" else f"{name}.{field}"


def _lists(kind: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fields that become tables of their own."""
    if kind is not Span:
        for name, hint in _records.hints(kind).items():
            if get_origin(hint) is tuple and (is_dataclass(item := get_args(hint)[0]) or item is Span):
                yield name, item


def _columns(kind: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    if kind is Span:
        yield from ((f"{prefix or 'span_'}{edge}", int) for edge in Span._fields)
        return
    tables = {name for name, _ in _lists(kind)}
    for name, hint in _records.hints(kind).items():
        inner, _ = _records.split_optional(hint)
        if name in tables:
            continue
        if is_dataclass(inner) or inner is Span:
            yield from _columns(inner, f"{prefix}{name}_")
        else:
            yield f"{prefix}{name}", inner


def _cells(value: Any, kind: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    if value is None:
        yield from ((name, None) for name, _ in _columns(kind, prefix))
    elif kind is Span:
        yield from ((f"{prefix or 'span_'}{edge}", offset) for edge, offset in zip(Span._fields, value, strict=True))
    else:
        tables = {name for name, _ in _lists(kind)}
        for name, hint in _records.hints(kind).items():
            inner, _ = _records.split_optional(hint)
            part = getattr(value, name)
            if name in tables:
                continue
            if is_dataclass(inner) or inner is Span:
                yield from _cells(part, inner, f"{prefix}{name}_")
            elif isinstance(part, tuple):
                yield f"{prefix}{name}", tuple(map(_records.encode, part))
            else:
                yield f"{prefix}{name}", part if isinstance(part, dt.date) else _records.encode(part)
