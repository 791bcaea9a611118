"""The name beside an office.

An office finds its holder beside it ("Bupati Berau, Rusdi Halim," · "Rusdi Halim, Bupati Berau," · "Rusdi Halim selaku
Plh Sekda"), through a second office ("Jubir Satgas sekaligus Plt Kadinkes Rusdi Halim"), or in a pair of names for a
pair of offices. The patterns are those of Indonesian news: an apposition on either side, a linking word, a bracket.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer
from netralitas_nlp.layers.names import Name, NameRules
from netralitas_nlp.layers.offices import Office, OfficeRules
from netralitas_nlp.types import Role, Tenure

__all__ = ["Holding", "attach"]

_BACKING = frozenset({"daerah", "dapil", "fraksi", "partai"})
_PRONOUNS = frozenset({"dia", "ia", "beliau", "dirinya", "pria", "perempuan", "wanita", "sosok"})
_THEN = frozenset({"saat", "kala", "ketika", "waktu"})
_HELD_BY = frozenset({"dijabat", "diemban", "dipegang", "diduduki"})
#: What follows the dot in a company's name that is an address too.
_DOMAINS = frozenset({"com", "id", "co", "net", "org"})
#: Offices inside a body that "sekaligus" ties to the membership of it before them.
_DIVISIONS = frozenset({"koordinator_divisi"})
_JOINED = frozenset({"sekaligus", "merangkap", "yang"})
_JOINING = frozenset({"sekaligus", "merangkap", "yang", "juga", "dan"})
#: How far, in words, the parts of a pattern may stand apart.
_LONGEST_BACKING = 12
_LONGEST_RELATIVE = 8
_LINKED_BACK = 9
_BOUND = 4
_REACH_OF_INITIALS = 20
_REACH_OF_CLAUSE = 40
_SHORTEST_NAME = 2
_LONGEST_TAIL = 3


class Holding(NamedTuple):
    """An office and the run that names its holder, None where the article names none beside it."""

    office: Office
    name: Name | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Attacher:
    context: Context
    names: NameRules
    cues: Mapping[str, frozenset[str]]
    starts: Mapping[int, Name]
    ends: Mapping[int, Name]
    headline: range
    #: Where an office starts, and the start of the one that ends at a word.
    office_starts: frozenset[int]
    office_ends: Mapping[int, int]
    #: Holders found so far, by the end of their office.
    held: dict[int, Name]

    def after(self, office: Office) -> tuple[Name, str] | None:
        """Return the name that follows an office."""
        words = self.context.words
        k = self._skip(office.end)
        if k >= len(words.texts):
            return None
        if words.lowers[k] in self.names.ranks:
            k = self._skip_rank(k)
        gap = _plain(words.gaps[k])
        name = self.starts.get(k)
        if name is None and words.lowers[k : k + 2] == ["yang", "juga"]:
            return self._after_relative(k + 2)
        if name is None and words.lowers[k] == "yang":
            k = next((j for j in range(k, min(k + _BOUND, len(words.texts))) if words.lowers[j] in _HELD_BY), k)
        if name is None:
            if gap in {" ", ", "} and words.lowers[k] in self.cues["introducing"] and words.lowers[k] != "oleh":
                while k < len(words) and words.lowers[k] in self.cues["introducing"] and words.gaps[k] in {" ", ", "}:
                    k += 1
                named = self.starts.get(k)
                if named is not None and words.gaps[k] in {" ", ", "} and self._plausible(named, closed=True):
                    return named, "introduced"
            return None
        if gap.startswith(")") and gap not in {") ", "), "}:
            gap = gap[1:]
        if not office.certain and not name.formal and (gap != " " or words.texts[office.head][0].islower()):
            return None
        opened = office.organization is not None or office.unit is not None
        if gap in {" ", ") "} and opened and words.gaps[name.end] == "-" and name.end in self.starts:
            return self._behind_pair(name.end)
        if gap in {" ", "", " - "}:
            return (name, "beside") if self._plausible(name, closed=False) else None
        if gap in {", ", ",", " , ", "), ", ") ", ": "}:
            closed = self._is_closed(name)
            if gap == ") ":
                closed = True
            return (name, "apposition") if self._plausible(name, closed=closed, comma=True) else None
        if gap == " (" and words.gaps[name.end].startswith(")") and (len(name) > 1 or name.honorifics):
            return (name, "bracket") if self._plausible(name, closed=True) else None
        return None

    def _behind_pair(self, k: int) -> tuple[Name, str] | None:
        """Return the name behind a body that is called after two people ("Waketum BPN Rusdi-Halim, Surya Wibawa")."""
        words = self.context.words
        end = self.starts[k].end
        name = self.starts.get(end) if end < len(words.texts) and words.gaps[end] == ", " else None
        if name is None or not self._is_closed(name) or not self._plausible(name, closed=True, comma=True):
            return None
        return name, "apposition"

    def _after_relative(self, k: int) -> tuple[Name, str] | None:
        """Return the name behind "yang juga Imam Besar Istiqlal, Rusdi Halim,"."""
        words = self.context.words
        for j in range(k, min(k + _LONGEST_RELATIVE, len(words.texts))):
            gap = words.gaps[j]
            if gap == ", ":
                name = self.starts.get(j)
                fits = name is not None and self._is_closed(name) and self._plausible(name, closed=True, comma=True)
                return (name, "apposition") if name is not None and fits else None
            if gap != " ":
                return None
        return None

    def _skip_rank(self, k: int) -> int:
        """Skip a rank that a comma parts from its name ("Kepala BNN Komisaris Jenderal Polisi, Rusdi Halim")."""
        words = self.context.words
        hit = self.names.honorifics.match(words, k)
        end = hit[0] if hit is not None else k
        while end < len(words.texts) and words.gaps[end] == " " and words.lowers[end] in {"polisi", "pol", "tni"}:
            end += 1
        return end if end < len(words.texts) and words.gaps[end] == ", " and end in self.starts else k

    def _skip(self, k: int) -> int:
        """Skip "setempat", "nomor urut 2", "periode 2019-2024", "RI" after an office."""
        words = self.context.words
        while k < len(words.texts) and words.gaps[k].removeprefix(")") in {" ", " (", "-", ", ", "."}:
            low = words.lowers[k]
            if words.gaps[k] == ".":
                if low not in _DOMAINS:
                    break
                k += 1
                continue
            if low in self.cues["between"] and words.gaps[k][-1:] == " ":
                k += 1
            elif low in {"ke", "f"} and k + 1 < len(words.texts) and words.gaps[k + 1] == "-":
                k += 2
                if words.lowers[k : k + 1] == ["dan"] and "".join(words.texts[k + 1 : k + 2]).isdigit():
                    k += 2
            elif _is_year(words.texts[k]) and words.gaps[k] in {" ", "-"}:
                k += 1
            elif words.lowers[k + 1 : k + 2] == ["itu"] and low in _THEN:
                k += 2
            elif low == "dari" and k + 1 < len(words.texts) and words.lowers[k + 1] in _BACKING:
                return self._next_name(k)
            elif low in {"nomor", "periode", "masa"} and words.gaps[k] != ", ":
                while k < len(words.texts) and (words.lowers[k] in {"nomor", "urut", "periode", "masa", "jabatan"}
                                          or words.texts[k].isdigit()):  # fmt: skip
                    k += 1
            else:
                break
        return k

    def _next_name(self, k: int) -> int:
        """Return the start of the name after "dari Fraksi X", "dari Daerah Pemilihan (Dapil) Y"."""
        last = min(k + _LONGEST_BACKING, self.context.sentence(k).stop)
        return next((j for j in range(k, last) if j in self.starts), k)

    def _is_closed(self, name: Name) -> bool:
        """Tell whether an apposition ends where a name does: at a comma, a full stop or a verb."""
        words = self.context.words
        if name.closed or name.honorifics or name.degrees:
            return True
        gap = words.gaps[name.end]
        if (gap.strip(" ")[:1] in {".", ")", "(", ";", "\n", "", "—", "–", ":"} and gap.strip(" ")) or "\n" in gap:
            return True
        k = name.end
        while gap == " " and k + 1 < len(words) and words.texts[k].isupper() and len(words.texts[k]) <= _LONGEST_TAIL:
            gap = words.gaps[k + 1]  # "Rusdi SB menyebut"
            k += 1
        return k >= len(words.texts) or words.texts[k].islower()

    def _plausible(self, name: Name, *, closed: bool, comma: bool = False) -> bool:
        words, rules = self.context.words, self.names
        tokens = words.lowers[name.first : name.last]
        if name.honorifics or name.degrees:
            return True
        known = sum([token in rules.known for token in tokens])
        other = sum([token not in rules.known and (token in rules.common or token in rules.proper) for token in tokens])
        if other == len(tokens):
            return False
        if name.start in self.headline and len(tokens) == 1:
            return known > 0
        if not comma:
            return True
        return closed and len(tokens) + len(tokens[0]) > _SHORTEST_NAME and other < len(tokens)

    def before(self, office: Office) -> tuple[Name, str, bool] | None:
        """Return the name that an office follows, the rule, and whether the office is a past one."""
        words = self.context.words
        i = office.start
        gap = words.gaps[i]
        name = self.ends.get(i)
        if name is not None and gap in {", ", " (", ",", " ,"}:
            closed = self._closes(office, bracket="(" in gap)
            return (name, "name_first", False) if closed and self._plausible(name, closed=True) else None
        if name is not None and gap == " " and len(name) > 1 and self._closes(office, bracket=False):
            return name, "name_first", False
        k, linked, past = self._chain(i)
        if not linked:
            return None
        name = self.ends.get(k) or self.held.get(k)
        if name is not None and words.gaps[k] in {" ", ", ", ") ", "), ", "  "}:
            relative = "yang" in words.lowers[k:i]
            holder = self._patient(name) if self._is_agent(name) and not relative else name
            if holder is None or not self._plausible(holder, closed=True):
                return None
            return holder, "linked", past
        if not self.cues["clause"].isdisjoint(words.lowers[k:i]) and k not in self.office_ends:
            first = max(self.context.sentence(k).start, k - _REACH_OF_CLAUSE)
            nearest = next((n for e in range(k, first, -1) if (n := self.ends.get(e)) is not None), None)
            if nearest is not None and self._plausible(nearest, closed=True):
                return nearest, "linked", past
        return None

    def _chain(self, i: int) -> tuple[int, bool, bool]:
        """Go back over words such as "yang juga menjabat sebagai" before an office.

        Returns the word where they start, whether they link the office to what stands before, and whether they make
        it a past one.
        """
        words = self.context.words
        linked = past = False
        k = i
        while k > 0 and i - k < _LINKED_BACK and words.gaps[k] in {" ", ", ", "-", "  "} and k not in self.held:
            low = words.lowers[k - 1]
            if low in self.cues["linking"]:
                linked = True
            elif low == "itu" and k > 1 and words.lowers[k - 2] in _THEN:
                linked = past = True
            elif low not in self.cues["filling"]:
                break
            past = past or low in self.cues["past"]
            k -= 1
        return k, linked, past

    def by_pronoun(self, office: Office) -> Holding:
        """Return an office without a name; its rule is "pronoun" where "dia sebelumnya menjabat" stands before it."""
        k, linked, past = self._chain(office.start)
        if not linked or k == 0 or self.context.words.lowers[k - 1] not in _PRONOUNS:
            return Holding(office, None, "alone")
        return Holding(office._replace(tenure=Tenure.FORMER) if past else office, None, "pronoun")

    def _is_agent(self, name: Name) -> bool:
        """Tell whether "oleh" or "dilantik" stands before a name or its office: who appoints does not get one."""
        words = self.context.words
        first = self.office_ends.get(name.start, name.start)
        return first > 0 and (words.lowers[first - 1] == "oleh" or words.lowers[first - 1] in self.cues["appointed"])

    def _patient(self, agent: Name) -> Name | None:
        """Return the name before "(resmi) dilantik (oleh)" and an agent."""
        words = self.context.words
        k = self.office_ends.get(agent.start, agent.start)
        last = max(0, k - _BOUND)
        while k > last and words.texts[k - 1].islower():
            k -= 1
        return self.ends.get(k)

    def binds_left(self, office: Office, name: Name) -> bool:
        """Tell whether "selaku" or "menjabat" ties an office to the name right before it."""
        words = self.context.words
        between = words.lowers[name.end : office.start]
        if not between and "(" in words.gaps[office.start]:
            return words.gaps[office.end].startswith(")")
        return 0 < len(between) <= _BOUND and between[-1] in {"selaku", "menjabat", "sebagai", "merangkap"}

    def adds(self, office: Office) -> bool:
        """Tell whether an office after a name that has one already is a second one, not the next of a list."""
        words = self.context.words
        k = office.end
        gap = words.gaps[k]
        listed = k < len(words.texts) and gap in {", ", " "} and words.lowers[k] in {"dan", "serta"}
        return not listed and k not in self.office_starts and words.texts[office.head][0].islower()

    def _closes(self, office: Office, *, bracket: bool) -> bool:
        words = self.context.words
        gap = words.gaps[office.end]
        if bracket:
            return gap.startswith(")")
        return gap.strip(" ")[:1] in {",", ".", ")", ""} or office.end >= len(words) or "\n" in gap or bool(gap.strip())


def attach(
    context: Context,
    offices: Sequence[Office],
    found: Sequence[Name],
    names: NameRules,
    rules: OfficeRules,
    headline: range,
    gazetteer: Gazetteer,
) -> list[Holding]:
    """Find the name beside each office.

    Parameters
    ----------
    context
        The article.
    offices
        What :func:`netralitas_nlp.layers.offices.scan` found.
    found
        The runs of the article.
    names
        What names are made of.
    rules
        The words between an office and a name.
    headline
        The words of the headline, where a verb is capitalised too.
    gazetteer
        Regions.
    """
    starts, ends = {name.start: name for name in found}, {name.end: name for name in found}
    attacher = _Attacher(
        context, names, rules.cues, starts, ends, headline, frozenset(office.start for office in offices),
        {office.end: office.start for office in offices}, {},
    )  # fmt: skip
    made: list[Holding] = []
    claimed: set[int] = set()
    for office in offices:
        back = hit = None
        if not office.several:
            back = attacher.before(office)
            hit = attacher.after(office) if back is None or not attacher.binds_left(office, back[0]) else None
        if hit is not None:
            holding = Holding(office, *hit)
            claimed.add(hit[0].start)
        elif back is not None and (back[1] == "linked" or back[0].start not in claimed or attacher.adds(office)):
            tenure = Tenure.FORMER if back[2] and office.tenure is Tenure.CURRENT else office.tenure
            holding = Holding(office._replace(tenure=tenure), back[0], back[1])
        else:
            holding = attacher.by_pronoun(office)
        made.append(holding)
        if holding.name is not None:
            attacher.held[office.end] = holding.name
    made = [_by_initials(context, holding, starts, gazetteer) for holding in made]
    return _pairs(context, _shared(context, made), starts, ends)


def _by_initials(
    context: Context, holding: Holding, starts: Mapping[int, Name], gazetteer: Gazetteer
) -> Holding:
    """Give an office the holder whom its sentence names by initials ("mantan direktur BUMD, berinisial DS")."""
    office, words = holding.office, context.words
    if holding.name is not None or office.several or office.issuer:
        return holding
    last = min(context.sentence(office.start).stop, office.end + _REACH_OF_INITIALS)
    cue = next((k for k in range(office.end, last) if words.lowers[k] in {"berinisial", "inisial"}), None)
    name = starts.get(cue + 1) if cue is not None else None
    if name is None or cue is None:
        return holding
    matches = (gazetteer.match(words, k) for k in range(office.end, cue))
    region = office.region or next((match for match in matches if match is not None and not match.weak), None)
    return Holding(office._replace(region=region), name, "initials")


def _shared(context: Context, made: list[Holding]) -> list[Holding]:
    """Give two offices that "sekaligus" or "merangkap" joins the same holder."""
    words = context.words
    for k in range(len(made) - 1, 0, -1):
        one, other = made[k - 1], made[k]
        between = words.lowers[one.office.end : other.office.start]
        slash = not between and "/" in words.gaps[other.office.start]
        joined = slash or (_JOINING.issuperset(between) and not _JOINED.isdisjoint(between))
        body, division = one.office, other.office
        if joined and division.organization is None and division.region is None and division.rule in _DIVISIONS:
            shared = division._replace(organization=body.organization, region=body.region, role=body.role)
            other = made[k] = Holding(shared, other.name, other.rule)
        if joined and (one.name is None) != (other.name is None):
            name = one.name or other.name
            rule = "shared"
            made[k - 1 if one.name is None else k] = Holding((one if one.name is None else other).office, name, rule)
    return made


def _pairs(
    context: Context, made: list[Holding], starts: Mapping[int, Name], ends: Mapping[int, Name]
) -> list[Holding]:
    """Give the two offices of a pair the two names of one: "calon Bupati dan Wakil Bupati Berau, A dan B".

    Once an article has named the offices, "pasangan nomor urut 2, C-D" holds them too.
    """
    words = context.words
    offices: tuple[Office, Office] | None = None
    for k in range(len(made) - 1):
        one, other = made[k].office, made[k + 1].office
        if not _is_joined(context, one.end, other.start):
            continue
        if words.lowers[other.end : other.end + 2] == ["masing", "masing"]:
            respective = _two_after(context, other.end + 2, starts)
            if respective is not None:
                made[k : k + 2] = (Holding(o, name, "pair") for o, name in zip((one, other), respective, strict=True))
            continue
        if _DEPUTIES.get(one.role) is not other.role:
            continue
        tenure = one.tenure if one.tenure is not Tenure.CURRENT else other.tenure
        region = one.region or other.region
        offices = (
            one._replace(tenure=tenure, region=region, several=False, issuer=False),
            other._replace(tenure=tenure, region=region, several=False, issuer=False),
        )
        names = _two_after(context, other.end, starts) or _two_before(context, one.start, ends)
        if names is not None:
            made[k], made[k + 1] = (Holding(office, name, "pair") for office, name in zip(offices, names, strict=True))
    if offices is None or offices[0].tenure is not Tenure.CANDIDATE:
        return made
    held = {holding.name.start for holding in made if holding.name is not None}
    for i, word in enumerate(words.lowers):
        names = _two_after(context, i + 1, starts) if word in _PAIRS else None
        if names is not None and held.isdisjoint(name.start for name in names):
            made += [
                Holding(office._replace(start=i, end=i + 1, named=(office.head, office.end)), name, "pair")
                for office, name in zip(offices, names, strict=True)
            ]
    return made


def _is_joined(context: Context, end: int, start: int) -> bool:
    words = context.words
    between = words.lowers[end:start]
    return between in (["dan"], ["serta"]) or (not between and words.gaps[start].strip() in {"-", "/", "–"})


def _two_after(context: Context, k: int, starts: Mapping[int, Name]) -> tuple[Name, Name] | None:
    """Return two names joined by "dan" or a hyphen, after "calon", "nomor urut 2" and the like."""
    words = context.words
    while k < len(words) and (words.lowers[k] in _NUMBERED or words.texts[k].isdigit()) and "." not in words.gaps[k]:
        k += 1
    first = starts.get(k)
    if first is None or words.gaps[k].strip(" ,()") not in {"", "yakni"}:
        return None
    end = first.end
    joint = words.gaps[end].strip()
    if joint in {"-", "–", "/"}:
        second = starts.get(end)
    elif end < len(words.texts) and words.lowers[end] == "dan":
        second = starts.get(end + 1)
    else:
        second = None
    return (first, second) if second is not None else None


def _two_before(context: Context, i: int, ends: Mapping[int, Name]) -> tuple[Name, Name] | None:
    """Return two names before "sebagai": "melantik A dan B sebagai Gubernur dan Wakil Gubernur"."""
    words = context.words
    while i > 0 and words.lowers[i - 1] in {"sebagai", "menjadi", "pasangan", "calon", "selaku"}:
        i -= 1
    second = ends.get(i)
    if second is None or second.start == 0 or words.lowers[second.start - 1] != "dan":
        return None
    first = ends.get(second.start - 1)
    return (first, second) if first is not None else None


_DEPUTIES = {
    Role.PRESIDEN: Role.WAKIL_PRESIDEN,
    Role.GUBERNUR: Role.WAKIL_GUBERNUR,
    Role.BUPATI: Role.WAKIL_BUPATI,
    Role.WALI_KOTA: Role.WAKIL_WALI_KOTA,
}
_PAIRS = frozenset({"pasangan", "paslon", "duet"})
_NUMBERED = frozenset(["calon", "pasangan", "nomor", "urut", "no", "paslon", "terpilih", "periode", "kandidat"])


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[:2] in {"19", "20"}


def _plain(gap: str) -> str:
    """Fold blanks in a gap; a line break stays."""
    return re.sub(" {2,}", " ", gap) if "  " in gap else gap
