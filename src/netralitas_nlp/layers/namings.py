"""The namings of laws, decrees, circulars and letters in an article, each with all that stands beside it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer
from netralitas_nlp._laws import Law, LawTable, folded
from netralitas_nlp.layers import citations
from netralitas_nlp.layers.drafts import Draft, Sources
from netralitas_nlp.layers.instruments import DECREES, GLUED, LETTERS, Citation, Instrument, Issuer, ReferenceRules
from netralitas_nlp.layers.issuers import HEADS, NUMBER_WORDS, Issuers
from netralitas_nlp.layers.offices import Office
from netralitas_nlp.layers.organizations import OrganizationRules
from netralitas_nlp.types import DateMention, Granularity, ReferenceKind

__all__ = ["openers", "scan"]

_OF_MINISTERS = {"keputusan": "kepmen", "peraturan": "permen"}
_BEFORE, _AFTER = 6, 4
_REACH_LEFT = 60
_REACH_ORPHAN = 40
_NICKNAME_GAPS = frozenset({"", " ", "-", "  ", ", ", " - ", " '"})
#: Words before a provision that is the name of a tax: "PPh Pasal 22".
_TAXES = frozenset({"pph"})
_GLUED_PARTS = ("ermen", "epmen", "ERMEN", "EPMEN")
_PINNED = frozenset({"pasal", "ps", "psl", "bab", "lampiran"})


def openers(rules: ReferenceRules, laws: LawTable) -> frozenset[str]:
    """Return the words that a naming may hang on, for :meth:`netralitas_nlp._text.Words.among`."""
    generic = rules.cues["generic"]
    return frozenset({*rules.forms.first_words(), *laws.first_words(), *generic, *_PINNED, *NUMBER_WORDS})


def scan(
    context: Context,
    rules: ReferenceRules,
    laws: LawTable,
    gazetteer: Gazetteer,
    bodies: OrganizationRules,
    *,
    opening: frozenset[str] = frozenset(),
    seats: Sequence[Office] = (),
    dates: Sequence[DateMention] = (),
    published: dt.date | None = None,
    headline: range = range(0),
) -> list[Citation]:
    """Return every naming of an instrument, those that name none in particular and plans included.

    The parameters are those of :func:`netralitas_nlp.layers.references.find`, and `opening`, what :func:`openers`
    returned, where it is at hand.
    """
    days = {date.span.start: k for k, date in enumerate(dates) if date.granularity is Granularity.DAY}
    issuers = Issuers(context, rules, gazetteer, bodies, {seat.start: seat for seat in seats})
    day = published or max((date.end for date in dates if date.end is not None), default=None)
    opening = opening or openers(rules, laws)
    reader = _Reader(context, rules, issuers, dates, days, sorted(days), laws, day, headline, opening)
    return reader.all()


@dataclass(frozen=True, slots=True)
class _Reader(Sources):
    laws: LawTable
    day: dt.date | None
    headline: range
    opening: frozenset[str]

    def all(self) -> list[Citation]:
        """Read the article from left to right."""
        words, rules = self.context.words, self.rules
        lowers = words.lowers
        found: list[Citation] = []
        pins: list[citations.Pinpoint] = []
        at = 0
        hits = words.among(self.opening)
        if any(glued in self.context.view for glued in _GLUED_PARTS):  # "Permendikbud" opens with no known word
            hits = sorted({*hits, *(i for i, lower in enumerate(lowers) if lower[:6] in GLUED)})
        for i in hits:
            if i < at:
                continue
            lower = lowers[i]
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
        draft = Draft(self, i, k, instrument)
        if law is None and instrument.topics:
            topic = draft.read_topic()
            called = self.laws.called((instrument.slug, *topic)) if topic else []
            if called:
                found = self._meant(called)
                law, doubtful = found if found is not None else (None, False)
            elif i in self.headline:
                topic = ()
                draft = Draft(self, i, k, instrument)
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
        capital = words.texts[i + (k > i + 2)][0].isupper()  # "surat Keputusan Presiden"
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





def _with_left_pins(found: list[Citation], pins: Sequence[citations.Pinpoint]) -> list[Citation]:
    """Give provisions without a law behind them to the law that was named last."""
    firsts = [one.first for one in found]
    for pin in pins:
        k = bisect_left(firsts, pin.start) - 1
        if k >= 0 and pin.start - found[k].resume <= _REACH_LEFT and pin.provisions[0].startswith("Pasal"):
            found[k] = replace(found[k], provisions=(*found[k].provisions, *pin.provisions))
    return found


def _names_year(law: Law, words: Sequence[str]) -> bool:
    """Return whether a nickname holds the year of its law: "UUD 1945", "UUD 45"."""
    year = str(law.year)
    return year in words or (law.kind is ReferenceKind.UUD and year[2:] in words)
