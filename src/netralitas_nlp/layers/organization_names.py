"""The names of bodies: what opens them, what may follow, and how they are matched.

A name starts at a word that opens one. Bodies known by their whole name stand in ``organizations_bodies.tsv``, words
that open a name of unknown length in ``organizations.toml``; both are steps of one tree of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from netralitas_nlp._gazetteer import LEVEL_WORDS, Form, Gazetteer, RegionMatch
from netralitas_nlp._rules import Entry, Source, Table, builtin, load, read_lines
from netralitas_nlp._text import Words, split_words
from netralitas_nlp.types import Level, OrganizationKind

__all__ = ["OrganizationMatch", "OrganizationRules", "listed", "match"]

#: The rule of phrases that open like a name and are none.
_OTHER = "other"
_KINDS = frozenset(OrganizationKind)
_SCOPES = frozenset({"nation", "area", "media"})
_TAILS = frozenset({"area", "unit", "topic", "name", "company", "school", "number", "parent", "none"})
_TABLES = {
    "body": Table(
        required={"name": str, "kind": str, "scope": str},
        optional={"short": list},
        choices={"kind": _KINDS, "scope": _SCOPES},
    ),
    "head": Table(
        required={"name": str, "kind": str, "tail": str},
        optional={
            "short": list,
            "abroad": bool,
            "alone": bool,
            "area": bool,
            "bracketed": bool,
            "class": bool,
            "joined": bool,
            "least": int,
            "level": str,
            "loose": bool,
            "needs": str,
            "numbered": bool,
            "parent": bool,
            "persons": bool,
        },
        choices={
            "kind": _KINDS,
            "tail": _TAILS,
            "level": frozenset(Level),
            "needs": frozenset({"parent"}),
        },
    ),
    "other": Table(required={"variants": list}),
    "stop": Table(required={"variants": list}),
    "country": Table(required={"variants": list}),
    "office": Table(required={"variants": list}),
}
#: Lists of the names of people.
_NAMES = ("given", "names")
#: Other spellings of a first word.
_SPELLINGS = {"kementrian": "kementerian"}
#: What may stand between the words of a name.
_JOINTS = frozenset({" ", "-", "/", ", ", ",", " - ", " & ", "  ", ". ", "'", " / ", " – "})
_NUMBER = re.compile(r"(?:[IVX]{1,5}|\d{1,3}|[A-F])\Z")
_CLASS = re.compile(r"(?:[IVX]{1,4}[AB]?|\d{1,2}[AB]?|[AB]|Khusus)\Z")


@dataclass(frozen=True, slots=True)
class _Rule:
    """How the name of a body goes on after its first words."""

    id: str
    name: str
    kind: OrganizationKind
    tail: str
    short: tuple[str, ...] = ()
    area: bool = False
    alone: bool = False
    classes: bool = False
    joined: bool = False
    least: int = 0
    level: Level | None = None
    loose: bool = False
    parent: bool = False
    persons: bool = False
    numbered: bool = False
    abroad: bool = False
    bracketed: bool = False
    needs_parent: bool = False
    nation: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write the first words of a body."""

    rule: _Rule
    text: str
    short: bool
    upper: bool


@dataclass(slots=True)
class _Node:
    """The words that may follow, the forms that end here, and whether a comma may stand before."""

    steps: dict[str, _Node] = field(default_factory=dict)
    forms: list[_Form] = field(default_factory=list)
    comma: bool = False


@dataclass(frozen=True, slots=True)
class OrganizationRules:
    """The names of bodies and the words that open them. Use :meth:`load`.

    Attributes
    ----------
    steps
        The first words of all names, in lower case, with what may follow.
    openers
        The same words alone.
    topics
        Words that the names of offices are made of.
    stops
        Words that end a name where every word has a capital.
    countries
        Countries whose bodies bear the names of ours, in lower case.
    offices
        Words that say that somebody holds an office of the body that follows.
    given
        Names of people.
    """

    steps: Mapping[str, _Node]
    openers: frozenset[str]
    topics: frozenset[str]
    stops: frozenset[str]
    countries: frozenset[str]
    offices: frozenset[str]
    given: frozenset[str]

    @classmethod
    def load(cls, sources: Iterable[Source] = ()) -> OrganizationRules:
        """Return the rules of the package and those of further files.

        Parameters
        ----------
        sources
            TOML files with ``[[body]]`` and ``[[head]]`` entries.

        Raises
        ------
        RuleError
            If a file has a mistake.
        """
        sources = tuple(sources)
        return cls._read(sources) if sources else _builtin_rules()

    @classmethod
    def _read(cls, sources: Sequence[Source]) -> OrganizationRules:
        entries = load([builtin("organizations.toml"), *sources], _TABLES)
        root = _Node()
        for row in read_lines(builtin("organizations_bodies.tsv"))[1:]:
            key, kind, scope, name, short, variants = (row + "\t\t").split("\t")[:6]
            _plant(root, _body(key, name, kind, scope, _split(short)), _split(variants))
        for entry in entries["body"]:
            rule = _body(entry.id, entry.text("name"), entry.text("kind"), entry.text("scope"), entry.texts("short"))
            _plant(root, rule, entry.texts("variants"))
        for entry in entries["head"]:
            _plant(root, _head(entry), entry.texts("variants"))
        for entry in entries["other"]:
            rule = _Rule(entry.id, entry.id, OrganizationKind.OTHER, _OTHER)
            for text in entry.texts("variants"):
                _grow(root, _Form(rule, text, short=False, upper=False))
        for spelling, word in _SPELLINGS.items():
            if word in root.steps:
                root.steps[spelling] = root.steps[word]
        topics = frozenset(read_lines(builtin("organizations_topics.txt")))
        stops, countries, offices = (
            frozenset(text for entry in entries[key] for text in entry.texts("variants"))
            for key in ("stop", "country", "office")
        )
        names = frozenset(line for part in _NAMES for line in read_lines(builtin(f"words/{part}.txt")))
        return cls(root.steps, frozenset(root.steps), topics, stops, countries, offices, names - topics)


