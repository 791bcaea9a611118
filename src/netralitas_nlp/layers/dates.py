"""Days, months, years and spans of time, and where they stand.

One scan over the words finds the expressions; what they leave open is completed against the day of the report, which
may itself be one of them. So the scan comes first, :func:`find_anchor` reads its result, and :func:`resolve` makes the
records.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from netralitas_nlp._calendar import Partial, add_months, bounds, edtf, nearest_year, weekday_from
from netralitas_nlp._rules import Entry, Source, Table, load
from netralitas_nlp._text import Words
from netralitas_nlp.errors import RuleError
from netralitas_nlp.types import DateMention, Granularity, Resolution, Span

__all__ = ["DateRules", "Expression", "find", "find_anchor", "resolve", "scan"]

_UNITS = frozenset({"day", "week", "weekend", "month", "year", "vote"})
_TABLES = {
    "month": Table(required={"number": int}, optional={"short": list}),
    "weekday": Table(required={"number": int}, optional={"short": list}),
    "adverb": Table(required={"direction": int}),
    "zone": Table(required={"offset": str}),
    "daypart": Table(optional={"noon_from": int}),
    "number": Table(required={"value": int}, optional={"ordinals": list}),
    "period": Table(required={"months": int}),
    "words": Table(),
    "vote": Table(),
    "gate": Table(optional={"after": str}),
    "fragment": Table(required={"pattern": str}),
    "pattern": Table(
        required={"trigger": list, "pattern": str},
        optional={
            "after": str,
            "before": list,
            "marked": bool,
            "not_after": str,
            "head_not_after": str,
            "not_before": str,
            "guard": str,
            "unit": str,
            "shift": int,
            "bare": bool,
            "loose": bool,
        },
        choices={"unit": _UNITS},
    ),
}
_NAME = re.compile(r"\$([A-Z][A-Z0-9_]*)")
_DEPTH = 5


class _Pattern(NamedTuple):
    """A compiled pattern and what must and must not stand around it."""

    rule: str
    match: Callable[[str, int], re.Match[str] | None]
    after: frozenset[str]
    before: frozenset[str]
    marked: bool
    not_after: frozenset[str]
    head_not_after: frozenset[str]
    not_before: frozenset[str]
    guard: str
    unit: str
    shift: int | None
    bare: bool
    loose: bool


class _Trigger(NamedTuple):
    """The patterns to try at a word, if one of `before` follows it or one of `after` precedes it; None: always.

    `spaced` are those to try where no more than a blank follows the word.
    """

    patterns: tuple[_Pattern, ...]
    spaced: tuple[_Pattern, ...]
    before: frozenset[str] | None
    after: frozenset[str]


@dataclass(frozen=True, slots=True)
class DateRules:
    """The rules of ``dates.toml``, ready to scan with.

    Attributes
    ----------
    triggers
        The patterns to try at a word, by the word in lower case.
    openers
        These words alone.
    months, weekdays, numbers
        The number of each name.
    weekday_names
        The dictionary's name of each ISO weekday.
    directions
        -1, 0 or 1 for each adverb.
    offsets
        The UTC offset of each zone, as ISO 8601 writes it.
    noon
        The first hour that a part of the day counts as one after noon.
    ordinals
        The number of "pertama", "II", "3".
    periods
        How many months a part of the year has, by its name.
    words
        The named lists.
    clock
        A clock time and what joins it to a date.
    votes
        The days of voting.
    """

    triggers: Mapping[str, _Trigger]
    openers: frozenset[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    weekday_names: Mapping[int, str]
    numbers: Mapping[str, int]
    directions: Mapping[str, int]
    offsets: Mapping[str, str]
    noon: Mapping[str, int]
    ordinals: Mapping[str, int]
    periods: Mapping[str, int]
    words: Mapping[str, frozenset[str]]
    clock: re.Pattern[str]
    votes: tuple[dt.date, ...]

    @classmethod
    def load(cls, sources: Iterable[Source]) -> DateRules:
        """Read the rules.

        Raises
        ------
        RuleError
            With everything that is wrong in the files.
        """
        tables = load(sources, _TABLES)
        months, short_months = _names(tables["month"])
        weekdays, short_weekdays = _names(tables["weekday"])
        numbers = {entry.id: int(entry.values["value"]) for entry in tables["number"]}
        words = {entry.id: frozenset(entry.texts("variants")) for entry in tables["words"]}
        kinds: dict[str, Collection[str]] = {
            "month": months,
            "short month": short_months,
            "weekday": weekdays,
            "short weekday": short_weekdays,
            "number": numbers,
            "adverb": [text.split()[0] for entry in tables["adverb"] for text in entry.texts("variants")],
            "day": [f"{day:0{width}}" for width in (1, 2) for day in range(1, 32) if width == 1 or day < 10],
            "year": list(map(str, range(1800, 2100))),
            "early year": list(map(str, range(1500, 1800))),
        }
        triggers = _triggers(tables, words, kinds)
        return cls(
            triggers=triggers,
            openers=frozenset(triggers),
            months=months | short_months,
            weekdays=weekdays | short_weekdays,
            weekday_names={int(entry.values["number"]): entry.id for entry in tables["weekday"]},
            numbers=numbers,
            directions={w: int(e.values["direction"]) for e in tables["adverb"] for w in e.texts("variants")},
            offsets={entry.id: entry.text("offset") for entry in tables["zone"]},
            noon={entry.id: int(entry.values.get("noon_from", 12)) for entry in tables["daypart"]},
            ordinals={w: int(e.values["value"]) for e in tables["number"] for w in e.texts("ordinals")},
            periods={entry.id: int(entry.values["months"]) for entry in tables["period"]},
            words=words,
            clock=_clock([entry.id for entry in tables["zone"]], [entry.id for entry in tables["daypart"]]),
            votes=_votes(tables["vote"]),
        )


def _names(entries: Sequence[Entry]) -> tuple[dict[str, int], dict[str, int]]:
    full = {name: int(entry.values["number"]) for entry in entries for name in entry.texts("variants")}
    short = {name: int(entry.values["number"]) for entry in entries for name in entry.texts("short")}
    return full, short


def _votes(entries: Sequence[Entry]) -> tuple[dt.date, ...]:
    try:
        return tuple(dt.date.fromisoformat(entry.id) for entry in entries)
    except ValueError as error:
        raise RuleError([f"[[vote]]: {error}"]) from error


def _triggers(
    tables: Mapping[str, Sequence[Entry]], words: Mapping[str, frozenset[str]], kinds: Mapping[str, Collection[str]]
) -> dict[str, _Trigger]:
    fragments = {entry.id: entry.text("pattern") for entry in tables["fragment"]}
    by_trigger: dict[str, list[_Pattern]] = {}
    problems: list[str] = []
    for entry in tables["pattern"]:
        try:
            pattern = _pattern(entry, fragments, words)
        except RuleError as error:
            problems += error.problems
            continue
        for name in entry.texts("trigger"):
            by_trigger.setdefault(name, []).append(pattern)
    gates = {entry.id: entry for entry in tables["gate"]}
    lost = sorted(gates.keys() - by_trigger.keys())
    problems += [f"{gates[name].source}: [[gate]] {name!r}: no pattern has this trigger" for name in lost]
    if problems:
        raise RuleError(problems)
    triggers: dict[str, _Trigger] = {}
    for name, patterns in by_trigger.items():
        gate = gates.get(name)
        trigger = _Trigger(
            patterns=tuple(patterns),
            spaced=tuple(pattern for pattern in patterns if not pattern.marked),
            before=frozenset(w for v in gate.texts("variants") for w in kinds.get(v, (v,))) if gate else None,
            after=words.get(gate.text("after"), frozenset()) if gate else frozenset(),
        )
        for word in kinds.get(name, (name,)):
            triggers[word] = _joined(triggers[word], trigger) if word in triggers else trigger
    return triggers


def _joined(one: _Trigger, other: _Trigger) -> _Trigger:
    before = None if one.before is None or other.before is None else one.before | other.before
    return _Trigger(one.patterns + other.patterns, one.spaced + other.spaced, before, one.after | other.after)


def _pattern(entry: Entry, fragments: Mapping[str, str], words: Mapping[str, frozenset[str]]) -> _Pattern:
    """Compile an entry.

    Raises
    ------
    RuleError
        With what is wrong in it.
    """
    where = f"{entry.source}: [[pattern]] {entry.id!r}"
    lists = {key: entry.text(key) for key in ("after", "not_after", "head_not_after", "not_before")}
    problems = [f"{where}: no [[words]] {name!r}" for name in lists.values() if name and name not in words]
    if entry.text("guard") not in _GUARDS:
        problems.append(f"{where}: no guard {entry.text('guard')!r}; there are {', '.join(sorted(_GUARDS))}")
    try:
        compiled = re.compile(_expand(entry.text("pattern"), fragments), re.IGNORECASE)
    except (re.error, KeyError) as error:
        raise RuleError([*problems, f"{where}: {error}"]) from error
    if problems:
        raise RuleError(problems)
    return _Pattern(
        rule=f"dates.{entry.id}",
        match=compiled.match,
        **{key: words.get(name, frozenset()) for key, name in lists.items()},
        before=frozenset(entry.texts("before")),
        marked=entry.flag("marked"),
        guard=entry.text("guard"),
        unit=entry.text("unit"),
        shift=entry.values.get("shift"),
        bare=entry.flag("bare"),
        loose=entry.flag("loose"),
    )


def _expand(pattern: str, fragments: Mapping[str, str]) -> str:
    for _ in range(_DEPTH):
        if "$" not in pattern:
            break
        pattern = _NAME.sub(lambda name: fragments[name[1]], pattern)
    return pattern.replace(" ", "[ ]{1,3}").replace("~", "[ ]{0,3}")


def _clock(zones: Sequence[str], dayparts: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern of "pukul 09.00 Wita", "| 19:05" and "jam 8 malam", from the end of a date on."""
    part = "|".join(map(re.escape, dayparts))
    return re.compile(
        r"[ ]{0,3}[,|•–-]?[ ]{0,3}(?:(?:mulai|sekitar|sekira|sekitaran|tepat|tepatnya|pada|jelang)[ ]{1,3}){0,2}"
        r"(?P<head>(?:pukul|pkl|jam)\b\.?[ ]{0,3})?"
        r"(?P<hour>[01]?\d|2[0-4])(?:(?P<sign>[.:])(?P<minute>[0-5]\d)(?::\d\d)?)?(?!\d)"
        r"(?:[ ]{0,3}(?:[-–]|s[./]d\.?|hingga|sampai)[ ]{0,3}\d{1,2}[.:]\d\d(?!\d))?"
        rf"(?:[ ]{{0,3}}(?P<part>{part})\b)?(?:[ ]{{0,3}}(?P<zone>{'|'.join(zones)})\b)?",
        re.IGNORECASE,
    )


