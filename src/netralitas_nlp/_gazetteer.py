"""The regions of Indonesia and the matching of their names in running text.

The tables (``data/regions``) are read once, on first use; a :class:`Region` is built when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from netralitas_nlp._rules import builtin
from netralitas_nlp._text import Words
from netralitas_nlp.types import Area, Level

__all__ = ["Form", "Gazetteer", "Region", "RegionMatch", "level_of", "resolve"]

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
_ADMINISTRATIVE = frozenset({"administrasi", "administratif", "adm"})
#: Other spellings of a word inside a name.
_SPELLINGS = {"kep": "kepulauan", "sumatra": "sumatera", "yogya": "yogyakarta", "jogja": "yogyakarta"}
_SPELLINGS |= {"jogjakarta": "yogyakarta", "jogya": "yogyakarta"}
_DOTTED = frozenset({"kab", "kota", "prov", "kec", "kep", "adm", "d", "i", "k", "bl"})
_SMALL = frozenset({"dan"})
_MARKS = str.maketrans({"-": " ", "/": " ", ".": " ", "'": "", "(": " ", ")": " "})
_HYPHENS = frozenset({"-", " - ", "- ", "/", "' "})
_PAPUA = frozenset({"91", "92", "93", "94", "95", "96"})


class Form(IntEnum):
    """How a region was written; the lower of two readings is the likelier one."""

    NAME = 0
    ALIAS = 1
    ABBREVIATION = 2
    CAPITAL = 3
    NONE = 4


_FORMS = {form.name.lower(): form for form in Form}


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

    @property
    def area(self) -> Area:
        """The region as the records name it."""
        return Area(name=self.name, level=self.level, code=self.code)

    @property
    def parent(self) -> str | None:
        """The code of the regency or city of a district, of the province of a regency; None for a province."""
        return self.code.rpartition(".")[0] or None

    @property
    def province(self) -> str:
        """The code of its province."""
        return self.code[:2]

    def __contains__(self, other: Region) -> bool:
        return other.code.startswith(self.code)


class _Entry(NamedTuple):
    codes: tuple[str, ...]
    form: Form
    weak: bool
    upper: bool


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """A region's name at some words of a text.

    Attributes
    ----------
    start, end
        The indices of its words, level word included, end exclusive.
    name
        The index of the first word of the name itself.
    candidates
        Every reading, the likeliest first.
    level
        What the level word says; None where there is none.
    form
        How it is written.
    weak
        Whether the name is also a common word, a person's name or another abbreviation, and counts only after an
        office, a body or a level word. Districts without a level word are weak too.
    """

    start: int
    end: int
    name: int
    candidates: tuple[Region, ...]
    level: Level | None
    form: Form
    weak: bool


class Gazetteer:
    """All regions, found by code, by name and in running text."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Level, str, str, str | None]] = {}
        self._regions: dict[str, Region] = {}
        self._names: dict[str, _Entry] = {}
        self._starters: dict[str, int] = dict.fromkeys(LEVEL_WORDS, 0)
        self._capitals: dict[str, tuple[str, ...]] = {}
        self._read()

    @staticmethod
    @cache
    def load() -> Gazetteer:
        """Return the gazetteer of the package, read once."""
        return Gazetteer()

    def _read(self) -> None:
        for code, level, name, short, capital, weak in _table("regions.tsv"):
            self._rows[code] = (Level(level), name if "." in code else f"Provinsi {name}", short, capital)
            self._add(short, code, Form.NAME, weak=bool(weak))
            key = "".join(_parts(capital))
            self._capitals[key] = (*self._capitals.get(key, ()), code)
        for alias, code, form, weak in _table("aliases.tsv"):
            self._add(alias, code, _FORMS[form], weak=bool(weak))
        for code, name in _table("districts.tsv"):
            word = "Distrik" if code[:2] in _PAPUA else "Kecamatan"
            self._rows[code] = (Level.DISTRICT, f"{word} {name}", name, None)
            self._add(name, code, Form.NAME, weak=True)
        for key, codes in self._capitals.items():
            if key not in self._names:
                self._names[key] = _Entry(codes, Form.CAPITAL, True, False)
        for spelling, word in _SPELLINGS.items():
            self._starters[spelling] = max(self._starters.get(spelling, 0), self._starters.get(word, 0))

    def _add(self, name: str, code: str, form: Form, *, weak: bool) -> None:
        parts = _parts(name)
        key = "".join(parts)
        known = self._names.get(key)
        codes = () if code == "-" else (code,)
        if known is None:
            self._names[key] = _Entry(codes, form, weak, name.isupper() and len(parts) == 1)
        elif code not in known.codes:
            self._names[key] = _Entry(
                known.codes + codes, min(form, known.form), weak and known.weak, name.isupper() and known.upper
            )
        starters = self._starters
        first = parts[0]
        if starters.get(first, 0) < len(parts):
            starters[first] = len(parts)
        if len(parts) > 1:
            joined = first + parts[1]
            if starters.get(joined, 0) < len(parts) - 1:
                starters[joined] = len(parts) - 1

    def by_code(self, code: str) -> Region | None:
        """Return the region of a Kemendagri code, None if there is none."""
        region = self._regions.get(code)
        if region is None and code in self._rows:
            level, name, short, capital = self._rows[code]
            region = self._regions[code] = Region(code, name, short, level, capital)
        return region

    def children(self, code: str) -> tuple[Region, ...]:
        """Return the regions whose parent is `code`."""
        below = (key for key in self._rows if key.rpartition(".")[0] == code)
        return self._readings(sorted(below))

    def match(self, words: Words, i: int, level: Level | None = None) -> RegionMatch | None:
        """Return the longest name of a region that starts at a word.

        Parameters
        ----------
        words
            The words of a text.
        i
            The index of a word.
        level
            The level that the office or body before the word calls for: names that have a reading at that level go
            before longer ones that have none ("Wali Kota Bontang Selatan Raya" is no district's).

        Returns
        -------
        RegionMatch or None
            With all readings of the name; a level word at `i` fixes the level.
        """
        low = words.lowers[i]
        if low not in self._starters and low.replace("'", "") not in self._starters:
            return None
        said = LEVEL_WORDS.get(low)
        bare = self._name(words, i, level) if words.texts[i][0].isupper() or words.texts[i][0].isdigit() else None
        if said is None:
            if bare is None:
                return None
            end, entry = bare
            return RegionMatch(i, end, i, self._readings(entry.codes), None, entry.form, entry.weak)
        at = i + 1
        if at < len(words) and words.lowers[at] in _ADMINISTRATIVE and _joined(words, at):
            at += 1
        named = self._name(words, at, said) if at < len(words) and _joined(words, at) else None
        if named is not None and (bare is None or named[0] >= bare[0]):
            end, entry = named
            readings = self._readings(entry.codes)
            fitting = tuple(region for region in readings if region.level is said)
            if fitting or said is not Level.DISTRICT:
                return RegionMatch(i, end, at, fitting or readings, said, entry.form, False)
        if bare is not None:
            end, entry = bare
            return RegionMatch(i, end, i, self._readings(entry.codes), None, entry.form, entry.weak)
        return None

    def _name(self, words: Words, i: int, level: Level | None) -> tuple[int, _Entry] | None:
        """Return the end and the entry of the longest name at a word."""
        texts, lowers, names = words.texts, words.lowers, self._names
        low = lowers[i].replace("'", "")
        longest = self._starters.get(low)
        if not longest or not (texts[i][0].isupper() or texts[i][0].isdigit()):
            return None
        best: tuple[int, _Entry] | None = None
        fitting: tuple[int, _Entry] | None = None
        key = ""
        hyphen = False
        for j in range(i, min(i + longest, len(lowers))):
            if j > i:
                gap = words.gaps[j]
                if gap != " " and not (gap in {". ", "."} and lowers[j - 1] in _DOTTED):
                    if gap not in _HYPHENS:
                        break
                    hyphen = True
                if not (texts[j][0].isupper() or texts[j][0].isdigit() or hyphen or lowers[j] in _SMALL):
                    break
            low = lowers[j].replace("'", "")
            key += _SPELLINGS.get(low, low)
            entry = names.get(key)
            if entry is not None and not (entry.upper and not texts[i].isupper()):
                best = j + 1, entry
                if level is not None and any(self._rows[code][0] is level for code in entry.codes):
                    fitting = best
        found = fitting or best
        return found if found is not None and found[1].codes else None

    def _readings(self, codes: Iterable[str]) -> tuple[Region, ...]:
        return tuple(region for code in codes if (region := self.by_code(code)) is not None)


