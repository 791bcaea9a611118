"""Records as plain data: dataclasses to dicts and back, and the JSON Schema of them.

Everything is read from the fields' types: ``str``, ``int``, ``bool``, ``date``, string enumerations, named tuples of
one type (an array), ``tuple[X, ...]`` (an array), ``X | None`` and other dataclasses.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from inspect import cleandoc
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

__all__ = ["decode", "encode", "hints", "schema", "split_optional"]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def encode(value: object) -> Any:
    """Return a record, or a value of one, as dicts, lists, strings, numbers and None."""
    kind: Any = type(value)
    if kind is str or value is None or kind is int or kind is bool:
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    return {name: encode(getattr(value, name)) for name in hints(kind)}


def decode(kind: Any, data: object, path: str = "") -> Any:
    """Return the record that :func:`encode` turned into `data`.

    Parameters
    ----------
    kind
        The type of the record.
    data
        Plain data; lists and tuples are the same.
    path
        Where `data` stands, for the message.

    Raises
    ------
    ValueError
        If a value has the wrong type, a key is missing or unknown; the message names the path of it
        ("people[2].mentions[0].span").
    """
    inner, optional = split_optional(kind)
    if data is None and optional:
        return None
    if is_dataclass(inner):
        return _decode_record(inner, data, path)
    item = _item(inner)
    if item is not None:
        if not isinstance(data, list | tuple):
            raise _wrong(path, "a list", data)
        items = [decode(item, value, f"{path}[{i}]") for i, value in enumerate(data)]
        if get_origin(inner) is tuple:
            return tuple(items)
        if len(items) != len(inner._fields):
            raise _wrong(path, f"[{', '.join(inner._fields)}]", data)
        return inner(*items)
    if inner is dt.date:
        return _decode_date(data, path)
    if issubclass(inner, StrEnum):
        if not isinstance(data, str) or data not in inner._value2member_map_:
            raise _wrong(path, f"one of {', '.join(inner)}", data)
        return inner(data)
    if not isinstance(data, inner) or (inner is int and isinstance(data, bool)):
        raise _wrong(path, f"of type {inner.__name__}", data)
    return data


def _decode_record(kind: Any, data: object, path: str) -> Any:
    if not isinstance(data, Mapping):
        raise _wrong(path, "an object", data)
    types = hints(kind)
    prefix = f"{path}." if path else ""
    for key in data:
        if key not in types:
            message = f"{prefix}{key}: unknown field of {kind.__name__}; there are {', '.join(types)}"
            raise ValueError(message)
    values = {name: decode(types[name], value, prefix + name) for name, value in data.items()}
    for name in _required(kind):
        if name not in values:
            message = f"{prefix}{name}: missing"
            raise ValueError(message)
    return kind(**values)


def _decode_date(data: object, path: str) -> dt.date:
    if isinstance(data, str) and _DATE.fullmatch(data):
        try:
            return dt.date.fromisoformat(data)
        except ValueError:
            pass
    raise _wrong(path, "a date like 2024-10-01", data)


def _wrong(path: str, wanted: str, data: object) -> ValueError:
    shown = repr(data)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    return ValueError(f"{path or 'the record'}: must be {wanted}, not {shown}")


@cache
def hints(kind: Any) -> Mapping[str, Any]:
    """Return the fields of a dataclass and their types, in their order."""
    types = get_type_hints(kind)
    return {item.name: types[item.name] for item in fields(kind)}


@cache
def _required(kind: Any) -> tuple[str, ...]:
    """Return the fields of a dataclass that have no default."""
    return tuple(item.name for item in fields(kind) if _has_no_default(item))


def _has_no_default(item: Field[Any]) -> bool:
    return item.default is MISSING and item.default_factory is MISSING


@cache
def split_optional(kind: Any) -> tuple[Any, bool]:
    """Return X and whether None is allowed, for ``X | None`` and X."""
    if isinstance(kind, UnionType):
        [inner] = [part for part in get_args(kind) if part is not NoneType]
        return inner, True
    return kind, False


@cache
def _item(kind: Any) -> Any:
    """Return the type of the items of a tuple type, None for any other type."""
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, tuple):
        [item] = set(get_type_hints(kind).values())
        return item
    return None


def schema(kind: type, title: str, uri: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what :func:`encode` makes of a dataclass.

    Parameters
    ----------
    kind
        The dataclass.
    title, uri
        Name and identifier of the schema.
    """
    definitions: dict[str, Any] = {}
    body = _object(kind, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": uri,
        "title": title,
        **body,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    properties = {name: _describe(hint, definitions) for name, hint in hints(kind).items()}
    return {
        "description": _summary(kind),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_SCALARS: Mapping[Any, Mapping[str, str]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    dt.date: {"type": "string", "format": "date"},
}


def _describe(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    inner, optional = split_optional(kind)
    if optional:
        return {"anyOf": [_describe(inner, definitions), {"type": "null"}]}
    if inner in _SCALARS:
        return dict(_SCALARS[inner])
    if get_origin(inner) is tuple:
        return {"type": "array", "items": _describe(_item(inner), definitions)}
    return _reference(inner, definitions)


def _reference(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # holds the place while the parts are described
        definitions[kind.__name__] = _definition(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _definition(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if is_dataclass(kind):
        return _object(kind, definitions)
    if issubclass(kind, StrEnum):
        return {"description": _summary(kind), "type": "string", "enum": [member.value for member in kind]}
    return {
        "description": _summary(kind),
        "type": "array",
        "prefixItems": [{"title": name, "minimum": 0, **_describe(_item(kind), definitions)} for name in kind._fields],
        "items": False,
        "minItems": len(kind._fields),
    }


def _summary(kind: type) -> str:
    """Return the first paragraph of a docstring on one line, its markup taken out."""
    text = " ".join(cleandoc(kind.__doc__ or "").split("\n\n")[0].split())
    return text.replace("``", "").replace("`", "")