class Expression(NamedTuple):
    """What the scan found, before it is put on the calendar.

    Attributes
    ----------
    start, end
        Offsets in the view.
    rule
        The pattern's id.
    first, last
        The day, month or year; both ends of a span. Empty where the expression is relative.
    weekday
        ISO number of the weekday that is written.
    direction
        -1, 0 or 1 as the adverb says, None without one.
    unit, shift
        For a relative expression: how many days, weeks, months or years from the anchor.
    loose
        Whether speech uses it loosely, so that it is no date inside quotation marks.
    time
        The hour beside it.
    flags
        What is odd about it.
    """

    start: int
    end: int
    rule: str
    first: Partial
    last: Partial | None = None
    weekday: int | None = None
    direction: int | None = None
    unit: str = ""
    shift: int = 0
    loose: bool = False
    time: str | None = None
    flags: tuple[str, ...] = ()


def find(text: str, view: str, words: Words, rules: DateRules, anchor: dt.date | None) -> list[DateMention]:
    """Find every date of a text.

    Parameters
    ----------
    text
        The original.
    view, words
        Its view and the words of the view.
    anchor
        The day of the report; without one, relative expressions give no record.
    """
    return resolve(scan(view, words, rules), text, rules, anchor)


# ---- scan ------------------------------------------------------------------------------------------------------------


