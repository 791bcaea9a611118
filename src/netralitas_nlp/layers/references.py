"""The laws, decrees, circulars and letters that an article cites."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from netralitas_nlp import _rules
from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Form, Gazetteer, Region
from netralitas_nlp._laws import Law, LawTable, folded
from netralitas_nlp._rules import Entry, Source, Table
from netralitas_nlp.layers import citations, organizations
from netralitas_nlp.layers.citations import BLANK, Number, Stop, identify
from netralitas_nlp.layers.names import Phrases
from netralitas_nlp.layers.offices import Office
from netralitas_nlp.layers.organizations import OrganizationRules
from netralitas_nlp.types import DateMention, Granularity, Level, Mention, Reference, ReferenceKind, Resolution, Span

__all__ = ["Citation", "ReferenceRules", "find", "lost", "records", "scan"]

_TABLES: Mapping[str, Table] = {
    "instrument": Table(
        {"kind": str, "variants": list, "slug": str, "style": str, "needs": str, "identity": str},
        {"by": str, "upper": bool, "topics": bool, "joint": bool, "strict": bool, "unless": list},
        {
            "kind": frozenset(ReferenceKind), "style": frozenset({"law", "letter", "year"}),
            "needs": frozenset({"number", "issuer", "nothing"}),
            "identity": frozenset({"number", "region", "ministry", "issuer", "none"}),
        },
    ),
    "ministry": Table({"name": str, "variants": list}),
    "cue": Table({"variants": list}),
}  # fmt: skip
_CUES = (
    "drafting", "issuing", "future", "pending", "demonstrative", "subject_end", "noun", "generic", "letter_type",
    "office",
)  # fmt: skip
_HEADS = {"Gubernur": Level.PROVINCE, "Bupati": Level.REGENCY, "Wali Kota": Level.CITY}
_SEATED = (Level.PROVINCE, Level.REGENCY, Level.CITY)
_OF_MINISTERS = {"keputusan": "kepmen", "peraturan": "permen"}
_REGIONAL = frozenset({"province", "regency", "city", "region"})
#: Words for any regional body, which identify none.
_ANY_BODY = frozenset({"gubernur", "bupati", "walikota", "pemkab", "pemkot", "pemko", "pemprov", "pemda"})
_GLUED = {"permen": "permen", "kepmen": "kepmen"}
_BRACKET = re.compile(rf"{BLANK}\(([A-Za-z][\w .-]{{0,30}})\)")
_NATION = re.compile(rf"{BLANK}(?:Republik Indonesia|R\.?I\.?)(?![^\W_])")
_DATE_CUE = re.compile(rf"{BLANK}[,(]?{BLANK}(?i:ber ?tanggal|ter ?tanggal|per tanggal|tanggal|tgl\.?|tanggap){BLANK}:?")
_TITLE_CUE = re.compile(rf"{BLANK}[,:]?{BLANK}(?i:(?:tentang ?)+|ttg\.?|perihal|prihal|mengenai)(?![^\W_])")
_ISSUED = re.compile(
    r" ?,? ?(?:yang |dan |lalu )?(?:juga )?(?:telah |sudah |baru saja |resmi )?"
    r"(di(?:keluarkan|terbitkan|tandatangani|teken|tetapkan|buat|kirim(?:kan)?|rilis|sahkan|undangkan|edarkan)|terbit)"
    r"(?! (?:akan|untuk))(?: oleh)?(?![^\W_])",
    re.IGNORECASE,
)
_ISSUER_CLAUSE = re.compile(
    r" ?,? ?yang (?:telah |sudah |baru )?(?=[A-Z])(?P<who>[^,.;()\n]{2,60}?) "
    r"(?:terbitkan|keluarkan|tandatangani|teken|buat|kirim|tetapkan)(?![^\W_])"
)
_AMENDED = re.compile(
    r"\)?,? ?(?:sebagaimana )?(?:yang )?(?:telah |sudah )?(?:beberapa kali )?(?:di)?(?:ubah|ganti|sempurnakan|perbarui)"
    r"(?: dan ditambah)?(?: beberapa kali)?,?(?: terakhir(?: kali)?)?(?: menjadi| dengan| oleh| melalui| dalam)? ?"
)
_AND_BY = re.compile(r",? ?(?:dan |serta |lalu |kemudian )+(?:terakhir )?(?:diubah )?(?:lagi )?(?:dengan |oleh )?")
_AMENDS = re.compile(r"(?i:perubahan)(?: \w+){0,3} (?i:atas) $")
_NUMBER_WORDS = frozenset({"nomor", "no", "nomer", "nmr", "bernomor"})
_PHRASE_ENDS = frozenset({"tanggal", "tertanggal", "bertanggal", "tgl", "tentang", "perihal", "ttg", "mengenai"})
_PHRASE_WORDS = frozenset({"dan", "serta", "ri", "bersama", "antara", "se", "atas", "nama", "pada", "ad", "interim"})
_PHRASE_GAPS = frozenset({" ", "  ", " (", ") ", "-", "/", " & ", " - ", " – ", "/ ", ")", ". "})
#: First words of instruments that names of bodies hold too.
_INSIDE = frozenset({"keputusan", "peraturan", "rekomendasi", "berita", "nota", "instruksi", "permen", "surat", "perma"})
_LIST_GAPS = frozenset({", ", ","})
_LETTERS = frozenset(
    {ReferenceKind.SE, ReferenceKind.SURAT, ReferenceKind.SK, ReferenceKind.SKB, ReferenceKind.INSTRUKSI}
)
_LETTER_NAMES = frozenset(kind.value for kind in _LETTERS)
_NO_TOPICS = frozenset({"tahun", "tentang", "republik", "dasar", "advertisement", "ri"})
_COUNTS = frozenset(
    ["dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", *map(str, range(2, 13))]
)
_SIGNERS = frozenset({"menteri", "lembaga", "kementerian", "instansi", "k"})
_MOST_PHRASE = 18
_MOST_STEPS = 10
_MOST_REGION = 5
_MOST_TITLES = 8
_MOST_TOPIC = 6
_BEFORE, _AFTER = 6, 4
_REACH_LEFT = 60
_REACH_ORPHAN = 40
_REACH_AMENDS = 60
_REACH_DATE = 70


@dataclass(frozen=True, slots=True)
class _Instrument:
    """One kind of instrument, as its entry says."""

    id: str
    kind: ReferenceKind
    slug: str
    by: str
    style: str
    needs: str
    identity: str
    upper: frozenset[str]
    topics: bool
    joint: bool
    strict: bool
    unless: frozenset[str]


@dataclass(frozen=True)
class ReferenceRules:
    """The instruments, the ministries and the words around a citation."""

    forms: Phrases
    instruments: Mapping[str, _Instrument]
    by_kind: Mapping[ReferenceKind, _Instrument]
    ministries: Mapping[tuple[str, ...], Entry]
    cues: Mapping[str, frozenset[str]]
    stop: Stop

    @classmethod
    def load(cls, sources: Iterable[Source] = ()) -> ReferenceRules:
        """Read the built-in instruments and the user's `sources`."""
        tables = _rules.load([_rules.builtin("instruments.toml"), *sources], _TABLES)
        instruments = {entry.id: _instrument(entry) for entry in tables["instrument"]}
        by_kind: dict[ReferenceKind, _Instrument] = {}
        for instrument in instruments.values():
            by_kind.setdefault(instrument.kind, instrument)
        forms = Phrases((variant, entry) for entry in tables["instrument"] for variant in entry.texts("variants"))
        cues: dict[str, frozenset[str]] = dict.fromkeys(_CUES, frozenset())
        for entry in tables["cue"]:
            cues[entry.id] = cues.get(entry.id, frozenset()) | {word.lower() for word in entry.texts("variants")}
        ministries = {folded(variant): entry for entry in tables["ministry"] for variant in entry.texts("variants")}
        opening = frozenset(forms.first_words()) | frozenset(_GLUED)
        return cls(
            forms, instruments, by_kind, ministries, cues, Stop(cues["subject_end"], cues["noun"], opening)
        )


