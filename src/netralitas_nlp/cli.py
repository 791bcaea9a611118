"""The command line: read files, write records."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from netralitas_nlp import __version__, export
from netralitas_nlp.engines import Engine
from netralitas_nlp.errors import RuleError
from netralitas_nlp.extractor import Extractor
from netralitas_nlp.layers.tokens import TokenRules
from netralitas_nlp.types import Area, Article, Mention, Span

__all__ = ["netralitas"]

_LINES = frozenset({".jsonl", ".ndjson"})
_LONG = 120
_RULES = click.Path(exists=True)
_LISTS = (
    "people", "officials", "organizations", "places", "dates", "references", "quotes", "pledges", "norms", "notes",
)  # fmt: skip

#: How each part of an article is marked; a later one is painted over an earlier one.
_STYLES: dict[str, dict[str, Any]] = {
    "furniture": {"fg": "bright_black", "strikethrough": True},
    "credits": {"fg": "bright_black"},
    "headline": {"bold": True},
    "dateline": {"bold": True, "fg": "bright_black"},
    "quotes": {"italic": True},
    "pledges": {"underline": True},
    "norms": {"underline": True},
    "references": {"fg": "red"},
    "organizations": {"fg": "magenta"},
    "places": {"fg": "blue"},
    "officials": {"fg": "yellow"},
    "people": {"fg": "green", "bold": True},
    "dates": {"fg": "cyan"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Input:
    """What to read, and how."""

    files: tuple[str, ...]
    sample: bool
    format: str
    text_field: str
    id_field: str
    published_field: str
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class _Item:
    where: str
    text: str
    id: str | None
    published: dt.date | None


class _Problems:
    """Tells on standard error what could not be read, and counts it."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, where: str, why: object) -> None:
        self.count += 1
        click.echo(_printable(f"{where}: {why}"), err=True)


@click.group()
@click.version_option(__version__, prog_name="netralitas")
def netralitas() -> None:
    """Read Indonesian government news and tell who, in which office, where, when."""


_INPUT: tuple[Callable[[Callable[..., None]], object], ...] = (
    click.argument("files", nargs=-1),
    click.option("--sample", is_flag=True, help="Read the article that ships with the library."),
    click.option(
        "--format", type=click.Choice(["auto", "text", "jsonl"]), default="auto", show_default=True,
        help="What the files are; auto goes by the name (.jsonl, .ndjson), anything else is one article.",
    ),
    click.option("--text-field", default="text", show_default=True, help="JSON Lines: the field with the text."),
    click.option("--id-field", default="id", show_default=True, help="JSON Lines: the field with the id."),
    click.option(
        "--published-field", default="published", show_default=True,
        help="JSON Lines: the field with the ISO date of publication.",
    ),
    click.option(
        "--published", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
        help="The day of publication (2024-10-01) of articles that don't bring their own.",
    ),
    click.option("--rules", type=_RULES, metavar="PATH", help="A rule file of your own, or a folder of them."),
    click.option("--model", metavar="NAME", help="An installed spaCy pipeline, or a folder; its names help."),
)  # fmt: skip


