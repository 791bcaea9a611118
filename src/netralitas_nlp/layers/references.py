"""The laws, decrees, circulars and letters that an article cites: one record for each, with all its namings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer
from netralitas_nlp._laws import Law, LawTable, folded
from netralitas_nlp.layers import citations
from netralitas_nlp.layers.citations import identify
from netralitas_nlp.layers.instruments import DECREES, LETTERS, Citation, Issuer, ReferenceRules
from netralitas_nlp.layers.namings import openers, scan
from netralitas_nlp.layers.offices import Office
from netralitas_nlp.layers.organizations import OrganizationRules
from netralitas_nlp.types import DateMention, Mention, Reference, ReferenceKind, Span

__all__ = ["Citation", "ReferenceRules", "find", "lost", "openers", "records", "scan"]

_AMENDED = re.compile(
    r"\)?,? ?(?:sebagaimana )?(?:yang )?(?:telah |sudah )?(?:beberapa kali )?(?:di)?(?:ubah|ganti|sempurnakan|perbarui)"
    r"(?: dan ditambah)?(?: beberapa kali)?,?(?: terakhir(?: kali)?)?(?: menjadi| dengan| oleh| melalui| dalam)? ?"
)
_AND_BY = re.compile(r",? ?(?:dan |serta |lalu |kemudian )+(?:terakhir )?(?:diubah )?(?:lagi )?(?:dengan |oleh )?")
_AMENDS = re.compile(r"(?i:perubahan)(?: \w+){0,3} (?i:atas) $")
_LONG_FORMS = {"satgas": ("satuan", "tugas"), "pemkab": ("pemerintah", "kabupaten"), "pemkot": ("pemerintah", "kota")}
_RULING = re.compile(r"(\d+)/PUU-\w+/(\d{4})")
_DECREE_NAMES = frozenset(kind.value for kind in DECREES)
_LETTER_NAMES = frozenset(kind.value for kind in LETTERS)
_MOST_RECENT = 8
_LONGEST_TITLE = 200
_REACH_LEFT = 60
_REACH_AMENDS = 60


def find(
    context: Context,
    rules: ReferenceRules,
    laws: LawTable,
    gazetteer: Gazetteer,
    bodies: OrganizationRules,
    *,
    seats: Sequence[Office] = (),
    dates: Sequence[DateMention] = (),
    published: dt.date | None = None,
    headline: range = range(0),
) -> list[Reference]:
    """Return the laws, decrees, circulars and letters that an article cites, in the order of the text.

    Parameters
    ----------
    context
        The article.
    rules, laws, gazetteer, bodies
        The instruments, the table of laws, the regions, and the bodies that issue.
    seats
        The offices that the article names; they issue too.
    dates
        The dates of the article, in its order.
    published
        The day of publication, which decides what a nickname means.
    headline
        The words of the headline.
    """
    found = scan(
        context, rules, laws, gazetteer, bodies, seats=seats, dates=dates, published=published, headline=headline
    )
    return records(context, found, laws, published=published)


@dataclass(slots=True)
class _Record:
    """One instrument, and its namings."""

    best: Citation
    namings: list[Citation]
    topics: set[tuple[str, ...]] = field(default_factory=set)

    def takes(self, one: Citation) -> None:
        """Add a naming, and what it tells."""
        best = self.best
        self.namings.append(one)
        if one.topic:
            self.topics.add(one.topic)
        fuller = bool(one.numbers) and one.inside and len(one.numbers[0]) > len(best.number or "")
        span = one if fuller else best
        self.best = replace(
            span,
            numbers=one.numbers if fuller else best.numbers or one.numbers,
            year=best.year if best.year is not None else one.year,
            date=best.date or one.date,
            issuer=_fuller(best.issuer, one.issuer),
            subject=best.subject or one.subject,
            law=best.law or (one.law if not best.numbers else None),
            kind=best.kind,
            instrument=best.instrument,
            bare=best.bare and one.bare,
            planned=False,
        )


def _fuller(one: Issuer | None, other: Issuer | None) -> Issuer | None:
    if one is None or not one.text or (one.key is None and other is not None and other.key is not None):
        return other if other is not None and other.text else one
    return one


def records(
    context: Context,
    found: Sequence[Citation],
    laws: LawTable,
    *,
    published: dt.date | None = None,
) -> list[Reference]:
    """Join the namings of each instrument and return the records, in the order of the text.

    Parameters
    ----------
    context
        The article.
    found
        What :func:`scan` found.
    laws
        The table of laws.
    published
        The day of publication, which tells what is out of date.
    """
    joiner = _Joiner(context, laws)
    for one in found:
        joiner.add(one)
    known = sorted(joiner.known, key=lambda record: (record.best.start, record.best.end))
    changes = _changes(context, known)
    return [_record(context, record, laws, published, changes.get(k, ())) for k, record in enumerate(known)]


def _changes(context: Context, known: Sequence[_Record]) -> dict[int, tuple[int, ...]]:
    """Return which records the text says were amended by which: "UU 1/2015 sebagaimana telah diubah dengan UU …"."""
    namings = sorted(
        ((one, k) for k, record in enumerate(known) for one in record.namings), key=lambda pair: pair[0].first
    )
    changes: dict[int, dict[int, None]] = {}
    amended: int | None = None
    for (one, k), (other, j) in pairwise(namings):
        if k == j:
            continue
        near = max(one.start, other.start - _REACH_AMENDS)
        if other.end <= one.end and _AMENDS.search(context.view, near, other.start):
            changes.setdefault(j, {})[k] = None
        if _AMENDED.fullmatch(context.view, one.end, other.start):
            amended = k
        elif not (one.kind is other.kind and _AND_BY.fullmatch(context.view, one.end, other.start)):
            amended = None
        if amended is not None and amended != j:
            changes.setdefault(amended, {})[j] = None
    return {k: tuple(by) for k, by in changes.items()}


class _Joiner:
    """Puts the namings of each instrument together, from left to right."""

    def __init__(self, context: Context, laws: LawTable) -> None:
        self.known: list[_Record] = []
        self._context = context
        self._laws = laws
        self._numbers: dict[tuple[ReferenceKind, str], list[_Record]] = {}
        self._by_law: dict[str, _Record] = {}
        self._last: dict[str, _Record] = {}
        self._topics: dict[tuple[str, tuple[str, ...]], _Record] = {}
        self._waiting: dict[str, Citation] = {}
        self._planned: set[str] = set()
        self._before: tuple[Citation, _Record | None] | None = None

    def add(self, one: Citation) -> None:
        """Join a naming to its record, open one, or leave it."""
        family = _family(one)
        record = None if one.planned else self._earlier(one, family)
        if one.planned:
            self._planned.add(family)
            self._waiting.pop(family, None)
        elif record is not None:
            record.takes(one)
        elif one.bare:
            if not one.pointing and one.kind in LETTERS and family not in self._planned:
                self._waiting.setdefault(family, one)
        else:
            record = self._opened(one, family)
        if record is not None:
            self._remember(one, record)
        self._before = one, record

    def _opened(self, one: Citation, family: str) -> _Record:
        """Open a record; a word for it that stands before, with nothing to tell which is meant, is a naming too."""
        intro = self._waiting.pop(family, None)
        if intro is None and one.kind is ReferenceKind.SURAT and one.pointing:
            intro = next((self._waiting.pop(name) for name in sorted(self._waiting)), None)
        near = intro is not None and one.first - intro.first <= _REACH_LEFT
        record = _Record(intro, [intro]) if intro is not None and near and one.pointing else _Record(one, [])
        if record.namings:
            record.takes(one)
        else:
            record.namings += [intro, one] if intro is not None and near else [one]
        self.known.append(record)
        return record

    def _remember(self, one: Citation, record: _Record) -> None:
        self._last[_family(record.best)] = record
        for number in _spellings(one):
            found = self._numbers.setdefault((record.best.kind, number), [])
            if record not in found:
                found.append(record)
        if (law := self._law(one)) is not None:
            self._by_law[law] = record
        if one.topic:
            self._topics[_family(one), one.topic] = record
        if one.subject is not None and len(one.subject) <= _LONGEST_TITLE:
            self._topics.setdefault((_family(one), folded(one.subject)), record)

    def _law(self, one: Citation) -> str | None:
        if one.law is not None:
            return one.law.id
        if one.number is None or one.kind in LETTERS:
            return None
        known = self._laws.numbered(one.kind, one.number, one.year)
        return known[0].id if len(known) == 1 and known[0].year == one.year else None

    def _earlier(self, one: Citation, family: str) -> _Record | None:
        """Return the record that a naming belongs to."""
        same = self._last.get(family)
        for number in _spellings(one):
            for record in self._numbers.get((one.kind, number), [])[-_MOST_RECENT:]:
                cut = record.best.number is not None and one.number is not None and number.endswith("…")
                if cut and ("/" in (record.best.number or "")) is ("/" in (one.number or "")):
                    continue
                years = record.best.year, one.year
                if (None in years or years[0] == years[1]) and _agree(record.best.issuer, one.issuer):
                    return record
        law = self._law(one)
        if law is not None and law in self._by_law:
            return self._by_law[law]
        titled = self._topics.get((family, one.topic)) if one.topic else None
        if titled is not None and not (one.numbers and titled.best.numbers):
            return titled
        if one.numbers:
            letter = self._open_letter(one, same)
            return letter if letter is not None and _fits(letter.best, one) else None
        if one.topic:
            return self._titled(one, same)
        if law is not None:
            return None
        if one.bare:
            return self._pointed_at(one, same)
        if one.pointing and one.kind is ReferenceKind.SURAT and same is None:
            same = _latest(self._last, _LETTER_NAMES)
        if same is not None and (one.issuer is not None or one.pointing) and _fits(same.best, one):
            return same
        return None

    def _open_letter(self, one: Citation, same: _Record | None) -> _Record | None:
        """Return the letter without a number to which a number may belong."""
        if one.kind not in LETTERS:
            return None
        if one.kind is ReferenceKind.SURAT and one.pointing and (same is None or same.best.numbers):
            open_ = {name: record for name, record in self._last.items() if not record.best.numbers}
            return _latest(open_, _LETTER_NAMES)
        return same if same is not None and not same.best.numbers else None

    def _titled(self, one: Citation, same: _Record | None) -> _Record | None:
        """Return the record that a nickname names: the one before its bracket, or one with this title."""
        if self._before is not None:
            before, record = self._before
            between = self._context.view[before.end : one.start]
            if record is not None and record is same and between.strip() == "(":
                return record
        recent = self.known[-_MOST_RECENT:] if one.law is None else []
        return next((record for record in recent if _is_titled(record.best, one)), None)

    def _pointed_at(self, one: Citation, same: _Record | None) -> _Record | None:
        """Return the record that "surat edaran itu" or a bare "Pergub" means."""
        if not one.pointing:
            clear = not one.instrument.is_word and _family(one) not in self._planned
            text = self._context.view[one.start : one.end]
            return same if clear and (text[0].isupper() or one.kind is ReferenceKind.SE) else None
        if same is not None:
            return same
        names = {
            "surat": _LETTER_NAMES, "keputusan": _DECREE_NAMES, "peraturan": self._last.keys() - _LETTER_NAMES,
        }.get(one.instrument.id, ())  # fmt: skip
        record = _latest(self._last, names)
        near = record is not None and one.first - record.namings[-1].resume <= _REACH_LEFT
        return record if near else None


def _spellings(one: Citation) -> Iterator[str]:
    """Yield the ways to write a number; that of a ruling may be cut short: "putusan nomor 90"."""
    if one.number is not None:
        yield one.number.casefold()
        if _family(one) == "putusan" and "/" in one.number:
            yield f"{one.number.partition('/')[0]}/…"
        elif _family(one) == "putusan":
            yield f"{one.number}/…"


def _is_titled(best: Citation, one: Citation) -> bool:
    """Return whether a nickname opens the title of a record."""
    return (
        best.kind is one.kind
        and best.subject is not None
        and folded(best.subject[:_LONGEST_TITLE])[: len(one.topic)] == one.topic
    )


def _family(one: Citation) -> str:
    """Return what a bare word for an instrument can point to."""
    if one.kind is not ReferenceKind.OTHER:
        return one.kind.value
    if one.instrument.slug.startswith("putusan"):
        return "putusan"
    return "peraturan" if one.instrument.style == "law" else one.instrument.id


def _latest(last: Mapping[str, _Record], names: Iterable[str]) -> _Record | None:
    found = [last[name] for name in names if name in last]
    return max(found, key=lambda record: record.namings[-1].start, default=None)


def _agree(one: Issuer | None, other: Issuer | None) -> bool:
    """Return whether two issuers can be the same."""
    if one is None or other is None or not one.text or not other.text:
        return True
    if one.code is not None and other.code is not None:
        return one.code == other.code
    a, b = _words(one), _words(other)
    return a <= b or b <= a or one.key == other.key


def _fits(best: Citation, one: Citation) -> bool:
    """Return whether a naming can belong to a record: nothing that both tell differs."""
    dates = best.date is None or one.date is None or best.date[0] == one.date[0]
    subjects = best.subject is None or one.subject is None or best.subject.casefold() == one.subject.casefold()
    numbers = not best.numbers or not one.numbers
    issuers = _agree(best.issuer, one.issuer) or (one.pointing and _share(best.issuer, one.issuer))
    return dates and subjects and numbers and issuers


def _share(one: Issuer | None, other: Issuer | None) -> bool:
    return one is not None and other is not None and not _words(one).isdisjoint(_words(other))


def _words(issuer: Issuer) -> set[str]:
    return {word for name in folded(issuer.text) for word in _LONG_FORMS.get(name, (name,))}


def _record(
    context: Context, record: _Record, laws: LawTable, published: dt.date | None, changes: tuple[int, ...]
) -> Reference:
    best = record.best
    flags = []
    date = best.date[0] if best.date is not None else None
    if _months_disagree(best):
        flags.append("number_date_mismatch")
    if best.doubtful:
        flags.append("ambiguous")
    wrong = _miscited(context, best, laws)
    if wrong is not None:
        flags.append("miscitation")
    canonical = None if wrong is not None else _canonical(best, laws)
    law = laws.get(canonical) if canonical is not None else None
    if law is not None and published is not None and _is_replaced(law, laws, published):
        flags.append("outdated")
    provisions = [provision for one in record.namings for provision in one.provisions]
    mentions = sorted({Span(one.start, one.end) for one in record.namings})
    return Reference(
        span=Span(best.start, best.end), text=context.text[best.start : best.end], kind=best.kind,
        issuer=(best.issuer.text or None) if best.issuer is not None else None, number=best.number,
        numbers=best.numbers[1:], year=best.year, date=date, subject=best.subject,
        provisions=tuple(dict.fromkeys(provisions)), canonical_id=canonical,
        mentions=tuple(Mention(span=span, text=context.text[span.start : span.end]) for span in mentions),
        suggested_id=wrong, amended_by=changes, date_mention=best.date[1] if best.date is not None else None,
        rule=f"reference.{best.rule}", flags=tuple(flags),
    )  # fmt: skip


def _months_disagree(best: Citation) -> bool:
    """Return whether the month or year in a letter's number is not that of its date."""
    if best.date is None or best.number is None or best.kind not in LETTERS | {ReferenceKind.KEPMEN}:
        return False
    month, year = citations.months(best.number)
    day = best.date[0]
    return (month is not None and month != day.month) or (year is not None and year != day.year)