def _instrument(entry: Entry) -> _Instrument:
    short = {variant.lower() for variant in entry.texts("variants") if variant.isupper() and " " not in variant}
    return _Instrument(
        entry.id, ReferenceKind(entry.text("kind")), entry.text("slug"), entry.text("by"), entry.text("style"),
        entry.text("needs"), entry.text("identity"), frozenset(short if entry.flag("upper") else ()),
        entry.flag("topics"), entry.flag("joint"), entry.flag("strict"),
        frozenset(word.lower() for word in entry.texts("unless")),
    )  # fmt: skip


def _names_year(law: Law, words: Sequence[str]) -> bool:
    """Return whether a nickname holds the year of its law: "UUD 1945", "UUD 45"."""
    year = str(law.year)
    return year in words or (law.kind is ReferenceKind.UUD and year[2:] in words)


class Issuer(NamedTuple):
    """Who issued what is cited: in words, and as a part of identifiers."""

    text: str
    key: str | None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """One naming of an instrument.

    Attributes
    ----------
    start, end
        Offsets in the text.
    first, resume
        The index of its first word, and the one from which the search goes on.
    rule
        The id of its entry.
    instrument, kind
        What is cited.
    numbers, year, date, issuer, subject
        What stands there.
    law
        The law that a nickname means.
    doubtful
        Whether the nickname has meant another law at another time, and the day of the article is not known.
    topic
        The lower-case words of a nickname.
    pointing
        Whether "tersebut" or "itu" points back.
    bare
        Whether nothing tells which one is meant.
    planned
        Whether it is not issued yet.
    provisions
        Its provisions.
    inside
        Whether its number stands inside the span, not in the clause behind it.
    """

    start: int
    end: int
    first: int
    resume: int
    rule: str
    instrument: _Instrument
    kind: ReferenceKind
    numbers: tuple[str, ...] = ()
    year: int | None = None
    date: tuple[dt.date, int] | None = None
    issuer: Issuer | None = None
    subject: str | None = None
    law: Law | None = None
    doubtful: bool = False
    topic: tuple[str, ...] = ()
    pointing: bool = False
    bare: bool = False
    planned: bool = False
    provisions: tuple[str, ...] = ()
    inside: bool = True

    @property
    def number(self) -> str | None:
        """The first number."""
        return self.numbers[0] if self.numbers else None


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


def scan(
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
) -> list[Citation]:
    """Return every naming of an instrument, those that name none in particular and plans included.

    The parameters are those of :func:`find`.
    """
    days = {date.span.start: k for k, date in enumerate(dates) if date.granularity is Granularity.DAY}
    reader = _Reader(
        context, rules, laws, gazetteer, bodies, {seat.start: seat for seat in seats}, dates, days,
        sorted(days), published, headline,
    )  # fmt: skip
    return reader.all()


