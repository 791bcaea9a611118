"""The regions of Indonesia and the matching of their names in running text.

The tables (``data/regions``) are read once, on first use; a :class:`Region` is built when it is first asked for.
Names are compared without blanks and marks, so "Palangka Raya" and "Palangkaraya" are one name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from netralitas_nlp._rules import builtin
from netralitas_nlp._text import Memo, Words
from netralitas_nlp.types import Area, Level

__all__ = ["LEVEL_WORDS", "Form", "Gazetteer", "Region", "RegionMatch", "Weakness", "resolve"]

#: Words that fix the level of the name after them.
LEVEL_WORDS: Mapping[str, Level] = {
    "kabupaten": Level.REGENCY,
    "kab": Level.REGENCY,
    "kota": Level.CITY,
    "kotamadya": Level.CITY,
    "kodya": Level.CITY,
    "provinsi": Level.PROVINCE,
    "propinsi": Level.PROVINCE,
    "prov": Level.PROVINCE,
    "kecamatan": Level.DISTRICT,
    "kec": Level.DISTRICT,
    "distrik": Level.DISTRICT,
    "kapanewon": Level.DISTRICT,
    "kemantren": Level.DISTRICT,
}
#: Words between a level word and the name ("Kota Administrasi Jakarta Timur").
_ADMINISTRATIVE = frozenset({"administrasi", "administratif", "adm"})
#: Other spellings of a word inside a name.
_SPELLINGS = {"kep": "kepulauan", "sumatra": "sumatera"}
#: Abbreviations whose dot may stand before the next word of a name.
_DOTTED = frozenset({"kab", "prov", "kec", "kep", "adm", "d", "i", "k", "bl", "bts", "gn"})
#: Words that a name may hold in lower case ("Jawa tengah").
_SMALL = frozenset({"dan", "barat", "tengah", "timur", "utara", "selatan", "tenggara", "sampai", "hingga"})
_MARKS = str.maketrans({"-": " ", "/": " ", ".": " ", "(": " ", ")": " ", "'": None})
_HYPHENS = frozenset({"-", " - ", "- ", "/", "' "})
#: Provinces whose districts are called Distrik.
_PAPUA = frozenset({"91", "92", "93", "94", "95", "96"})


class Form(StrEnum):
    """How the name of a region is written."""

    NAME = "name"
    ALIAS = "alias"
    ABBREVIATION = "abbreviation"
    CAPITAL = "capital"


class Weakness(StrEnum):
    """What else a bare name may be."""

    NONE = ""
    #: A word or a person's name; after a preposition it is the region.
    COMMON = "common"
    #: Usually something else, or a district.
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class Region:
    """A province, regency, city or district.

    Attributes
    ----------
    code
        Its Kemendagri code: "64", "64.03", "64.03.04".
    name
        The official name with its level word: "Kabupaten Berau", "Provinsi Riau", "Kecamatan Teluk Bayur".
    short
        The bare name: "Berau".
    level
        Province, regency, city or district.
    capital
        The seat of its government, None for districts.
    """

    code: str
    name: str
    short: str
    level: Level
    capital: str | None = None

    def __hash__(self) -> int:
        return hash(self.code)

    @property
    def area(self) -> Area:
        """The region as the records name it."""
        return Area(name=self.name, level=self.level, code=self.code)

    @property
    def parent(self) -> str | None:
        """The code of a district's regency or city, of a regency's province; None for a province."""
        return self.code[:-3] or None

    @property
    def province(self) -> str:
        """The code of its province."""
        return self.code[:2]

    def holds(self, other: Region) -> bool:
        """Return whether another region is this one or lies in it."""
        return other.code.startswith(self.code)


class _Entry(NamedTuple):
    """What one spelling stands for; no codes: it holds a region's name and is none ("Metro Jaya")."""

    codes: tuple[str, ...]
    form: Form
    weakness: Weakness
    upper: bool


