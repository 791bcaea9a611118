"""The namings of laws, decrees, circulars and letters in an article, each with all that stands beside it."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer
from netralitas_nlp._laws import Law, LawTable, folded
from netralitas_nlp.layers import citations
from netralitas_nlp.layers.citations import BLANK, Number
from netralitas_nlp.layers.instruments import DECREES, GLUED, LETTERS, Citation, Instrument, Issuer, ReferenceRules
from netralitas_nlp.layers.issuers import HEADS, NUMBER_WORDS, PHRASE_ENDS, Issuers
from netralitas_nlp.layers.offices import Office
from netralitas_nlp.layers.organizations import OrganizationRules
from netralitas_nlp.types import DateMention, Granularity, ReferenceKind, Resolution

__all__ = ["scan"]

_OF_MINISTERS = {"keputusan": "kepmen", "peraturan": "permen"}
_BRACKET = re.compile(rf"{BLANK}\(([A-Za-z][\w .-]{{0,30}})\)")
_NATION = re.compile(rf"{BLANK}(?:(?:Republik )?Indonesia|R\.?I\.?)(?![^\W_])")
_DATE_CUE = re.compile(rf"{BLANK}[,(]?{BLANK}(?i:(?:[bt]er ?|per )?tanggal|tgl\.?|tanggap){BLANK}:?")
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
_UUD_YEAR = re.compile(rf"{BLANK}(?:Negara )?(?:Republik Indonesia |RI )?(?:(?i:tahun) )?1945(?!\d)")
_ON_DAY = re.compile(r" (?:pada|per)(?: hari)?(?: tanggal)? ")
#: What stands between a verb of issuing and its day; dots after titles and initials are no ends.
_ON = re.compile(
    r"(?:[^.;\n”\"]|(?<=[ .](?:Pol|Drs|Dra))\.|(?<=Irjen)\.|(?<= [A-Z])\.|(?<=Dr)\.){0,70}?"
    r"(?:pada|tanggal|tertanggal|hari|sejak|,|\(|per| )\s*[(]?"
)
#: Words for what a decree or letter does, which are no issuers.
_DEED = re.compile(r"(?:pe[a-z]{4,}an|kerja|tugas)")
_NO_TOPICS = frozenset({"tahun", "tentang", "republik", "dasar", "advertisement", "ri"})
_COUNTS = frozenset(
    ["dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", *map(str, range(2, 13))]
)
_SIGNERS = frozenset({"menteri", "lembaga", "kementerian", "instansi", "k"})
_MOST_STEPS = 10
_MOST_TOPIC = 6
_MOST_ISSUERS = 8
_MOST_TYPES = 4
_BEFORE, _AFTER = 6, 4
_REACH_LEFT = 60
_REACH_ORPHAN = 40
_REACH_DATE = 70
_NICKNAME_GAPS = frozenset({"", " ", "-", "  ", ", ", " - ", " '"})
#: Words before a provision that is the name of a tax: "PPh Pasal 22".
_TAXES = frozenset({"pph"})
_PINNED = frozenset({"pasal", "ps", "psl", "bab", "lampiran"})


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

    The parameters are those of :func:`netralitas_nlp.layers.references.find`.
    """
    days = {date.span.start: k for k, date in enumerate(dates) if date.granularity is Granularity.DAY}
    issuers = Issuers(context, rules, gazetteer, bodies, {seat.start: seat for seat in seats})
    day = published or max((date.end for date in dates if date.end is not None), default=None)
    reader = _Reader(context, rules, laws, issuers, dates, days, sorted(days), day, headline)
    return reader.all()