@dataclass(frozen=True, slots=True)
class _Reader:
    context: Context
    rules: ReferenceRules
    laws: LawTable
    gazetteer: Gazetteer
    bodies: OrganizationRules
    seats: Mapping[int, Office]
    dates: Sequence[DateMention]
    days: Mapping[int, int]
    starts: Sequence[int]
    published: dt.date | None
    headline: range

    def all(self) -> list[Citation]:
        """Read the article from left to right."""
        words, rules = self.context.words, self.rules
        lowers = words.lowers
        found: list[Citation] = []
        pins: list[citations.Pinpoint] = []
        at = pinned = 0
        for i, lower in enumerate(lowers):
            if i < at:
                continue
            if i >= pinned and lower in _PINNED:
                pin = citations.pinpoints(words, i)
                if pin is not None:
                    pins.append(pin)
                    pinned = pin.end
                    at = pin.end
                    continue
            if lower not in rules.forms and lower[:6] not in _GLUED and not self.laws.longest(lower) and (
                lower not in rules.cues["generic"]
            ):
                if lower in _NUMBER_WORDS and found:
                    self._orphan(i, found)
                continue
            container = found[-1] if found and found[-1].end > words.starts[i] else None
            if lower in rules.cues["generic"]:
                found += self._generic(i)
                continue
            new = self._read(i, container)
            if new:
                pin = pins[-1] if pins else None
                if pin is not None and self._is_pinned(pin, i):
                    new[0] = self._with_pin(new[0], pins.pop())
                if found and found[-1].planned and self._goes_on(found[-1], new[0]):
                    new[0] = replace(new[0], planned=True)
                found += new
                at = max(i + 1, new[-1].resume)
        return _with_left_pins(found, pins)

    def _goes_on(self, one: Citation, other: Citation) -> bool:
        """Return whether a citation without a number goes on a list of plans."""
        between = self.context.view[one.end : other.start].strip(" ")
        return not other.numbers and other.law is None and between in {",", "dan", ", dan", "serta"}

    # ---- pinpoints

    def _is_pinned(self, pin: citations.Pinpoint, i: int) -> bool:
        words = self.context.words
        if pin.end == i:
            return words.gaps[i].strip(" ()\n") == "" and "\n\n" not in words.gaps[i]
        linked = pin.end == i - 1 and words.lowers[i - 1] in {"dalam", "dari", "pada", "di"}
        return linked and all(gap.strip(" )") == "" for gap in words.gaps[pin.end : i + 1])

    def _with_pin(self, one: Citation, pin: citations.Pinpoint) -> Citation:
        words = self.context.words
        gap = words.gaps[one.first].strip(" \n")
        beside = pin.end == one.first and (gap == "" or (gap == ")" and pin.provisions[-1].endswith(")")))
        start = words.starts[pin.start] if beside and not one.bare else one.start
        return replace(one, start=start, provisions=(*pin.provisions, *one.provisions))

    # ---- one citation

    def _generic(self, i: int) -> list[Citation]:
        """Read a word for any regulation that points back: "regulasi tersebut"."""
        words = self.context.words
        after = words.lowers[i + 1] if i + 1 < len(words) and words.gaps[i + 1] == " " else ""
        if after not in self.rules.cues["demonstrative"]:
            return []
        instrument = self.rules.instruments["peraturan"]
        return [
            Citation(
                words.starts[i], words.ends[i + 1], i, i + 2, instrument.id, instrument, instrument.kind,
                pointing=True, bare=True,
            )
        ]  # fmt: skip

    def _read(self, i: int, container: Citation | None) -> list[Citation]:
        """Read the citation that starts at a word; several where its number is a list."""
        words = self.context.words
        named = self._nickname(i)
        hit = self._instrument(i)
        if named is None and hit is None:
            return []
        if named is not None and (hit is None or named[0] >= hit[0]):
            k, law, doubtful = named
            instrument = hit[1] if hit is not None else self.rules.by_kind[law.kind]
            topic = tuple(words.lowers[hit[0] : k]) if hit is not None and hit[0] < k else tuple(words.lowers[i:k])
        else:
            assert hit is not None
            k, instrument = hit
            law, doubtful, topic = None, False, ()
        draft = _Draft(self, i, k, instrument)
        if law is None and instrument.topics:
            topic = draft.read_topic()
            called = self.laws.called((instrument.slug, *topic)) if topic else []
            if called:
                found = self._meant(called)
                law, doubtful = found if found is not None else (None, False)
            elif i in self.headline:
                topic = ()
                draft = _Draft(self, i, k, instrument)
        draft.read(container, named=bool(topic) or law is not None)
        kind = draft.kind
        if container is not None and draft.is_any_regulation():
            instrument, kind = container.instrument, container.kind
            if container.issuer is not None and container.issuer.code is not None:
                draft.inherited = container.issuer
        start, end = words.starts[i], draft.end
        if law is not None and draft.numbers and draft.numbers[0].text != law.number:
            law, doubtful = None, False
        day = draft.date
        issuer = draft.issuer
        pointing = draft.pointing
        number = draft.numbers[0] if draft.numbers else None
        year = number.year if number is not None and number.year is not None else draft.year
        if year is None and law is not None and _names_year(law, words.lowers[i : draft.k]):
            year = law.year
        named_so = bool(topic) and law is None
        told = bool(number or day or law or named_so)
        titled = draft.subject is not None and (draft.subject[0].isupper() or instrument.style == "letter")
        enough = told or (not instrument.strict and titled)
        if not enough and not instrument.strict and instrument.needs == "issuer":
            enough = issuer is not None and draft.is_of_office
        if draft.typed or (instrument.id == "se" and k == i + 1 and not self._stands_free(i)):
            enough = told
        elif instrument.by in _HEADS and issuer is not None and issuer.code is not None:
            enough = enough or words.texts[i][0].isupper()
        if instrument.needs == "nothing":
            enough = words.texts[i][0].isupper() or year is not None
        if instrument.style == "year" and law is None:
            law = next((one for one in self.laws if one.kind is kind), None)
        if not enough and not pointing and (container is not None or (words.texts[i].islower() and instrument.id in _WORDS)):
            return []
        planned = not (number or day or law) and self._is_planned(i, draft.k)
        one = Citation(
            start, end, i, max(draft.resume, i + 1), instrument.id, instrument, kind,
            tuple(found.text for found in draft.numbers[:1]), year, day, issuer or draft.inherited, draft.subject, law,
            doubtful, topic, pointing, not enough, planned, inside=number is None or number.end <= end,
        )  # fmt: skip
        if draft.inherited is not None and issuer is None:
            one = replace(one, issuer=Issuer("", draft.inherited.key, draft.inherited.code))
        if len(draft.numbers) == 1 or number is None:
            return [one]
        if draft.joint:
            return [replace(one, numbers=tuple(found.text for found in draft.numbers))]
        rest = [
            replace(
                one, start=found.start, end=max(found.end, end if found is draft.numbers[-1] else 0),
                first=words.at(found.start), numbers=(found.text,), year=found.year, topic=(), law=None,
            )
            for found in draft.numbers[1:]
        ]  # fmt: skip
        shared = year if year is not None else next((found.year for found in rest if found.year is not None), None)
        first = replace(one, end=draft.numbers[0].end, year=shared, subject=None, date=None)
        return [first, *(replace(found, year=found.year if found.year is not None else shared) for found in rest)]

    def _stands_free(self, i: int) -> bool:
        """Return whether "SE" is no degree behind a name."""
        words = self.context.words
        return i == 0 or words.gaps[i].strip(" (“\"") == "" or words.texts[i - 1].islower()

    def _nickname(self, i: int) -> tuple[int, Law, bool] | None:
        """Return the end of a nickname that starts at a word, the law that it means, and whether that is in doubt."""
        words = self.context.words
        if not words.texts[i][0].isupper() or (i and words.lowers[i - 1] in {"ruu", "rancangan"}):
            return None
        for size in range(min(self.laws.longest(words.lowers[i]), len(words) - i), 0, -1):
            called = self.laws.called(tuple(words.lowers[i : i + size]))
            gaps = words.gaps[i + 1 : i + size]
            if not called or not all(gap in _NICKNAME_GAPS for gap in gaps):
                continue
            meant = self._meant(called)
            return (i + size, *meant) if meant is not None else None
        return None

    def _meant(self, called: Sequence[Law]) -> tuple[Law, bool] | None:
        """Return which of the laws of one nickname is meant on the day of the article, and whether that is in doubt."""
        if len(called) == 1:
            return called[0], False
        day = self.published or max((date.end for date in self.dates if date.end is not None), default=None)
        if day is None:
            return next((law for law in called if law.alias_until is None), called[-1]), True
        meant = [law for law in called if law.is_called_so(day)]
        return (meant[0], False) if meant else None

    def _instrument(self, i: int) -> tuple[int, _Instrument] | None:
        """Return the end of the words for an instrument that start at a word, and the instrument."""
        words, rules = self.context.words, self.rules
        lower, text = words.lowers[i], words.texts[i]
        hit = rules.forms.match(words, i, " .-")
        if hit is None:
            glued = _GLUED.get(lower[:6])
            if glued is None or len(lower) < 8 or folded(lower[6:]) not in rules.ministries:
                return None
            return i + 1, rules.instruments[glued]
        end, entry = hit
        instrument = rules.instruments[entry.id]
        after = words.lowers[end] if end < len(words) and words.gaps[end] == " " else ""
        if entry.id in _OF_MINISTERS and after[:3] == "men" and folded(after[3:] or "-") in rules.ministries:
            instrument = rules.instruments[_OF_MINISTERS[entry.id]]
        if lower in instrument.upper and end == i + 1 and not self._is_abbreviation(i, instrument):
            return None
        if i and words.lowers[i - 1] in instrument.unless and words.gaps[i].strip(" -") == "":
            return None
        if i and words.gaps[i].endswith(("/", "@", "#", "_", "-")) and words.gaps[i] != " - ":
            return None
        if end < len(words) and words.gaps[end][:1] in {"/", "_"} and words.lowers[end] not in rules.forms:
            return None
        if i and lower == "undang" and words.lowers[i - 1] in {"perundang", "rancangan"}:
            return None
        return end, instrument

    def _is_abbreviation(self, i: int, instrument: _Instrument) -> bool:
        """Return whether a short word is an instrument, not a degree, a body's name or a word."""
        words = self.context.words
        after = words.lowers[i + 1] if i + 1 < len(words) else ""
        if after in _NUMBER_WORDS or (after[:1].isdigit() and words.gaps[i + 1] in {" ", "-"}):
            return instrument.id != "se" or words.texts[i].isupper()
        if not words.texts[i].isupper() or words.gaps[i].endswith("(") or words.gaps[i + 1][:1] == "(":
            return False
        if after in self.rules.cues["demonstrative"] or instrument.topics:
            return True
        named = i > self.context.sentence(i).start + 1 and words.texts[i - 1][0].isupper()
        return not named or words.gaps[i].strip(" ") not in {"", ",", "."} or "\n" in words.gaps[i]

    def _is_planned(self, i: int, end: int) -> bool:
        """Return whether the words around an instrument say that it is not issued yet."""
        words, cues = self.context.words, self.rules.cues
        opens = self.context.sentence(i).start
        before = words.lowers[max(opens, i - _BEFORE) : i]
        near = before[-_AFTER:]
        if not cues["drafting"].isdisjoint(near):
            return True
        for k, word in enumerate(before):
            if word in cues["issuing"] and not cues["future"].isdisjoint(before[max(0, k - 4) : k]):
                return True
        after = []
        for k in range(end, min(end + 8, len(words))):
            if words.gaps[k].strip(" ,)") or (words.lowers[k] == "yang" and k > end):
                break
            after.append(words.lowers[k])
        for k, word in enumerate(after):
            if word in cues["drafting"] or word in cues["pending"]:
                passive = {"masih", "sedang", "tengah", "belum", "akan", "segera", "bakal", "sudah", "telah"}
                held = passive & set(after[max(0, k - 3) : k])
                if held and not held & {"sudah", "telah"}:
                    return True
        return False

    # ---- what belongs to a citation elsewhere

    def _orphan(self, i: int, found: list[Citation]) -> None:
        """Give a number that stands alone to the letter that was named last: "Edaran itu dikirim … bernomor 800/1"."""
        words, last = self.context.words, found[-1]
        lower = words.lowers[i]
        told = lower == "bernomor" or (i and words.lowers[i - 1] in {"dengan", "tertera"})
        if not told or last.numbers or last.kind not in _LETTERS or i - last.resume > _REACH_ORPHAN or last.planned:
            return
        number = citations.number(self.context.view, words.ends[i - 1] if i else 0, letter=True)
        if number is None or "/" not in number.text:
            return
        year = number.year if number.year is not None else last.year
        found[-1] = replace(last, numbers=(number.text,), year=year, bare=False)

    def day_after(self, offset: int, reach: int) -> tuple[dt.date, int] | None:
        """Return the first date that starts within some characters after an offset, and its index."""
        k = bisect_left(self.starts, offset)
        if k == len(self.starts) or self.starts[k] > offset + reach:
            return None
        index = self.days[self.starts[k]]
        day = self.dates[index].start
        return (day, index) if day is not None else None


