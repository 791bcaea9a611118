"""Lists in running text: "Pertama … . Kedua …", "1. …", "a) …", "• …", points that follow one another without a number.

Nothing here knows what a list is about. A marker numbers a point; markers of one style whose numbers follow each other
make a list; each point is the sentence behind its marker, with the fragments that belong to it. What stands between two
points (a link, an advertisement, somebody's comment) belongs to none of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from netralitas_nlp import _rules
from netralitas_nlp._context import Context
from netralitas_nlp._rules import Source, Table
from netralitas_nlp._text import Words

__all__ = [
    "Enumeration", "Item", "ListRules", "Style", "begins", "clauses", "find", "is_act", "tidy", "unquoted", "verb",
]  # fmt: skip

_TABLES: Mapping[str, Table] = {
    "ordinal": Table({"value": int, "variants": list}, {"closed": bool}),
    "word": Table({"variants": list}),
}
_SETS = (
    "about", "act", "and", "becomes", "collective", "complete", "conjunction", "connective", "copula",
    "filler", "fragment", "head", "lead", "never", "not", "noun", "or", "pointing", "purpose", "refuse", "subordinate",
    "until", "vow",
)  # fmt: skip
_BULLETS = "•●○▪■□◦‣·✓✔✅➢➤►▶*–—-"
#: A bullet opens a line, or stands between blanks where it is no dash.
_MARKS_OF_BULLETS = frozenset(_BULLETS)
_BULLET = re.compile(rf"[\n:][^\S\n]*[{_BULLETS}]+[^\S\n]*$|[^\S\n][•●○▪■□◦‣✓✔✅➢➤►▶][^\S\n]*$")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_NUMBERS = {str(number): number for number in range(1, 31)}
_CIRCLED = {chr(0x2460 + number): number + 1 for number in range(20)}
_LETTERS = {chr(ord("a") + number): number + 1 for number in range(16)}
_SECOND = 2
#: "i" is the ninth letter and the first Roman number.
_I = 9
_NUMBERED = frozenset([*_ROMAN, *_NUMBERS, *_LETTERS, *_CIRCLED])
_BEFORE_CARDINAL = frozenset(":;\"“")
_AFTER_CARDINAL = frozenset(",:")
#: The last two make a number the picture of a key.
_AFTER_NUMBER = frozenset(".):\ufe0f\u20e3")
_AFTER_HEAD = frozenset({",", ":", ".", ")", "-", "–"})
_OPENING = frozenset(",.;:!?\n\"“”„«(–—-")
_CLOSED = re.compile(r"[,.!?…]\s*[\"”»]|[\"”»],")
#: Before a part of a sentence that begins with a verb.
_SEPARATOR = re.compile(r"[,;–—]|\s-\s")
_MARKS = frozenset("\"“”„«»")
_BLANK_LINE = re.compile(r"\n\s*\n")
#: How many words may lie between two markers of one list, and how many fragments may follow a point.
_REACH = 150
_FRAGMENTS = 3
#: How many words may lie between two points that only "Selanjutnya" joins.
_APART = 12
#: How many words before an ordinal belong to it: "dan yang", "pada poin".
_LEADS = 3
_SHORTEST_VERB = 6
_LONGEST_UNMARKED = 40
#: Between the number of a point and the point, line ends included.
_LONGEST_GAP = 9


class Style(StrEnum):
    """What numbers the points of a list."""

    WORD = "word"
    DIGIT = "digit"
    LETTER = "letter"
    ROMAN = "roman"
    BULLET = "bullet"
    CONNECTED = "connected"
    SEMICOLON = "semicolon"
    LINE = "line"
    PROSE = "prose"


class Item(NamedTuple):
    """One point: the number that stands before it, the word where its marker begins, its words."""

    ordinal: int
    marker: int
    start: int
    end: int


class Enumeration(NamedTuple):
    """Points of one style, in order."""

    style: Style
    items: tuple[Item, ...]


class _Marker(NamedTuple):
    """What numbers a point; `ordinal` is None where it only says that the list goes on.

    It is not `sure` where nothing but its place tells that it numbers anything: "…, kedua pelayanan". Where it stands
    behind its point, the point ends at `stop`.
    """

    start: int
    content: int
    style: Style
    ordinal: int | None
    sure: bool = True
    stop: int | None = None


@dataclass(frozen=True)
class ListRules:
    """The words of ``enumerations.toml``.

    Attributes
    ----------
    ordinals
        The numbers by their words: ``("kedua",)``, ``("ke", "dua")``.
    closed
        Those that count only at the start of a sentence and before a comma or a colon ("Satu, …").
    connectives
        Words that go on with a list, as tuples, the longest first, by the first word.
    sets
        The other sets, by what they do.
    vocabulary
        Every word that a marker may stand at.
    """

    ordinals: Mapping[tuple[str, ...], int]
    closed: frozenset[tuple[str, ...]]
    connectives: Mapping[str, Sequence[tuple[str, ...]]]
    sets: Mapping[str, frozenset[str]]
    vocabulary: frozenset[str]

    @classmethod
    def load(cls, sources: Iterable[Source] = ()) -> ListRules:
        """Read the built-in words and those of `sources`.

        Raises
        ------
        RuleError
            If an entry has a mistake.
        """
        tables = _rules.load([_rules.builtin("enumerations.toml"), *sources], _TABLES)
        ordinals = {
            tuple(variant.lower().split()): int(entry.values["value"])
            for entry in tables["ordinal"]
            for variant in entry.texts("variants")
        }
        sets: dict[str, set[str]] = {name: set() for name in _SETS}
        for entry in tables["word"]:
            sets.setdefault(entry.id, set()).update(variant.lower() for variant in entry.texts("variants"))
        connectives: dict[str, list[tuple[str, ...]]] = {}
        forms = [tuple(phrase.split()) for phrase in sets["connective"]]
        for form in sorted(forms, key=lambda form: (-len(form), form)):
            connectives.setdefault(form[0], []).append(form)
        closed = {
            tuple(variant.lower().split())
            for entry in tables["ordinal"]
            if entry.flag("closed")
            for variant in entry.texts("variants")
        }
        return cls(
            ordinals=ordinals,
            closed=frozenset(closed),
            connectives=connectives,
            sets={name: frozenset(words) for name, words in sets.items()},
            vocabulary=frozenset([*_NUMBERED, *(form[0] for form in ordinals), *connectives]),
        )


def find(context: Context, rules: ListRules, quotes: Sequence[tuple[int, int]] = ()) -> list[Enumeration]:
    """Find the numbered and bulleted lists of a text.

    Parameters
    ----------
    context
        The article.
    rules
        The words of lists.
    quotes
        Stretches of speech, in the order of the text: a point that begins inside one ends there.

    Returns
    -------
    list of Enumeration
        In the order of the text, each of two points or more; a list inside a point of another is part of that point.
    """
    found = []
    for chain in _chains(_markers(context, rules)):
        items = _items(context, chain, rules, quotes)
        headed = chain[0].ordinal == 1 or chain[0].style is not Style.WORD
        if len(items) > 1 and headed:
            if unmarked := _unmarked(context, chain[0], rules):
                items = [unmarked, *(item._replace(ordinal=item.ordinal + 1) for item in items)]
            found.append(Enumeration(chain[0].style, tuple(items)))
        elif not headed and (opening := _opening(context, chain[0], rules, quotes)):
            shift = int(chain[0].ordinal is None)
            items = _adjacent([opening, *(item._replace(ordinal=item.ordinal + shift) for item in items)])
            if len(items) > 2:
                found.append(Enumeration(Style.CONNECTED, tuple(items)))
    found.sort(key=lambda enumeration: enumeration.items[0].marker)
    return _nest(context.words, found)


# -- markers ----------------------------------------------------------------------------------------------------------


def _markers(context: Context, rules: ListRules) -> Iterator[_Marker]:
    words = context.words
    opens = frozenset(context.sentences)
    bullets = not _MARKS_OF_BULLETS.isdisjoint(context.view)
    hits = words.among(rules.vocabulary)
    if bullets:
        marked = (i for i, gap in enumerate(words.gaps[:-1]) if gap and (not i or _BULLET.search(gap)))
        hits = sorted({*hits, *marked})
    for i in hits:
        marker = (
            _behind(context, i, rules)
            or _ordinal(words, i, rules, opens)
            or _number(words, i, rules, opens)
            or (_bullet(words, i) if bullets else None)
            or _connective(words, i, rules, opens)
        )
        if marker is not None and marker.content < len(words):
            yield marker


def _behind(context: Context, i: int, rules: ListRules) -> _Marker | None:
    """Read "… menjadi poin pertama" at the ordinal: the number stands behind its point."""
    words = context.words
    value = rules.ordinals.get((words.lowers[i],))
    copula = i - 2
    if value is None or copula < 1 or words.lowers[i - 1] not in rules.sets["head"]:
        return None
    goes_on = not words.gaps[i + 1].strip() and begins(words, i + 1, rules)
    if words.lowers[copula] not in rules.sets["becomes"] or goes_on:
        return None
    first = max(context.sentence(copula).start, copula - _LONGEST_UNMARKED)
    commas = [k for k in range(copula - 1, first, -1) if "," in words.gaps[k] and begins(words, k, rules)]
    vows = [k + 1 for k in range(first, copula) if words.lowers[k] in rules.sets["vow"]]
    acts = [k for k in range(first, copula) if begins(words, k, rules)]
    start = next(iter([*commas, *vows, *acts]), copula)
    return _Marker(start, start, Style.WORD, value, stop=copula) if start < copula else None


def _ordinal(words: Words, i: int, rules: ListRules, opens: frozenset[int]) -> _Marker | None:
    """Read "Pertama", "dan yang kedua,", "Poin ketiga adalah" at a word."""
    lowers, gaps = words.lowers, words.gaps
    size = 2 if i + 1 < len(words) and (lowers[i], lowers[i + 1]) in rules.ordinals else 1
    form = tuple(lowers[i : i + size])
    value = rules.ordinals.get(form)
    if value is None or any(gap.strip(" -") for gap in gaps[i + 1 : i + size]):
        return None
    start = i
    while start and i - start < _LEADS and gaps[start] == " " and lowers[start - 1] in rules.sets["head"]:
        start -= 1
    if form in rules.closed and not (start < i or _counts_points(words, i, rules, opens)):
        return None
    before = lowers[start - 1] if start and gaps[start] == " " else ""
    joined = before in rules.sets["conjunction"]
    if joined:
        start -= 1
    after_verb = value == 1 and is_act(before, rules) and begins(words, i + size, rules)  # "berjanji pertama tidak …"
    bounded = start in opens or not _OPENING.isdisjoint(gaps[start])
    if not (joined or bounded or after_verb or before in rules.sets["lead"]):
        return None
    sure = True
    content, gap = i + size, gaps[i + size]
    following = lowers[content] if content < len(lowers) else ""
    if "\n\n" in gap or gap == "-" or ("." in gap and start not in opens):
        return None
    if not gap.strip():
        if start == i and following in rules.sets["never"]:
            return None
        if start < i and following in rules.sets["pointing"]:
            if "," not in gaps[content + 1]:
                return None
            return _Marker(start, content + 1, Style.WORD, value)
        sure = start < i or following in rules.sets["copula"] or following in rules.sets["about"]
        sure = sure or begins(words, verb(words, content, rules), rules)
        possible = sure or _may_number(words, content, value, start in opens, rules)
        if not possible or following in rules.sets["collective"]:
            return None
    elif (following,) in rules.ordinals:
        return None
    return _Marker(start, _after(words, content, rules), Style.WORD, value, sure)


def _counts_points(words: Words, i: int, rules: ListRules, opens: frozenset[int]) -> bool:
    """Tell whether "satu", "dua" number a point: before a comma or a colon, or between a comma and a verb."""
    if i in opens or not _BEFORE_CARDINAL.isdisjoint(words.gaps[i]):
        after = words.gaps[i + 1].lstrip(" ")[:1]
        return after in _AFTER_CARDINAL or (after == "." and begins(words, i + 1, rules))
    return "," in words.gaps[i] and begins(words, i + 1, rules)


def _may_number(words: Words, i: int, value: int, opens: bool, rules: ListRules) -> bool:
    """Tell whether an ordinal may number the noun behind it; at the start of a sentence it is "both", "all three"."""
    named = not words.texts[i : i + 1] or words.texts[i][0].isupper()
    pointed = not rules.sets["pointing"].isdisjoint(words.lowers[i + 1 : i + 3])
    return (value == 1 or not opens) and not named and not pointed


def _after(words: Words, i: int, rules: ListRules) -> int:
    """Return the word behind "adalah", "yaitu", "bahwa" and the like."""
    stop = min(i + 2, len(words) - 1)
    while i < stop and words.lowers[i] in rules.sets["copula"]:
        i += 1
    return i


def _number(words: Words, i: int, rules: ListRules, opens: frozenset[int]) -> _Marker | None:
    """Read "1.", "2)", "(3)", "a.", "(iv)", "Butir 5," at a word."""
    lower, before, after = words.lowers[i], words.gaps[i], words.gaps[i + 1]
    if lower in _CIRCLED and i + 1 < len(words):
        return _Marker(i, i + 1, Style.DIGIT, _CIRCLED[lower])
    if lower not in _NUMBERED or i + 1 >= len(words) or not after or words.lowers[i + 1][0].isdigit():
        return None
    if lower.isdigit() and i and before == " " and words.lowers[i - 1] in rules.sets["head"]:
        verbal = words.lowers[i + 1] in rules.sets["copula"] or begins(words, i + 1, rules)
        bounded = i - 1 in opens or not _OPENING.isdisjoint(words.gaps[i - 1])
        if not (bounded and (verbal or after.strip() in _AFTER_HEAD)):
            return None
        return _Marker(i - 1, _after(words, i + 1, rules), Style.DIGIT, _NUMBERS[lower])
    opens_line = i == 0 or "\n" in before
    bare = lower.isdigit() and opens_line and after == " "
    if bare and words.texts[i + 1].istitle() and begins(words, i + 1, rules):
        return _Marker(i, i + 1, Style.DIGIT, _NUMBERS[lower])
    spelled = rules.ordinals.get((words.lowers[i + 1],)) if after == " (" else None
    if spelled == _NUMBERS.get(lower, 0) and words.gaps[i + 2][:1] == ")" and i + 2 < len(words):
        return _Marker(i, i + 2, Style.DIGIT, spelled)
    if after[0] not in _AFTER_NUMBER or len(after) > _LONGEST_GAP:
        return None
    if before and not before[-1].isspace() and before[-1] not in "(\"“:;":
        return None
    if before.endswith("(") and after[0] != ")":
        return None
    if lower.isdigit():
        return _Marker(i, i + 1, Style.DIGIT, _NUMBERS[lower]) if after[0] != ":" or opens_line else None
    if after[0] == ":" or not (words.texts[i].islower() or opens_line or begins(words, i + 1, rules)):
        return None
    if lower in _LETTERS:
        return _Marker(i, i + 1, Style.LETTER, _LETTERS[lower])
    return _Marker(i, i + 1, Style.ROMAN, _ROMAN[lower])


def _bullet(words: Words, i: int) -> _Marker | None:
    gap = words.gaps[i] if i else f"\n{words.gaps[0]}"
    return _Marker(i, i, Style.BULLET, None) if len(gap) > 1 and _BULLET.search(gap) else None


def _connective(words: Words, i: int, rules: ListRules, opens: frozenset[int]) -> _Marker | None:
    """Read "Selanjutnya, menjaga …", "dan terakhir menolak …" at a word: only before a verb."""
    for form in rules.connectives.get(words.lowers[i], ()):
        content = i + len(form)
        if tuple(words.lowers[i:content]) != form or content >= len(words):
            continue
        start = i
        if i and words.gaps[i] == " " and words.lowers[i - 1] in {"dan", "serta"}:
            start = i - 1
        if i not in opens and (form[0] in rules.sets["and"] or (start == i and _OPENING.isdisjoint(words.gaps[i]))):
            return None
        content = _after(words, content, rules)
        return _Marker(start, content, Style.WORD, None) if begins(words, verb(words, content, rules), rules) else None
    return None


def verb(words: Words, i: int, rules: ListRules) -> int:
    """Return the word behind the naming of who promises: "kami", "seluruh pegawai"."""
    stop = min(i + _LEADS, len(words) - 1)
    while i < stop and words.lowers[i] in rules.sets["filler"] and not is_act(words.lowers[i], rules):
        i += 1
    return i


# -- lists ------------------------------------------------------------------------------------------------------------


class _Chain:
    """Markers of one style whose numbers follow each other."""

    def __init__(self, first: _Marker) -> None:
        self.markers = [first]
        self._latest = first.ordinal or 0
        self._behind = int(first.ordinal is None)

    @property
    def expected(self) -> range:
        """The numbers that may follow: the same again, the next one, or the one after a number left out."""
        return range(max(self._latest, 1) + (len(self.markers) == 1), self._latest + self._behind + 3)

    def goes_on(self, marker: _Marker) -> bool:
        """Tell whether a marker numbers the next point."""
        near = marker.start - self.markers[-1].content <= _REACH
        return near and (marker.ordinal is None or marker.ordinal in self.expected)

    def add(self, marker: _Marker) -> None:
        """Add the marker of the next point."""
        self.markers.append(marker)
        if marker.ordinal is None:
            self._behind += 1
        else:
            self._latest, self._behind = marker.ordinal, 0


def _chains(markers: Iterable[_Marker]) -> list[list[_Marker]]:
    """Put the markers together that number the points of one list."""
    done: list[_Chain] = []
    latest: dict[Style, _Chain] = {}
    for marker in markers:
        if marker.style is Style.LETTER and marker.ordinal == _I:
            letters = latest.get(Style.LETTER)
            if letters is None or _I not in letters.expected:
                marker = marker._replace(style=Style.ROMAN, ordinal=1)
        chain = latest.get(marker.style)
        if chain is not None and marker.start < chain.markers[-1].content:
            continue
        if chain is not None and chain.goes_on(marker):
            chain.add(marker)
        elif marker.ordinal in {None, 1} or (marker.ordinal == _SECOND and marker.style is Style.WORD and marker.sure):
            chain = latest[marker.style] = _Chain(marker)
            done.append(chain)
    lists = [_settled(chain.markers) for chain in done if len(chain.markers) > 1]
    return [chain for chain in lists if 2 * sum(marker.sure for marker in chain) >= len(chain)]


def _settled(chain: list[_Marker]) -> list[_Marker]:
    """Drop connectives that stood inside a point: "Kesatu …, kemudian …. Kedua …"."""
    if chain[0].style is not Style.WORD or chain[0].ordinal != 1:
        return chain
    kept: list[_Marker] = []
    loose: list[_Marker] = []
    latest = 0
    for marker in chain:
        if marker.ordinal is None:
            loose.append(marker)
            continue
        if marker.ordinal > latest + len(loose):
            kept += loose
        loose = []
        latest = marker.ordinal
        kept.append(marker)
    return kept + loose


def _items(
    context: Context, chain: Sequence[_Marker], rules: ListRules, quotes: Sequence[tuple[int, int]]
) -> list[Item]:
    items: list[Item] = []
    for number, marker in enumerate(chain):
        limit = chain[number + 1].start if number + 1 < len(chain) else min(marker.content + _REACH, len(context.words))
        limit = min(limit, marker.stop or limit)
        end = tidy(context.words, marker.content, _end(context, marker.content, limit, rules, quotes), rules)
        if end > marker.content:
            ordinal = marker.ordinal or (items[-1].ordinal + 1 if items else 1)
            items.append(Item(ordinal, marker.start, marker.content, end))
    return items


def _unmarked(context: Context, first: _Marker, rules: ListRules) -> Item | None:
    """Return the point before the first bullet of a line: "…: menjaga suasana • menolak suap"."""
    words = context.words
    if first.style is not Style.BULLET or "\n" in words.gaps[first.start] or not first.start:
        return None
    for k in range(first.start - 1, max(context.sentence(first.start - 1).start, first.start - _LONGEST_UNMARKED), -1):
        if ":" in words.gaps[k]:
            return Item(1, k, k, first.start) if begins(words, k, rules) else None
    return None


def _opening(
    context: Context, first: _Marker, rules: ListRules, quotes: Sequence[tuple[int, int]]
) -> Item | None:
    """Return the point before the first "Selanjutnya" or "Kedua": what the sentence before it says that one does."""
    words = context.words
    if not first.start or context.sentence(first.start).start != first.start:
        return None
    sentence = context.sentence(first.start - 1)
    for i in range(sentence.start + 1, min(sentence.stop, sentence.start + _LONGEST_UNMARKED)):
        vow = words.lowers[i] in rules.sets["vow"]
        if begins(words, i, rules) and not vow and words.lowers[i - 1] not in rules.sets["subordinate"]:
            end = tidy(words, i, _end(context, i, sentence.stop, rules, quotes), rules)
            return Item(1, i, i, end) if end > i else None
    return None


def _adjacent(items: Sequence[Item]) -> list[Item]:
    """Return points up to the first one that does not follow at once."""
    kept = list(items[:1])
    for item in items[1:]:
        if item.marker - kept[-1].end > _APART:
            break
        kept.append(item)
    return kept


def _end(context: Context, start: int, limit: int, rules: ListRules, quotes: Sequence[tuple[int, int]]) -> int:
    """Return the word behind a point: the end of its sentence and of the fragments that belong to it."""
    words = context.words
    end = min(limit, context.sentence(start).stop)
    for _ in range(_FRAGMENTS):
        if end >= limit or words.lowers[end] not in rules.sets["fragment"] or _BLANK_LINE.search(words.gaps[end]):
            break
        end = min(limit, context.sentence(end).stop)
    k = bisect_right(quotes, words.starts[start], key=lambda quote: quote[0]) - 1
    if k >= 0 and words.starts[start] < quotes[k][1]:
        end = min(end, words.at(quotes[k][1]))
    return unquoted(words, start, end)


def unquoted(words: Words, start: int, end: int) -> int:
    """Return where a stretch of words ends if a quotation mark closes in it that did not open there."""
    inside = 0
    for i in range(start + 1, end):
        gap = words.gaps[i]
        if _MARKS.isdisjoint(gap):
            continue
        if not inside and _CLOSED.search(gap):
            return i
        inside = (inside + sum(gap.count(mark) for mark in _MARKS)) % 2
    return end


def tidy(words: Words, start: int, end: int, rules: ListRules) -> int:
    """Take "dan", "serta" and the like off the end of a stretch of words."""
    while end > start and words.lowers[end - 1] in rules.sets["conjunction"]:
        end -= 1
    return end


def _nest(words: Words, found: Sequence[Enumeration]) -> list[Enumeration]:
    """Make a list that stands inside a point of another one a part of that point."""
    result: list[tuple[Style, list[Item]]] = []
    for style, inner in found:
        if not (result and _swallows(words, result[-1][1], inner)):
            result.append((style, list(inner)))
    return [Enumeration(style, tuple(items)) for style, items in result]


def _swallows(words: Words, items: list[Item], inner: Sequence[Item]) -> bool:
    """Make a list a part of the point in which it stands; tell whether there is such a point."""
    at = bisect_left(items, inner[0].marker, key=lambda item: item.marker) - 1
    if at < 0:
        return False
    last = at + 1 == len(items)
    begin = inner[0].marker
    inside = begin < items[at].end or (begin == items[at].end and ":" in words.gaps[begin])
    if not inside if last else inner[-1].start >= items[at + 1].marker:
        return False
    items[at] = items[at]._replace(end=max(items[at].end, inner[-1].end))
    return True


# -- points without numbers -------------------------------------------------------------------------------------------


def begins(words: Words, i: int, rules: ListRules) -> bool:
    """Tell whether a point may begin at a word: a verb, "tidak", "siap", "netral"."""
    return i < len(words) and is_act(words.lowers[i], rules)


def is_act(lower: str, rules: ListRules) -> bool:
    """Tell whether a word says that somebody does something."""
    if lower in rules.sets["act"]:
        return True
    return len(lower) >= _SHORTEST_VERB and lower.startswith(("me", "ber")) and lower not in rules.sets["noun"]


def clauses(
    words: Words, start: int, end: int, rules: ListRules, *, commas: bool = False, inner: bool = False
) -> list[tuple[int, int]]:
    """Split words at the commas and conjunctions behind which a new verb phrase begins.

    Parameters
    ----------
    words, start, end
        The words.
    rules
        The words of lists.
    commas
        Split behind commas only, not at a bare "dan".
    inner
        Split before a bare "tidak" too ("menghindari konflik tidak menekan bawahan").

    Returns
    -------
    list of (int, int)
        The words of each part, without the conjunction before it. Verbs that share an object stay together
        ("menjaga dan menegakkan netralitas"), so do objects ("ujaran kebencian serta berita bohong").
    """
    sets = rules.sets
    lowers, gaps = words.lowers, words.gaps
    parts: list[tuple[int, int]] = []
    begin = start
    objects = subordinate = acts = False
    for k in range(start, end):
        lower = lowers[k]
        before = lowers[k - 1] if k > begin else ""
        if k == begin:
            acts = is_act(lower, rules)
        if k > begin and is_act(lower, rules):
            joined = before in sets["and"] or (before in sets["until"] and "," in gaps[k - 1])
            stop = k - 1 if joined else k
            comma = any(_SEPARATOR.search(gap) for gap in gaps[stop : k + 1])
            denied = lower in sets["not"] or lower in sets["refuse"]
            if joined or comma:
                last = lowers[stop - 1]
                splits = objects or lower in sets["not"] or last in sets["complete"] or last.startswith("ber")
                splits = splits or (comma and acts and not lower.startswith(("me", "ber")))
                splits = splits and stop > begin and (comma or not commas)
                if not comma and subordinate and not denied:
                    splits = False
            else:
                splits = inner and lower in sets["not"] and objects and acts and before not in sets["or"]
                splits = splits and (before == "dengan" or before not in sets["subordinate"])
                stop = k - 1 if before == "dengan" else k
            if splits and stop > begin:
                parts.append((begin, stop))
                begin, objects, subordinate, acts = k, False, False, True
                continue
            subordinate = subordinate or before in sets["purpose"]
            acts = True
        elif k >= begin and not is_act(lower, rules) and lower not in sets["and"] and lower not in sets["or"]:
            objects = True
    parts.append((begin, end))
    return parts
