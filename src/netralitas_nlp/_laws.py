"""The table of laws: what a citation means, whether it is in force, what replaced it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from netralitas_nlp import _rules
from netralitas_nlp._rules import Entry, Source, Table
from netralitas_nlp._text import make_view, split_words
from netralitas_nlp.errors import RuleError
from netralitas_nlp.types import ReferenceKind

__all__ = ["Law", "LawArticle", "LawStatus", "LawTable", "Miscitation", "folded"]


class LawStatus(StrEnum):
    """Whether a text is in force, as far as the table knows."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPLACED = "replaced"
    EXPIRED = "expired"
    UNVERIFIED = "unverified"


_LISTS = ("numbers", "aliases", "amends", "amended_by", "replaces", "replaced_by")
_TABLES: Mapping[str, Table] = {
    "law": Table(
        {"kind": str, "cite": str, "title": str, "status": str, "source": str},
        {
            "number": str, "year": int, "date": str, "issuer": str, "from": str, "until": str, "neutrality": bool,
            "articles": list, **dict.fromkeys(_LISTS, list),
        },
        {
            "kind": frozenset(ReferenceKind), "status": frozenset(LawStatus), "source": frozenset({"read", "known"}),
        },
    ),
    "miscitation": Table(
        {"kind": str, "means": str, "cues": list},
        {"number": str, "year": int, "date": str},
        {"kind": frozenset(ReferenceKind)},
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LawArticle:
    """One provision of a law and its gist: "Pasal 5 huruf n", "seven kinds of support that are forbidden"."""

    provision: str
    gist: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law, regulation, decree or letter that the table knows.

    Attributes
    ----------
    id
        The stable identifier that :attr:`Reference.canonical_id` holds: "uu-20-2023".
    kind
        The kind of instrument.
    cite, title
        The usual short citation, and what it is about.
    number, numbers, year, date, issuer
        As the text bears them; `numbers` are those of a joint decree, each with its year.
    aliases
        Nicknames: "UU ASN".
    alias_from, alias_until
        The first day on which the nicknames mean this text, and the first on which they no longer do.
    amends, amended_by, replaces, replaced_by
        Ids of other laws of the table.
    status
        Whether it is in force.
    articles
        The provisions that news about neutrality rests on.
    neutrality
        Whether it belongs to the rules on neutrality.
    source
        "read" where number and articles were read in the text or in several reports of it, "known" otherwise.
    note
        What is doubtful or special.
    """

    id: str
    kind: ReferenceKind
    cite: str
    title: str
    number: str | None = None
    numbers: tuple[str, ...] = ()
    year: int | None = None
    date: dt.date | None = None
    issuer: str | None = None
    aliases: tuple[str, ...] = ()
    alias_from: dt.date | None = None
    alias_until: dt.date | None = None
    amends: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    status: LawStatus
    articles: tuple[LawArticle, ...] = ()
    neutrality: bool = False
    source: str = "read"
    note: str | None = None

    def is_called_so(self, day: dt.date) -> bool:
        """Return whether the nicknames mean this text on a day."""
        return (self.alias_from is None or self.alias_from <= day) and (
            self.alias_until is None or day < self.alias_until
        )


@dataclass(frozen=True, slots=True)
class Miscitation:
    """A citation that reports get wrong, the words that show it, and the law that is meant."""

    kind: ReferenceKind
    number: str | None
    year: int | None
    date: dt.date | None
    cues: tuple[str, ...]
    means: str


class LawTable:
    """The laws by id, by number and by nickname. Use :meth:`load`."""

    def __init__(self, laws: Iterable[Law], miscitations: Iterable[Miscitation]) -> None:
        self._laws = {law.id: law for law in laws}
        self.miscitations = tuple(miscitations)
        self._numbers: dict[tuple[ReferenceKind, str], list[Law]] = {}
        self._aliases: dict[tuple[str, ...], list[Law]] = {}
        self._first: dict[str, int] = {}
        for law in self._laws.values():
            for number in dict.fromkeys([law.number, *(one.partition(" ")[0] for one in law.numbers)]):
                if number:
                    self._numbers.setdefault((law.kind, number.casefold()), []).append(law)
            for alias in law.aliases:
                words = folded(alias)
                self._aliases.setdefault(words, []).append(law)
                self._first[words[0]] = max(self._first.get(words[0], 0), len(words))

    @staticmethod
    def load(sources: Iterable[Source] = ()) -> LawTable:
        """Read the built-in table and the user's `sources`.

        Raises
        ------
        RuleError
            If an entry has a mistake, or names a law that there is not.
        """
        sources = tuple(sources)
        return _read(sources) if sources else _builtin()

    def __iter__(self) -> Iterator[Law]:
        return iter(self._laws.values())

    def __len__(self) -> int:
        return len(self._laws)

    def get(self, id: str) -> Law | None:
        """Return the law of an id."""
        return self._laws.get(id)

    def numbered(self, kind: ReferenceKind, number: str, year: int | None) -> list[Law]:
        """Return the laws of a kind with a number, as far as the years agree; without a year, all of them."""
        found = self._numbers.get((kind, number.casefold()), [])
        return [law for law in found if year is None or law.year is None or law.year == year]

    def first_words(self) -> Set[str]:
        """Return the words that a nickname may begin with, in lower case."""
        return self._first.keys()

    def longest(self, first: str) -> int:
        """Return how many words the longest nickname has that starts with a word; 0 where none does."""
        return self._first.get(first, 0)

    def called(self, words: tuple[str, ...]) -> list[Law]:
        """Return the laws that have had a nickname, given in lower-case words."""
        return self._aliases.get(words, [])


def folded(name: str) -> tuple[str, ...]:
    """Return the lower-case words of a name."""
    return tuple(split_words(make_view(name), keep=name.split()).lowers)


@cache
def _builtin() -> LawTable:
    return _read(())


def _read(sources: tuple[Source, ...]) -> LawTable:
    tables = _rules.load([_rules.builtin("laws.toml"), *sources], _TABLES)
    known = {entry.id for entry in tables["law"]}
    problems = [problem for rows in tables.values() for entry in rows for problem in _problems(entry, known)]
    if problems:
        raise RuleError(problems)
    return LawTable(map(_law, tables["law"]), map(_miscitation, tables["miscitation"]))


def _problems(entry: Entry, known: set[str]) -> Iterator[str]:
    where = f"{entry.source}: [[{entry.table}]] {entry.id!r}"
    for key in ("date", "from", "until"):
        try:
            _day(entry, key)
        except ValueError:
            yield f"{where}: key {key!r} must be a date as in '2024-09-12'"
    for key in ("amends", "amended_by", "replaces", "replaced_by", "means"):
        named = [entry.text(key)] if key == "means" and entry.table == "miscitation" else entry.texts(key)
        yield from (f"{where}: key {key!r}: there is no law {other!r}" for other in named if other not in known)
    for article in entry.texts("articles"):
        if ": " not in article:
            yield f"{where}: key 'articles': {article!r} must be a provision, a colon and its gist"


def _day(entry: Entry, key: str) -> dt.date | None:
    return dt.date.fromisoformat(entry.text(key)) if entry.text(key) else None


def _law(entry: Entry) -> Law:
    articles = (article.partition(": ") for article in entry.texts("articles"))
    return Law(
        id=entry.id, kind=ReferenceKind(entry.text("kind")), cite=entry.text("cite"), title=entry.text("title"),
        number=entry.text("number") or None, year=entry.values.get("year"), date=_day(entry, "date"),
        issuer=entry.text("issuer") or None, alias_from=_day(entry, "from"), alias_until=_day(entry, "until"),
        status=LawStatus(entry.text("status")), neutrality=entry.flag("neutrality"), source=entry.text("source"),
        articles=tuple(LawArticle(provision=provision, gist=gist) for provision, _, gist in articles),
        note=entry.text("note") or None, **{key: entry.texts(key) for key in _LISTS},
    )  # fmt: skip


def _miscitation(entry: Entry) -> Miscitation:
    return Miscitation(
        ReferenceKind(entry.text("kind")), entry.text("number") or None, entry.values.get("year"),
        _day(entry, "date"), entry.texts("cues"), entry.text("means"),
    )  # fmt: skip
