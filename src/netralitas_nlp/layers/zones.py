"""The zones of a page: headline, dateline, captions, credits, furniture and the article's own paragraphs.

Nothing is cut from the text. What stands in ``data/furniture.toml`` is found by the words that open it, at the start
of a line or after a sentence, for many pages reach us as one glued line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from operator import attrgetter
from typing import NamedTuple

from netralitas_nlp._rules import Entry, Source, Table, builtin, load
from netralitas_nlp.types import Credit, CreditRole, Dateline, Furniture, FurnitureKind, Mention, Span

__all__ = ["ZoneRules", "Zones", "find"]

_KINDS = frozenset(FurnitureKind)
_TABLES = {
    "link": Table(
        required={"variants": list, "opens": str},
        optional={"alone": bool},
        choices={"opens": frozenset({"colon", "colon-or-gap", "any"})},
    ),
    "marker": Table(
        required={"variants": list, "kind": str, "place": str, "extent": str},
        optional={"needs": list, "max": int, "after": str},
        choices={
            "kind": _KINDS,
            "place": frozenset({"line", "whole", "break", "free"}),
            "extent": frozenset({"words", "clause", "line", "block"}),
        },
    ),
    "line": Table(
        required={"pattern": str, "place": str},
        optional={"kind": str, "role": str},
        choices={"kind": _KINDS, "place": frozenset({"head", "any"}), "role": frozenset(CreditRole)},
    ),
    "credit": Table(
        required={"variants": list, "role": str},
        optional={"line_only": bool, "free": bool},
        choices={"role": frozenset(CreditRole)},
    ),
    "words": Table(required={"variants": list}),
}

_LISTS = (
    "outlet",
    "not-a-place",
    "place-acronym",
    "two-word-place",
    "place-tail",
    "colon-place",
    "opener",
    "camel",
    "not-a-byline",
)
_FOLDED_LISTS = frozenset({"outlet", "not-a-byline"})

#: How far a title, a line of furniture and a credit may reach, in code points.
_TITLE = 400
_LINE = 500
_CREDIT = 70
_NAME_WORDS = 5
#: A shorter part before a capital is a name's own ("LavAni").
_SHORTEST_GLUED = 4
#: Lines that may stand before the article, and how long one must be to count as its text.
_HEAD = 14
_BODY_LINE = 60
#: Long lines that may stand before the dateline: headline, lead, captions.
_LEADS = 5
#: A dateline ends within this many code points of the text.
_LEAD = 1500

_TOKEN = re.compile(r"[\[(©-]?\s?\w*")
_NON_BLANK = re.compile(r"\S+")
_OWN_LINE = re.compile(r"\S[^\n]*")
_BULLETS = " •*»►▶→|-–—>\t"
_ENDED = frozenset(".!?\"”“’')]:;,…|*")
_COLON = re.compile(r"\s{0,3}[:：]")
_GAP = re.compile(r"  {1,3}(?=[A-Z0-9\"“‘'])")
_TITLE_START = re.compile(r"\s{0,3}[:：]?\s{0,4}(?=[A-Z0-9\"“”‘'(\[])")
_GAMBAS = re.compile(r"['\"”’]{0,2}\s{0,3}:?\s{0,6}\[Gambas:[^\]\n]{0,40}\]")
#: Here and below, what the next character may be goes first: most of a text fails at once.
_TITLE_STOP = re.compile(
    r"(?=[ A-Z\"“])(?: {3,40}(?=\S)| {2}(?=[^ a-z])"
    r"|(?<=[a-z]{2})(?=[A-Z][a-z]{2})|(?<=[A-Z]{2})(?=[A-Z](?!nya\b)[a-z]{2})|(?<=\d)(?=[A-Z][a-z]{2})"
    r"|(?<=[!?.])(?=[\"“A-Z])|(?<=\w)(?=[\"“][A-Z])|(?<=\w )(?=[\"“][A-Z])| (?=\[Gambas)| (?=\(\w{2,6}/\w{2,6}\)))"
)
_CLOSING = re.compile(r"['\"”’]{1,2}(?=\s{0,2}(?:$|[:.\n\[(]|di sini))(?:\s{0,2}di sini)?\s?:?")
_SENTENCE = re.compile(r"[a-z\d)][.] {1,3}(?=[A-Z\"“])")
_CAPITALISED = re.compile(r"(?=[A-Z\d])(?<=[\w?!\"”] )(?:\d{1,2}\. )?[A-Z][a-z]+")
_CLAUSE = re.compile(r"[^\n.:!?]{0,80}[.:!?]{0,2}")
_NAMES = re.compile(r"(?:[A-Z@][\w.'/@-]{0,30}(?:, | )?){1,6}")
_BODY_END = frozenset(".!?\"”'’)]")
_MONTHS = "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"
_DATE = re.compile(
    r"(?:(?:Senin|Selasa|Rabu|Kamis|Jum'?at|Sabtu|Minggu)\s?)?"
    rf"(?:\d{{1,2}}\s(?:{_MONTHS})(?:\s\d{{4}})?|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?)?",
    re.I,
)
_DOMAIN = re.compile(
    r"(?:www\.)?[A-Za-z0-9][\w-]{0,30}(?:\.[\w-]{1,30}){0,2}\.(?:com|co|id|net|news|info|org|tv|online|site|media)\b",
    re.I,
)
_GLUED_DATELINE = re.compile(
    r"(?<=[.!?\"”,)\n ])(?:[A-Z][\w' ]{1,30},\s?)?[A-Z]\w{1,30}\.(?:com|co\.id|id|net|COM|CO\.ID|ID|CO|NET|go\.id)"
    r"(?:, ?[A-Z][\w' ]{1,30})? {0,2}(?:--?|[–—])\s"
)
_DOMAIN_SIGN = re.compile(r"\.(?:co|CO|id|ID|net|go)\b|\.com")
_DASH = re.compile(
    r"(?=[-–—|])(?:(?<=[\s)])(?:--?|[–—|])(?=\s|[A-Z\"“])|(?:--|[–—])|-(?=\s)|(?<=[A-Z]{3}[A-Z,])-(?=[A-Z][a-z]))"
)
_ANY_DASH = re.compile(r"[-–—|]")
_LAST_PLACE = re.compile(r"(?:[A-Z][a-z']+|[A-Z]{2,})(?:(?: |, ?|/|-)(?:[A-Z][a-z']+|[A-Z]{2,})){0,4},?\s{0,4}$")
_SHOUTED_PLACE = re.compile(r"([A-Z]{4,}(?: [A-Z]{3,}){0,2})\. (?=[A-Z])")
_PLACE_BEHIND = re.compile(r", ?([A-Z][a-z]+)(?: ([A-Z][a-z]+))?")
_PARTS = re.compile(r"\s*(?:[,()\[\]|;]|(?<!\d)/|/(?!\d))\s*|\s+[–—-]\s+")
_PLACE = re.compile(r"[A-Z][\w'’.]*(?:[ -](?:[A-Z\d][\w'’.]*|dan|di))*")
_BYLINE = re.compile(r"[(\[]\s?([A-Za-z*@][^()\[\]\n]{0,38})[)\]]\s{0,2}\.?")
_CODE = re.compile(r"\(([a-z]{2,6}/[a-z]{2,6}|[a-z]{3,6})\)(?= [a-z\d])")
_END_MARK = re.compile(r"(?<=[\s.!?\"”])(?:\*\.\*|\*{1,5}|\(\*{1,3}\)|#{1,3})$")
_GLUED_END = re.compile(r"[.!?][\"”]? {0,3}(?=[A-Z\"“])")
#: The first character goes before the choice, which makes the search ten times as fast.
_AGENCY_CAPTION = re.compile(
    r"[(/Ff](?:(?<=[(/])(?:ANTARA|Antara)[^()\n]{0,60}[)/]\s{0,2}|(?:oto|(?<=F)OTO)\s?[:/][^\n]{1,60})$"
)
_CAPTION_START = re.compile(r"(?:Keterangan foto|Ket\.? ?foto|Caption|Ilustrasi|Foto|Teks foto)\s?[:.|]", re.I)


#: Photo credits that name nobody ("Foto: dok. pribadi").
_UNNAMED = ("dok", "ist", "http", "www", "humas", "tangkapan", "repro", "screenshot")


class _Rule(NamedTuple):
    """One rule of furniture or credits."""

    id: str
    table: str
    kind: FurnitureKind | None
    role: CreditRole | None
    place: str
    extent: str
    needs: tuple[str, ...]
    max: int
    after: re.Pattern[str] | None = None


class _Hit(NamedTuple):
    """Where the words of a rule stand: their line's index, start and end."""

    line: int
    start: int
    end: int
    rule: _Rule