def scan(view: str, words: Words, rules: DateRules) -> list[Expression]:
    """Find the date expressions of a view in one pass over its words."""
    found: list[Expression] = []
    done = -1
    starts, lowers, gaps = words.starts, words.lowers, words.gaps
    last = len(lowers) - 1
    for i in words.among(rules.openers):
        if starts[i] < done:
            continue
        trigger = rules.triggers[lowers[i]]
        before = lowers[i - 1] if i else ""
        following = lowers[i + 1] if i < last else ""
        if trigger.before is not None and following not in trigger.before and before not in trigger.after:
            continue
        for pattern in trigger.spaced if gaps[i + 1] == " " else trigger.patterns:
            if (pattern.after and before not in pattern.after) or (pattern.before and following not in pattern.before):
                continue
            match = pattern.match(view, starts[i])
            if match is None or not _fits(pattern, words, i, match, found, rules):
                continue
            read = _read(match, pattern, rules)
            if read is None:
                continue
            done = match.end()
            if read is not _INVALID:
                found.append(_with_time(read, view, words, i, rules))
            break
    return found


_NO_DATE = Partial()
_INVALID = Expression(0, 0, "", _NO_DATE)


def _fits(
    pattern: _Pattern, words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules
) -> bool:
    """Return whether what stands around the match lets it be a date."""
    before = words.lowers[i - 1] if i else ""
    gap = words.gaps[i]
    if pattern.after and not _is_blank(gap):
        return False
    if (before in pattern.not_after or (pattern.unit and before.isdigit())) and len(gap) <= 2:
        return False
    if pattern.head_not_after and i > 1 and words.lowers[i - 2] in pattern.head_not_after:
        return False
    if pattern.not_before:
        k = words.at(match.end())
        if k < len(words.texts) and words.lowers[k] in pattern.not_before and _is_blank(words.gaps[k]):
            return False
    if len(gap) == 1 and ((before.isdigit() and gap in "./-,:") or (gap == "-" and before == words.lowers[i])):
        return False
    return _GUARDS[pattern.guard](words, i, match, found, rules)


def _is_blank(gap: str) -> bool:
    return gap.strip(" ") in ("", ".", ":")


