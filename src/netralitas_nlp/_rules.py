"""Reading rule files: TOML tables of entries, each with its own examples.

A rule file that has a mistake stops the load, and the error lists everything that is wrong with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from netralitas_nlp.errors import RuleError

__all__ = ["Entry", "Source", "Table", "builtin", "load", "read_lines", "user_files"]


class Source(Protocol):
    """A file to read rules from: a path, or a file inside the package."""

    @property
    def name(self) -> str:
        """The last part of its path."""

    def read_text(self, encoding: str | None = ...) -> str:
        """Return the whole of it."""


@dataclass(frozen=True, slots=True)
class Table:
    """What the entries of one table may hold: the type of each key, by name.

    A type is ``str``, ``int``, ``bool`` or ``list`` (of str); every entry may also have `id` (required, unique in its
    table), `variants`, `examples` and `rejects`.
    """

    required: Mapping[str, type] = field(default_factory=dict)
    optional: Mapping[str, type] = field(default_factory=dict)
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a rule file.

    Attributes
    ----------
    id
        Unique in its table.
    table, source
        Where it stands.
    values
        Its keys, checked against the :class:`Table`.
    """

    id: str
    table: str
    source: str
    values: Mapping[str, Any]

    def text(self, key: str, default: str = "") -> str:
        """Return a string value."""
        return str(self.values.get(key, default))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings, empty where the key is absent."""
        return tuple(self.values.get(key, ()))

    def flag(self, key: str) -> bool:
        """Return a truth value, false where the key is absent."""
        return bool(self.values.get(key, False))


_COMMON: Mapping[str, type] = {"id": str, "variants": list, "examples": list, "rejects": list, "note": str}


def load(sources: Iterable[Source], tables: Mapping[str, Table]) -> dict[str, list[Entry]]:
    """Read rule files and check every entry.

    Parameters
    ----------
    sources
        The files, later ones adding to the tables of earlier ones.
    tables
        The tables that may occur.

    Returns
    -------
    dict
        The entries of each table in the order of the files; a table without entries is there and empty.

    Raises
    ------
    RuleError
        With every problem of every file: what is no TOML, unknown tables and keys, wrong types, missing keys and
        ids used twice.
    """
    entries: dict[str, list[Entry]] = {name: [] for name in tables}
    problems: list[str] = []
    for source in sources:
        try:
            data = tomllib.loads(source.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            problems.append(f"{source.name}: {error}")
            continue
        for name, rows in data.items():
            if name not in tables:
                problems.append(f"{source.name}: unknown table [[{name}]]; there are {', '.join(sorted(tables))}")
            elif not isinstance(rows, list):
                problems.append(f"{source.name}: [[{name}]] must be an array of tables")
            else:
                taken = {entry.id for entry in entries[name]}
                for number, row in enumerate(rows, 1):
                    where = f"{source.name}: [[{name}]] {_label(row, number)}"
                    found = list(_problems(row, tables[name]))
                    if not found and row["id"] in taken:
                        found = ["the id is used twice"]
                    problems += [f"{where}: {problem}" for problem in found]
                    if not found:
                        taken.add(row["id"])
                        entries[name].append(Entry(row["id"], name, source.name, row))
    if problems:
        raise RuleError(problems)
    return entries


def _label(row: object, number: int) -> str:
    name = row.get("id") if isinstance(row, dict) else None
    return f"{name!r}" if isinstance(name, str) else f"number {number}"


def _problems(row: object, table: Table) -> Iterable[str]:
    if not isinstance(row, dict):
        yield "must be a table"
        return
    kinds = {**_COMMON, **table.required, **table.optional}
    for key in ("id", *table.required):
        if key not in row:
            yield f"key {key!r} is missing"
    for key, value in row.items():
        kind = kinds.get(key)
        if kind is None:
            yield f"unknown key {key!r}; there are {', '.join(sorted(kinds))}"
        elif kind is list:
            if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
                yield f"key {key!r} must be a list of strings, none of them blank"
        elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            yield f"key {key!r} must be a {kind.__name__}, not {type(value).__name__}"
        elif isinstance(value, str) and not value.strip():
            yield f"key {key!r} must not be blank"
        elif key in table.choices and value not in table.choices[key]:
            yield f"key {key!r} is {value!r}; it must be one of {', '.join(sorted(table.choices[key]))}"


@cache
def builtin(name: str) -> Source:
    """Return a file of the package's ``data`` folder."""
    return files("netralitas_nlp").joinpath("data", *name.split("/"))


def read_lines(source: Source) -> Sequence[str]:
    """Return the lines of a list file without blanks and ``#`` comments."""
    lines = (line.strip() for line in source.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def user_files(path: str | Path) -> dict[str, Source]:
    """Return the rule files of the user's own, by name: those of a folder, or a single one.

    Each file adds to the built-in file of the same name ("titles.toml", "organizations.toml").

    Raises
    ------
    FileNotFoundError
        If there is no such folder or file.
    RuleError
        If a file is named like no built-in one.
    """
    path = Path(path)
    if not path.exists():
        message = f"no folder or file of rules at {str(path)!r}"
        raise FileNotFoundError(message)
    known = {file.name for file in files("netralitas_nlp").joinpath("data").iterdir() if file.name.endswith(".toml")}
    found = {file.name: file for file in (sorted(path.glob("*.toml")) if path.is_dir() else [path])}
    unknown = sorted(found.keys() - known)
    if unknown:
        raise RuleError(f"{name}: adds to no built-in file; there are {', '.join(sorted(known))}" for name in unknown)
    return dict(found)