@cache
def _builtin_rules() -> OrganizationRules:
    return OrganizationRules._read(())


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _body(key: str, name: str, kind: str, scope: str, short: tuple[str, ...]) -> _Rule:
    return _Rule(
        key,
        name,
        OrganizationKind(kind),
        "none",
        short,
        area=scope == "area",
        alone=True,
        nation=scope != "area",
        known=True,
    )


def _head(entry: Entry) -> _Rule:
    level = entry.text("level")
    return _Rule(
        entry.id,
        entry.text("name"),
        OrganizationKind(entry.text("kind")),
        entry.text("tail"),
        entry.texts("short"),
        area=entry.flag("area"),
        alone=entry.flag("alone"),
        classes=entry.flag("class"),
        joined=entry.flag("joined"),
        least=int(entry.values.get("least", 1)),
        level=Level(level) if level else None,
        loose=entry.flag("loose"),
        parent=entry.flag("parent"),
        persons=entry.flag("persons"),
        numbered=entry.flag("numbered"),
        abroad=entry.flag("abroad"),
        bracketed=entry.flag("bracketed"),
        needs_parent=bool(entry.text("needs")),
    )


def _plant(root: _Node, rule: _Rule, variants: Iterable[str]) -> None:
    for text in (rule.name, *variants):
        _grow(root, _Form(rule, text, short=False, upper=False))
    for text in rule.short:
        upper = text.isupper() and (len(text) < 5 or rule.kind is OrganizationKind.MEDIA)
        _grow(root, _Form(rule, text, short=True, upper=upper))


def _grow(root: _Node, form: _Form) -> None:
    words = split_words(form.text)
    node = root
    for lower, gap in zip(words.lowers, words.gaps, strict=False):
        node = node.steps.setdefault("." + lower if gap == "." else lower, _Node())
        node.comma = node.comma or "," in gap or lower == "dan"
    node.forms.append(form)
    joined = form.text.lower()
    if len(words) > 1 and joined.isalpha():  # "NasDem", where the caller keeps it whole
        root.steps.setdefault(joined, _Node()).forms.append(form)


class OrganizationMatch(NamedTuple):
    """A body at some words of a text.

    Attributes
    ----------
    start, end
        The indices of its words, its area and a closing bracket with its abbreviation included, end exclusive.
    last
        The same without the closing bracket.
    name
        The long name without the area: "Dinas Kesehatan", "Pemerintah Kabupaten", "Komisi III".
    abbreviation
        The short name without the area: as written, else the usual one, else None.
    written
        The short name that stands there, None if the body is named in full.
    kind
        What kind of body it is.
    area
        The region that belongs to the name.
    area_name
        That region as the name has it, abbreviations spelled out: "Kutai Timur", "Kota Bandung".
    area_text
        That region as it stands there: "Kutim".
    parent
        The body that it is a part of ("DPR RI" of "Komisi III DPR RI").
    tail
        A unit's number or class: "III", "0902", "Kelas IIB".
    level
        The level that the body's area has, where the kind of body tells.
    rule
        The id of its rule.
    key
        What all namings of the body share, area left aside.
    nation
        Whether "RI" says that it is the national one.
    alias
        The indices of the words in a bracket that hold the short name.
    short
        Whether the name starts with an abbreviation.
    area_open
        Whether the body may have an area.
    head_short
        The usual short form of its first words: "Kanwil".
    """

    start: int
    end: int
    last: int
    name: str
    abbreviation: str | None
    written: str | None
    kind: OrganizationKind
    area: RegionMatch | None
    area_name: str
    area_text: str
    parent: OrganizationMatch | None
    tail: str | None
    level: Level | None
    rule: str
    key: str
    nation: bool = False
    alias: tuple[int, int] | None = None
    short: bool = False
    area_open: bool = False
    head_short: str | None = None

    @property
    def full_name(self) -> str:
        """The long name with its parent and area: "Pemerintah Kabupaten Kutai Timur"."""
        name = self.name if self.parent is None else f"{self.name} {self.parent.surface}"
        return f"{name} {self.area_name}".rstrip()

    @property
    def surface(self) -> str:
        """The name as it stands there, abbreviations kept: "Pemkab Kutim"."""
        head = (self.written if self.short else None) or self.name
        if self.parent is not None:
            head = f"{head} {self.parent.surface}"
        return f"{head} {self.area_text}".rstrip()

    @property
    def full_abbreviation(self) -> str | None:
        """The written short name with its area: "Pemkab Kutim"; None where it is not abbreviated."""
        if self.written is None:
            return None
        if self.parent is None:
            return f"{self.written} {self.area_text}".rstrip()
        if not self.short and self.written != self.head_short:
            return self.written
        return f"{self.written} {self.parent.full_abbreviation or self.parent.surface} {self.area_text}".rstrip()