@dataclass(frozen=True, slots=True)
class _Reader:
    context: Context
    rules: ReferenceRules
    laws: LawTable
    issuers: Issuers
    dates: Sequence[DateMention]
    days: Mapping[int, int]
    starts: Sequence[int]
    day: dt.date | None
    headline: range

    def all(self) -> list[Citation]:
        """Read the article from left to right."""
        words, rules = self.context.words, self.rules
        lowers = words.lowers
        found: list[Citation] = []
        pins: list[citations.Pinpoint] = []
        at = 0
        forms = {*rules.forms.first_words(), *self.laws.first_words()}
        triggers = forms | rules.cues["generic"] | _PINNED | NUMBER_WORDS
        for i, lower in enumerate(lowers):
            if i < at or (lower not in triggers and lower[:6] not in GLUED):
                continue
            if lower in _PINNED:
                pin = citations.pinpoints(words, i)
                if pin is not None and not (i and lowers[i - 1] in _TAXES):
                    pins.append(pin)
                    at = pin.end
                    continue
            if lower in NUMBER_WORDS:
                if found:
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
                    if new[0].issuer is not None and new[0].issuer.text:
                        new[0] = replace(new[0], bare=False)
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
        if instrument.topics and draft.subject is not None and not draft.numbers and law is None:
            called = self.laws.called((instrument.slug, *folded(draft.subject)))
            law, doubtful = (self._meant(called) if called else None) or (None, False)
        number = draft.numbers[0] if draft.numbers else None
        year = number.year if number is not None and number.year is not None else draft.year
        if year is None and law is not None and _names_year(law, words.lowers[i : draft.k]):
            year = law.year
        named_so = bool(topic) and law is None
        told = bool(number or day or law or named_so or draft.year)
        capital = words.texts[i][0].isupper()
        titled = draft.subject is not None and (
            draft.subject[0].isupper() or instrument.style == "letter" or (capital and instrument.kind in DECREES)
        )
        enough = told or (not instrument.strict and titled)
        if not enough and not instrument.strict and instrument.needs == "issuer":
            enough = issuer is not None and draft.is_of_office
        if draft.typed or (instrument.id == "se" and k == i + 1 and not self._stands_free(i)):
            enough = told
        elif (instrument.by in HEADS or instrument.id == "instruksi") and issuer is not None:
            enough = enough or (capital and issuer.code is not None)
        if instrument.needs == "nothing":
            enough = capital or year is not None
        if instrument.style == "year" and law is None:
            law = next((one for one in self.laws if one.kind is kind), None)
        nothing = words.texts[i].islower() and instrument.is_word and issuer is None
        if not enough and not pointing and (container is not None or nothing):
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
        day = self.day
        if len(called) == 1 and (day is None or called[0].is_called_so(day)):
            return called[0], False
        if day is None:
            return next((law for law in called if law.alias_until is None), called[-1]), True
        meant = [law for law in called if law.is_called_so(day)]
        return (meant[0], False) if meant else None

    def _instrument(self, i: int) -> tuple[int, Instrument] | None:
        """Return the end of the words for an instrument that start at a word, and the instrument."""
        words, rules = self.context.words, self.rules
        lower = words.lowers[i]
        hit = rules.forms.match(words, i, " .-")
        if hit is None:
            glued = GLUED.get(lower[:6])
            if glued is None or len(lower) < 8 or folded(lower[6:]) not in rules.ministries:
                return None
            return i + 1, rules.instruments[glued]
        end, entry = hit
        instrument = rules.instruments[entry.id]
        after = words.lowers[end] if end < len(words) and words.gaps[end] == " " else ""
        if entry.id in _OF_MINISTERS and after[:3] == "men" and folded(after[3:] or "-") in rules.ministries:
            instrument = rules.instruments[_OF_MINISTERS[entry.id]]
        if entry.id in _OF_MINISTERS and after and rules.forms.match(words, end, " .-") is not None:
            return None  # "peraturan POJK 12/2020"
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

    def _is_abbreviation(self, i: int, instrument: Instrument) -> bool:
        """Return whether a short word is an instrument, not a degree, a body's name or a word."""
        words = self.context.words
        after = words.lowers[i + 1] if i + 1 < len(words) else ""
        if after in NUMBER_WORDS or (after[:1].isdigit() and words.gaps[i + 1] in {" ", "-"}):
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
        if not told or last.numbers or last.kind not in LETTERS or i - last.resume > _REACH_ORPHAN or last.planned:
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
    instrument: Instrument
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
        opening = self.reader.context.words.lowers[self.first : self.first + 4]
        together = self.kind is ReferenceKind.SKB or not {"bersama", "seb"}.isdisjoint(opening)
        return self.instrument.joint and together

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
        no_topics = rules.stop.opening | rules.stop.ends | NUMBER_WORDS | _NO_TOPICS
        while k < len(words) and k - first < _MOST_TOPIC:
            text, lower, gap = words.texts[k], words.lowers[k], words.gaps[k]
            if gap not in {" ", "-"} and not (bracket and k == first and gap == ") "):
                break
            if lower == "dan" and k > first and words.texts[k + 1 : k + 2] and words.texts[k + 1][0].isupper():
                if words.lowers[k + 1] in rules.stop.opening:
                    break
            elif not text[0].isupper() or lower in no_topics or citations.is_verb(lower, rules.stop):
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
            if self._bracket() or self._nation() or self._number() or self._date() or self._title(named=named):
                continue
            if not ((self.joint or (self.issuer is None and container is None)) and self._issuer()):
                break
        self._point()
        if self.numbers and self.subject is None and not self.pointing:
            self._title()
        self._around()
        if self.issuer is None and self._takes_issuer() and self.kind in LETTERS:
            self.issuer = self.reader.issuers.before(self.first)
            self.is_of_office = self.issuer is not None and self.kind is ReferenceKind.SE
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
        elif not (match[1].isupper() or inside[0][:6] in GLUED or match[1][:2] in {"In", "Pe", "Me", "Ke"}):
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
        if found is None and not self.numbers and self.year is None and self.issuer is not None:
            return self._year()
        if found is None or (not found.cued and self._subject_at >= 0):
            return False
        if self._subject_at >= 0 and not reader.rules.stop.opening.isdisjoint(
            reader.context.words.lowers[self._subject_at : self.k]
        ):
            return False
        more = [found, *citations.further(view, found, letter=letter)]
        if self.kind in LETTERS and not self.joint:
            more = more[:1]
        self.numbers += more
        self._move_to(more[-1].end)
        return True

    def _year(self) -> bool:
        """Read a year that stands for the number: "SK Gubernur Tahun 2019"."""
        found = citations.year_at(self.reader.context.view, self.end)
        if found is None or self._subject_at >= 0:
            return False
        self.year = found[0]
        self._move_to(found[1])
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
        words = context.words
        if self.instrument.style == "year" or (self.date is not None and self.issuer is not None):
            return
        offset = max(self.tail, self.end)
        open_ = self.issuer is None and self._takes_issuer()
        clause = _ISSUER_CLAUSE.match(context.view, offset) if open_ else None
        if clause is not None and self._is_issued_by(words.at(clause.start("who"))) is not None:
            return
        match = _ISSUED.match(context.view, offset)
        if match is None:
            self._dated()
            return
        k = bisect_left(words.starts, match.end())
        stop = match.end()
        if open_ and k < len(words) and words.gaps[k] == " ":
            stop = self._is_issued_by(k) or stop
        day = reader.day_after(stop, _REACH_DATE) if self.date is None else None
        if day is not None and match[1].lower() not in {"buat", "kirim"}:
            start = reader.dates[day[1]].span.start
            if _ON.fullmatch(context.view, stop, start):
                self.date = day

    def _is_issued_by(self, k: int) -> int | None:
        """Take the office or body at a word as the issuer; return the offset of its end."""
        found = self.reader.issuers.at(k)
        if found is None:
            return None
        self.issuer, self.is_of_office = found[1], True
        return self.reader.context.words.ends[found[0] - 1]

    def _dated(self) -> None:
        """Read the day behind a letter's number: "nomor ST/28/XII/2023 pada 28 Desember 2023"."""
        match = _ON_DAY.match(self.reader.context.view, self.end)
        if self.date is not None or match is None or not self.numbers or self.kind not in LETTERS:
            return
        day = self.reader.day_after(match.end(), 0)
        if day is not None and day[0].year == self.numbers[0].year:
            self.date = day

    # ---- issuers

    def _takes_issuer(self) -> bool:
        return self.instrument.by == "" and self.instrument.kind not in {ReferenceKind.UU, ReferenceKind.PP}

    def _by_words(self) -> None:
        """Read the issuer that the words for the instrument name, with what follows it."""
        reader, by = self.reader, self.instrument.by
        issuers = reader.issuers
        if self.instrument.id == "surat":
            self._letter_type()
        if by == "Menteri" or by in HEADS or self.instrument.identity == "region":
            self._bracket()
            found = issuers.ministry(self.k, self.first) if by == "Menteri" else issuers.region(self.k, by)
            self.issuer = Issuer(by, None) if by in HEADS else None
            if found is not None:
                self.issuer = found[1]
                self._move(found[0])
        elif by:
            self.issuer = Issuer(by, issuers.key(by))

    def _letter_type(self) -> None:
        """Read what kind of letter it is: "surat perintah penahanan"."""
        words, k = self.reader.context.words, self.k
        types = self.reader.rules.cues["letter_type"]
        while k < len(words) and k - self.k < _MOST_TYPES and words.gaps[k] == " " and words.lowers[k] in types:
            k += 1
        if k > self.k:
            self.typed = True
            self._move(k)

    def _issuer(self) -> bool:
        """Read the issuer that stands at this place."""
        reader = self.reader
        words, issuers = reader.context.words, reader.issuers
        k = self.k
        if (not self._takes_issuer() and not self.joint) or (self.issuer is not None and not self.numbers):
            return False
        if k < len(words) and words.lowers[k] in {"bersama", "antara"} and words.gaps[k] in {" ", ") "}:
            self._move(k + 1)
            return True
        sent = k < len(words) and words.lowers[k] == "dari" and words.gaps[k] == " "
        k += sent
        goes_on = self.joint and bool(self.numbers)
        if goes_on and words.lowers[k : k + 1] in (["dan"], ["serta"]):
            k += 1
        if k >= len(words) or not (
            words.gaps[k] in {" ", "  ", ") ", "-", " - ", " ) "} or (goes_on and words.gaps[k].strip(" ") == ",")
        ):
            return False
        found = self._counted(k) or self._phrased(k)
        if found is None and not (self.numbers or self.issuer is not None or self.typed):
            found = issuers.at(k) if not (sent and self.instrument.id == "surat") else None
            if found is not None and self.joint:
                found = self._listed(found)
        if found is None:
            return False
        if found[1].text:
            named = found[1] if self.issuer is None else Issuer(f"{self.issuer.text}, {found[1].text}", None)
            self.issuer, self.is_of_office = named, True
        self._move(found[0])
        return True

    def _listed(self, first: tuple[int, Issuer]) -> tuple[int, Issuer]:
        """Read the further issuers of a joint one: "SKB Mendagri, KPU, dan Bawaslu"."""
        words, issuers = self.reader.context.words, self.reader.issuers
        (k, issuer), names = first, [first[1].text]
        while k < len(words) and words.gaps[k].strip(" ") in {"", ","} and len(names) < _MOST_ISSUERS:
            ends = words.lowers[k] in {"dan", "serta"}
            if ends and (k + 1 >= len(words) or words.gaps[k + 1] != " "):
                break
            found = issuers.at(k + ends) if ends or "," in words.gaps[k] else None
            if found is None:
                break
            k, names = found[0], [*names, found[1].text]
            if ends:
                return k, Issuer(f"{', '.join(names[:-1])} dan {names[-1]}", None)
        return first[0], issuer

    def _counted(self, k: int) -> tuple[int, Issuer] | None:
        """Read how many signed: "SKB 3 Menteri"."""
        words = self.reader.context.words
        after = words.lowers[k + 1] if k + 1 < len(words) else ""
        if self.kind is not ReferenceKind.SKB or self.issuer is not None:
            return None
        if words.lowers[k] not in _COUNTS or after not in _SIGNERS:
            return None
        last = min(k + 3 if after == "k" else k + 2, len(words))
        return last, Issuer(" ".join(self.reader.context.text[words.starts[k] : words.ends[last - 1]].split()), None)

    def _phrased(self, k: int) -> tuple[int, Issuer] | None:
        """Read the words up to the number, date or title as the issuer."""
        issuers, lowers = self.reader.issuers, self.reader.context.words.lowers
        last = issuers.phrase(k)
        if last is None:
            return None
        ends = lowers[last] in PHRASE_ENDS
        if ends and not issuers.opens(k):
            return None
        if not ends and self.numbers and not self.joint:
            return None
        if not ends and not issuers.opens(k) and _DEED.fullmatch(lowers[k]):
            return last, Issuer("", None)  # "Surat Keputusan Pembebasan Bersyarat Nomor …"
        return last, issuers.named(k, last)


def _names_year(law: Law, words: Sequence[str]) -> bool:
    """Return whether a nickname holds the year of its law: "UUD 1945", "UUD 45"."""
    year = str(law.year)
    return year in words or (law.kind is ReferenceKind.UUD and year[2:] in words)