def level_of(word: str) -> Level | None:
    """Return the level that a level word fixes: "Kab" is a regency's."""
    return LEVEL_WORDS.get(word.lower())


def _joined(words: Words, i: int) -> bool:
    gap = words.gaps[i]
    return gap == " " or (gap in {". ", "."} and words.lowers[i - 1] in _DOTTED)


def resolve(match: RegionMatch, *, level: Level | None = None, near: Sequence[Region] = ()) -> tuple[Region, ...]:
    """Return the readings of a match that are as likely as the likeliest one.

    Parameters
    ----------
    match
        What :meth:`Gazetteer.match` found.
    level
        The level that the office implies (bupati: regency, gubernur: province); a level word in the match goes first.
    near
        The regions already known of the article.

    Returns
    -------
    tuple of Region
        One where the reading is certain; more, best first, where it stays open.
    """
    if len(match.candidates) < 2:
        return match.candidates
    wanted = match.level or level
    scored = [(_score(region, wanted, near), region) for region in match.candidates]
    best = max(score for score, _ in scored)
    return tuple(region for score, region in scored if score == best)


def _score(region: Region, level: Level | None, near: Sequence[Region]) -> tuple[int, int, int]:
    close = 0
    for other in near:
        if other.code == region.code:
            close = 4
        elif other.code == region.parent:
            close = max(close, 3)
        elif other.province == region.province:
            close = max(close, 2)
    return (level is region.level, region.level is not Level.DISTRICT, close)


def _parts(name: str) -> list[str]:
    return [_SPELLINGS.get(part, part) for part in name.lower().translate(_MARKS).split()]


def _table(name: str) -> Iterable[list[str]]:
    lines = builtin(f"regions/{name}").read_text(encoding="utf-8").split("\n")
    return (line.split("\t") for line in lines[1:] if line)