class _Zone(NamedTuple):
    start: int
    end: int
    rule: _Rule


@dataclass(frozen=True, slots=True)
class ZoneRules:
    """The rules of ``furniture.toml``, ready to run.

    Attributes
    ----------
    trigger
        First words of what may stand inside a line.
    inside, opening
        Rules by the first word: those that may stand inside a line, and those that open one (in lower case).
    lines
        Patterns of whole lines.
    line, head
        All of them in one, without and with those that stand before the article: what neither matches needs no look.
    words
        The word lists by id.
    """

    trigger: re.Pattern[str]
    inside: Mapping[str, Sequence[tuple[str, _Rule]]]
    opening: Mapping[str, Sequence[tuple[str, _Rule]]]
    lines: Sequence[tuple[re.Pattern[str], _Rule]]
    line: re.Pattern[str]
    head: re.Pattern[str]
    words: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, sources: Iterable[Source] = ()) -> ZoneRules:
        """Read the built-in rules and those of `sources`.

        Raises
        ------
        RuleError
            If an entry has a mistake.
        """
        entries = load([builtin("furniture.toml"), *sources], _TABLES)
        inside: dict[str, list[tuple[str, _Rule]]] = {}
        opening: dict[str, list[tuple[str, _Rule]]] = {}
        for entry in (*entries["link"], *entries["credit"], *entries["marker"]):
            rule = _rule(entry)
            for variant in entry.texts("variants"):
                if rule.place in ("break", "free"):
                    for form in {variant, variant.upper(), variant.title(), variant.capitalize()}:
                        inside.setdefault(_token(form), []).append((form, rule))
                if rule.table == "credit" or rule.place not in ("break", "free"):
                    form = variant.lower()
                    opening.setdefault(_token(form), []).append((form, rule))
        return cls(
            re.compile(_alternation(inside)),
            {token: _longest_first(forms) for token, forms in inside.items()},
            {token: _longest_first(forms) for token, forms in opening.items()},
            [(re.compile(entry.text("pattern")), _rule(entry)) for entry in entries["line"]],
            _any_of(entry for entry in entries["line"] if entry.text("place") == "any"),
            _any_of(entries["line"]),
            _word_lists(entries["words"]),
        )


def _rule(entry: Entry) -> _Rule:
    kind, role = entry.text("kind"), entry.text("role")
    place = entry.text("place", "line" if entry.flag("line_only") else "free" if entry.flag("free") else "break")
    return _Rule(
        f"{entry.table}.{entry.id}",
        entry.table,
        FurnitureKind(kind) if kind else FurnitureKind.RELATED_LINK if entry.table == "link" else None,
        CreditRole(role) if role else None,
        place,
        entry.text("extent") or entry.text("opens"),
        entry.texts("needs") or (("alone",) if entry.flag("alone") else ()),
        int(entry.values.get("max", _LINE)),
        re.compile(entry.text("after")) if "after" in entry.values else None,
    )


