"""Who holds which office.

An office finds its holder beside it ("Bupati Berau, Rusdi Halim," · "Rusdi Halim, Bupati Berau," · "Rusdi Halim selaku
Plh Sekda"), through a second office ("Jubir Satgas sekaligus Plt Kadinkes Rusdi Halim"), or by an earlier naming of the
same office ("Pjs Bupati" further on). What is named without a holder stays only where it is one seat: with a region, or
of the state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Region, resolve
from netralitas_nlp.layers.names import Name, NameRules
from netralitas_nlp.layers.offices import Office, OfficeRules
from netralitas_nlp.types import Area, Level, Mention, Official, Role, Status, Tenure

__all__ = ["Holding", "attach", "records"]

_LINKED_BACK = 9
_ABSENT = frozenset({"dinonaktifkan", "nonaktif", "cuti"})
_ON_LEAVE = frozenset({"menjalani", "sedang", "mengambil", "tengah", "yang", "selama"})
_REACH_OF_LEAVE = 10
_REGIONAL = frozenset({"region", "province", "regency", "city", "district"})
_UNITS = (Level.REGENCY, Level.CITY)
_CHAIRS = frozenset(
    {
        Role.KETUA_KPU, Role.ANGGOTA_KPU, Role.KETUA_BAWASLU, Role.ANGGOTA_BAWASLU, Role.KETUA_DPRD,
        Role.WAKIL_KETUA_DPRD, Role.ANGGOTA_DPRD, Role.KEPALA_SATPOL_PP, Role.KAJARI, Role.KAPOLRES,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holding:
    """An office and the run that names its holder, None where the article names none beside it."""

    office: Office
    name: Name | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Attacher:
    context: Context
    offices: Sequence[Office]
    names: NameRules
    cues: Mapping[str, frozenset[str]]
    starts: Mapping[int, Name]
    ends: Mapping[int, Name]

    def after(self, k: int, office: Office) -> tuple[Name, str] | None:
        """Return the name that follows an office."""
        words = self.context.words
        k = self._skip(office.end)
        if k >= len(words):
            return None
        gap = words.gaps[k]
        name = self.starts.get(k)
        if name is None:
            if gap in {" ", ", "} and words.lowers[k] in self.cues["introducing"]:
                while k < len(words) and words.lowers[k] in self.cues["introducing"] and words.gaps[k] in {" ", ", "}:
                    k += 1
                named = self.starts.get(k)
                if named is not None and words.gaps[k] in {" ", ", "} and self._plausible(named, closed=True):
                    return named, "introduced"
            return None
        if gap in {" ", "  ", "", " - "}:
            return (name, "beside") if self._plausible(name, closed=False) else None
        if gap in {", ", ",", " , ", "), ", ") ", ": "}:
            closed = self._is_closed(name)
            if gap == ") ":
                closed = True
            return (name, "apposition") if self._plausible(name, closed=closed, comma=True) else None
        if gap == " (" and words.gaps[name.end].startswith(")") and len(name) > 1:
            return (name, "bracket") if self._plausible(name, closed=True) else None
        return None

    def _skip(self, k: int) -> int:
        """Skip "setempat", "nomor urut 2", "periode 2019-2024", "RI" after an office."""
        words = self.context.words
        while k < len(words) and words.gaps[k] in {" ", " (", "-", ", "}:
            low = words.lowers[k]
            if low in {"setempat", "ri", "itu", "tersebut"} and words.gaps[k] == " ":
                k += 1
            elif low in {"nomor", "periode", "masa"} and words.gaps[k] != ", ":
                while k < len(words) and (words.lowers[k] in {"nomor", "urut", "periode", "masa", "jabatan"}
                                          or words.texts[k].isdigit()):  # fmt: skip
                    k += 1
            else:
                break
        return k

    def _is_closed(self, name: Name) -> bool:
        """Tell whether an apposition ends where a name does: at a comma, a full stop or a verb."""
        words = self.context.words
        if name.closed or name.honorifics or name.degrees:
            return True
        gap = words.gaps[name.end]
        if (gap.strip(" ")[:1] in {".", ")", "(", ";", "\n", "", "—", "–", ":"} and gap.strip(" ")) or "\n" in gap:
            return True
        return name.end >= len(words) or words.texts[name.end].islower()

    def _plausible(self, name: Name, *, closed: bool, comma: bool = False) -> bool:
        words, rules = self.context.words, self.names
        tokens = words.lowers[name.first : name.last]
        if name.honorifics or name.degrees:
            return True
        common = [token in rules.common for token in tokens]
        if all(token in rules.proper for token in tokens) or all(common):
            return False
        if comma:
            return closed and not common[0] and tokens[0] not in rules.proper
        return not (common[0] and len(tokens) == 1)

    def before(self, office: Office) -> tuple[Name, str, bool] | None:
        """Return the name that an office follows, the rule, and whether the office is a past one."""
        words = self.context.words
        i = office.start
        gap = words.gaps[i]
        name = self.ends.get(i)
        if name is not None and gap in {", ", " (", ",", " ,"}:
            closed = self._closes(office, bracket="(" in gap)
            return (name, "name_first", False) if closed and self._plausible(name, closed=True) else None
        linked = past = False
        k = i
        while k > 0 and i - k < _LINKED_BACK and words.gaps[k] in {" ", ", ", "-", "  "}:
            low = words.lowers[k - 1]
            if low in self.cues["linking"]:
                linked = True
            elif low not in self.cues["filling"]:
                break
            past = past or low in self.cues["past"]
            k -= 1
        if not linked:
            return None
        name = self.ends.get(k)
        if name is not None and words.gaps[k] in {" ", ", ", ") ", "  "}:
            return (name, "linked", past) if self._plausible(name, closed=True) else None
        if "yang" in words.lowers[k:i]:
            sentence = self.context.sentence(k)
            nearest = [n for e in range(k, sentence.start, -1) if (n := self.ends.get(e)) is not None]
            if nearest and self._plausible(nearest[0], closed=True):
                return nearest[0], "linked", past
        return None

    def _closes(self, office: Office, *, bracket: bool) -> bool:
        words = self.context.words
        gap = words.gaps[office.end]
        if bracket:
            return gap.startswith(")")
        return gap.strip(" ")[:1] in {",", ".", ")", ""} or office.end >= len(words) or "\n" in gap or bool(gap.strip())


def attach(
    context: Context, offices: Sequence[Office], found: Sequence[Name], names: NameRules, rules: OfficeRules
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
    """
    starts, ends = {name.start: name for name in found}, {name.end: name for name in found}
    attacher = _Attacher(context, offices, names, rules.cues, starts, ends)
    made: list[Holding] = []
    claimed: set[int] = set()
    for k, office in enumerate(offices):
        holding = Holding(office, None, "alone")
        if not office.several:
            hit = attacher.after(k, office)
            if hit is not None:
                holding = Holding(office, *hit)
                claimed.add(hit[0].start)
            else:
                back = attacher.before(office)
                if back is not None and (back[1] == "linked" or back[0].start not in claimed):
                    tenure = Tenure.FORMER if back[2] and office.tenure is Tenure.CURRENT else office.tenure
                    holding = Holding(replace(office, tenure=tenure), back[0], back[1])
        made.append(holding)
    return _shared(context, made)