def match(words: Words, i: int, rules: OrganizationRules, gazetteer: Gazetteer) -> OrganizationMatch | None:
    """Return the longest body whose name starts at a word.

    Parameters
    ----------
    words
        The words of a text.
    i
        The index of a word.
    rules
        The names to look for.
    gazetteer
        The regions that may belong to a name.

    Returns
    -------
    OrganizationMatch or None
        None quickly where the word opens no name.
    """
    node = rules.steps.get(words.lowers[i])
    return None if node is None else _match(words, i, node, rules, gazetteer, _DEPTH)


#: How many bodies a name may hold, each a part of the next: "Bidang X Dinas Y", "Fraksi X DPRD Y".
_DEPTH = 3


def _match(
    words: Words, i: int, node: _Node, rules: OrganizationRules, gazetteer: Gazetteer, depth: int
) -> OrganizationMatch | None:
    forms = _walk(words, i, node)
    if not forms:
        return None
    if len(forms) > 1:
        forms.sort(key=_by_length)
    best: OrganizationMatch | None = None
    reach = 0, 0, False
    for end, form in forms:
        rule = form.rule
        if rule.tail == _OTHER:
            break
        if end < forms[0][0] and rule.tail not in {"topic", "parent", "number"} and not rule.known:
            continue
        found = _complete(words, i, end, form, rules, gazetteer, depth)
        if found is not None and best is not None and rule.tail == "topic" and _siblings(words, node, best.end):
            continue
        if found is not None and (found[1], found[0].end, rule.known) > reach:
            best, reach = found[0], (found[1], found[0].end, rule.known)
    return best


def _by_length(step: tuple[int, _Form]) -> int:
    return -step[0]


def _siblings(words: Words, head: _Node, at: int) -> list[tuple[int, int, _Form]]:
    """Return the known names that go on a list under one head word: "Dinas Sosial, Kesehatan, dan Pendidikan".

    Parameters
    ----------
    words
        The words of a text.
    head
        What may follow the head word.
    at
        The end of the first name.

    Returns
    -------
    list of (int, int, _Form)
        The words of each further name and its form; empty where no "dan" closes a list of three or more.
    """
    found: list[tuple[int, int, _Form]] = []
    while at < len(words.texts) and words.gaps[at] in {", ", " "}:
        closes = words.lowers[at] in {"dan", "serta"}
        k = at + closes
        node = head.steps.get(words.lowers[k]) if k < len(words.texts) and words.gaps[k] in {", ", " "} else None
        if node is None or words.texts[k].islower() or not (closes or words.gaps[k] == ", "):
            break
        steps = [(end, form) for end, form in _walk(words, k, node) if form.rule.known and not form.short]
        if not steps:
            break
        found.append((k, *steps[-1]))
        at = steps[-1][0]
        if closes:
            return found if len(found) > 1 else []
    return []


def _opens(words: Words, k: int, rules: OrganizationRules) -> bool:
    """Return whether the first words of a body stand at `k`."""
    node = rules.steps.get(words.lowers[k])
    return node is not None and any(not (form.rule.bracketed or form.rule.abroad) for _, form in _walk(words, k, node))


def _walk(words: Words, i: int, node: _Node) -> list[tuple[int, _Form]]:
    """Return the forms along the words from `i` with their ends, shortest first."""
    lowers, gaps = words.lowers, words.gaps
    found: list[tuple[int, _Form]] = []
    at = i + 1
    while True:
        for form in node.forms:
            if _cased(words, i, at, form):
                found.append((at, form))
        steps = node.steps
        if not steps or at >= len(lowers):
            return found
        gap, lower = gaps[at], lowers[at]
        if gap == " ":
            following = steps.get(lower)
        elif gap == ".":
            following = steps.get("." + lower)
        elif gap == "" or gap in _JOINTS:
            following = steps.get(lower)
            if following is None and ("," in gap or "&" in gap) and "dan" in steps:
                following = steps["dan"].steps.get(lower)
            elif following is not None and "," in gap and not following.comma:
                return found
        else:
            return found
        if following is None:
            return found
        node = following
        at += 1


