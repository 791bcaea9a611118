"""The provinces, regencies, cities and districts of Indonesia.

Codes and names are those of Kepmendagri 300.2.2-2138 of 2025; spellings, abbreviations and capitals come with them.

Examples
--------
>>> from netralitas_nlp import regions
>>> regions.by_code("64.03").name
'Kabupaten Berau'
>>> [region.name for region in regions.lookup("Kutim")]
['Kabupaten Kutai Timur']
"""

from __future__ import annotations

from netralitas_nlp._gazetteer import Form, Gazetteer, Region, RegionMatch, Weakness, resolve
from netralitas_nlp._text import make_view, split_words
from netralitas_nlp.types import Level

__all__ = [
    "Form",
    "Gazetteer",
    "Region",
    "RegionMatch",
    "Weakness",
    "aliases",
    "by_code",
    "children",
    "lookup",
    "resolve",
]


def by_code(code: str) -> Region | None:
    """Return the region of a Kemendagri code ("64", "64.03", "64.03.04"), None if there is none."""
    return Gazetteer.load().by_code(code)


def aliases(code: str) -> tuple[str, ...]:
    """Return the other spellings and the abbreviations of a region.

    Examples
    --------
    >>> aliases("64.08")
    ('Kutim', 'Sangatta')
    """
    return Gazetteer.load().aliases(code)


def children(code: str) -> tuple[Region, ...]:
    """Return the regencies and cities of a province, or the districts of a regency or city, in the order of codes."""
    return Gazetteer.load().children(code)


def lookup(name: str, *, level: Level | None = None, within: str | None = None) -> tuple[Region, ...]:
    """Return the regions that a name may mean, the likeliest first.

    Parameters
    ----------
    name
        A name, another spelling or an abbreviation, with or without its level word, in any case and spacing.
    level
        Only regions of this level.
    within
        Only the region with this code and those inside it.

    Examples
    --------
    >>> [region.code for region in lookup("BOGOR")]
    ['32.01', '32.71']
    >>> [region.code for region in lookup("kota bogor")]
    ['32.71']
    """
    words = split_words(make_view(" ".join(name.split()).upper()))
    match = Gazetteer.load().match(words, 0, level) if len(words) else None
    if match is None or match.end != len(words):
        return ()
    return tuple(
        region
        for region in match.candidates
        if (level is None or region.level is level) and (within is None or region.code.startswith(within))
    )