#: Instruments whose words mean something else where they stand alone.
_WORDS = frozenset({"surat", "sk", "keputusan", "peraturan", "putusan", "putusan-mk", "rekomendasi", "instruksi", "mou",
                    "surat-perintah", "maklumat", "telegram", "uu", "pp", "perppu"})  # fmt: skip
_NICKNAME_GAPS = frozenset({"", " ", "-", "  ", ", ", " - ", " '"})
_PINNED = frozenset({"pasal", "ps", "psl", "bab", "lampiran"})


def _with_left_pins(found: list[Citation], pins: Sequence[citations.Pinpoint]) -> list[Citation]:
    """Give provisions without a law behind them to the law that was named last."""
    firsts = [one.first for one in found]
    for pin in pins:
        k = bisect_left(firsts, pin.start) - 1
        if k >= 0 and pin.start - found[k].resume <= _REACH_LEFT and pin.provisions[0].startswith("Pasal"):
            found[k] = replace(found[k], provisions=(*found[k].provisions, *pin.provisions))
    return found


@dataclass(slots=True)
class _Draft:
    """What follows the words for an instrument, read piece by piece."""

    reader: _Reader
    first: int
    k: int
    instrument: _Instrument
    kind: ReferenceKind = field(init=False)
    end: int = field(init=False)
    resume: int = field(init=False)
    numbers: list[Number] = field(default_factory=list)
    year: int | None = None
    date: tuple[dt.date, int] | None = None
    issuer: Issuer | None = None
    inherited: Issuer | None = None
    subject: str | None = None
    pointing: bool = False
    is_of_office: bool = False
    _subject_at: int = -1
    typed: bool = False
    tail: int = 0
    _bracketed: bool = False

    def __post_init__(self) -> None:
        self.kind = self.instrument.kind
        self._move(self.k)

    @property
    def joint(self) -> bool:
        """Whether several numbers belong to one decree."""
        words = self.reader.context.words
        return self.instrument.joint and (
            self.kind is ReferenceKind.SKB or not {"bersama", "seb"}.isdisjoint(words.lowers[self.first : self.first + 4])
        )

    def is_any_regulation(self) -> bool:
        """Return whether only the citation around it tells its kind: "Perubahan atas Peraturan Nomor 3"."""
        return self.instrument.id in {"peraturan", "keputusan"} and self.issuer is None and bool(self.numbers)

    def _move(self, k: int) -> None:
        words = self.reader.context.words
        self.k, self.end = k, words.ends[k - 1]
        self.resume = k
        if words.gaps[k][:1] == ")":
            opened = sum(gap.count("(") - gap.count(")") for gap in words.gaps[self.first + 1 : k])
            self.end += opened > 0

    def _move_to(self, offset: int) -> None:
        words = self.reader.context.words
        self.end = offset
        self.k = self.resume = bisect_left(words.starts, offset)

    def read_topic(self) -> tuple[str, ...]:
        """Read the words that stand for a number: "UU Hak Cipta"."""
        reader = self.reader
        words, rules = reader.context.words, reader.rules
        if _NATION.match(reader.context.view, self.end) is not None:
            return ()
        back = self.k, self.end, self.resume
        bracket = self._bracket()
        first = k = self.k
        while k < len(words) and k - first < _MOST_TOPIC:
            text, lower, gap = words.texts[k], words.lowers[k], words.gaps[k]
            if gap not in {" ", "-"} and not (bracket and k == first and gap == ") "):
                break
            if lower == "dan" and k > first and words.texts[k + 1 : k + 2] and words.texts[k + 1][0].isupper():
                if words.lowers[k + 1] in rules.stop.opening:
                    break
            elif not text[0].isupper() or lower in rules.stop.opening or lower in rules.stop.ends:
                break
            elif lower in _NUMBER_WORDS or lower in _NO_TOPICS or citations.is_verb(lower, rules.stop):
                break
            k += 1
        if k == first:
            self.k, self.end, self.resume = back
            self._bracketed = False
            return ()
        self._move(k)
        return tuple(words.lowers[first:k])

    def read(self, container: Citation | None, *, named: bool) -> None:
        """Read all that belongs to the citation; `named` where a nickname stands for its number."""
        self._by_words()
        for _ in range(_MOST_STEPS):
            if not (self._bracket() or self._nation() or self._number() or self._date() or self._title(named=named)):
                if self.issuer is None and container is None or self.joint:
                    if self._issuer():
                        continue
                break
        self._point()
        if self.numbers and self.subject is None and not self.pointing:
            self._title()
        self._around()
        if self.issuer is None and self._takes_issuer() and self.kind in _LETTERS:
            self._sender()
        if self.date is not None and self.year is None:
            self.year = self.date[0].year

    # ---- the pieces

    def _bracket(self) -> bool:
        """Read an abbreviation in brackets: "Peraturan Pemerintah (PP)"."""
        reader = self.reader
        match = _BRACKET.match(reader.context.view, self.end)
        if match is None or self.numbers or self._subject_at >= 0 or self._bracketed:
            return False
        inside = folded(match[1])
        if not inside:
            return False
        hit = reader.rules.forms.match(reader.context.words, self.reader.context.words.at(match.start(1)))
        if hit is not None:
            other = reader.rules.instruments[hit[1].id]
            if self.instrument.id == "sk" and other.kind is ReferenceKind.KEPPRES:
                self.kind, self.instrument = other.kind, other
        elif not (match[1].isupper() or inside[0][:6] in _GLUED or match[1][:2] in {"In", "Pe"}):
            return False
        self._bracketed = True
        self._move_to(match.end())
        return True

    def _nation(self) -> bool:
        match = _NATION.match(self.reader.context.view, self.end)
        if match is None or self.numbers:
            return False
        self._move_to(match.end())
        return True

    def _number(self) -> bool:
        reader = self.reader
        view = reader.context.view
        letter = self.instrument.style == "letter"
        if self.instrument.style == "year":
            match = _UUD_YEAR.match(view, self.end) if self.year is None else None
            if match is None:
                return False
            self.year = 1945
            self._move_to(match.end())
            return True
        if self.numbers and not (self.joint and self._subject_at < 0):
            return False
        found = citations.number(view, self.end, letter=letter)
        if found is None or (not found.cued and self._subject_at >= 0):
            return False
        if self._subject_at >= 0 and not reader.rules.stop.opening.isdisjoint(
            reader.context.words.lowers[self._subject_at : self.k]
        ):
            return False
        more = [found, *citations.further(view, found, letter=letter)]
        if self.kind in _LETTERS and not self.joint:
            more = more[:1]
        self.numbers += more
        self._move_to(more[-1].end)
        return True

    def _date(self) -> bool:
        if self.date is not None:
            return False
        match = _DATE_CUE.match(self.reader.context.view, self.end)
        if match is not None:
            day = self.reader.day_after(match.end(), 14)
        else:
            day = self.reader.day_after(self.end + 1, 0) if self.kind in {ReferenceKind.SE, ReferenceKind.SKB} else None
            if day is not None and self.reader.dates[day[1]].resolution is not Resolution.EXPLICIT:
                day = None
        if day is None:
            return False
        self.date = day
        end = self.reader.dates[day[1]].span.end
        if self._subject_at < 0 or self.numbers:
            self._move_to(end)
        return True

    def _title(self, *, named: bool = False) -> bool:
        reader = self.reader
        context = reader.context
        if named and not self.numbers:
            return False
        match = _TITLE_CUE.match(context.view, self.end) if self.subject is None else None
        if match is None or (self.instrument.style == "year"):
            return False
        first = bisect_left(context.words.starts, match.end())
        last = citations.subject(context.words, first, reader.rules.stop, numbered=bool(self.numbers))
        if last <= first:
            return False
        start, end = context.words.starts[first], context.words.ends[last - 1]
        self.subject = " ".join(context.text[start:end].split())
        self._subject_at = first
        self._move(last)
        self.resume = first
        return True

    def _point(self) -> None:
        """Read what points back, and the number or date said of it: "Surat edaran itu tertanggal 3 Mei"."""
        reader = self.reader
        words = reader.context.words
        k = self.k
        if k < len(words) and words.gaps[k] in {" ", "  "} and words.lowers[k] in reader.rules.cues["demonstrative"]:
            self.pointing = True
            resume = self.resume
            self._move(k + 1)
            end = self.end
            self._number()
            if self._date() and not self.numbers:
                self._number()
            if not (self.numbers or self.date):
                self.resume = max(resume, self.resume) if self._subject_at < 0 else resume
            self.tail, self.end = self.end, end

    def _around(self) -> None:
        """Read who issued it and when, where a clause behind it says so."""
        reader = self.reader
        context = reader.context
        if self.instrument.style == "year" or (self.date is not None and self.issuer is not None):
            return
        offset = max(self.tail, self.end)
        clause = _ISSUER_CLAUSE.match(context.view, offset) if self.issuer is None and self._takes_issuer() else None
        if clause is not None:
            k = context.words.at(clause.start("who"))
            if self._issued_by(k, bisect_left(context.words.starts, clause.end("who"))):
                return
        match = _ISSUED.match(context.view, offset)
        if match is None:
            self._dated()
            return
        k = bisect_left(context.words.starts, match.end())
        stop = match.end()
        if self.issuer is None and self._takes_issuer() and k < len(context.words) and context.words.gaps[k] == " ":
            seat = reader.seats.get(k)
            if seat is not None:
                self._issued_by(k, seat.end)
                stop = context.words.ends[seat.end - 1]
            else:
                body = organizations.match(context.words, k, reader.bodies, reader.gazetteer)
                if body is not None:
                    self._issued_by(k, body.end)
                    stop = context.words.ends[body.end - 1]
        if self.date is None and match[1].lower() not in {"buat", "kirim"}:
            day = reader.day_after(stop, _REACH_DATE)
            if day is not None:
                start = reader.dates[day[1]].span.start
                if _ON.fullmatch(context.view, stop, start):
                    self.date = day

    def _dated(self) -> None:
        """Read the day behind a letter's number: "nomor ST/28/XII/2023 pada 28 Desember 2023"."""
        match = _ON_DAY.match(self.reader.context.view, self.end)
        if self.date is not None or match is None or not self.numbers or self.kind not in _LETTERS:
            return
        day = self.reader.day_after(match.end(), 0)
        if day is not None and day[0].year == self.numbers[0].year:
            self.date = day

    def _sender(self) -> None:
        """Read who sends it from the words before: "tulis Bupati … dalam surat edaran", "Kejari … melalui surat"."""
        reader = self.reader
        words = reader.context.words
        k = self.first - 1
        if k > 0 and words.lowers[k] in {"sebuah", "suatu", "selembar"}:
            k -= 1
        if k < 1:
            return
        opens = reader.context.sentence(k).start
        if words.lowers[k] in _SENDING:
            self._subject_of(k, opens)
        if words.lowers[k] not in {"dalam", "melalui", "lewat"}:
            return
        if words.lowers[k] == "dalam":
            for j in range(k - 1, max(opens, k - _MOST_PHRASE) - 1, -1):
                seat = reader.seats.get(j)
                if seat is not None:
                    named = words.texts[seat.end : k]
                    said = j > 0 and words.lowers[j - 1].startswith(_SAID)
                    if said and seat.end <= k and all(text[0].isupper() for text in named):
                        self.issuer, self.is_of_office = self._named(seat.start, seat.end), True
                    return
            return
        for j in range(opens, min(opens + 4, k)):
            if words.texts[j][0].isupper() and self._issued_by(j, j + 1):
                return

    def _subject_of(self, verb: int, opens: int) -> None:
        """Read the office or body that a verb of sending stands behind: "Bupati Berau telah menerbitkan surat edaran"."""
        reader = self.reader
        words = reader.context.words
        k = verb
        while k > opens and words.lowers[k - 1] in _ADVERBS:
            k -= 1
        for j in range(k - 1, max(opens, k - _MOST_PHRASE) - 1, -1):
            seat = reader.seats.get(j)
            if seat is not None:
                named = words.texts[seat.end : k]
                marks = words.gaps[seat.end : k + 1]
                if seat.end <= k and all(text[0].isupper() for text in named) and not any("." in m for m in marks):
                    self.issuer, self.is_of_office = self._named(seat.start, seat.end), self.kind is ReferenceKind.SE
                return
            if words.texts[j][0].isupper() and k - j <= _MOST_REGION + 3:
                body = organizations.match(words, j, reader.bodies, reader.gazetteer)
                if body is not None and body.end == k:
                    self.issuer, self.is_of_office = self._named(j, k), self.kind is ReferenceKind.SE
                    return

    def _takes_issuer(self) -> bool:
        return self.instrument.by == "" and self.instrument.kind not in {ReferenceKind.UU, ReferenceKind.PP}

    # ---- issuers

    def _by_words(self) -> None:
        """Read the issuer that the words for the instrument name, with what follows it."""
        reader, by = self.reader, self.instrument.by
        words, rules = reader.context.words, reader.rules
        if self.instrument.id == "surat":
            k = self.k
            while k < len(words) and k - self.k < 4 and words.gaps[k] == " " and words.lowers[k] in _types(rules):
                k += 1
            if k > self.k:
                self.typed = True
                self._move(k)
        if by == "Menteri":
            self._bracket()
            self._ministry()
        elif by in _HEADS:
            self._bracket()
            self.issuer = Issuer(by, None)
            self._region(by)
        elif by:
            self.issuer = Issuer(by, self._key(by))
        elif self.instrument.identity == "region":
            self._bracket()
            self._region("")

    def _ministry(self) -> None:
        """Read the field of a minister behind "Peraturan Menteri", "Permen" or inside "Permendagri"."""
        reader = self.reader
        words, ministries = reader.context.words, reader.rules.ministries
        lower = words.lowers[self.k - 1] if self.first == self.k - 1 else ""
        short = words.lowers[self.k] if self.k < len(words) else ""
        if short[:3] == "men" and len(short) > 3:
            for size in (2, 1, 0):
                extra = words.lowers[self.k + 1 : self.k + 1 + size]
                entry = ministries.get((*folded(short[3:]), *extra)) if len(extra) == size else None
                if entry is not None:
                    self.issuer = Issuer(entry.text("name"), f"men{entry.id}")
                    self._move(self.k + 1 + size)
                    return
        if lower[:6] in _GLUED and len(lower) > 6:
            for size in (3, 2, 1, 0):
                extra = words.lowers[self.k : self.k + size]
                entry = ministries.get((*folded(lower[6:]), *extra)) if len(extra) == size else None
                if entry is not None and all(gap.strip(" -&") == "" for gap in words.gaps[self.k : self.k + size]):
                    self.issuer = Issuer(entry.text("name"), f"men{entry.id}")
                    self._move(self.k + size)
                    return
            return
        for size in range(min(9, len(words) - self.k), 0, -1):
            tail = words.gaps[self.k : self.k + size]
            entry = ministries.get(tuple(words.lowers[self.k : self.k + size]))
            if entry is not None and all(gap.strip(" -&,)") == "" for gap in tail):
                self.issuer = Issuer(entry.text("name"), f"men{entry.id}")
                self._move(self.k + size)
                return
        last = self._phrase(self.k)
        if last is not None:
            self.issuer = Issuer(f"Menteri {self._text(self.k, last)}", None)
            self._move(last)

    def _region(self, by: str) -> None:
        """Read the region behind a regional instrument."""
        reader = self.reader
        words = reader.context.words
        if self.k >= len(words) or words.gaps[self.k].strip(" )") or not words.texts[self.k][0].isupper():
            return
        match = reader.gazetteer.match(words, self.k, _HEADS.get(by))
        if match is None:
            last = self._phrase(self.k)
            if last is not None and last - self.k < _MOST_REGION and not any("," in gap for gap in words.gaps[self.k : last]):
                self.issuer = Issuer(f"{by} {self._text(self.k, last)}".strip(), None)
                self._move(last)
            return
        level = _HEADS.get(by)
        level = level or match.level
        fit = [one for one in match.candidates if one.level in _SEATED and (level is None or one.level is level)]
        if not fit:
            return
        code = fit[0].code if len({one.code for one in fit}) == 1 or level is not None else None
        named = self._named_region(fit[0], match.start, match.end, match.form)
        self.issuer = Issuer(f"{by} {named}".strip(), code, code)
        self._move(match.end)

    def _named_region(self, region: Region, start: int, end: int, form: Form) -> str:
        """Return a region as it stands there, an abbreviation spelled out."""
        return region.short if form is Form.ABBREVIATION else self._text(start, end)

    def _issuer(self) -> bool:
        """Read the issuer that stands at this place."""
        reader = self.reader
        words, rules = reader.context.words, reader.rules
        k = self.k
        if not self._takes_issuer() and not self.joint:
            return False
        if self.issuer is not None and not self.numbers:
            return False
        if k < len(words) and words.lowers[k] in {"bersama", "antara"} and words.gaps[k] == " ":
            self._move(k + 1)
            return True
        dari = k < len(words) and words.lowers[k] == "dari" and words.gaps[k] == " "
        k += dari
        if self.joint and self.numbers and k < len(words) and words.lowers[k] in {"dan", "serta"}:
            k += 1
        if k >= len(words) or words.gaps[k].strip(" )") not in {"", "-"} or "\n" in words.gaps[k]:
            if not (self.joint and self.numbers and k < len(words) and words.gaps[k].strip(" ") == ","):
                return False
        if self.kind is ReferenceKind.SKB and words.lowers[k] in _COUNTS and self.issuer is None:
            if words.lowers[k + 1 : k + 2] and words.lowers[k + 1] in _SIGNERS:
                last = k + 3 if words.lowers[k + 1] == "k" else k + 2
                self.issuer, self.is_of_office = Issuer(self._text(k, last), None), True
                self._move(last)
                return True
        last = self._phrase(k)
        if last is not None and self.numbers and not self.joint and words.lowers[last] not in _PHRASE_ENDS:
            last = None
        if last is not None and words.lowers[last] in _PHRASE_ENDS and not self._opens_issuer(k):
            last = None
        if last is not None:
            named = self._named(k, last)
            if self.issuer is not None:
                named = Issuer(f"{self.issuer.text}, {named.text}", None)
            self.issuer, self.is_of_office = named, True
            self._move(last)
            return True
        if self.numbers or self.issuer is not None:
            return False
        seat = reader.seats.get(k)
        if seat is not None:
            if self.typed:
                return False
            last = seat.end
        else:
            body = organizations.match(words, k, reader.bodies, reader.gazetteer)
            if body is None or self.typed:
                return False
            last = body.end
        if dari and self.instrument.id == "surat":
            return False
        self.issuer, self.is_of_office = self._named(k, last), True
        self._move(last)
        return True

    def _opens_issuer(self, k: int) -> bool:
        """Return whether an office or a body starts at a word."""
        reader = self.reader
        words = reader.context.words
        if k in reader.seats or words.lowers[k] in reader.rules.cues["office"] or words.lowers[k][:3] == "men":
            return True
        return organizations.match(words, k, reader.bodies, reader.gazetteer) is not None

    def _issued_by(self, start: int, end: int) -> bool:
        words = self.reader.context.words
        if start >= len(words) or end <= start:
            return False
        seat = self.reader.seats.get(start)
        body = None if seat else organizations.match(words, start, self.reader.bodies, self.reader.gazetteer)
        if seat is None and body is None:
            return False
        self.issuer, self.is_of_office = self._named(start, max(end, seat.end if seat else body.end)), True  # type: ignore[union-attr]
        return True

    def _phrase(self, k: int) -> int | None:
        """Return where the words end that stand between an instrument and its number, date or title."""
        reader = self.reader
        words, rules = reader.context.words, reader.rules
        held = k
        seat = None
        for j in range(k, min(k + _MOST_PHRASE, len(words))):
            lower, text, gap = words.lowers[j], words.texts[j], words.gaps[j]
            if j > k and gap not in _PHRASE_GAPS and gap not in _LIST_GAPS and gap.strip(" ") not in {"", "),", ","}:
                return None
            if lower in _PHRASE_ENDS or lower in _NUMBER_WORDS or (lower in {"dengan", "yang"} and j > k):
                ends = j > k and (lower not in {"dengan", "yang"} or words.lowers[j + 1 : j + 2] in (["nomor"], ["bernomor"]))
                if lower in _NUMBER_WORDS or (ends and lower not in _PHRASE_ENDS):
                    found = citations.number(reader.context.view, words.ends[j - 1], letter=True) if j > k else None
                    ends = ends and found is not None
                return j if ends else None
            if j > k and (text[0].isdigit() or words.gaps[j + 1] == "/"):
                found = citations.number(reader.context.view, words.ends[j - 1], letter=True)
                if found is not None and not found.cued:
                    return j
            if lower in rules.stop.opening and text[0].isupper() and lower not in _INSIDE:
                return None
            if lower in rules.cues["demonstrative"] or lower in {"sebagai", "tahun", "pasal"}:
                return None
            seat = reader.seats.get(j) or seat
            held = max(held, seat.end if seat is not None else held)
            if text[0].isupper() or text[0].isdigit() or lower in _PHRASE_WORDS or lower in rules.cues["office"]:
                continue
            if j >= held:
                return None
        return None

    def _named(self, start: int, end: int) -> Issuer:
        """Return an issuer in words, abbreviations spelled out, and what identifies it."""
        reader = self.reader
        words = reader.context.words
        seat = reader.seats.get(start)
        if seat is not None and seat.end == end and seat.expansion and seat.rule.startswith("menteri"):
            return Issuer(seat.expansion, self._key(seat.expansion))
        region = seat.region if seat is not None and seat.region is not None and seat.region.end <= end else None
        if seat is not None and seat.head < end:
            start = seat.head  # without the acting word, as in the titles of officials
        text = self._text(start, end)
        if region is None:
            tails = (reader.gazetteer.match(words, j) for j in range(max(start + 1, end - 3), end))
            region = next((tail for tail in tails if tail is not None and tail.end == end), None)
        if region is not None and region.form is Form.ABBREVIATION:
            head, _, tail = text.rpartition(self._text(region.start, region.end))
            text = f"{head}{region.candidates[0].short}{tail}"
        text = _NATION_END.sub("", text)
        text = text.title() if text.islower() else text
        if seat is None or seat.level not in _REGIONAL or seat.organization is not None:
            return Issuer(text, self._key(text))
        if region is None:
            return Issuer(text, None)  # one of many
        levels = (Level(seat.level),) if seat.level != "region" else _SEATED
        fit = [one for one in region.candidates if one.level in levels]
        code = fit[0].code if fit else None
        return Issuer(text, code, code)

    def _key(self, issuer: str) -> str | None:
        """Return what identifies an issuer that is no head of a region."""
        name = folded(issuer)
        ministries = self.reader.rules.ministries
        if name[:1] == ("menteri",):
            entry = ministries.get(name[1:])
            return f"men{entry.id}" if entry is not None else identify(issuer)
        if name[0].startswith("men"):
            entry = ministries.get((name[0][3:], *name[1:]))
            if entry is not None:
                return f"men{entry.id}"
        if (len(name) == 1 and name[0] in _ANY_BODY) or name == ("wali", "kota"):
            return None
        if name[0] in {"kepala", "ketua", "pimpinan"} and len(name) == 2:
            return identify(name[1])
        return identify(issuer)

    def _text(self, start: int, end: int) -> str:
        context = self.reader.context
        if end <= start:
            return ""
        stop = context.words.ends[end - 1]
        text = context.text[context.words.starts[start] : stop]
        if text.count("(") > text.count(")"):
            text = context.text[context.words.starts[start] : stop + 1]
        return " ".join(text.split())