_Guard = Callable[[Words, int, re.Match[str], Sequence[Expression], DateRules], bool]


def _always(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    return True


def _capital(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    return words.texts[i][0].isupper()


def _month(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    """Return whether a month's name is not a person's ("dari Mei Lestari")."""
    return words.texts[i][0].isupper() and not _has_name_after(words, i)


def _no_name_after(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    """Return whether no name follows the match: "tanggal 10", not "tanggal 10 Zulhijah"."""
    return not _has_name_after(words, words.at(match.end() - 1))


def _has_name_after(words: Words, i: int) -> bool:
    return i + 1 < len(words.texts) and words.gaps[i + 1].strip(" ") == "" and words.texts[i + 1][0].isupper()


def _plain_month(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    """Return whether a month's name stands alone among small words ("inflasi Oktober")."""
    text = words.texts[i]
    if not text.istitle() or words.lowers[i] in rules.words["given_name"] or _has_name_after(words, i):
        return False
    return i > 0 and words.gaps[i].strip(" ") == "" and words.texts[i - 1].islower()


def _not_week(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    """Return whether "minggu" is Sunday, not the week that "minggu lalu" and a sentence's "Minggu lalu" name."""
    if rules.weekdays[words.lowers[i]] != _SUNDAY:
        return True
    return words.texts[i][0].isupper() and i > 0 and words.gaps[i].strip(" ") in ("", ",")


def _attribution(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    """Return whether a weekday alone is a day: "kata dia, Senin.", "pada Senin"; not "hari Rabu", "Jumat Agung"."""
    if not words.texts[i][0].isupper() or _has_name_after(words, i) or words.texts[i].isupper():
        return False
    after = words.gaps[i + 1]
    if i == 0:
        return False
    before, gap = words.lowers[i - 1], words.gaps[i]
    if after.strip(" ") == "" and i + 1 < len(words.texts) and words.lowers[i + 1] in _JOINERS:
        return False
    if before == "hari":
        return i > 1 and words.lowers[i - 2] in _ON and _is_blank(gap)
    if before in _ENDS and any(word in rules.weekdays for word in words.lowers[max(i - 3, 0) : i - 1]):
        return False
    if before in _ON and gap.strip(" ") == "":
        return True
    closed = after[:1] in (".", ",", "\n", ")", ";") or after.lstrip(" ")[:1] in (".", ",", "(", "\n", "") or not after
    return closed and (gap.strip(" ") in ("", ",", "),") or "," in gap)


_SUNDAY = 7
_ON = frozenset({"pada", "sejak", "hingga", "sampai", "mulai", "hari", "per"})
_ENDS = frozenset({"hingga", "sampai", "dengan"})
_JOINERS = frozenset({"dan", "hingga", "sampai", "atau"})


def _numeric(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    """Return whether the match is not a part of a longer number ("045/1/10/2024")."""
    return words.gaps[i][-1:] not in ("/", "-", ".", ":") and (not i or words.lowers[i - 1] not in rules.words["place"])


def _bracket(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    return words.gaps[i].rstrip(" ")[-1:] == "("


def _no_page(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    """Return whether a bracket holds a day: "(1/2)" may be a page, "(2/1)" a score and "(24/7)" is every hour."""
    day, month, gap = words.lowers[i], match["number"], words.gaps[i]
    if (day, month) == ("24", "7") or gap.rstrip(" ")[-1:] != "(":
        return False
    return int(day) > 12 or day[0] == "0" or ("." in gap and int(day) > int(month))


def _term(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    """Return whether a term of office, not a plan, stands before a span of years."""
    heads, plans = rules.words["term_head"], rules.words["plan_head"]
    term = _WORD_TO.search(match[0]) is not None
    if i and words.lowers[i - 1] in rules.words["year_word"] and not _unnamed(words, i, match, found, rules):
        return False
    for k in range(i - 1, max(i - 8, -1), -1):
        if "." in words.gaps[k + 1] or "\n" in words.gaps[k + 1]:
            break
        if words.lowers[k] in plans:
            return False
        term = term or words.lowers[k] in heads
    return term


_WORD_TO = re.compile(r"hingga|sampai", re.IGNORECASE)


#: What may stand between the words of a name: "Rencana Kerja (Renja) Tahun 2024", "HUT ke-79 RI tahun 2024".
_INSIDE = frozenset({"", "(", ")", "-"})


def _unnamed(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    """Return whether "tahun 2024" is not part of a name ("UU Nomor 5 Tahun 2014", "pemilihan serentak tahun 2024")."""
    k = i - 2
    if k < 0 or words.gaps[k + 1].strip(" ") not in _INSIDE:
        return True
    free = rules.words["year_head"]
    before = words.lowers[k]
    if before in free:
        return True
    if before.isdigit():
        return False
    if words.texts[k][0].isupper() and words.texts[k + 1][0].isupper():
        return False
    heads = rules.words["named_head"]
    for j in range(k, max(k - 7, -1), -1):
        if words.lowers[j] in heads:
            return False
        if words.lowers[j] in free or words.gaps[j].strip(" ") not in _INSIDE:
            return True
    return True


def _new_year(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    return i > 1 and words.texts[i - 1] == "baru" and words.lowers[i - 2] == "tahun"


def _listed(words: Words, i: int, match: re.Match[str], found: Sequence[Expression], rules: DateRules) -> bool:
    """Return whether the match goes on with a list: "tahun 2020, 2023, dan 2024", "Januari dan Februari"."""
    if not found or i < 1 or found[-1].first.day is not None or found[-1].first == _NO_DATE:
        return False
    by_month = "month" in match.re.groupindex
    if (found[-1].first.month is None) == by_month or (by_month and _has_name_after(words, i)):
        return False
    k = i - 2 if words.lowers[i - 1] in ("dan", "atau", "serta", "maupun", "hingga") else i - 1
    if k < 0 or words.ends[k] != found[-1].end:
        return False
    gaps = [words.gaps[j].strip(" ") for j in range(k + 1, i + 1)]
    return all(gap in ("", ",") for gap in gaps) and (len(gaps) > 1 or gaps[0] == ",")


_GUARDS: Mapping[str, _Guard] = {
    "": _always,
    "attribution": _attribution,
    "bracket": _bracket,
    "capital": _capital,
    "listed": _listed,
    "month": _month,
    "new year": _new_year,
    "no name after": _no_name_after,
    "no page": _no_page,
    "not week": _not_week,
    "numeric": _numeric,
    "plain month": _plain_month,
    "term": _term,
    "unnamed": _unnamed,
}


def _read(match: re.Match[str], pattern: _Pattern, rules: DateRules) -> Expression | None:
    """Turn a match into an expression.

    Returns
    -------
    Expression or None
        None where a word in it is no month, weekday or number; ``_INVALID`` where the calendar has no such date.
    """
    groups = match.groupdict()
    adverb = groups.get("adverb")
    direction = rules.directions.get(" ".join(adverb.lower().split())) if adverb else None
    weekday = None
    for name in ("weekday", "weekday2"):
        if word := groups.get(name):
            number = rules.weekdays.get(word.lower())
            if number is None:
                return None
            weekday = weekday or number
    if pattern.unit:
        return _relative(match, pattern, groups, direction, rules)
    start, end = match.span()
    if "week" in groups:
        shift = rules.directions[groups["week"].lower()]
        return Expression(start, end, pattern.rule, _NO_DATE, weekday=weekday, unit="week", shift=shift)
    if pattern.bare:
        return Expression(start, end, pattern.rule, _NO_DATE, weekday=weekday, direction=direction)
    ends = _points(groups, rules)
    if ends is None:
        return None
    first, last, flags = ends
    if not _is_valid(first) or not (last is None or _is_valid(last)):
        return _INVALID
    if last is not None and not _ascends(first, last):
        return None
    if groups.get("that_year") and direction is not None and first.year is None:
        return Expression(start, end, pattern.rule, first, last, weekday, unit="year", shift=direction, flags=flags)
    return Expression(start, end, pattern.rule, first, last, weekday, direction, flags=flags)


def _relative(
    match: re.Match[str], pattern: _Pattern, groups: Mapping[str, str | None], direction: int | None, rules: DateRules
) -> Expression | None:
    shift = pattern.shift if pattern.shift is not None else direction
    if shift is None:
        return None
    if count := groups.get("count"):
        number = int(count) if count.isdigit() else _spelled(count, rules)
        if not number:
            return None
        shift *= number
    return Expression(*match.span(), pattern.rule, _NO_DATE, unit=pattern.unit, shift=shift, loose=pattern.loose)


def _points(
    groups: Mapping[str, str | None], rules: DateRules
) -> tuple[Partial, Partial | None, tuple[str, ...]] | None:
    """Read the ends of a span, or the one point."""
    if groups.get("separator") not in (None, "/") and not groups.get("year"):
        return None
    if groups.get("period"):
        return _period(groups, rules)
    if (listed := groups.get("listed")) and listed.lower() not in rules.months:
        return None
    flags: tuple[str, ...] = ()
    months: list[int | None] = []
    for name, number in (("month", "number"), ("month2", "number2")):
        if word := groups.get(name):
            months.append(rules.months.get(word.lower()))
            if months[-1] is None:
                return None
        else:
            digits = groups.get(number)
            months.append(int(digits) if digits else None)
    month, month2 = months
    year, year2 = _year(groups.get("year")), _year(groups.get("year2"))
    day, day2 = (int(d) if (d := groups.get(name)) else None for name in ("day", "day2"))
    if spelled := groups.get("spelled"):
        day = _spelled(spelled, rules)
        if not day:
            return None
    if spelled_year := groups.get("spelled_year"):
        year = 2000 + _spelled(" ".join(spelled_year.split()[2:]), rules)
    if month is not None and day is not None and month > 12 >= day and "number" in groups:
        month, day = day, month
        flags = ("us_order",)
    if month2 is None and day2 is None and year2 is None:
        return Partial(year, month, day), None, flags
    if month2 is None:
        month2 = month
    if month is None:
        month = month2
    turns = month is not None and month2 is not None and month > month2
    if year2 is None and year is not None:
        year2 = year + turns
    if year is None and year2 is not None:
        year = year2 - turns
    return Partial(year, month, day), Partial(year2, month2, day2), flags


def _period(
    groups: Mapping[str, str | None], rules: DateRules
) -> tuple[Partial, Partial, tuple[str, ...]] | None:
    """Read a quarter, a third or a half of a year."""
    size = rules.periods[str(groups["period"]).lower()]
    ordinal, year = rules.ordinals[str(groups["ordinal"]).lower()], _year(groups["year"])
    if size * ordinal > 12:
        return None
    return Partial(year, size * (ordinal - 1) + 1), Partial(year, size * ordinal), ()


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    year = int(digits)
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def _spelled(text: str, rules: DateRules) -> int:
    """Read a number below 100 in words; 0 where it is none.

    "dua puluh tujuh" is 27, "dua belas" 12.
    """
    total = 0
    for word in text.lower().split():
        if word == "belas" and 0 < total < 10:
            total += 10
        elif word == "puluh" and 0 < total < 10:
            total *= 10
        elif word in rules.numbers and (total == 0 or total % 10 == 0) and not (total and rules.numbers[word] > 9):
            total += rules.numbers[word]
        else:
            return 0
    return total


def _is_valid(point: Partial) -> bool:
    return point.is_valid() or (point.month is None and point.year is None and 1 <= (point.day or 0) <= 31)


def _ascends(first: Partial, last: Partial) -> bool:
    if first.year is None or last.year is None:
        return (first.month, first.day or 0) != (last.month, last.day or 0) and not (
            first.month == last.month and (first.day or 0) > (last.day or 0)
        )
    return (first.year, first.month or 0, first.day or 0) < (last.year, last.month or 0, last.day or 0)


def _with_time(found: Expression, view: str, words: Words, i: int, rules: DateRules) -> Expression:
    """Add the hour that follows the expression, or stands right before it."""
    if found.first.day is None and found.weekday is None and found.unit != "day":
        return found
    time = _time(rules.clock.match(view, found.end), rules)
    if time is None and i > 2:
        for k in range(i - 2, max(i - 7, -1), -1):
            if words.lowers[k] in ("pukul", "pkl", "jam"):
                match = rules.clock.match(view, words.starts[k])
                if match and view[match.end() : found.start].strip(" ,(") in ("", "pada", "hari", "pada hari"):
                    time = _time(match, rules)
                break
    return found._replace(time=time) if time else found


def _time(match: re.Match[str] | None, rules: DateRules) -> str | None:
    if match is None:
        return None
    zone, sign, head, part = match["zone"], match["sign"], match["head"], match["part"]
    if not (head or (sign and zone) or sign == ":"):
        return None
    hour = int(match["hour"])
    if part and rules.noon[part.lower()] <= hour < 12:
        hour += 12
    if hour == 24:
        hour = 0
    return f"{hour:02}:{match['minute'] or '00'}{rules.offsets[zone.lower()] if zone else ''}"


# ---- anchor ----------------------------------------------------------------------------------------------------------

_WINDOW = 160
_PUBLISHED = re.compile(
    r"[^\w\n]{0,3}(?:diposting|diposkan|dipublikasikan|diterbitkan|published|posted|diunggah|tayang)"
    r"(?:[ ](?:pada|on|at|oleh))?[ :]{0,3}$",
    re.IGNORECASE,
)
_WIDGET = re.compile(r"\d(?:[.,]\d)?\s?°?\s?C\b")
_DASH = re.compile(r"[ ]{0,3}[)]?[ ]{0,3}[-–—]")
_UNTIL = re.compile(r"(?:hingga|sampai|mulai|tanggal|menjelang|jelang|sejak|besok|lusa)[ ,]{0,3}$", re.I)


def find_anchor(view: str, expressions: Sequence[Expression]) -> tuple[dt.date | None, str]:
    """Find the day of publication in the text.

    Parameters
    ----------
    view
        The view that was scanned.
    expressions
        What :func:`scan` found in it.

    Returns
    -------
    tuple
        The day and the rule that found it: a publication stamp, else the latest complete date with a weekday behind
        the comma of an attribution ("kata dia di Sintang, Senin (7/10/2024)"), else the first one elsewhere, else
        the date of the dateline; None and "" where there is none. A weather or crawl date in a page's header is none.
    """
    candidates: dict[str, dt.date] = {}
    for found in expressions:
        day = found.first.first() if found.last is None and found.first.day is not None else None
        if day is None:
            continue
        line = view[max(0, found.start - _WINDOW) : found.start].rpartition("\n")[2]
        after = view[found.end : found.end + _WINDOW].partition("\n")[0]
        if _is_widget(found, view, line):
            continue
        if _is_stamp(found, line, after):
            return day, "dates.anchor-stamp"
        if found.weekday is None:
            if len(line) < 60 and line.endswith(", ") and _DASH.match(after):
                candidates.setdefault("dateline", day)
        elif found.direction != 1 and not _UNTIL.search(line[-16:]):
            if found.weekday != day.isoweekday():
                candidates.setdefault("doubtful", day)
            elif line.rstrip(" (")[-1:] == ",":
                candidates["attribution"] = max(candidates.get("attribution", day), day)
            else:
                candidates.setdefault("report", day)
    for rule in ("attribution", "report", "dateline", "doubtful"):
        if rule in candidates:
            return candidates[rule], f"dates.anchor-{rule}"
    return None, ""


def _is_widget(found: Expression, view: str, line: str) -> bool:
    """Return whether the date is a header's, beside the weather: the day on which the page was fetched."""
    header = view[max(0, found.start - 60) : found.start]
    return found.time is None and not line.strip() and _WIDGET.search(header) is not None


def _is_stamp(found: Expression, line: str, after: str) -> bool:
    """Return whether the date stands on a line of its own with an hour, or behind a line's word of publishing."""
    if _PUBLISHED.match(line):
        return True
    if found.time is None:
        return False
    return len(line) < 60 and len(after) < 40 and not after.rstrip().endswith(".")


# ---- resolve ---------------------------------------------------------------------------------------------------------

_FAR = 300
#: Days around the anchor in which a wrong weekday is a slip, not another year.
_CLOSE = 60


def resolve(
    expressions: Sequence[Expression], text: str, rules: DateRules, anchor: dt.date | None
) -> list[DateMention]:
    """Put expressions on the calendar.

    Parameters
    ----------
    expressions
        What :func:`scan` found.
    text
        The original.
    anchor
        The day of the report. Without one, relative expressions give no record and a missing year stays open, unless
        the same day stands elsewhere in the text with its year.
    """
    known = _known_years(expressions)
    mentions = []
    for k, found in enumerate(expressions):
        origin = anchor
        if found.unit == "day" and anchor and _is_quoted(text, found.start):
            if found.loose:
                continue
            origin = _spoken(expressions, k, anchor)
        placed = _place(found, origin, known, rules.votes)
        if placed is None:
            continue
        first, last = placed
        start, end = bounds(first, last)
        anchored = (first, last) != (found.first, found.last)
        agrees = None
        if found.weekday is not None and start is not None:
            agrees = start.isoweekday() == found.weekday
        mentions.append(
            DateMention(
                span=Span(found.start, found.end),
                text=text[found.start : found.end],
                value=edtf(first, last),
                start=start,
                end=end,
                granularity=_granularity(first, last),
                weekday=rules.weekday_names[found.weekday] if found.weekday else None,
                weekday_agrees=agrees,
                time=found.time,
                resolution=Resolution.ANCHORED if anchored else Resolution.EXPLICIT,
                rule=found.rule,
                flags=(*found.flags, "weekday_mismatch") if agrees is False else found.flags,
            )
        )
    return mentions


_QUOTE = 3000
_NEAR = 800
_DELAY = 3


def _is_quoted(text: str, at: int) -> bool:
    """Return whether a quotation that opens in the same paragraph, not far before, is still open."""
    if text[at - 1 : at] in {'"', "“"} and text[at - 2 : at - 1] in {" ", "\n"}:
        return True
    begin = max(text.rfind("\n", max(0, at - _QUOTE), at) + 1, at - _QUOTE, 0)
    before = text[begin:at]
    return before.count('"') % 2 == 1 or before.rfind("“") > before.rfind("”")


def _spoken(expressions: Sequence[Expression], k: int, anchor: dt.date) -> dt.date:
    """Return the day of speaking for a relative day inside a quotation.

    It is the nearest day with a weekday, if the report appeared at most three days later, else the anchor.
    """
    at = expressions[k].start
    near = sorted(expressions[max(0, k - 2) : k + 3], key=lambda other: abs(other.start - at))
    for other in near:
        if other.weekday is None or other.last is not None or abs(other.start - at) > _NEAR:
            continue
        placed = _place(other, anchor, {}, ())
        day = placed[0].first() if placed else None
        if day and 0 <= (anchor - day).days <= _DELAY:
            return day
    return anchor


def _granularity(first: Partial, last: Partial | None) -> Granularity:
    if last is not None:
        return Granularity.RANGE
    if first.day:
        return Granularity.DAY
    return Granularity.MONTH if first.month else Granularity.YEAR


def _known_years(expressions: Sequence[Expression]) -> dict[tuple[int, int], int]:
    """Return the year of each day that stands in the text with one year and no other."""
    years: dict[tuple[int, int], set[int]] = {}
    for found in expressions:
        for point in (found.first, found.last):
            if point and point.year and point.month and point.day:
                years.setdefault((point.month, point.day), set()).add(point.year)
    return {day: found.pop() for day, found in years.items() if len(found) == 1}


def _place(
    found: Expression, anchor: dt.date | None, known: Mapping[tuple[int, int], int], votes: Sequence[dt.date]
) -> tuple[Partial, Partial | None] | None:
    """Complete an expression; None where the anchor that it needs is missing."""
    if found.first == _NO_DATE:
        try:
            return None if anchor is None else _from_anchor(found, anchor, votes)
        except OverflowError:
            return None
    first, last = found.first, found.last
    if first.month is None and first.year is None:
        if anchor is None:
            return None
        placed = Partial(anchor.year, anchor.month, first.day)
        to = Partial(anchor.year, anchor.month, last.day) if last else None
        return (placed, to) if placed.is_valid() and (to is None or to.is_valid()) else None
    if first.year is not None:
        return first, last
    year = _missing_year(found, anchor, known)
    if year is None:
        return first, last
    to = None if last is None else last.in_year(year)
    first = first.in_year(year - (last is not None and _is_earlier(last, first)))
    return (first, to) if first.is_valid() and (to is None or to.is_valid()) else (found.first, last)


def _is_earlier(day: Partial, other: Partial) -> bool:
    """Tell whether a day or month comes before another in a year; of one month, only where both days are known."""
    if day.month != other.month or day.day is None or other.day is None:
        return (day.month or 0) < (other.month or 0)
    return day.day < other.day


def _from_anchor(
    found: Expression, anchor: dt.date, votes: Sequence[dt.date]
) -> tuple[Partial, Partial | None] | None:
    if found.unit == "vote":
        vote = min(votes, key=lambda day: abs((day - anchor).days), default=None)
        if vote is None or abs((vote - anchor).days) > _FAR:
            return None
        return _day(vote + dt.timedelta(found.shift)), None
    monday = anchor - dt.timedelta(anchor.weekday())
    if found.weekday is not None:
        if found.unit == "week" or found.direction == 0:
            return _day(monday + dt.timedelta(7 * found.shift + found.weekday - 1)), None
        if found.direction == -1:
            anchor -= dt.timedelta(1)
        return _day(anchor + dt.timedelta(weekday_from(anchor, found.weekday, after=found.direction == 1))), None
    if found.unit == "day":
        return _day(anchor + dt.timedelta(found.shift)), None
    if found.unit == "weekend":
        saturday = monday + dt.timedelta(7 * found.shift + 5)
        return _day(saturday), _day(saturday + dt.timedelta(1))
    if found.unit == "week":
        start = monday + dt.timedelta(7 * found.shift)
        return _day(start), _day(start + dt.timedelta(6))
    if found.unit == "month":
        return add_months(anchor, found.shift), None
    return Partial(anchor.year + found.shift), None


def _day(date: dt.date) -> Partial:
    return Partial(date.year, date.month, date.day)


def _missing_year(
    found: Expression, anchor: dt.date | None, known: Mapping[tuple[int, int], int]
) -> int | None:
    """Return the year that an expression leaves out; that of its end if it is a span."""
    point = found.last or found.first
    if point.month and point.day and (point.month, point.day) in known:
        return known[point.month, point.day]
    if anchor is None:
        return None
    if found.unit:
        return anchor.year + found.shift
    if found.direction == 0:
        return anchor.year
    if found.direction is not None:
        return nearest_year(point, anchor, found.direction)
    near = nearest_year(point, anchor)
    if near is None:
        return None
    if found.weekday is not None:
        return near if found.last else _year_of_weekday(found.first, found.weekday, near, anchor)
    here = point.in_year(anchor.year)
    start = here.first() if here.is_valid() else None
    return near if start is None or abs((start - anchor).days) > _FAR else anchor.year


def _year_of_weekday(point: Partial, weekday: int, near: int, anchor: dt.date) -> int:
    """Return the year in which a day far from the anchor has its weekday, else the nearest one."""
    points = [point.in_year(year) for year in (near, near - 1, near + 1) if dt.MINYEAR <= year <= dt.MAXYEAR]
    days = {day.year: day for there in points if there.is_valid() and (day := there.first())}
    if near not in days or abs((days[near] - anchor).days) < _CLOSE or days[near].isoweekday() == weekday:
        return near
    agreeing = [year for year, day in days.items() if day.isoweekday() == weekday and abs((day - anchor).days) < 366]
    return min(agreeing, key=lambda year: abs((days[year] - anchor).days), default=near)