def _cased(words: Words, i: int, end: int, form: _Form) -> bool:
    """Return whether the words are written as the form asks: an abbreviation in capitals, a name with one."""
    texts = words.texts
    if form.upper:
        return all(text.isupper() or text.isdigit() for text in texts[i:end])
    return not texts[i].islower() or end - i > 1 or (len(texts[i]) > 3 and form.short) or form.text[0].islower()


def _nation(words: Words, at: int, rule: _Rule) -> int:
    """Return how many words say that a body is the national one: "RI", "Republik Indonesia"."""
    if not (rule.known or rule.tail == "topic") or not _next(words, at, _BEFORE_AREA):
        return 0
    if words.texts[at] == "RI":
        return 1
    return 2 if words.lowers[at : at + 2] == ["republik", "indonesia"] else 0


#: Tails before which the head's own abbreviation may stand in brackets: "Universitas Islam Negeri (UIN) Segah".
_BRACKETED = frozenset({"none", "area", "parent", "name"})
#: Kinds of bodies that every state has.
_STATE = frozenset({OrganizationKind.KEMENTERIAN, OrganizationKind.BADAN, OrganizationKind.LEMBAGA})


def _country(words: Words, at: int, rules: OrganizationRules) -> int:
    """Return how many words name the foreign country that a body belongs to: "Kementerian Pertahanan Korea Selatan"."""
    if not _next(words, at, _BEFORE_AREA) or not words.texts[at][0].isupper():
        return 0
    if _next(words, at + 1) and f"{words.lowers[at]} {words.lowers[at + 1]}" in rules.countries:
        return 2
    return int(words.lowers[at] in rules.countries)


class _Tail(NamedTuple):
    """What follows the first words: the end, the words that belong to the name, and the area."""

    end: int
    text: str = ""
    mark: str | None = None
    area: RegionMatch | None = None
    parent: OrganizationMatch | None = None
    inside: bool = False


def _complete(
    words: Words, i: int, end: int, form: _Form, rules: OrganizationRules, gazetteer: Gazetteer, depth: int
) -> tuple[OrganizationMatch, int] | None:
    """Return the body whose first words are a form, and where its own name ends."""
    rule = form.rule
    lower = words.texts[i].islower()
    bracket = _bracket(words, i, end, rule) if rule.tail in _BRACKETED else None
    if bracket and rule.tail == "name" and bracket[2] not in rule.short:
        bracket = None
    at = bracket[1] if bracket else end
    tail = _tail(words, at, rule, rules, gazetteer, depth=depth, bracketed=bool(bracket))
    if tail is None:
        if not rule.alone:
            return None
        tail = _Tail(at)
    core = tail.end if tail.area is None else at
    at = tail.end
    if bracket is None and tail.area is None and tail.parent is None:
        bracket = _bracket(words, i, at, rule)
        at = bracket[1] if bracket else at
    parent = tail.parent
    if parent is None and rule.parent:
        parent = _parent(words, at, rules, gazetteer, depth)
        at = parent.end if parent else at
    if parent is None and (rule.needs_parent or (rule.tail == "topic" and tail.text.count(" ") + 1 < rule.least)):
        return None
    goes_on = _goes_on(words, at)
    nation = 0 if parent is not None or not goes_on else _nation(words, at, rule)
    at += nation
    state = goes_on and rule.kind in _STATE
    abroad = _country(words, at, rules) if state and not (nation or parent or tail.area) else 0
    if rule.abroad and not abroad:
        return None
    own = f"{tail.text} {_slice(words, at, at + abroad)}".lstrip() if abroad else tail.text
    at += abroad
    area = tail.area
    if goes_on and rule.area and not abroad and area is None and (parent is None or _is_open(parent)) and not nation:
        area = _area(words, at, rule, gazetteer)
        at = area.end if area else at
    if lower and not form.text[0].islower() and area is None and not (rule.nation and not form.short):
        return None
    last = parent.last if parent is not None and parent.end == at else at
    if area is not None:
        at = _region_alias(words, at, gazetteer)
    if bracket is None:
        bracket = _bracket(words, i, at, rule)
        at = bracket[1] if bracket else at
    elif at == bracket[1]:
        last = bracket[0]
    if goes_on and bracket is None and not form.short and (bracket := _or_alias(words, i, at, rule)):
        at = bracket[1]
    if rule.bracketed and bracket is None:
        return None
    alias = bracket[:2] if bracket else None
    name = f"{form.text if not form.short else rule.name} {own}".rstrip()
    written = bracket[2] if bracket else None
    if form.short:
        written = f"{_slice(words, i, end)} {own}".rstrip() + (" RI" if nation else "")
    elif area is not None and written and written.endswith(f" {_slice(words, area.start, area.end)}"):
        written = written[: -len(_slice(words, area.start, area.end)) - 1]
    elif rule.tail == "name" and written and written in rule.short and tail.text:
        written = f"{written} {tail.text}"
    elif rule.tail == "company" and written and not written.startswith(rule.name):
        written = f"{rule.name} {written}"
    short = rule.short[0] if rule.short and not own else None
    key = f"{rule.id}:{own.lower()}" if own else rule.id
    return (
        OrganizationMatch(
            start=i,
            end=at,
            last=last,
            name=name,
            abbreviation=written or short,
            written=written,
            kind=parent.kind if parent is not None and rule.kind is OrganizationKind.PARTAI else rule.kind,
            area=area,
            area_name=_area_name(words, area, rule) if area and not tail.inside else "",
            area_text=_slice(words, area.start, area.end) if area and not tail.inside else "",
            parent=parent,
            tail=tail.mark,
            level=rule.level,
            rule=rule.id,
            key=key,
            nation=bool(nation),
            alias=alias,
            short=form.short,
            area_open=rule.area or rule.tail == "area",
            head_short=rule.short[0] if rule.short else None,
        ),
        core,
    )