def _shared(context: Context, made: list[Holding]) -> list[Holding]:
    """Give two offices that "sekaligus" or "merangkap" joins the same holder."""
    words = context.words
    for k in range(len(made) - 1, 0, -1):
        one, other = made[k - 1], made[k]
        between = words.lowers[one.office.end : other.office.start]
        joined = len(between) <= 3 and any(word in {"sekaligus", "merangkap", "juga"} for word in between)
        if joined and (one.name is None) != (other.name is None):
            name = one.name or other.name
            rule = "shared"
            made[k - 1 if one.name is None else k] = Holding((one if one.name is None else other).office, name, rule)
    return made


@dataclass(frozen=True, slots=True)
class _Seat:
    """One naming of an office, its holder and area known as far as they can be."""

    holder: str | None
    office: Office
    area: Area | None
    inherited: bool
    rule: str
    mention: Mention


def records(
    context: Context,
    holdings: Sequence[Holding],
    holder_of: Callable[[Name], str | None],
    near: Sequence[Region],
    district: Region | None,
    headline: range,
) -> list[Official]:
    """Make one record per office that somebody holds.

    Parameters
    ----------
    context
        The article.
    holdings
        What :func:`attach` found.
    holder_of
        Leads from a run to the id of the person whom it names.
    near
        The regions that the article is about, the likeliest first.
    district
        The one district that it is about, None if there is no such.
    headline
        The words of the headline: an office that stands only there without its holder is none.
    """
    seats = [
        _seat(context, holding, holder_of(holding.name) if holding.name else None, near, district)
        for holding in holdings
        if not holding.office.several
    ]
    named = [seat for seat in seats if seat.holder is not None]
    alone = [seat for seat in seats if seat.holder is None]
    groups: dict[tuple[str | None, Role, Tenure], list[_Seat]] = defaultdict(list)
    for seat in named:
        groups[seat.holder, seat.office.role, seat.office.tenure].append(seat)
    merged = [part for group in groups.values() for part in _split_by_area(group)]
    left: list[_Seat] = []
    for seat in alone:
        fitting = [group for group in merged if _is_same_seat(seat, group[0])]
        if fitting:
            _closest(seat, fitting).append(seat)
        elif _stands_alone(context, seat, headline):
            left.append(seat)
    for seat in left:
        group = next((g for g in merged if g[0].holder is None and _is_same_seat(seat, g[0])), None)
        if group is None:
            merged.append([seat])
        else:
            group.append(seat)
    merged.sort(key=lambda group: min(seat.mention.span.start for seat in group))
    return [_record(context, group) for group in merged]