def _word_lists(entries: Iterable[Entry]) -> dict[str, frozenset[str]]:
    """Unite the lists of one id; the names of outlets in lower case."""
    lists: dict[str, set[str]] = {name: set() for name in _LISTS}
    for entry in entries:
        fold = str.lower if entry.id in _FOLDED_LISTS else str
        lists.setdefault(entry.id, set()).update(map(fold, entry.texts("variants")))
    return {name: frozenset(words) for name, words in lists.items()}


def _token(words: str) -> str:
    found = _TOKEN.match(words)
    return found[0].rstrip() if found else ""


def _any_of(entries: Iterable[Entry]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry.text('pattern')})" for entry in entries))


def _alternation(tokens: Iterable[str]) -> str:
    """Return a pattern of many words, grouped by their first letters: three times as fast as a flat one."""
    groups: dict[str, list[str]] = {}
    for token in sorted(tokens, key=len, reverse=True):
        groups.setdefault(token[0], []).append(re.escape(token[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())


def _longest_first(forms: Iterable[tuple[str, _Rule]]) -> list[tuple[str, _Rule]]:
    return sorted(forms, key=lambda item: (-len(item[0]), item[1].place != "whole"))


_BYLINE_RULE = _Rule("credit.byline", "credit", None, CreditRole.REPORTER, "", "", (), 0)
_TAGS_RULE = _Rule("line.tags", "line", FurnitureKind.NAVIGATION, None, "", "", (), 0)
_END_RULE = _Rule("line.end-mark", "line", FurnitureKind.NOTICE, None, "", "", (), 0)
_COPY_RULE = _Rule("duplicate", "duplicate", FurnitureKind.DUPLICATE, None, "", "", (), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """The zones of one page.

    Attributes
    ----------
    headline, dateline, credits, furniture, captions
        Records of the article.
    paragraphs
        The article's own text without headline and captions, a span a paragraph.
    masked
        What later layers must not read: furniture and credits, disjoint and in order.
    """

    headline: Mention | None = None
    dateline: Dateline | None = None
    credits: tuple[Credit, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    captions: tuple[Mention, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    masked: tuple[Span, ...] = field(default=())


def find(text: str, view: str, rules: ZoneRules) -> Zones:
    """Find the zones of a page.

    Parameters
    ----------
    text
        The original.
    view
        Its view, of the same length.
    rules
        What :meth:`ZoneRules.load` read.
    """
    lines = [(line.start(), line.start() + len(line[0].rstrip())) for line in _OWN_LINE.finditer(view)]
    zones = _settle([*_inside(view, lines, rules), *_lines(view, lines, rules)])
    copy = _copy(view, lines, zones)
    if copy:
        zones = [zone for zone in zones if zone.end <= copy.start or zone.start >= copy.end]
    zones = _joined(view, _settle([*zones, *([copy] if copy else []), *_bylines(view, lines, zones, copy, rules)]))
    own = list(_own(view, lines, zones))
    dateline = _dateline(view, own, rules)
    headline = _headline(view, own, dateline)
    again = _repeated(view, own, headline) if headline else None
    if again:
        zones = _settle([*zones, again])
        own = [span for span in own if span.start != again.start]
    captions = list(_captions(view, own, zones, headline, dateline))
    apart = {*captions, *([headline] if headline else [])}
    return Zones(
        headline=_mention(text, headline) if headline else None,
        dateline=Dateline(
            span=dateline.span,
            text=text[slice(*dateline.span)],
            place=dateline.place,
            outlet=dateline.outlet,
            rule=dateline.rule,
        )
        if dateline
        else None,
        credits=tuple(_credits(text, zones)),
        furniture=tuple(_furniture(text, zones)),
        captions=tuple(_mention(text, span) for span in captions),
        paragraphs=tuple(_paragraphs(view, [span for span in own if span not in apart])),
        masked=tuple(Span(zone.start, zone.end) for zone in zones),
    )


def _mention(text: str, span: Span) -> Mention:
    return Mention(span=span, text=text[span.start : span.end])


def _credits(text: str, zones: Iterable[_Zone]) -> Iterator[Credit]:
    for start, end, rule in zones:
        if rule.role:
            yield Credit(span=Span(start, end), text=text[start:end], role=rule.role, rule=rule.id)


def _furniture(text: str, zones: Iterable[_Zone]) -> Iterator[Furniture]:
    for start, end, rule in zones:
        if rule.kind:
            yield Furniture(span=Span(start, end), text=text[start:end], kind=rule.kind, rule=rule.id)


def _settle(zones: list[_Zone]) -> list[_Zone]:
    """Order zones and drop what lies inside or across an earlier one."""
    settled: list[_Zone] = []
    end = 0
    for zone in sorted(zones, key=lambda zone: (zone.start, -zone.end)):
        if zone.start >= end and zone.end > zone.start:
            settled.append(zone)
            end = zone.end
    return settled


def _joined(view: str, zones: Sequence[_Zone]) -> list[_Zone]:
    """Make one zone of neighbours of one kind with nothing between them; links stay apart."""
    joined: list[_Zone] = []
    for zone in zones:
        before = joined[-1] if joined else None
        kind = zone.rule.kind
        if (
            before
            and kind
            and kind is before.rule.kind
            and kind is not FurnitureKind.RELATED_LINK
            and view[before.end : zone.start].isspace()
        ):
            joined[-1] = before._replace(end=zone.end)
        else:
            joined.append(zone)
    return joined


# --- furniture inside lines ------------------------------------------------------------------------------------------


def _inside(view: str, lines: Sequence[tuple[int, int]], rules: ZoneRules) -> Iterator[_Zone]:
    hits = list(_hits(view, lines, rules))
    done = 0
    for hit, following in zip_longest(hits, hits[1:]):
        if hit.start < done:
            continue
        line_end = lines[hit.line][1]
        limit = min(line_end, following.start) if following else line_end
        zone = _extent(view, lines, hit, limit, rules)
        if zone:
            done = zone.end
            yield zone


def _hits(view: str, lines: Sequence[tuple[int, int]], rules: ZoneRules) -> Iterator[_Hit]:
    line, end = -1, 0
    line_end = -1
    credit_end = -_CREDIT
    for found in rules.trigger.finditer(view):
        start = found.start()
        if start < end:
            continue
        while start >= line_end:
            line += 1
            line_end = lines[line][1]
        for form, rule in rules.inside[found[0]]:
            if view.startswith(form, start):
                end = start + len(form)
                if rule.table == "credit" and start - credit_end < _CREDIT and _COLON.match(view, end):
                    opens = True
                else:
                    opens = _opens(view, lines[line][0], start, end, line_end, rule, form)
                if opens:
                    if rule.table == "credit":
                        credit_end = end
                    elif rule.after and (after := rule.after.match(view, end)):
                        end = after.end()
                    yield _Hit(line, start, end, rule)
                    break
                end = 0


def _opens(view: str, line_start: int, start: int, end: int, line_end: int, rule: _Rule, form: str) -> bool:
    """Tell whether the words at `start` are a rule's, from what stands around them."""
    after = view[end : end + 1]
    if after.islower() or (form[-1].isdigit() and after.isdigit() and rule.table != "marker"):
        return False
    at_line = start == line_start or not view[max(line_start, start - 8) : start].strip(_BULLETS)
    if rule.table == "credit":
        if not _COLON.match(view, end):
            return False
        last = line_end - end <= _CREDIT and "." not in view[end:line_end]
        return at_line or last or rule.place == "free" or _after_break(view, start) or view[start - 1] == "("
    if rule.table == "link":
        if _COLON.match(view, end):
            return at_line or _after_break(view, start) or rule.extent == "any"
        if rule.extent == "colon-or-gap":
            return at_line and bool(_GAP.match(view, end))
        if rule.extent == "colon":
            return False
        title = view[end : min(line_end, end + _TITLE)].strip()
        if not title:
            return (at_line and end >= line_end) and ("alone" in rule.needs)
        video = "video" in form.lower()
        if not (at_line or _after_break(view, start) or (video and title[0] in "'\"“‘")):
            return False
        if title[0] in "'\"“‘":
            return True
        if not (title[0].isupper() or title[0].isdigit()):
            return False
        if video:
            return True
        return ("alone" in rule.needs and form.istitle()) or (at_line and _is_title(title))
    if rule.needs:
        line = view[end : min(line_end, end + rule.max + 1)].lower()
        if len(line) > rule.max or not any(word in line for word in rule.needs):
            return False
    if rule.after and not rule.after.match(view, end):
        return False
    return at_line or rule.place == "free" or _after_break(view, start)


def _after_break(view: str, start: int) -> bool:
    """Tell whether a sentence ended before `start`, or a word is glued to it."""
    before = view[start - 1]
    if before == " ":
        return view[start - 2 : start - 1] in _ENDED or view[start - 2 : start] == "  "
    return before in _ENDED or before == "\n" or before.islower() or before.isdigit()


def _is_title(line: str) -> bool:
    words = [word for word in line.split() if word[0].isalpha() and len(word) > 3]
    return line[-1] not in ".," and sum(word[0].isupper() for word in words) * 3 >= len(words) * 2


def _extent(view: str, lines: Sequence[tuple[int, int]], hit: _Hit, limit: int, rules: ZoneRules) -> _Zone | None:
    start, end, rule = hit.start, hit.end, hit.rule
    if rule.table == "credit":
        end = _credit_end(view, hit, limit)
    elif rule.table == "link":
        end = _link_end(view, lines, hit, limit, rules)
    elif rule.extent == "words":
        while view[end : end + 1] in (".", ":", "!") and end < limit:
            end += 1
    elif rule.extent == "clause":
        found = _CLAUSE.match(view, end, limit)
        end = found.end() if found else end
    else:
        end = _line_end(view, start, limit, rule)
    while end > start and view[end - 1] in " \n|":
        end -= 1
    return _Zone(start, end, rule) if end > start else None


def _line_end(view: str, start: int, limit: int, rule: _Rule) -> int:
    if limit - start <= rule.max:
        return limit
    found = _SENTENCE.search(view, start, start + rule.max)
    return found.start() + 2 if found else start


def _credit_end(view: str, hit: _Hit, limit: int) -> int:
    colon = _COLON.match(view, hit.end)
    if not colon:
        return hit.start
    start = colon.end()
    if view[hit.start - 1 : hit.start] == "(":
        bracket = view.find(")", start, min(limit, start + _CREDIT))
        limit = bracket if bracket >= 0 else limit
    gap = view.find("  ", start + 2, min(limit, start + _CREDIT))
    end = gap if gap >= 0 else limit
    name = view[start : min(end, start + _CREDIT + 1)].strip()
    if not _may_credit(name):
        return hit.start
    if end - start <= _CREDIT:
        return end if name[-1] != "." or len(name.split()) <= _NAME_WORDS else hit.start
    found = _NAMES.match(view, start + (view[start] == " "), start + _CREDIT)
    return found.end() if found and view[found.end() : found.end() + 1] in ("", "\n") else hit.start


def _may_credit(name: str) -> bool:
    """Tell whether words after a colon can be a name, an outlet or what stands for one."""
    return bool(name) and (not name[0].islower() or name.startswith(_UNNAMED) or bool(_DOMAIN.fullmatch(name)))


def _link_end(view: str, lines: Sequence[tuple[int, int]], hit: _Hit, limit: int, rules: ZoneRules) -> int:
    opening = _TITLE_START.match(view, hit.end, limit)
    start = opening.end() if opening else hit.end
    if not view[start:limit].strip(" :"):
        following = _next_title(view, lines, hit, limit)
        return (
            following
            if following and limit >= lines[hit.line][1]
            else limit
            if _COLON.match(view, hit.end)
            else hit.end
        )
    if not _COLON.match(view, hit.end) and "alone" in hit.rule.needs and hit.start != lines[hit.line][0]:
        return hit.end
    if not _COLON.match(view, hit.end) and view[start] in '"“' and "alone" in hit.rule.needs:
        return hit.end
    if limit - start <= 200 and view.startswith("[Gambas", limit):
        end = limit
    else:
        end = _title_end(view, start, min(limit, start + _TITLE), rules)
    gambas = _GAMBAS.match(view, end) or (_GAMBAS.match(view, limit) if not view[end:limit].strip(" :'\"") else None)
    return gambas.end() if gambas else end


def _next_title(view: str, lines: Sequence[tuple[int, int]], hit: _Hit, limit: int) -> int | None:
    """Return the end of the titles in the lines under a link that stands alone."""
    end = None
    for at in range(hit.line + 1, min(hit.line + 6, len(lines) - 1)):
        start, stop = lines[at]
        near = view.count("\n", lines[at - 1][1], start) == 1
        if stop - start > 140 or view[stop - 1] in '."”,' or not (view[start].isupper() or view[start].isdigit()):
            break
        if not near and end is not None:
            break
        end = stop
    return end


def _title_end(view: str, start: int, limit: int, rules: ZoneRules) -> int:
    """Return where the title of a link ends that may be glued to the sentence after it."""
    if view[start] in "'‘":
        closing = _CLOSING.search(view, start + 1, limit)
    elif view[start] in '"“':
        mark = view.find("”" if view[start] == "“" else '"', start + 1, limit)
        closing = _CLOSING.match(view, mark, limit) if mark > 0 else None
    else:
        closing = None
    if closing:
        return closing.end()
    end = limit
    for stop in _TITLE_STOP.finditer(view, start + 3, limit):
        if _really_stops(view, start, stop.start(), limit, rules):
            end = stop.start()
            break
    sentence = _SENTENCE.search(view, start, end)
    if end - start <= 150 and not sentence:
        return end
    for opener in _CAPITALISED.finditer(view, start + 15, min(end, start + 200)):
        if opener[0] in rules.words["opener"] or opener[0][0].isdigit():
            return opener.start()
    for opener in _CAPITALISED.finditer(view, start + 45, min(end, start + 200)):
        if view[opener.start() - 2].islower() or view[opener.start() - 2].isdigit():
            return opener.start()
    return sentence.start() + 1 if sentence else min(end, start + 150)


def _really_stops(view: str, start: int, stop: int, limit: int, rules: ZoneRules) -> bool:
    if view[stop] in '"“':
        closing = view.find("”" if view[stop] == "“" else '"', stop + 1, stop + 45)
        quoted = view[stop:closing] if closing > 0 else ""
        return not quoted or quoted[-1] in ",.?!" or not view[stop - 1].isspace()
    if view[stop] == " " or view[stop - 1] in "!?.":
        return True
    left = stop
    while left > start and view[left - 1].isalnum():
        left -= 1
    right = stop
    while right < limit and view[right].isalnum():
        right += 1
    short = view[stop - 1].islower() and stop - left < _SHORTEST_GLUED
    return not short and view[left:right] not in rules.words["camel"] and limit - stop > 25


# --- furniture of whole lines ----------------------------------------------------------------------------------------


def _lines(view: str, lines: Sequence[tuple[int, int]], rules: ZoneRules) -> Iterator[_Zone]:
    done = 0
    seen_body = False
    for number, (start, end) in enumerate(lines):
        if start < done:
            continue
        at = start
        while at < end and view[at] in "•*»►▶→>" and end - at > 1:
            at += 1
            while view[at] == " ":
                at += 1
        zone = _opening(view, lines, number, at, rules, seen_body)
        if zone is None and end - start <= 300:
            zone = _whole(view, lines, number, rules, seen_body)
        elif zone and at > start:
            zone = zone._replace(start=start)
        if zone:
            done = zone.end
            yield zone
        elif end - start >= 120:
            seen_body = True


def _opening(
    view: str, lines: Sequence[tuple[int, int]], number: int, start: int, rules: ZoneRules, seen_body: bool
) -> _Zone | None:
    end = lines[number][1]
    token = _TOKEN.match(view, start)
    forms = rules.opening.get(token[0].rstrip().lower()) if token else None
    if not forms:
        return None
    opening = view[start : start + 60].lower()
    for form, rule in forms:
        if not opening.startswith(form) or opening[len(form) : len(form) + 1].isalnum():
            continue
        after = start + len(form)
        if rule.place == "whole":
            if view[after:end].strip(" :.!*-–—|#»›>…()0123456789"):
                continue
            if rule.extent == "block" and seen_body and _leads_to_titles(view, lines, number, rule):
                return _Zone(start, _block_end(view, lines, number), rule)
            return _Zone(start, end, rule)
        if rule.table == "credit":
            if rule.place != "line" and not view[start].islower():
                continue  # what is written with a capital is found inside lines
            colon = _COLON.match(view, after)
            name = view[colon.end() : end].strip() if colon and end - colon.end() <= _CREDIT else ""
            if _may_credit(name) and (name[-1] != "." or len(name.split()) <= _NAME_WORDS):
                return _Zone(start, end, rule)
            continue
        line = view[after : min(end, start + rule.max)].lower()
        if end - start <= rule.max and (not rule.needs or any(word in line for word in rule.needs)):
            return _Zone(start, end, rule)
    return None


def _whole(view: str, lines: Sequence[tuple[int, int]], number: int, rules: ZoneRules, seen_body: bool) -> _Zone | None:
    start, end = lines[number]
    head = number < _HEAD and not seen_body
    if not (rules.head if head else rules.line).fullmatch(view, start, end):
        return None
    for pattern, rule in rules.lines:
        if rule.place == "head" and not head:
            continue
        if pattern.fullmatch(view, start, end):
            return _longest(view, lines, number, pattern, rule)
    return None


def _longest(view: str, lines: Sequence[tuple[int, int]], number: int, pattern: re.Pattern[str], rule: _Rule) -> _Zone:
    """Return the zone of a pattern that may take in the next two lines as well."""
    start, end = lines[number]
    for _, further in lines[number + 1 : number + 3] if rule.place == "head" else ():
        if further - start < _CREDIT and pattern.fullmatch(view, start, further):
            end = further
    return _Zone(start, end, rule)


def _is_body(view: str, start: int, end: int) -> bool:
    return end - start >= 180 and view[end - 1] in _BODY_END


def _leads_to_titles(view: str, lines: Sequence[tuple[int, int]], number: int, rule: _Rule) -> bool:
    """Tell a block of links from a heading over a list of the article ("Rekomendasi:", then "1. Memperkuat …;")."""
    if rule.kind is not FurnitureKind.RELATED_LINK or number + 1 == len(lines):
        return True
    start, end = lines[number + 1]
    return view[start].isupper() and view[end - 1] not in ".;," and end - start < _TITLE


def _block_end(view: str, lines: Sequence[tuple[int, int]], number: int) -> int:
    """Return the end of a block of links: the page's, or what stands before the article goes on."""
    bodies = [at for at in range(number + 1, len(lines)) if _is_body(view, *lines[at])]
    if sum(lines[at][1] - lines[at][0] for at in bodies) <= 600:
        return lines[-1][1]
    return lines[bodies[0] - 1][1]


# --- the copy of a body, bylines -------------------------------------------------------------------------------------


def _copy(view: str, lines: Sequence[tuple[int, int]], zones: Sequence[_Zone]) -> _Zone | None:
    """Find the second copy of a body: its first long line occurs again and what follows is equal."""
    for number, (start, end) in enumerate(lines):
        if end - start < 80:
            continue
        again = view.find(view[start : start + 80], start + 300)
        if again >= 0:
            first = _words(view, start, again, zones)
            stop = _equal_end(view, again, first, zones)
            if stop:
                return _Zone(again, stop, _COPY_RULE)
        if number > 10:
            break
    return None


def _words(view: str, start: int, end: int, zones: Sequence[_Zone]) -> list[str]:
    words: list[str] = []
    for a, b in _free(start, end, zones):
        words += view[a:b].split()
    return words


def _free(start: int, end: int, zones: Sequence[_Zone]) -> Iterator[tuple[int, int]]:
    """Yield the parts of ``[start, end)`` outside the zones."""
    at = start
    for zone in islice(zones, bisect_right(zones, start, key=attrgetter("end")), None):
        if zone.start >= end:
            break
        if zone.start > at:
            yield at, zone.start
        at = max(at, zone.end)
    if at < end:
        yield at, end


def _equal_end(view: str, start: int, words: Sequence[str], zones: Sequence[_Zone]) -> int | None:
    """Return where the text from `start` ceases to repeat `words`, if it repeats most of them."""
    count = 0
    end = start
    for a, b in _free(start, len(view), zones):
        for found in _NON_BLANK.finditer(view, a, b):
            if count >= len(words) or found[0] != words[count]:
                break
            count += 1
            end = found.end()
        else:
            continue
        break
    if count < 40 or count * 5 < len(words) * 3:
        return None
    return end


def _bylines(
    view: str, lines: Sequence[tuple[int, int]], zones: Sequence[_Zone], copy: _Zone | None, rules: ZoneRules
) -> Iterator[_Zone]:
    """Find the code of the author at the end of the body, and before its copy."""
    ends = [len(view)] if copy is None else [len(view), copy.start]
    for end in ends:
        for start, stop in _tail(view, lines, zones, end):
            mark = _END_MARK.search(view, max(start, stop - 8), stop)
            if mark:
                yield _Zone(mark.start(), mark.end(), _END_RULE)
                stop = start + len(view[start : mark.start()].rstrip())
            codes = list(_CODE.finditer(view, max(start, stop - 500), stop))
            code = codes[-1] if codes else None
            if (
                code
                and code[0].strip("([)]").lower() not in rules.words["not-a-byline"]
                and view[code.end() : stop] == view[code.end() : stop].lower()
                and "." not in view[code.end() : stop]
            ):
                yield _Zone(code.start(), code.end(), _BYLINE_RULE)
                yield _Zone(code.end() + 1, stop, _TAGS_RULE)
                break
            at = max(view.rfind("(", start, stop), view.rfind("[", start, stop))
            found = _BYLINE.match(view, at, stop) if at >= 0 else None
            if found and found.end() == stop and _is_byline(view, start, found, rules):
                bracket = at + len(found[0].rstrip(". "))
                yield _Zone(at, bracket, _role_of(found[1]))
                break
            if stop - start >= 120:
                break


def _tail(view: str, lines: Sequence[tuple[int, int]], zones: Sequence[_Zone], end: int) -> Iterator[tuple[int, int]]:
    """Yield the last parts of the article's own text before `end`, the last one first."""
    last = bisect_right(lines, (end, -1)) - 1
    for number in range(last, max(-1, last - 12), -1):
        a, b = lines[number]
        for start, stop in reversed(list(_free(a, min(b, end), zones)) if b - a < 20_000 else []):
            stop = start + len(view[start:stop].rstrip())
            if stop > start:
                yield start, stop


def _role_of(words: str) -> _Rule:
    lowered = words.lower()
    source = any(
        part in lowered
        for part in ("antara", "ant/", "rls", "rilis", "humas", "hms", "kominfo", "sumber", "dok", "istimewa")
    )
    return _BYLINE_RULE._replace(role=CreditRole.SOURCE) if source else _BYLINE_RULE


def _is_byline(view: str, start: int, bracket: re.Match[str], rules: ZoneRules) -> bool:
    words = bracket[1].strip()
    before = view[max(start, bracket.start() - 3) : bracket.start()].rstrip()
    if words.lower() in rules.words["not-a-byline"] or len(words.split()) > 5:
        return False
    if re.fullmatch(r"[a-z]{2,6}/[a-z]{2,6}(?:/[a-z]{2,6})?", words):
        return True
    if before and before[-1] not in ".!?\"”“'’…":
        return False
    return not any(char.isdigit() for char in words) or "/" in words


# --- headline, dateline, captions, paragraphs ------------------------------------------------------------------------


def _own(view: str, lines: Sequence[tuple[int, int]], zones: Sequence[_Zone]) -> Iterator[Span]:
    """Yield the parts of the lines that are neither furniture nor credits."""
    ahead = iter(zones)
    zone = next(ahead, None)
    for start, end in lines:
        at = start
        while zone and zone.start < end:
            if zone.start > at:
                yield from _trimmed(view, at, zone.start)
            at = max(at, zone.end)
            if zone.end > end:
                break
            zone = next(ahead, None)
        if at == start and view[start].isalnum():
            yield Span(start, end)
        elif at < end:
            yield from _trimmed(view, at, end)


def _trimmed(view: str, start: int, end: int) -> Iterator[Span]:
    part = view[start:end]
    lead = len(part) - len(part.lstrip())
    if part.strip(" ()[]-•|.*"):
        yield Span(start + lead, start + len(part.rstrip(" \n([")))


class _Opening(NamedTuple):
    span: Span
    place: str | None
    outlet: str | None
    rule: str


def _dateline(view: str, own: Sequence[Span], rules: ZoneRules) -> _Opening | None:
    texts = 0
    for number, (start, end) in enumerate(own[: 2 * _HEAD]):
        if start > _LEAD or texts > _LEADS:
            break
        texts += end - start >= _BODY_LINE
        found = _dateline_at(view, start, end, number, rules)
        if found:
            return found
    for start, end in own[:_LEADS]:
        found = _glued_dateline(view, start, min(end, _LEAD), rules)
        if found:
            return found
    return None


def _dateline_at(view: str, start: int, end: int, number: int, rules: ZoneRules) -> _Opening | None:
    stop = min(end, start + 110)
    best: _Opening | None = None
    for dash in () if not _ANY_DASH.search(view, start, stop) else islice(_DASH.finditer(view, start + 2, stop), 3):
        prefix = view[start : dash.start()].rstrip(" -–—|")
        parsed = _parse(prefix, rules)
        if not parsed:
            break
        place, outlet, strong = parsed
        if best and not strong:
            break
        body = view[dash.end() : dash.end() + 4].lstrip(" \"“”‘'-")
        long = end - start >= 100 or (number > 0 and end - start >= 60)
        shouted = prefix.isupper() and view[dash.end() : dash.end() + 30].isupper()
        if (strong and end - dash.end() >= 15) or (body[:1].isupper() and long and not shouted):
            best = _Opening(Span(start, start + len(prefix)), place, outlet, "dateline.dash")
    if best:
        return best
    return _dateline_without_dash(view, start, end, number, rules)


def _dateline_without_dash(view: str, start: int, end: int, number: int, rules: ZoneRules) -> _Opening | None:
    """Read "KBRN, Ambon: …", "Jakarta: …", "GUNUNGKIDUL. …" and "Liputan6.com, Jakarta …"."""
    if end - start < 100:
        return None
    window = view[start : start + 60]
    colon = window.find(":")
    if colon >= 3 and window[colon + 1 : colon + 2] == " ":
        prefix = window[:colon].rstrip()
        parsed = _parse(prefix, rules)
        if parsed and (parsed[1] or prefix in rules.words["colon-place"]):
            return _Opening(Span(start, start + len(prefix)), parsed[0], parsed[1], "dateline.colon")
    dot = _SHOUTED_PLACE.match(window) if number > 0 else None
    if dot and dot[1] not in rules.words["not-a-place"]:
        return _Opening(Span(start, start + dot.end(1)), _titled(dot[1], rules), None, "dateline.dot")
    domain = _DOMAIN.match(window)
    if domain and (place := _PLACE_BEHIND.match(window, domain.end())):
        two = place[2] and (place[1] in rules.words["two-word-place"] or place[2] in rules.words["place-tail"])
        end_of_place = place.end(2) if two else place.end(1)
        return _Opening(
            Span(start, start + end_of_place), window[place.start(1) : end_of_place], domain[0], "dateline.bare"
        )
    return None


def _glued_dateline(view: str, start: int, end: int, rules: ZoneRules) -> _Opening | None:
    """Find "….Solo (ANTARA) - …" and "….Liputan6.com, Solo - …" after a lead or caption glued to it."""
    at = view.find("(ANTARA", start, end)
    place = _LAST_PLACE.search(view, max(start, at - 50), at) if at >= 0 else None
    close = view.find(")", at, at + 40)
    if place and close > 0 and _DASH.search(view, close, close + 4):
        parsed = _parse(view[place.start() : close + 1], rules)
        if parsed:
            return _Opening(Span(place.start(), close + 1), parsed[0], parsed[1], "dateline.glued")
    window = view[start : min(end, start + 900)]
    found = _GLUED_DATELINE.search(view, start, start + len(window)) if _DOMAIN_SIGN.search(window) else None
    if found:
        prefix = found[0].rstrip().rstrip("-–—").rstrip()
        parsed = _parse(prefix, rules)
        if parsed:
            return _Opening(Span(found.start(), found.start() + len(prefix)), parsed[0], parsed[1], "dateline.glued")
    return None


def _parse(prefix: str, rules: ZoneRules) -> tuple[str | None, str | None, bool] | None:
    """Split what stands before the dash into place and outlet; the flag tells that it cannot be anything else."""
    if not prefix or len(prefix) > 90 or not (prefix[0].isalnum() or prefix[0] in "(["):
        return None
    places: list[str] = []
    outlets: list[str] = []
    dated = False
    for piece in _PARTS.split(prefix):
        if not piece:
            continue
        domain = _DOMAIN.match(piece)
        if domain:
            outlets.append(domain[0])
            piece = piece[domain.end() :].strip()
            if not piece:
                continue
        first = piece.split(" ", 1)[0]
        if _DATE.fullmatch(piece):
            dated = True
        elif first.lower() in rules.words["outlet"] or _is_outlet(piece):
            outlets.append(piece)
        elif _PLACE.fullmatch(piece) and len(piece.split()) <= 4 and first not in rules.words["not-a-place"]:
            places.append(piece)
        else:
            return None
    if not (places or outlets) or len(places) > 3:
        return None
    return (_titled(places[0], rules) if places else None), (outlets[0] if outlets else None), bool(outlets or dated)


def _is_outlet(piece: str) -> bool:
    """Tell an outlet by its shape: it ends like one, or no place name ends in three consonants."""
    word = piece.upper()
    return word.endswith(("NEWS", "POS", "POST", "EKSPRES", "EXPRESS", "COM", "ONLINE", " TV")) or (
        piece.isupper()
        and len(piece) > 4
        and word[-3:].isalpha()
        and not any(vowel in word[-3:] for vowel in "AEIOU")
        and not word.endswith("NG")
    )


def _titled(place: str, rules: ZoneRules) -> str:
    place = re.sub(r"\s+", " ", place)
    if not place.isupper():
        return place
    keep = rules.words["place-acronym"]
    return " ".join(
        word if word in keep else "-".join(part.capitalize() for part in word.split("-")) for word in place.split()
    )


def _headline(view: str, own: Sequence[Span], dateline: _Opening | None) -> Span | None:
    """Return the first own line if it has the shape of a headline and text follows."""
    if len(own) < 2 or (dateline and dateline.span.start <= own[0].start):
        return None
    start, end = own[0]
    line = view[start:end]
    if end - start > 170 or _CAPTION_START.match(line) or _AGENCY_CAPTION.search(line):
        return None
    if line[-1] in ".,;:" and not line.endswith("..."):
        return None
    if view.count("\n", end, own[1].start) == 0:
        return None
    return own[0] if len(line.split()) >= 2 and not (end - start > 100 and _SENTENCE.search(line)) else None


def _repeated(view: str, own: Sequence[Span], headline: Span) -> _Zone | None:
    """Return the second copy of the headline among the first lines."""
    words = view[slice(*headline)].split()
    for start, end in own[1:_HEAD]:
        if end - start < 200 and view[start:end].split() == words:
            return _Zone(start, end, _COPY_RULE)
    return None


def _captions(
    view: str, own: Sequence[Span], zones: Sequence[_Zone], headline: Span | None, dateline: _Opening | None
) -> Iterator[Span]:
    photos = [zone for zone in zones if zone.rule.role is CreditRole.PHOTOGRAPHER]
    body = dateline.span.start if dateline else -1
    for span in own:
        start, end = span
        if span == headline or start <= body < end:
            continue
        while photos and photos[0].start < end:
            del photos[0]
        if photos and not view[end : photos[0].start].strip(" (\n") and photos[0].start - end < 5:
            credit = photos[0]
            if "\n" in view[end : credit.start] and end > body and view[end - 1] == ".":
                continue
            if view[credit.end : credit.end + 3].strip(" )"):
                start = _last_sentence(view, start, end)
            if end - start <= 450:
                yield Span(start, end)
        elif end - start <= 450 and (
            (end <= body and _is_caption(view[start:end]))
            or _CAPTION_START.match(view, start)
            or _AGENCY_CAPTION.search(view, max(start, end - 80), end)
        ):
            yield span


def _is_caption(line: str) -> bool:
    """Tell a caption from a stamp among the lines before the body."""
    return len(line) >= _BODY_LINE or (line[-1] in _BODY_END and len(line.split()) > 4)


def _last_sentence(view: str, start: int, end: int) -> int:
    """Return where the last sentence of a stretch begins, blanks or none after the mark before it."""
    last = start
    for found in _GLUED_END.finditer(view, max(start, end - 500), end - 2):
        last = found.end()
    return last


def _paragraphs(view: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Join a line to the one before it where the sentence goes on."""
    start = end = -1
    for span in spans:
        goes_on = (
            end >= 0 and view[end : span.start] == "\n" and view[span.start].islower() and view[end - 1] not in ".!?:;"
        )
        if goes_on:
            end = span.end
            continue
        if end >= 0:
            yield Span(start, end)
        start, end = span
    if end >= 0:
        yield Span(start, end)