def _goes_on(words: Words, at: int) -> bool:
    """Return whether a name may go on with a word: with a capital, a level word, "republik" or "atau"."""
    if at == len(words.texts):
        return False
    return not words.texts[at].islower() or words.lowers[at] in LEVEL_WORDS or words.lowers[at] in _SMALL_PARTS


_SMALL_PARTS = frozenset({"republik", "atau"})


def _is_open(body: OrganizationMatch) -> bool:
    """Return whether a body and those that it belongs to have no area."""
    while body.area is None and not body.nation:
        if body.parent is None:
            return True
        body = body.parent
    return False


def _next(words: Words, at: int, gaps: frozenset[str] = frozenset({" ", "  "})) -> bool:
    """Return whether there is a word at `at` with just a blank before it."""
    return at < len(words.texts) and words.gaps[at] in gaps


def _slice(words: Words, start: int, end: int) -> str:
    """Return words with their gaps, each run of blanks as one."""
    if end == start + 1:
        return words.texts[start]
    parts = [words.texts[start]]
    for k in range(start + 1, end):
        parts += [words.gaps[k], words.texts[k]]
    return " ".join("".join(parts).split())


def _tail(
    words: Words,
    at: int,
    rule: _Rule,
    rules: OrganizationRules,
    gazetteer: Gazetteer,
    *,
    depth: int,
    bracketed: bool,
) -> _Tail | None:
    kind = rule.tail
    if kind == "none":
        return _Tail(at)
    if kind == "topic":
        topic = _topic(words, at, rules, gazetteer)
        return _with_class(words, topic, rule, rules, gazetteer) if topic and rule.classes else topic
    if not _next(words, at, _AFTER_BRACKET if bracketed else _AFTER_SHORT if kind == "company" else _BLANK):
        return None
    if kind == "area":
        return _place(words, at, rule, gazetteer, rules)
    if kind == "unit":
        return _unit(words, at, rule, gazetteer, rules)
    if kind in {"name", "company", "school"}:
        return _name(words, at, rule, gazetteer, rules)
    if kind == "number":
        if not _NUMBER.match(words.texts[at]):
            return None
        return _Tail(at + 1, words.texts[at], words.texts[at])
    parent = _parent(words, at, rules, gazetteer, depth)
    return None if parent is None else _Tail(parent.end, parent=parent)


_BLANK = frozenset({" ", "  "})
_AFTER_SHORT = _BLANK | {". ", "."}
_AFTER_BRACKET = frozenset({") ", " ) "})
_BEFORE_AREA = _BLANK | _AFTER_BRACKET


def _area(words: Words, at: int, rule: _Rule, gazetteer: Gazetteer) -> RegionMatch | None:
    """Return the region that stands right after a name."""
    if not _next(words, at, _BEFORE_AREA):
        return None
    found = gazetteer.match(words, at, rule.level)
    if found is None or (words.texts[at].islower() and words.lowers[at] not in LEVEL_WORDS):
        return None
    if (
        found.level is None
        and found.weak
        and rule.kind is OrganizationKind.OTHER
        and _next(words, found.end)
        and words.texts[found.end][0].isupper()
    ):
        return None
    bare_district = found.level is None and found.weak and all(r.level is Level.DISTRICT for r in found.candidates)
    return None if bare_district and not rule.loose and rule.level is not Level.DISTRICT else found