def _seat(
    context: Context, holding: Holding, holder: str | None, near: Sequence[Region], district: Region | None
) -> _Seat:
    office = holding.office
    words = context.words
    first = office.start
    mention = context.mention(words.starts[first], words.ends[office.end - 1])
    area, inherited = _area(context, office, near, district)
    if holding.name is not None and office.tenure is Tenure.CURRENT and _is_absent(context, holding.name):
        office = replace(office, tenure=Tenure.INACTIVE)
    return _Seat(holder, office, area, inherited, holding.rule, mention)


def _is_absent(context: Context, name: Name) -> bool:
    """Tell whether the words after a holder say that the office is at rest: on leave, suspended."""
    words = context.words
    sentence = context.sentence(name.end - 1)
    for k in range(name.end, min(name.end + _REACH_OF_LEAVE, sentence.stop)):
        if words.lowers[k] in _ABSENT:
            return words.lowers[k] != "cuti" or words.lowers[k - 1] in _ON_LEAVE
    return False


def _area(
    context: Context, office: Office, near: Sequence[Region], district: Region | None
) -> tuple[Area | None, bool]:
    """Return the region of an office and whether it is inherited from the article."""
    if office.level == "state":
        return None, False
    wanted = _wanted(office.level)
    if office.region is not None:
        readings = resolve(office.region, level=wanted, near=near)
        if len(readings) >= 1 and (len(readings) == 1 or readings[0] in near):
            return readings[0].area, False
        pool = [reading for reading in readings if wanted is None or reading.level is wanted]
        return (pool[0].area, False) if len(pool) == 1 else (None, False)
    body = office.organization
    if office.level == "village" or (body is not None and (body.nation or (not body.area and office.level == ""))):
        if not (office.role in _CHAIRS and body is not None and not body.nation):
            return None, False
    if office.level not in _REGIONAL and office.role not in _CHAIRS:
        return None, False
    return _inherited(office.level, near, district)


def _inherited(level: str, near: Sequence[Region], district: Region | None) -> tuple[Area | None, bool]:
    if level == "district":
        return (district.area, True) if district is not None else (None, False)
    units = [region for region in near if region.level in _UNITS]
    provinces = [region for region in near if region.level is Level.PROVINCE]
    wanted = _wanted(level)
    if level == "province":
        pool = provinces[:1]
    elif wanted is not None:
        pool = [region for region in units[:2] if region.level is wanted][:1]
    else:
        pool = list(near[:1])
    return (pool[0].area, True) if pool else (None, False)


