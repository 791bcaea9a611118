"""One citation, read piece by piece from the words for an instrument on: issuer, number, date and title."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from netralitas_nlp._context import Context
from netralitas_nlp._laws import folded
from netralitas_nlp.layers import citations
from netralitas_nlp.layers.citations import BLANK, Number
from netralitas_nlp.layers.instruments import GLUED, LETTERS, Citation, Instrument, Issuer, ReferenceRules
from netralitas_nlp.layers.issuers import HEADS, NUMBER_WORDS, PHRASE_ENDS, Issuers
from netralitas_nlp.types import DateMention, ReferenceKind, Resolution

__all__ = ["Draft", "Sources"]

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
_REACH_DATE = 70


@dataclass(frozen=True, slots=True)
class Sources:
    """What a citation is read from: the article, its dates and the bodies that may have issued it.

    Attributes
    ----------
    days
        The index of each date that is one day, by its offset.
    starts
        Their offsets in order.
    """

    context: Context
    rules: ReferenceRules
    issuers: Issuers
    dates: Sequence[DateMention]
    days: Mapping[int, int]
    starts: Sequence[int]

    def day_after(self, offset: int, reach: int) -> tuple[dt.date, int] | None:
        """Return the first date that starts within some characters after an offset, and its index."""
        k = bisect_left(self.starts, offset)
        if k == len(self.starts) or self.starts[k] > offset + reach:
            return None
        index = self.days[self.starts[k]]
        day = self.dates[index].start
        return (day, index) if day is not None else None


@dataclass(slots=True)
class Draft:
    """What follows the words for an instrument, read piece by piece."""

    reader: Sources
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
