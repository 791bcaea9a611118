"""Who issued what is cited: the office or body beside it, in words and as a part of identifiers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Form, Gazetteer
from netralitas_nlp._laws import folded
from netralitas_nlp.layers import citations, organizations
from netralitas_nlp.layers.citations import identify
from netralitas_nlp.layers.instruments import GLUED, Issuer, ReferenceRules
from netralitas_nlp.layers.offices import Office
from netralitas_nlp.layers.organizations import OrganizationRules
from netralitas_nlp.types import Level, Role

__all__ = ["HEADS", "NUMBER_WORDS", "PHRASE_ENDS", "Issuers"]

#: Heads of regions that regional instruments are named after, and the level of their regions.
HEADS = {"Gubernur": Level.PROVINCE, "Bupati": Level.REGENCY, "Wali Kota": Level.CITY}
NUMBER_WORDS = frozenset({"nomor", "no", "nomer", "nmr", "bernomor"})
#: Words besides those for a number at which the words for an issuer end.
PHRASE_ENDS = frozenset({"tanggal", "tertanggal", "bertanggal", "tgl", "tentang", "perihal", "ttg", "mengenai"})
_SEATED = (Level.PROVINCE, Level.REGENCY, Level.CITY)
#: Who signs what a region numbers.
_GOVERNING = frozenset(
    {Role.GUBERNUR, Role.BUPATI, Role.WALI_KOTA, Role.SEKRETARIS_DAERAH, Role.WAKIL_GUBERNUR, Role.WAKIL_BUPATI}
)
_REGIONAL = frozenset({"province", "regency", "city", "region"})
#: Words for any regional body, which identify none.
_ANY_BODY = frozenset({"gubernur", "bupati", "walikota", "pemkab", "pemkot", "pemko", "pemprov", "pemda", "dprd"})
_PHRASE_WORDS = frozenset({"dan", "serta", "ri", "bersama", "antara", "se", "atas", "nama", "pada", "ad", "interim"})
_PHRASE_GAPS = frozenset({"", " ", "  ", " (", ") ", "-", "/", " & ", " - ", " – ", "/ ", ")", ". ", ",", ", ", "), "})
#: First words of instruments that names of bodies hold too.
_INSIDE = frozenset(
    {"keputusan", "peraturan", "rekomendasi", "berita", "nota", "instruksi", "permen", "surat", "perma"}
)
_NO_ISSUERS = frozenset({"sebagai", "tahun", "pasal"})
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
#: The short form after a name: "Pengadilan Negeri Jakarta Pusat (PN Jakpus)".
_SHORT_FORM = re.compile(r" \([^()]{1,30}\)$")
_NATION_END = re.compile(r"(?<!Negara) (?:RI|Republik Indonesia)$")
_MOST_PHRASE = 18
_MOST_REGION = 5
_MOST_BODY = 8
_MOST_OPENING = 4
_MOST_FIELD = 9


@dataclass(frozen=True, slots=True)
class Issuers:
    """Finds the issuers of one article.

    Attributes
    ----------
    context, rules, gazetteer, bodies
        The article, the instruments, the regions and the bodies.
    seats
        The offices of the article by their first word.
    """

    context: Context
    rules: ReferenceRules
    gazetteer: Gazetteer
    bodies: OrganizationRules
    seats: Mapping[int, Office]

    def at(self, k: int) -> tuple[int, Issuer] | None:
        """Return the office or body that starts at a word, and where it ends."""
        if k >= len(self.context.words):
            return None
        seat = self.seats.get(k)
        if seat is not None:
            return seat.end, self.named(k, seat.end)
        body = organizations.match(self.context.words, k, self.bodies, self.gazetteer)
        return (body.end, self.named(k, body.end)) if body is not None else None

    def opens(self, k: int) -> bool:
        """Return whether an office or a body starts at a word."""
        lower = self.context.words.lowers[k]
        return lower in self.rules.cues["office"] or lower[:3] == "men" or self.at(k) is not None

    def phrase(self, k: int) -> int | None:
        """Return where the words end that stand between an instrument and its number, date or title."""
        words, rules = self.context.words, self.rules
        held = k
        for j in range(k, min(k + _MOST_PHRASE, len(words))):
            lower, text = words.lowers[j], words.texts[j]
            if j > k and words.gaps[j] not in _PHRASE_GAPS:
                return None
            if lower in PHRASE_ENDS:
                return j if j > k else None
            if lower in NUMBER_WORDS or (lower in {"dengan", "yang"} and j > k):
                return j if j > k and self._is_number(j, cued=True) else None
            if j > k and (text[0].isdigit() or words.gaps[j + 1] == "/") and self._is_number(j, cued=False):
                return j
            if lower in rules.stop.opening and text[0].isupper() and lower not in _INSIDE:
                return None
            if lower in rules.cues["demonstrative"] or lower in _NO_ISSUERS:
                return None
            seat = self.seats.get(j)
            held = max(held, seat.end if seat is not None else held)
            known = text[0].isupper() or text[0].isdigit() or lower in _PHRASE_WORDS or lower in rules.cues["office"]
            if not known and j >= held:
                return None
        return None

    def _is_number(self, j: int, *, cued: bool) -> bool:
        found = citations.number(self.context.view, self.context.words.ends[j - 1], letter=True)
        return found is not None and found.cued is cued

    def ministry(self, k: int, first: int) -> tuple[int, Issuer] | None:
        """Read the minister behind "Peraturan" or "Permen", or inside "Permendagri".

        Parameters
        ----------
        k
            The word after the instrument's.
        first
            The first of the instrument's words.
        """
        words = self.context.words
        glued = words.lowers[k - 1] if first == k - 1 else ""
        short = words.lowers[k] if k < len(words) else ""
        if glued[:6] in GLUED and len(glued) > 6:
            return self._field(k, folded(glued[6:]), 3)
        if short[:3] == "men" and len(short) > 3 and (found := self._field(k + 1, folded(short[3:]), 2)) is not None:
            return found
        if (found := self._field(k, (), _MOST_FIELD)) is not None:
            return found
        last = self.phrase(k)
        return (last, Issuer(f"Menteri {self._text(k, last)}", None)) if last is not None else None

    def _field(self, k: int, opening: tuple[str, ...], most: int) -> tuple[int, Issuer] | None:
        """Return the minister whose field has some first words and goes on at a word."""
        words = self.context.words
        for size in range(min(most, len(words) - k), -1, -1):
            entry = self.rules.ministries.get((*opening, *words.lowers[k : k + size]))
            if entry is not None and all(gap.strip(" -&,)") == "" for gap in words.gaps[k : k + size]):
                return k + size, Issuer(entry.text("name"), f"men{entry.id}")
        return None

    def region(self, k: int, by: str) -> tuple[int, Issuer] | None:
        """Read the region behind a regional instrument; `by` is the head of region who issues it, or empty."""
        words = self.context.words
        if k >= len(words) or words.gaps[k].strip(" )") or not words.texts[k][0].isupper():
            return None
        match = self.gazetteer.match(words, k, HEADS.get(by))
        if match is None:
            last = self.phrase(k)
            if last is None or last - k >= _MOST_REGION or any("," in gap for gap in words.gaps[k:last]):
                return None
            return last, Issuer(f"{by} {self._text(k, last)}".strip(), None)
        level = HEADS.get(by) or match.level
        fit = [one for one in match.candidates if one.level in _SEATED and level in {None, one.level}]
        if not fit:
            return None
        code = fit[0].code if len({one.code for one in fit}) == 1 or level is not None else None
        named = fit[0].short if match.form is Form.ABBREVIATION else self._text(match.start, match.end)
        return match.end, Issuer(f"{by} {named}".strip(), code, code)

    def before(self, first: int) -> Issuer | None:
        """Read who sends a letter from the words before it.

        "tulis Bupati … dalam surat edaran", "Kejari … melalui surat", "Bupati … telah menerbitkan surat edaran".

        Parameters
        ----------
        first
            The first word of the letter.
        """
        words = self.context.words
        k = first - 1
        if k > 0 and words.lowers[k] in {"sebuah", "suatu", "selembar"}:
            k -= 1
        if k < 1:
            return None
        opens = self.context.sentence(k).start
        if words.lowers[k] in _SENDING:
            return self._subject_of(k, opens)
        if words.lowers[k] == "dalam":
            return self._said_in(k, opens)
        if words.lowers[k] in {"melalui", "lewat"}:
            for j in range(opens, min(opens + _MOST_OPENING, k)):
                found = self.at(j) if words.texts[j][0].isupper() else None
                if found is not None:
                    return found[1]
        return None

    def _said_in(self, k: int, opens: int) -> Issuer | None:
        words = self.context.words
        for j in range(k - 1, max(opens, k - _MOST_PHRASE) - 1, -1):
            seat = self.seats.get(j)
            if seat is not None:
                said = j > 0 and words.lowers[j - 1].startswith(_SAID) and self._reaches(seat, k)
                return self.named(seat.start, seat.end) if said else None
        return None

    def _subject_of(self, verb: int, opens: int) -> Issuer | None:
        """Return the office or body that a verb of sending stands behind."""
        words = self.context.words
        k = verb
        while k > opens and words.lowers[k - 1] in _ADVERBS:
            k -= 1
        for j in range(k - 1, max(opens, k - _MOST_PHRASE) - 1, -1):
            seat = self.seats.get(j)
            if seat is not None:
                return self.named(seat.start, seat.end) if self._reaches(seat, k) else None
            if words.texts[j][0].isupper() and k - j <= _MOST_BODY:
                body = organizations.match(words, j, self.bodies, self.gazetteer)
                if body is not None and body.end == k:
                    return self.named(j, k)
        return None

    def _reaches(self, seat: Office, k: int) -> bool:
        """Return whether only a name stands between an office and a word."""
        words = self.context.words
        named = all(text[0].isupper() for text in words.texts[seat.end : k])
        return seat.end <= k and named and not any("." in gap for gap in words.gaps[seat.end : k + 1])

    def named(self, start: int, end: int) -> Issuer:
        """Return an issuer in words, abbreviations spelled out, and what identifies it."""
        words = self.context.words
        seat = self.seats.get(start)
        if seat is not None and seat.end == end and seat.expansion and seat.rule.startswith("menteri"):
            return Issuer(seat.expansion, self.key(seat.expansion))
        region = seat.region if seat is not None and seat.region is not None and seat.region.end <= end else None
        if seat is not None and seat.head < end:
            start = seat.head  # without the acting word, as in the titles of officials
        text = self._text(start, end)
        if region is None:
            tails = (self.gazetteer.match(words, j) for j in range(max(start + 1, end - 3), end))
            region = next((tail for tail in tails if tail is not None and tail.end == end), None)
        if region is not None and region.form is Form.ABBREVIATION:
            head, _, tail = text.rpartition(self._text(region.start, region.end))
            text = f"{head}{region.candidates[0].short}{tail}"
        text = _NATION_END.sub("", _SHORT_FORM.sub("", text))
        text = text.title() if text.islower() or (seat is not None and text.isupper() and " " in text) else text
        if seat is None or seat.level not in _REGIONAL:
            return Issuer(text, self.key(text))
        if seat.role not in _GOVERNING or seat.organization is not None:
            return Issuer(text, self.key(text) if region is not None or seat.organization is not None else None)
        if region is None:
            return Issuer(text, None)  # one of many
        levels = (Level(seat.level),) if seat.level != "region" else _SEATED
        code = next((one.code for one in region.candidates if one.level in levels), None)
        return Issuer(text, code, code)

    def key(self, issuer: str) -> str | None:
        """Return what identifies an issuer that is no head of a region."""
        name = folded(issuer)
        ministries = self.rules.ministries
        if not name or (len(name) == 1 and name[0] in _ANY_BODY) or name == ("wali", "kota"):
            return None
        if name[0] == "menteri" or name[0].startswith("men"):
            rest = name[1:] if name[0] == "menteri" else (name[0][3:], *name[1:])
            entry = ministries.get(rest)
            if entry is not None:
                return f"men{entry.id}"
        if name[0] in {"kepala", "ketua", "pimpinan"} and len(name) == 2:
            return identify(name[1])
        return identify(issuer)

    def _text(self, start: int, end: int) -> str:
        """Return some words as they stand in the text, a bracket closed that opens among them."""
        if end <= start:
            return ""
        context = self.context
        first, last = context.words.starts[start], context.words.ends[end - 1]
        text = context.text[first:last]
        if text.count("(") > text.count(")"):
            text = context.text[first : last + 1]
        return " ".join(text.split())