class RegionMatch(NamedTuple):
    """A region's name at some words of a text.

    Attributes
    ----------
    start, end
        The indices of its words, level word included, end exclusive.
    name
        The index of the first word of the name itself.
    candidates
        Every reading, provinces, regencies and cities before districts.
    level
        What the level word says; None where there is none.
    form
        How it is written.
    weakness
        What else the name may be; nothing after a level word.
    """

    start: int
    end: int
    name: int
    candidates: tuple[Region, ...]
    level: Level | None
    form: Form
    weakness: Weakness

    @property
    def weak(self) -> bool:
        """Whether the name counts only after an office, a body or a level word; so do bare districts."""
        return self.weakness is not Weakness.NONE


class Gazetteer:
    """All regions, found by code, by name and in running text. Use :meth:`load`."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Level, str, str, str | None]] = {}
        self._regions: dict[str, Region] = {}
        self._known: dict[tuple[str, ...], tuple[Region, ...]] = {}
        self._names: dict[str, _Entry] = {}
        self._starters: dict[str, int] = dict.fromkeys(LEVEL_WORDS, 0)
        self._small = set(_SMALL)
        self._hyphened: set[str] = set()
        self._seats: dict[str, tuple[str, ...]] = {}
        self._aliases: dict[str, list[str]] = {}
        self._towns = Memo(self._seats_of)
        self._read()
        #: What opens a match in lower case too: level words and the number of "2 x 11 Kayu Tanam".
        self.uncapitalised = frozenset(LEVEL_WORDS) | {first for first in self._starters if first[0].isdigit()}

    @staticmethod
    @cache
    def load() -> Gazetteer:
        """Return the gazetteer of the package, read once."""
        return Gazetteer()

    def _read(self) -> None:
        for code, level, name, short, capital, weakness in _table("regions.tsv"):
            self._rows[code] = (Level(level), name if "." in code else f"Provinsi {name}", short, capital)
            self._add(short, code, Form.NAME, Weakness(weakness))
            seat = "".join(_parts(capital))
            self._seats[seat] = (*self._seats.get(seat, ()), code)
        for alias, code, form, weakness in _table("aliases.tsv"):
            if form == "none":
                self._add(alias, None, Form.ALIAS, Weakness.NONE)
            else:
                self._add(alias, code, Form(form), Weakness(weakness))
                self._aliases.setdefault(code, []).append(alias)
        for code, name in _table("districts.tsv"):
            self._rows[code] = (Level.DISTRICT, ("Distrik " if code[:2] in _PAPUA else "Kecamatan ") + name, name, None)
            for spelling in name.replace(")", "").split(" ("):
                self._add(spelling, code, Form.NAME, Weakness.STRICT)
        for seat, codes in self._seats.items():
            if seat not in self._names:
                self._names[seat] = _Entry(codes, Form.CAPITAL, Weakness.STRICT, False)
                self._start(_parts(self._rows[codes[0]][3] or ""))
        for spelling, word in _SPELLINGS.items():
            self._starters[spelling] = self._starters[word]

    def _add(self, name: str, code: str | None, form: Form, weakness: Weakness) -> None:
        parts = _parts(name)
        key = "".join(parts)
        self._start(parts)
        if not name.istitle():
            self._small.update(part for part in name.split()[1:] if part.islower())
        if not name.replace(" ", "").isalnum():
            self._hyphened.add(key)
            self._start([name.lower().split()[0], *parts[1:]])
        known = self._names.get(key)
        if known is None:
            upper = len(parts) == 1 < len(name) and name.isupper()
            self._names[key] = _Entry(() if code is None else (code,), form, weakness, upper)
        elif code is not None and code not in known.codes:
            self._names[key] = known._replace(codes=(*known.codes, code))

    def _start(self, parts: Sequence[str]) -> None:
        """Note how many words a name may have: its first two may be one, and a single one two."""
        starters = self._starters
        first, count = parts[0], max(2, len(parts))
        if starters.get(first, 0) < count:
            starters[first] = count
        if len(parts) > 1 and starters.get(first + parts[1], 0) < count:
            starters[first + parts[1]] = count

    def by_code(self, code: str) -> Region | None:
        """Return the region of a Kemendagri code, None if there is none."""
        region = self._regions.get(code)
        if region is None and code in self._rows:
            level, name, short, capital = self._rows[code]
            region = self._regions[code] = Region(code, name, short, level, capital)
        return region

    def children(self, code: str) -> tuple[Region, ...]:
        """Return the regions right below one, in the order of their codes."""
        return self._readings(tuple(key for key in self._rows if key.rpartition(".")[0] == code))

    def aliases(self, code: str) -> tuple[str, ...]:
        """Return the other spellings and the abbreviations of a region: "Kutim" of 64.08."""
        return tuple(self._aliases.get(code, ()))

    def seats(self, town: str) -> tuple[Region, ...]:
        """Return the regions that a dateline's town stands for.

        Parameters
        ----------
        town
            "SANGATTA", "Solo", "Jakarta"; in any case.

        Returns
        -------
        tuple of Region
            The cities and regencies of that name and those that it is the capital of; else the province, else the
            districts of that name. Shared capitals (Martapura) have several.
        """
        return self._towns[town]

    def _seats_of(self, town: str) -> tuple[Region, ...]:
        key = "".join(_parts(town))
        entry = self._names.get(key)
        readings = self._readings(tuple(dict.fromkeys((*(entry.codes if entry else ()), *self._seats.get(key, ())))))
        for levels in ((Level.CITY, Level.REGENCY), (Level.PROVINCE,), (Level.DISTRICT,)):
            found = tuple(region for region in readings if region.level in levels)
            if found:
                return found
        return ()

    def scan(self, words: Words) -> Iterator[RegionMatch]:
        """Yield the matches of a text from left to right, none inside another."""
        starters, texts = self._starters, words.texts
        at = 0
        levels = [i for i in words.among(self.uncapitalised) if words.lowers[i] == texts[i]]
        for i in sorted([*words.capitals, *levels]) if levels else words.capitals:
            if i >= at and words.lowers[i] in starters:
                found = self._at(words, i, None)
                if isinstance(found, RegionMatch):
                    at = found.end
                    yield found
                elif found is not None:
                    at = found

    def match(self, words: Words, i: int, level: Level | None = None) -> RegionMatch | None:
        """Return the longest name of a region that starts at a word.

        Parameters
        ----------
        words
            The words of a text.
        i
            The index of a word.
        level
            The level that the office or body before the word calls for: a name with a reading at that level goes
            before a longer one that has none.

        Returns
        -------
        RegionMatch or None
            With all readings of the name; a level word at `i` fixes the level.
        """
        found = self._at(words, i, level) if words.lowers[i] in self._starters else None
        return found if isinstance(found, RegionMatch) and found.start == i else None

    def _at(self, words: Words, i: int, level: Level | None) -> RegionMatch | int | None:
        """Return the match at a word, or the end of a name that is no region's.

        A level word that no region of the name has ("kota Jakarta") is left out of the match.
        """
        said = LEVEL_WORDS.get(words.lowers[i])
        bare = self._name(words, i, level)
        if said is not None:
            at = i + 1
            if _follows(words, at) and words.lowers[at] in _ADMINISTRATIVE:
                at += 1
            named = self._name(words, at, said) if _follows(words, at) else None
            if named is not None and (bare is None or (named[0], level in {None, said}) > (bare[0], False)):
                end, entry = named
                readings = self._readings(entry.codes)
                fitting = tuple(region for region in readings if region.level is said)
                if not fitting and said is not Level.DISTRICT:
                    fitting = tuple(region for region in readings if region.level is not Level.DISTRICT)
                    if fitting and all(region.level is Level.PROVINCE for region in fitting):  # "kota Jakarta"
                        return RegionMatch(at, end, at, readings, None, entry.form, entry.weakness)
                    if bare is not None and bare[0] == end:
                        fitting += self._readings(bare[1].codes)
                if fitting:
                    return RegionMatch(i, end, at, fitting, said, entry.form, Weakness.NONE)
        if bare is None:
            return None
        end, entry = bare
        if not entry.codes:
            return end
        return RegionMatch(i, end, i, self._readings(entry.codes), None, entry.form, entry.weakness)

    def _name(self, words: Words, i: int, level: Level | None) -> tuple[int, _Entry] | None:
        """Return the end and the entry of the longest name at a word."""
        texts, lowers, gaps, names = words.texts, words.lowers, words.gaps, self._names
        longest = self._starters.get(lowers[i])
        if not longest or texts[i].islower():
            return None
        best: tuple[int, _Entry] | None = None
        fitting: tuple[int, _Entry] | None = None
        key = ""
        hyphen = False
        for j in range(i, min(i + longest, len(lowers))):
            low = lowers[j]
            if j > i:
                gap = gaps[j]
                if gap != " " and not _dotted(gap, lowers[j - 1]):
                    if gap not in _HYPHENS:
                        break
                    hyphen = hyphen or low != lowers[j - 1]
                if texts[j].islower() and gap != "-" and low not in self._small:
                    break
            key += _SPELLINGS.get(low, low.replace("'", "") if "'" in low else low)
            entry = names.get(key)
            if entry is not None and (not hyphen or key in self._hyphened) and (not entry.upper or texts[i].isupper()):
                best = j + 1, entry
                if level is not None and any(self._rows[code][0] is level for code in entry.codes):
                    fitting = best
        return fitting or best

    def _readings(self, codes: tuple[str, ...]) -> tuple[Region, ...]:
        readings = self._known.get(codes)
        if readings is None:
            readings = tuple(region for code in codes if (region := self.by_code(code)) is not None)
            self._known[codes] = readings
        return readings


def _dotted(gap: str, before: str) -> bool:
    return gap in {". ", "."} and before in _DOTTED


def _follows(words: Words, i: int) -> bool:
    """Return whether a word stands right after the one before it."""
    return i < len(words.texts) and (words.gaps[i] == " " or _dotted(words.gaps[i], words.lowers[i - 1]))


def resolve(
    match: RegionMatch, *, level: Level | Sequence[Level] | None = None, near: Iterable[Region] = ()
) -> tuple[Region, ...]:
    """Return the readings of a match that are as likely as the likeliest one.

    Parameters
    ----------
    match
        What :meth:`Gazetteer.match` found.
    level
        The level that the office implies (bupati: regency, gubernur: province), or several; a level word in the match
        goes first. Where no reading has that level, the others stand.
    near
        The regions already known of the article.

    Returns
    -------
    tuple of Region
        One where the reading is certain, several where it stays open.
    """
    if len(match.candidates) < 2:
        return match.candidates
    wanted = match.level or level
    levels = (wanted,) if isinstance(wanted, Level) else tuple(wanted or ())
    ranks = [(region.level in levels, region.level is not Level.DISTRICT) for region in match.candidates]
    best = max(ranks)
    likely = tuple(region for region, rank in zip(match.candidates, ranks, strict=True) if rank == best)
    near = tuple(near)
    if len(likely) == 1 or not near:
        return likely
    closest = [max(_close(region, other) for other in near) for region in likely]
    return tuple(region for region, score in zip(likely, closest, strict=True) if score == max(closest))


def _close(region: Region, other: Region) -> int:
    if region.code == other.code:
        return 4
    if region.parent == other.code:
        return 3
    return 2 * (region.province == other.province)


def _parts(name: str) -> list[str]:
    low = name.lower()
    parts = (low if low.isalpha() else low.translate(_MARKS)).split()
    return parts if _SPELLINGS.keys().isdisjoint(parts) else [_SPELLINGS.get(part, part) for part in parts]


def _table(name: str) -> Iterable[list[str]]:
    lines = builtin(f"regions/{name}").read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines[1:] if line]