_UUD_YEAR = re.compile(rf"{BLANK}(?:Negara )?(?:Republik Indonesia |RI )?(?:(?i:tahun) )?1945(?!\d)")
_SENDING = frozenset(
    {
        "menerbitkan", "mengeluarkan", "meneken", "menandatangani", "mengirim", "mengirimkan", "membuat", "menyebarkan",
        "mengedarkan", "merilis", "melayangkan",
    }
)  # fmt: skip
_ADVERBS = frozenset(
    {"telah", "sudah", "juga", "pun", "baru", "saja", "langsung", "kemudian", "resmi", "lalu", "itu", "sebelumnya"}
)
_SAID = ("kata", "ujar", "tulis", "ucap", "ungkap", "jelas", "sebut", "terang", "tegas", "bunyi", "oleh")
_NATION_END = re.compile(r" (?:RI|Republik Indonesia)$")
_ON_DAY = re.compile(r" (?:pada|per)(?: hari)?(?: tanggal)? ")
_ON = re.compile(r"(?:[^.;\n”\"]|(?<=[ .](?:Pol|Drs|Dra))\.|(?<=Irjen)\.|(?<= [A-Z])\.|(?<=Dr)\.){0,70}?(?:pada|tanggal|tertanggal|hari|sejak|,|\(|per| )\s*[(]?")