def _place(words: Words, at: int, rule: _Rule, gazetteer: Gazetteer, rules: OrganizationRules) -> _Tail | None:
    """Return a region, with its class before it, or up to two capitalised words."""
    start = at
    mark = None
    if rule.classes and words.lowers[at] == "kelas" and _next(words, at + 1) and _CLASS.match(words.texts[at + 1]):
        at += 2
        if _next(words, at, _BLANK_OR_DASH) and words.texts[at] in {"A", "B"}:
            at += 1
        while _next(words, at) and words.lowers[at] in {"khusus", "tpi", "non"}:
            at += 1
        mark = _slice(words, start, at)
        if not _next(words, at):
            return _Tail(at, mark, mark)
    elif words.lowers[at] == "metro" and _next(words, at + 1):
        at += 1
        mark = words.texts[start]
    area = _area(words, at, rule, gazetteer)
    if area is not None:
        if rule.kind is OrganizationKind.LEMBAGA and _next(words, area.end) and words.texts[area.end] == "Kota":
            area = area._replace(end=area.end + 1)  # "Polresta Malang Kota"
        return _Tail(area.end, mark or "", mark, area)
    if not rule.loose:
        return None
    end = _capitals(words, at, 2, rules, gazetteer)
    if end == at:
        return _Tail(at, mark, mark) if mark and rule.classes else None
    area = _area(words, end, rule, gazetteer) if rule.classes else None
    return _Tail(area.end if area else end, _slice(words, start, end), mark, area)


_BLANK_OR_DASH = frozenset({" ", "-"})


def _with_class(words: Words, topic: _Tail, rule: _Rule, rules: OrganizationRules, gazetteer: Gazetteer) -> _Tail:
    """Return a topic with the class and the place after it ("Imigrasi Kelas I Tarakan")."""
    at = topic.end
    if not _next(words, at) or words.lowers[at] != "kelas":
        return topic
    place = _place(words, at, rule, gazetteer, rules)
    return place._replace(text=f"{topic.text} {place.text}") if place else topic


def _unit(words: Words, at: int, rule: _Rule, gazetteer: Gazetteer, rules: OrganizationRules) -> _Tail | None:
    """Return the number and region of a military unit ("0902/Berau"), or its region alone."""
    if _UNIT.match(words.texts[at]):
        number = words.texts[at]
        if at + 1 < len(words.texts) and words.gaps[at + 1] in {"/", " / ", "/ "} and words.texts[at + 1][0].isupper():
            inner = gazetteer.match(words, at + 1)
            if inner is not None:
                return _Tail(inner.end, _slice(words, at, inner.end), number, inner, inside=True)
            end = _capitals(words, at + 2, 2, rules, gazetteer)
            area = _area(words, end, rule, gazetteer)
            return _Tail(area.end if area else end, _slice(words, at, end), number, area)
        area = _area(words, at + 1, rule, gazetteer)
        return _Tail(area.end if area else at + 1, number, number, area)
    area = _area(words, at, rule, gazetteer)
    if area is not None:
        return _Tail(area.end, area=area)
    end = _capitals(words, at, 2, rules, gazetteer)
    return None if end == at else _Tail(end, _slice(words, at, end))


_UNIT = re.compile(r"(?:\d{1,4}|[IVX]{1,6})\Z")


def _capitals(words: Words, at: int, most: int, rules: OrganizationRules, gazetteer: Gazetteer) -> int:
    """Return the end of a short run of capitalised words that open no other name and no region after the first."""
    end = at
    while end - at < most and _next(words, end):
        text = words.texts[end]
        if (
            not text[0].isupper()
            or (text.isupper() and len(text) < 5)
            or words.lowers[end] in rules.stops
            or _opens(words, end, rules)
            or (end > at and gazetteer.match(words, end) is not None)
        ):
            break
        if words.gaps[end + 1].startswith("."):
            gap = words.gaps[end + 1]
            if len(text) < 4 and gap == ". ":
                break
            return end + 1
        end += 1
    return end


def _topic(words: Words, at: int, rules: OrganizationRules, gazetteer: Gazetteer) -> _Tail | None:
    """Return a run of capitalised topic words, joined by blanks, "dan" and commas before a last "dan"."""
    end = at
    texts, lowers, gaps = words.texts, words.lowers, words.gaps
    count = len(texts)
    k = at
    comma = False
    while k < count and k - at < 16:
        gap = gaps[k]
        if gap in {", ", ","}:
            comma = True
        elif gap not in {" ", "  ", "/", "-", " & "}:
            break
        linked = gap != " " and gap != "  "
        if lowers[k] == "dan" and k > at:
            k += 1
            if k >= count or gaps[k] not in {" ", "  "}:
                break
            comma, linked, gap = False, True, " "
        if not _is_topic(words, k, rules) or (linked and _opens(words, k, rules)):
            break
        if gap == " " and k > at and lowers[k] in LEVEL_WORDS and gazetteer.match(words, k) is not None:
            break
        k += 1
        if gap not in {", ", ","} and not comma:
            end = k
    if end == at:
        return None
    return _Tail(end, _slice(words, at, end))


def _is_topic(words: Words, k: int, rules: OrganizationRules) -> bool:
    return words.lowers[k] in rules.topics and not words.texts[k].islower()