def _input(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the arguments and options that say what it reads."""
    for add in reversed(_INPUT):
        add(command)
    return command


@netralitas.command()
@_input
@click.option("--indent", type=click.IntRange(0, 8), help="Indent the JSON by so many blanks.")
def extract(*, rules: str | None, model: str | None, indent: int | None, **options: Any) -> None:
    """Write the records of articles as JSON Lines.

    FILES are articles (.txt), JSON Lines with an article each (.jsonl), or - for standard input. What cannot be read
    is told on standard error and makes the exit status 1; the rest is still written.
    """
    extractor = _extractor(rules, model)

    def write(item: _Item) -> None:
        article = extractor.extract(item.text, id=item.id, published=item.published)
        click.echo(article.to_json(indent=indent).encode())

    _each(options, write)


@netralitas.command()
@_input
@click.option("--color/--no-color", default=None, help="Colour, or brackets; by default as the terminal can.")
@click.option("--records/--no-records", default=True, show_default=True, help="List the records below the article.")
def show(*, rules: str | None, model: str | None, color: bool | None, records: bool, **options: Any) -> None:
    """Print articles with their records marked, and the records below."""
    extractor = _extractor(rules, model)
    coloured = color if color is not None else sys.stdout.isatty() and "NO_COLOR" not in os.environ

    def write(item: _Item) -> None:
        article = extractor.extract(item.text, id=item.id, published=item.published)
        if coloured:
            click.echo(_legend(article), color=True)
        click.echo(_printable("".join(_marked(article, coloured))) + "\n", color=coloured)
        if records:
            for line in _listed(article):
                click.echo(_printable(line))

    _each(options, write)


@netralitas.command()
@_input
def explain(*, rules: str | None, model: str | None, **options: Any) -> None:
    """Tell which rule made each record (+), and which candidates lost (-) and why."""
    extractor = _extractor(rules, model)

    def write(item: _Item) -> None:
        click.echo(_printable(str(extractor.explain(item.text, id=item.id, published=item.published))))

    _each(options, write)


@netralitas.command()
def schema() -> None:
    """Print the JSON Schema of the records."""
    click.echo(json.dumps(export.schema(), ensure_ascii=False, indent=2))


@netralitas.command()
@click.argument("rules", type=_RULES, required=False)
def check(rules: str | None) -> None:
    """List every problem of the rule file RULES, or of those in that folder; without it, of the built-in ones."""
    found: dict[str, None] = {}
    for load in (lambda: Extractor(rules), lambda: TokenRules.load() if rules is None else TokenRules.read(rules)):
        try:
            load()
        except RuleError as error:
            found |= dict.fromkeys(error.problems)
    if found:
        _fail(list(found))
    click.echo("the rules have no problems")


def _extractor(rules: str | None, model: str | None) -> Extractor:
    try:
        return Extractor(rules, engine=_engine(model) if model else None)
    except RuleError as error:
        _fail(error.problems)


def _engine(model: str) -> Engine:
    # Only here does the command need spaCy, which takes longer to import than an article to read.
    from netralitas_nlp.pipeline import installed
    from netralitas_nlp.spacy_engine import SpacyEngine

    try:
        return SpacyEngine(installed(model))
    except OSError as error:
        raise click.ClickException(_printable(str(error))) from None


def _fail(problems: Sequence[str]) -> NoReturn:
    for problem in problems:
        click.echo(_printable(problem), err=True)
    message = f"{len(problems)} problem{'s' if len(problems) != 1 else ''} in the rules"
    raise click.ClickException(message)


def _each(options: dict[str, Any], act: Callable[[_Item], None]) -> None:
    """Do something with each article; what fails is told and does not stop the rest."""
    published = options.pop("published")
    given = _Input(**options, published=published.date() if published else None)
    if not given.files and not given.sample:
        message = "nothing to read: name files, - for standard input, or --sample"
        raise click.UsageError(message)
    problems = _Problems()
    for item in _items(given, problems):
        try:
            act(item)
        except BrokenPipeError:
            raise
        except Exception as error:
            problems.add(item.where, f"{type(error).__name__}: {error}")
    if problems.count:
        sys.exit(1)


def _items(given: _Input, problems: _Problems) -> Iterator[_Item]:
    if given.sample:
        text = files("netralitas_nlp").joinpath("data", "sample.txt").read_text(encoding="utf-8")
        yield _Item("the sample", text, "sample", given.published)
    for name in given.files:
        try:
            with click.open_file(name, "rb") as file:
                if given.format == "jsonl" or (given.format == "auto" and Path(name).suffix.lower() in _LINES):
                    yield from _lines(file, name, given, problems)
                else:
                    yield _Item(name, file.read().decode(), None if name == "-" else Path(name).stem, given.published)
        except UnicodeDecodeError as error:
            problems.add(name, f"not UTF-8: {error.reason} at byte {error.start}")
        except OSError as error:
            problems.add(name, error.strerror or error)


def _lines(file: IO[bytes], name: str, given: _Input, problems: _Problems) -> Iterator[_Item]:
    for number, line in enumerate(file, 1):
        if line.strip():
            where = f"{name}:{number}"
            try:
                item = _item(json.loads(line), where, given)
            except (ValueError, RecursionError) as error:
                problems.add(where, error)
            else:
                yield item


def _item(row: object, where: str, given: _Input) -> _Item:
    if not isinstance(row, dict):
        message = f"must be a JSON object, not {type(row).__name__}"
        raise ValueError(message)
    text, name, published = (row.get(key) for key in (given.text_field, given.id_field, given.published_field))
    if not isinstance(text, str):
        message = f"field {given.text_field!r} must be a string; there are {', '.join(map(repr, row)) or 'no fields'}"
        raise ValueError(message)
    if published is not None and published != "" and not isinstance(published, str):
        message = f"field {given.published_field!r} must be an ISO date, not {published!r}"
        raise ValueError(message)
    day = dt.date.fromisoformat(published[:10]) if published else given.published
    return _Item(where, text, None if name is None else str(name), day)


def _legend(article: Article) -> str:
    return " ".join(click.style(layer, **style) for layer, style in _STYLES.items() if getattr(article, layer)) + "\n"


def _marked(article: Article, coloured: bool) -> Iterator[str]:
    """Yield the text piece by piece, each with its mark."""
    paint = [""] * len(article.text)
    for layer in _STYLES:
        for start, end in _spans(getattr(article, layer)):
            paint[start:end] = [layer] * (end - start)
    at = 0
    for layer, run in groupby(paint):
        end = at + sum(1 for _ in run)
        piece = article.text[at:end]
        at = end
        if not layer:
            yield _visible(piece)
        elif coloured:
            yield click.style(_visible(piece), **_STYLES[layer])
        else:
            yield f"⟦{_visible(piece)}|{layer}⟧"


def _spans(records: Any) -> Iterable[Span]:
    """Return where a record, or each of several, stands."""
    if records is None:
        return []
    if not isinstance(records, tuple):
        return [records.span]
    return [
        part.span
        for record in records
        for part in (getattr(record, "mentions", ()) or getattr(record, "clauses", ()) or (record,))
    ]


def _listed(article: Article) -> Iterator[str]:
    """Yield a line for each record."""
    for name in ("id", "published"):
        if (value := getattr(article, name)) is not None:
            yield f"{name}: {value}"
    for name in ("headline", "dateline"):
        if (record := getattr(article, name)) is not None:
            yield f"{name}: {_line(record)}"
    for name in ("credits", "furniture", *_LISTS):
        if records := getattr(article, name):
            yield f"\n{name}"
            yield from (f"  {_line(record)}" for record in records)


def _line(record: Any) -> str:
    """Return a record as its class would be written, without what is empty and with lists of places counted."""
    parts = []
    for item in fields(record):
        value = getattr(record, item.name)
        if value is None or value == ():
            continue
        match value:
            case Span(start, end):
                shown = f"{start}:{end}"
            case Area():
                shown = f"{value.name!r} ({value.code})"
            case Mention():
                shown = repr(value.text)
            case StrEnum():
                shown = value.value
            case dt.date():
                shown = value.isoformat()
            case (StrEnum(), *_):
                shown = "/".join(value)
            case (first, *_) if not isinstance(first, str):
                shown = str(len(value))
            case _:
                shown = repr(value if not isinstance(value, str) or len(value) <= _LONG else f"{value[:_LONG]}…")
        parts.append(f"{item.name}={shown}")
    return f"{type(record).__name__}({', '.join(parts)})"


def _visible(text: str) -> str:
    """Replace control characters, so that an article cannot speak to the terminal."""
    return text.translate(_CONTROLS)


_CONTROLS = {
    **{code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"},
    0x0D: None, 0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
}  # fmt: skip


def _printable(text: str) -> str:
    """Replace what UTF-8 cannot encode."""
    return text.encode("utf-8", "replace").decode()