def _miscited(context: Context, best: Citation, laws: LawTable) -> str | None:
    """Return the law that is meant where a citation is one of those that reports get wrong."""
    date = best.date[0] if best.date is not None else None
    near = None
    for wrong in laws.miscitations:
        if wrong.kind is not best.kind or wrong.number != (best.number if wrong.number is not None else None):
            continue
        if (wrong.date is not None and wrong.date != date) or (wrong.number is not None and wrong.year != best.year):
            continue
        if near is None:
            words = context.words
            sentence = context.sentence(best.first)
            first = max(sentence.start, best.first - _REACH_LEFT)
            last = min(sentence.stop, best.first + _REACH_LEFT)
            near = context.view[words.starts[first] : words.ends[last - 1]].casefold()
        if any(cue.casefold() in near for cue in wrong.cues):
            return wrong.means
    return None


def _is_replaced(law: Law, laws: LawTable, day: dt.date) -> bool:
    for id in law.replaced_by:
        other = laws.get(id)
        since = (other.alias_from or other.date) if other is not None else None
        if since is not None and since <= day:
            return True
    return False


def _canonical(best: Citation, laws: LawTable) -> str | None:
    """Return the identifier of what is cited: its slug, its issuer where many issue such ones, its number and year."""
    if best.law is not None and best.number in {None, best.law.number} and best.year in {None, best.law.year}:
        return best.law.id
    issuer, instrument = best.issuer, best.instrument
    if best.kind is ReferenceKind.SKB:
        law = next((law for law in laws if law.kind is best.kind and law.date == (best.date and best.date[0])), None)
        if best.number is not None:
            law = next(iter(laws.numbered(best.kind, best.number, best.year)), law)
        if law is not None and (best.number is not None or best.date is not None):
            return law.id
    if best.number is None:
        return None
    parts = [identify(best.number)]
    if "/" in best.number and (best.year is None or issuer is None):
        known = laws.numbered(best.kind, best.number, best.year)
        if len(known) == 1:
            return known[0].id
    if instrument.id in {"putusan-mk", "putusan"} and (ruling := _RULING.fullmatch(best.number)):
        return f"putusan-mk-{ruling[1]}-{ruling[2]}"
    if best.year is not None and str(best.year) not in parts[0].split("-"):
        parts.append(str(best.year))
    if best.year is None and instrument.style == "law":
        return None
    if instrument.identity == "number":
        return "-".join([instrument.slug, *parts])
    if instrument.identity == "ministry" and issuer is not None and issuer.key is not None:
        return "-".join([instrument.slug + issuer.key.removeprefix("men"), *parts])
    if instrument.identity == "region" and issuer is not None and issuer.code is not None:
        return "-".join([instrument.slug, issuer.code, *parts])
    if instrument.identity == "issuer" and issuer is not None and issuer.key is not None:
        return "-".join([instrument.slug, issuer.key, *parts])
    return None


def lost(found: Sequence[Citation], references: Iterable[Reference]) -> Iterator[tuple[Citation, str]]:
    """Yield the namings that are in no record, each with the reason."""
    kept = {mention.span.start for reference in references for mention in reference.mentions}
    for one in found:
        if one.start not in kept:
            reason = "is planned or a draft" if one.planned else "says not which one is meant"
            yield one, reason
