"""The regions that an article names.

A name is found by the gazetteer and judged by what stands around it (``data/places.toml``): a level word or an office
says which region it is, a street, bank or newspaper that it is none. What stays open is read by the other regions of
the article; what is open even then keeps its readings and the flag ``ambiguous``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Form, Gazetteer, Region, RegionMatch, Weakness, resolve
from netralitas_nlp._rules import Entry, Table, builtin, load
from netralitas_nlp._text import Words
from netralitas_nlp.types import Dateline, Level, Place, Span

__all__ = ["PlaceRules", "article_regions", "find", "load_rules"]

_UNITS = (Level.REGENCY, Level.CITY)
_LEVELS: dict[str, tuple[Level, ...]] = {
    "province": (Level.PROVINCE,),
    "regency": (Level.REGENCY,),
    "city": (Level.CITY,),
    "district": (Level.DISTRICT,),
    "unit": _UNITS,
    "any": (),
}
_ABOVE_DISTRICT = (Level.PROVINCE, *_UNITS)
#: How many regions of the article open readings are compared with.
_CLOSEST = 20
_JOINTS = frozenset({"dan", "serta", "hingga"})
_SIDES = frozenset({"before", "after", "glued"})
_TABLES = {
    "cue": Table(required={"variants": list, "level": str}, choices={"level": frozenset(_LEVELS)}),
    "locative": Table(required={"variants": list}),
    "block": Table(required={"variants": list, "side": str, "reach": int}, choices={"side": _SIDES}),
}


def load_rules() -> dict[str, list[Entry]]:
    """Return the entries of ``data/places.toml``."""
    return load([builtin("places.toml")], _TABLES)


@dataclass(frozen=True, slots=True)
class PlaceRules:
    """What the words around a name say.

    Attributes
    ----------
    cues
        The levels that an office or body before a name calls for; none where it says only that a region follows.
    locatives
        Words before a region's name that do not stand before the other readings of the name.
    before
        Words that swallow a name up to so many words after them ("Universitas Negeri Malang").
    after
        Words that swallow the name before them ("Kaltim Post").
    glued
        Words that swallow a name written on to them ("detikBali").
    """

    cues: dict[str, tuple[Level, ...]]
    locatives: frozenset[str]
    before: dict[str, int]
    after: frozenset[str]
    glued: frozenset[str]

    @staticmethod
    @cache
    def builtin() -> PlaceRules:
        """Return the rules of the package."""
        tables = load_rules()
        sides: dict[str, dict[str, int]] = {side: {} for side in _SIDES}
        for block in tables["block"]:
            sides[block.text("side")].update(dict.fromkeys(block.texts("variants"), int(block.values["reach"])))
        return PlaceRules(
            cues={word: _LEVELS[cue.text("level")] for cue in tables["cue"] for word in cue.texts("variants")},
            locatives=frozenset(word for entry in tables["locative"] for word in entry.texts("variants")),
            before=sides["before"],
            after=frozenset(sides["after"]),
            glued=frozenset(sides["glued"]),
        )


class _Sighting(NamedTuple):
    """A match and what stands around it."""

    match: RegionMatch
    cued: bool
    levels: tuple[Level, ...]
    located: bool
    inside: tuple[Region, ...]
    listed: bool


def find(
    context: Context,
    gazetteer: Gazetteer,
    near: Sequence[Region] = (),
    taken: Sequence[Span] = (),
    rules: PlaceRules | None = None,
) -> list[Place]:
    """Return the regions that an article names, in the order of the text.

    Parameters
    ----------
    context
        The article.
    gazetteer
        ``Gazetteer.load()``.
    near
        Regions that the article is known to be about, such as those of its dateline (:meth:`Gazetteer.seats`).
    taken
        Disjoint stretches in the order of the text, of organisations say, whose region is not named for itself.
    rules
        The rules of the package where there are none.

    Returns
    -------
    list of Place
        Flags: ``ambiguous`` (readings tie; name, level and code are None), ``level_conflict`` ("Bupati Bontang"),
        ``capital`` (the text names the seat of the region).
    """
    sightings = _sightings(context.words, gazetteer, taken, rules or PlaceRules.builtin())
    known = Counter(near)
    for sighting in sightings:
        certain = _accepted(sighting, context.words, set(), ())
        if certain is not None:
            readings = resolve(certain.match, level=certain.levels)
            if len(readings) == 1:
                known[readings[0]] += 1
    closest = sorted(known, key=known.__getitem__, reverse=True)[:_CLOSEST]
    places: list[Place] = []
    codes = {region.code for region in known}
    last: tuple[Region, ...] = ()
    levels: tuple[Level, ...] = ()
    for sighting in sightings:
        listed = last if sighting.listed else ()
        around = tuple([outer for outer in sighting.match.candidates if _holds_any(outer, listed)]) if listed else ()
        if around:  # "Kecamatan Kediri, Tabanan"
            sighting, listed = _among(sighting, around)._replace(located=True, listed=False), ()
        kept = _accepted(sighting, context.words, codes, listed)
        last = ()
        if kept is not None:
            said = (kept.match.level,) if kept.match.level else kept.levels
            levels = said or (levels if sighting.listed else ())
            last = resolve(kept.match, level=levels, near=closest)
            places.append(_place(context, kept, last, said))
    return places


def _sightings(words: Words, gazetteer: Gazetteer, taken: Sequence[Span], rules: PlaceRules) -> list[_Sighting]:
    matches = [match for match in gazetteer.scan(words) if not _blocked(words, match, rules)]
    if taken:
        matches = _untaken(words, matches, taken)
    sightings = []
    for k, match in enumerate(matches):
        before = words.lowers[match.start - 1] if match.start and words.gaps[match.start] in {" ", ". "} else ""
        after = matches[k + 1] if k + 1 < len(matches) else None
        if match.weak and after and after.start == match.end and words.gaps[match.end] == " " and after.level is None:
            continue  # "Polres Metro Bekasi": the name that follows is the region
        inside = _inside(words, match, after)
        if not inside and after and match.level is None and _quarter(words, match, after):
            continue
        listed = bool(k) and _between(words, matches[k - 1].end, match.start)
        levels = (Level.CITY,) if before == "wali" and match.level is Level.CITY else rules.cues.get(before, ())
        cued = before in rules.cues or match.level is not None
        sightings.append(_Sighting(match, cued, levels, before in rules.locatives, inside, listed))
    return sightings


def _blocked(words: Words, match: RegionMatch, rules: PlaceRules) -> bool:
    """Return whether a name is a part of another name."""
    end = match.end
    if end < len(words.texts) and words.lowers[end] in rules.after and _swallows(words, end):
        return True
    if match.level is not None:
        return False
    if match.start and not words.gaps[match.start]:
        return words.lowers[match.start - 1] in rules.glued
    for back in range(1, 4):
        i = match.start - back
        if i < 0 or words.gaps[i + 1] not in {" ", ". "}:
            return False
        if rules.before.get(words.lowers[i], 0) >= back:
            return True
        if words.texts[i].islower():
            return False
    return False


def _swallows(words: Words, i: int) -> bool:
    return words.gaps[i] == "." or (words.gaps[i] == " " and not words.texts[i].islower())


def _untaken(words: Words, matches: Iterable[RegionMatch], taken: Sequence[Span]) -> list[RegionMatch]:
    free = []
    k = 0
    for match in matches:
        while k < len(taken) and taken[k].end <= words.starts[match.start]:
            k += 1
        if k == len(taken) or taken[k].start >= words.ends[match.end - 1]:
            free.append(match)
    return free


def _inside(words: Words, match: RegionMatch, after: RegionMatch | None) -> tuple[Region, ...]:
    """Return the readings that lie in the region named next ("Batu, Jawa Timur")."""
    if after is None or after.start != match.end or words.gaps[match.end] not in {", ", " (", " "}:
        return ()
    if not set(match.candidates).isdisjoint(after.candidates):
        return ()
    return tuple(
        region for region in match.candidates if any(_holds_any(outer, (region,)) for outer in after.candidates)
    )


def _holds_any(outer: Region, inner: Iterable[Region]) -> bool:
    return any(outer.code != region.code and outer.holds(region) for region in inner)


def _quarter(words: Words, match: RegionMatch, after: RegionMatch) -> bool:
    """Return whether a name is that of a quarter of Jakarta ("Kuningan, Jakarta Selatan")."""
    return (
        after.start == match.end
        and words.gaps[match.end] == ", "
        and all(region.code.startswith("31.") for region in after.candidates)
        and all(region.province != "31" for region in match.candidates)
    )


def _between(words: Words, end: int, start: int) -> bool:
    """Return whether two names are neighbours in a list."""
    if start == end:
        return words.gaps[end] in {", ", "/", " / "}
    return start == end + 1 and words.lowers[end] in _JOINTS and "\n" not in words.gaps[end]


def _accepted(
    sighting: _Sighting, words: Words, codes: set[str], listed: tuple[Region, ...]
) -> _Sighting | None:
    """Return a sighting with the readings that its surroundings allow; None where the name is something else."""
    match = sighting.match
    if sighting.inside:
        return _among(sighting, sighting.inside)
    if match.weakness is Weakness.NONE:
        return sighting
    if sighting.cued:
        wanted = sighting.levels or _ABOVE_DISTRICT
        if any(region.level in wanted for region in match.candidates):
            return sighting
    higher = [region for region in match.candidates if region.level is not Level.DISTRICT]
    if higher and match.form is not Form.CAPITAL:
        here = any(region.code in codes for region in higher)
        if match.weakness is Weakness.COMMON:
            return sighting if here or sighting.located or listed else None
        if here and (sighting.located or words.texts[match.start].isupper()):
            return sighting
        return None
    close = {region.parent for region in listed}
    if sighting.located:
        close |= codes
    inner = tuple(region for region in match.candidates if region.parent in close or region.code in close)
    return _among(sighting, inner) if inner else None


def _among(sighting: _Sighting, candidates: tuple[Region, ...]) -> _Sighting:
    return sighting._replace(match=sighting.match._replace(candidates=candidates))


def _place(
    context: Context, sighting: _Sighting, readings: tuple[Region, ...], said: tuple[Level, ...]
) -> Place:
    match, words = sighting.match, context.words
    office = match.level is Level.CITY and sighting.levels == (Level.CITY,)
    span = Span(words.starts[match.name if office else match.start], words.ends[match.end - 1])
    text = context.text[span.start : span.end]
    rule = f"place.{match.form}"
    if len(readings) > 1:
        areas = tuple(region.area for region in readings)
        return Place(span=span, text=text, candidates=areas, rule=rule, flags=("ambiguous",))
    (region,) = readings
    town = match.form is Form.CAPITAL or (match.level is Level.CITY and region.capital == region.short)
    town = town and region.level in {Level.PROVINCE, Level.REGENCY}
    conflict = len(said) == 1 and region.level not in said and not town
    flags = ("level_conflict",) * conflict + ("capital",) * town
    others = tuple(
        [other.area for other in match.candidates if other is not region and other.level is not Level.DISTRICT]
    )
    return Place(
        span=span,
        text=text,
        name=region.name,
        level=region.level,
        code=region.code,
        candidates=others,
        rule=rule,
        flags=flags,
    )


def article_regions(
    places: Sequence[Place], dateline: Dateline | None = None, gazetteer: Gazetteer | None = None
) -> tuple[Region, ...]:
    """Return the regions that an article is about, the likeliest first.

    Parameters
    ----------
    places
        What :func:`find` returned.
    dateline
        Its town stands for the regency or city that it is the capital of; of several the one that the article, its
        province or the outlet's name ("Prokalteng") speaks for goes first. Jakarta says nothing: the national desks
        write there.
    gazetteer
        ``Gazetteer.load()`` where there is none.

    Returns
    -------
    tuple of Region
        The dateline's, then regencies and cities by how often the article names them, then provinces. Where the
        article does not name the dateline's region again but another one twice, as bureaus in the capital of a
        province do, that one goes first.
    """
    gazetteer = gazetteer or Gazetteer.load()
    opening = dateline.span if dateline else Span(0, 0)
    counts = Counter(
        [place.code for place in places if place.code and not opening.start <= place.span.start < opening.end]
    )
    towns = [region for region in gazetteer.seats(dateline.place or "") if region.code != "31"] if dateline else []
    outlet = (dateline.outlet or "").lower() if dateline else ""
    home = {
        region.province: any(alias.lower() in outlet for alias in gazetteer.aliases(region.province))
        for region in towns
    }
    towns.sort(key=lambda region: (-counts[region.code], -counts[region.province], not home[region.province]))
    ranked = sorted(counts, key=counts.__getitem__, reverse=True)
    named = [region for code in ranked if (region := gazetteer.by_code(code)) is not None]
    units = [region for region in named if region.level in _UNITS]
    provinces = [region for region in named if region.level is Level.PROVINCE]
    elsewhere = units and counts[units[0].code] > 1 and not any(region in named for region in towns)
    first = units[:1] if elsewhere else towns
    return tuple(dict.fromkeys([*first, *towns, *units, *provinces]))