def _name(words: Words, at: int, rule: _Rule, gazetteer: Gazetteer, rules: OrganizationRules) -> _Tail | None:
    """Return a run of capitalised words; a region ends it, except among the words of a company."""
    texts, lowers, gaps = words.texts, words.lowers, words.gaps
    count = len(texts)
    k = at
    area = None
    cut = _person(words, at, rules, gazetteer) if rule.persons else at
    shouted = texts[at].isupper() and len(texts[at]) > 3
    while k < count and k - at < (3 if shouted else 6):
        text = texts[k]
        gap = gaps[k]
        if k == cut > at or (k > at and lowers[k] in _FIRMS):
            break
        if k > at and gap not in {" ", "-", "'", " & "} and not (gap == ". " and lowers[k - 1] in _DOTTED):
            break
        if (
            k > at
            and (
                (lowers[k] == "dan" and (rule.joined or {lowers[k - 1], lowers[min(k + 1, count - 1)]} <= rules.topics))
                or (rule.tail == "company" and lowers[k] in {"and", "of"})
            )
            and k + 1 < count
            and texts[k + 1][0].isupper()
            and gaps[k + 1] == " "
            and not _opens(words, k + 1, rules)
        ):
            k += 2
            continue
        if text[0].isdigit():
            if rule.tail != "school" and gap != "-":
                break
        elif not text[0].isupper() and not (k == at and lowers[k] in {"dr", "dr."}):
            break
        if rule.tail != "company" or k > at:
            found = gazetteer.match(words, k, rule.level)
            if found is not None and (found.level is not None or not found.weak or rule.level):
                if rule.tail != "company" or found.level is not None:
                    area = found
                    break
                if found.end == count or not _next(words, found.end) or not texts[found.end][0].isupper():
                    k = found.end
                    break
        if gap != "-" and (lowers[k] in rules.stops or (k > at and rule.tail != "company" and _opens(words, k, rules))):
            break
        k += 1
    if k - at + (area is not None) < rule.least or (rule.numbered and not texts[at][0].isdigit()):
        return None
    text = _slice(words, at, k) if k > at else ""
    if len(text) == 1 and area is None:
        return None
    return _Tail(area.end if area else k, text, None, area)


def _person(words: Words, at: int, rules: OrganizationRules, gazetteer: Gazetteer) -> int:
    """Return where a person's name starts among the capitalised words after a body's head, `at` if none does.

    "Direktur PT Karya Abadi Budi Santoso", "pakar Universitas Pelita Abdul Halim": behind an office of the body, and
    behind an abbreviation anywhere, two given names that end the run are a person; behind a region one will do.
    """
    texts, lowers, gaps = words.texts, words.lowers, words.gaps
    end = at + 1
    while end < len(texts) and end - at < 9 and gaps[end] in _BLANK and texts[end][0].isupper():
        end += 1
    titled = next((k for k in range(at + 1, end) if lowers[k] in _COURTESY), 0)
    if titled:
        return titled
    if end - at < 3 or lowers[min(end, len(texts) - 1)] == "tbk":
        return at
    held = any(lower in rules.offices for lower in lowers[max(0, at - 7) : at])
    first = at + 1
    for k in range(first, end):
        if lowers[k] == "indonesia" or (lowers[k] not in rules.given and gazetteer.match(words, k) is not None):
            first = k + 1
    for k in range(first, end - 1):
        names = sum(lower in rules.given for lower in lowers[k:end])
        behind_region = k == first > at + 1 and end - k < 4 and names
        given = lowers[k] in rules.given and texts[k].istitle()
        if behind_region or (given and names > 1 and names >= end - k - 1):
            after_abbreviation = texts[at].isupper() and k == at + 1
            return k if after_abbreviation or (held and _OF_FIRMS.isdisjoint(lowers[k:end])) else at
    return at


#: Words in the names of firms that are names of people too.
_OF_FIRMS = frozenset(
    {
        "abadi", "agung", "indah", "indonesia", "jaya", "lestari", "makmur", "mandiri", "mulia", "nusantara", "perkasa",
        "persada", "pratama", "prima", "putera", "raya", "sakti", "sejahtera", "sentosa", "utama",
    }
)  # fmt: skip
#: Words before a person's name.
_COURTESY = frozenset({"prof", "dr", "ir", "drs", "dra"})
#: Words that open a firm's name.
_FIRMS = frozenset({"pt", "cv"})
#: Words inside a name that a dot may follow.
_DOTTED = frozenset({"dr", "st", "h", "hj", "kh", "ir", "prof", "drs", "tgk", "a", "b", "i", "k", "m", "r", "s"})


def _parent(
    words: Words, at: int, rules: OrganizationRules, gazetteer: Gazetteer, depth: int
) -> OrganizationMatch | None:
    """Return the body right after a part of it, with the one that this is a part of in turn."""
    if not depth or not _next(words, at, _BEFORE_AREA) or words.lowers[at] not in rules.steps:
        return None
    found = _match(words, at, rules.steps[words.lowers[at]], rules, gazetteer, depth - 1)
    if found is None or found.kind is OrganizationKind.MEDIA:
        return None
    if found.parent is None and found.kind is OrganizationKind.PARTAI and found.end == found.last:
        above = _parent(words, found.end, rules, gazetteer, depth - 1)
        if above is not None and above.kind is OrganizationKind.DEWAN:
            return found._replace(end=above.end, last=above.last, parent=above)
    return found