def _wanted(level: str) -> Level | None:
    return Level(level) if level in {"province", "regency", "city", "district", "village"} else None


def _split_by_area(group: list[_Seat]) -> list[list[_Seat]]:
    """Split one person's namings of a role by the regions that the text spells out."""
    spelled: dict[str, list[_Seat]] = {}
    open_: list[_Seat] = []
    for seat in group:
        if seat.area is not None and not seat.inherited:
            spelled.setdefault(seat.area.name, []).append(seat)
        else:
            open_.append(seat)
    if not spelled:
        return [open_]
    parts = list(spelled.values())
    parts[0].extend(open_)
    return parts


def _is_same_seat(seat: _Seat, other: _Seat) -> bool:
    """Tell whether an office without its holder is one whose holder the article names."""
    office, held = seat.office, other.office
    if office.role is not held.role or held.tenure not in {Tenure.CURRENT, office.tenure}:
        return False
    if office.tenure not in {Tenure.CURRENT, held.tenure}:
        return False
    if office.role in _VAGUE and _body(office) != _body(held):
        return False
    if office.expansion != held.expansion and office.expansion and held.expansion:
        return False
    if seat.area is None or other.area is None or seat.inherited or other.inherited:
        return seat.area is None or other.area is None or seat.area.level is other.area.level
    return seat.area == other.area


_VAGUE = frozenset(
    {
        Role.OTHER, Role.KETUA, Role.WAKIL_KETUA, Role.ANGGOTA, Role.KEPALA, Role.SEKRETARIS, Role.DIREKTUR, Role.MENTERI,
        Role.KEPALA_BIDANG, Role.KEPALA_BAGIAN, Role.KEPALA_DINAS, Role.KEPALA_BADAN, Role.JURU_BICARA,
    }
)  # fmt: skip


def _body(office: Office) -> str:
    return office.organization.name if office.organization is not None else office.expansion


def _closest(seat: _Seat, groups: list[list[_Seat]]) -> list[_Seat]:
    start = seat.mention.span.start

    def distance(group: list[_Seat]) -> tuple[bool, int]:
        before = [other.mention.span.start for other in group if other.mention.span.start < start]
        return (not before, start - max(before) if before else group[0].mention.span.start)

    return min(groups, key=distance)


def _stands_alone(context: Context, seat: _Seat, headline: range) -> bool:
    """Tell whether an office without a holder is one seat that the article speaks of."""
    office = seat.office
    words = context.words
    if office.issuer or office.needs_holder or not office.certain or office.tenure in {Tenure.CANDIDATE, Tenure.FORMER}:
        return False
    if office.head in headline or not words.texts[office.head][0].isupper():
        return False
    return office.region is not None or office.level == "state"


def _record(context: Context, group: list[_Seat]) -> Official:
    group = sorted(group, key=lambda seat: seat.mention.span.start)
    acting = next((seat for seat in group if seat.office.acting), group[0])
    best = next((seat for seat in group if seat.holder is not None), group[0])
    area = next((seat.area for seat in group if seat.area is not None and not seat.inherited), best.area)
    office = best.office
    words = context.words
    flags = ["region_inherited"] if area is not None and all(seat.inherited or not seat.area for seat in group) else []
    statuses = {seat.office.status for seat in group if seat.office.acting}
    if len(statuses) > 1:
        flags.append("status_conflict")
    title = office.expansion or " ".join(context.text[words.starts[office.head] : words.ends[office.end - 1]].split())
    return Official(
        person=best.holder,
        status=acting.office.status if acting.office.acting else Status.DEFINITIF,
        tenure=office.tenure,
        role=office.role,
        title=title,
        area=area,
        organization=_body(office) or office.body_name or None,
        mentions=tuple(seat.mention for seat in group),
        rule=f"official.{best.rule}.{office.rule}",
        flags=tuple(flags),
    )