def _types(rules: ReferenceRules) -> frozenset[str]:
    return rules.cues["letter_type"]


# ---- records


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
        span = one if one.numbers and one.inside and not best.numbers else best
        self.best = replace(
            span,
            numbers=best.numbers or one.numbers,
            year=best.year if best.year is not None else one.year,
            date=best.date or one.date,
            issuer=_fuller(best.issuer, one.issuer),
            subject=best.subject or one.subject,
            law=best.law or one.law,
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
    for (one, k), (other, j) in pairwise(namings):
        if k == j:
            continue
        if other.end <= one.end and _AMENDS.search(context.view, max(one.start, other.start - _REACH_AMENDS), other.start):
            changes.setdefault(j, {})[k] = None
        elif _AMENDED.fullmatch(context.view, one.end, other.start):
            changes.setdefault(k, {})[j] = None
        elif _AND_BY.fullmatch(context.view, one.end, other.start):
            for amended in [first for first, by in changes.items() if k in by and first != j and one.kind is other.kind]:
                changes[amended][j] = None
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
            if not one.pointing and one.kind in _LETTERS and family not in self._planned:
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
        if one.numbers:
            found = self._numbers.setdefault((record.best.kind, one.numbers[0].casefold()), [])
            if record not in found:
                found.append(record)
        if (law := self._law(one)) is not None:
            self._by_law[law] = record
        if one.topic:
            self._topics[_family(one), one.topic] = record

    def _law(self, one: Citation) -> str | None:
        if one.law is not None:
            return one.law.id
        if one.number is None or one.kind in _LETTERS:
            return None
        known = self._laws.numbered(one.kind, one.number, one.year)
        return known[0].id if len(known) == 1 and known[0].year == one.year else None

    def _earlier(self, one: Citation, family: str) -> _Record | None:
        """Return the record that a naming belongs to."""
        same = self._last.get(family)
        if one.numbers:
            for record in self._numbers.get((one.kind, one.numbers[0].casefold()), ()):
                years = record.best.year, one.year
                if (None in years or years[0] == years[1]) and _agree(record.best.issuer, one.issuer):
                    return record
        law = self._law(one)
        if law is not None and law in self._by_law:
            return self._by_law[law]
        if one.topic and (family, one.topic) in self._topics:
            record = self._topics[family, one.topic]
            return record if not one.numbers or not record.best.numbers else None
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
        if one.kind not in _LETTERS:
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
        for record in self.known[-_MOST_TITLES:]:
            if record.best.kind is one.kind and record.best.subject is not None and one.law is None:
                if folded(record.best.subject)[: len(one.topic)] == one.topic:
                    return record
        return None

    def _pointed_at(self, one: Citation, same: _Record | None) -> _Record | None:
        """Return the record that "surat edaran itu" or a bare "Pergub" means."""
        if not one.pointing:
            clear = one.instrument.id not in _WORDS and _family(one) not in self._planned
            text = self._context.view[one.start : one.end]
            return same if clear and (text[0].isupper() or one.kind is ReferenceKind.SE) else None
        if same is not None:
            return same
        names = _LETTER_NAMES if one.instrument.id == "surat" else self._last.keys() - _LETTER_NAMES
        record = _latest(self._last, names) if one.instrument.id in {"surat", "peraturan"} else None
        near = record is not None and one.first - record.namings[-1].resume <= _REACH_LEFT
        return record if near else None


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
    a, b = set(folded(one.text)), set(folded(other.text))
    return a <= b or b <= a or one.key == other.key


def _fits(best: Citation, one: Citation) -> bool:
    """Return whether a naming can belong to a record: nothing that both tell differs."""
    dates = best.date is None or one.date is None or best.date[0] == one.date[0]
    subjects = best.subject is None or one.subject is None or best.subject.casefold() == one.subject.casefold()
    numbers = not best.numbers or not one.numbers
    issuers = _agree(best.issuer, one.issuer) or (one.pointing and _share(best.issuer, one.issuer))
    return dates and subjects and numbers and issuers


def _share(one: Issuer | None, other: Issuer | None) -> bool:
    return one is not None and other is not None and not set(folded(one.text)).isdisjoint(folded(other.text))


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
    if best.date is None or best.number is None or best.kind not in _LETTERS | {ReferenceKind.KEPMEN}:
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
    """Return the identifier of what is cited: its slug, its issuer where numbers are not the state's own, its number."""
    if best.law is not None:
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
    if instrument.id in {"putusan-mk", "putusan"} and (ruling := re.fullmatch(r"(\d+)/PUU-\w+/(\d{4})", best.number)):
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