def _bracket(words: Words, i: int, at: int, rule: _Rule) -> tuple[int, int, str] | None:
    """Return the words and the text of an abbreviation in brackets that stands for the words before it."""
    gap = words.gaps[at]
    if "(" not in gap or gap.strip() not in {"(", "/("} or len(gap) > 3 or at >= len(words.texts):
        return None
    end = at + 1
    while end - at < 6 and end < len(words.texts) and not words.gaps[end].lstrip().startswith(")"):
        if words.gaps[end] not in {" ", "-", "/", " & "} and words.gaps[end] != "":
            return None
        end += 1
    if not words.gaps[end].lstrip().startswith(")"):
        return None
    text = _slice(words, at, end)
    if text in rule.short or _abbreviates(text, words, i, at):
        with_area = rule.tail in {"none", "area"} and next((s for s in rule.short if text.startswith(f"{s} ")), None)
        return at, end, with_area or text
    return None


def _or_alias(words: Words, i: int, at: int, rule: _Rule) -> tuple[int, int, str] | None:
    """Return the words and the text of an abbreviation that "atau" joins: "PT Karya Segah Utama atau KSU"."""
    if at + 1 >= len(words.texts) or words.lowers[at] != "atau" or rule.tail == "number":
        return None
    if not (_next(words, at) and _next(words, at + 1)):
        return None
    text = words.texts[at + 1]
    if len(text) < 2 or words.lowers[at + 1] in _FIRMS:
        return None
    fits = text in rule.short or (text.isupper() and _abbreviates(text, words, i, at))
    return (at + 1, at + 2, text) if fits else None


def _abbreviates(text: str, words: Words, i: int, at: int) -> bool:
    """Return whether the letters of a short name occur in order in the words that it stands for."""
    if text[0].islower() or (text.istitle() and len(text) < 3) or len(text) > 24:
        return False
    letters = iter("".join(words.lowers[i:at]))
    short = text.lower().removeprefix("pt ").replace(" ", "").replace("-", "").replace("/", "")
    opens = len(short) > 6 or short[0] in {lower[0] for lower in words.lowers[i:at]}
    return opens and all(letter in letters for letter in short)


def _region_alias(words: Words, at: int, gazetteer: Gazetteer) -> int:
    """Return the end of a bracket that holds another name of the region before it, else `at`."""
    if at < len(words.texts) and words.gaps[at] in {" (", " ( "}:
        found = gazetteer.match(words, at)
        if found is not None and words.gaps[found.end].lstrip().startswith(")"):
            return found.end
    return at


#: Regions whose usual name is not the official one.
_USUAL_NAMES = {"DKI": "DKI Jakarta"}
_LEVEL_NAMES = {"kab": "Kabupaten", "prov": "Provinsi", "propinsi": "Provinsi", "kec": "Kecamatan"}


def _area_name(words: Words, area: RegionMatch, rule: _Rule) -> str:
    """Return a region as it stands there, its abbreviations spelled out."""
    name = _slice(words, area.name, area.end)
    shorts = {region.short for region in area.candidates}
    if name in _USUAL_NAMES:
        name = _USUAL_NAMES[name]
    elif (area.form is Form.ABBREVIATION and len(shorts) == 1) or (area.form is Form.NAME and name.isupper()):
        name = area.candidates[0].short
    if area.name == area.start:
        return name
    word = words.lowers[area.start]
    level = _LEVEL_NAMES.get(word, word.capitalize())
    return name if rule.name.endswith(f" {level}") else f"{level} {name}"


def listed(
    words: Words, first: OrganizationMatch, rules: OrganizationRules, gazetteer: Gazetteer
) -> list[OrganizationMatch]:
    """Return the bodies that a list goes on with under one head word: "Dinas Sosial, Kesehatan, dan Pendidikan".

    Parameters
    ----------
    words
        The words of a text.
    first
        The first body of the list.
    rules
        The names to look for.
    gazetteer
        The regions that may belong to a name.
    """
    if first.end != first.last or first.area is not None or first.short or "," not in words.gaps[first.end]:
        return []
    names = _siblings(words, rules.steps[words.lowers[first.start]], first.end)
    if not names:
        return []
    area = _area(words, names[-1][1], names[-1][2].rule, gazetteer)
    found = [
        first._replace(
            start=start,
            end=end,
            last=end,
            name=form.text,
            kind=form.rule.kind,
            rule=form.rule.id,
            key=form.rule.id,
            abbreviation=form.rule.short[0] if form.rule.short else None,
        )
        for start, end, form in names
    ]
    if area is not None:
        found[-1] = found[-1]._replace(
            end=area.end,
            last=area.end,
            area=area,
            area_name=_area_name(words, area, names[-1][2].rule),
            area_text=_slice(words, area.start, area.end),
        )
    return found
