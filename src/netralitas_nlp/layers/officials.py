"""Who holds which office: one record for each office that somebody holds.

The names beside the offices are known (:mod:`netralitas_nlp.layers.holders`); here the namings of one seat come
together ("Pjs Bupati" with the "Pjs Bupati Berau, Rusdi Halim," before it), and each seat gets its region. What is
named without a holder stays only where it is one seat: with a region, of a body or of the state.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Region, resolve
from netralitas_nlp.layers.holders import Holding
from netralitas_nlp.layers.names import Name
from netralitas_nlp.layers.offices import Office
from netralitas_nlp.types import Area, Level, Mention, Official, Role, Span, Status, Tenure

__all__ = ["Holders", "records"]

_ABSENT = frozenset({"dinonaktifkan", "nonaktif", "cuti"})
_ON_LEAVE = frozenset({"menjalani", "sedang", "mengambil", "tengah", "yang", "selama"})
_REACH_OF_LEAVE = 10
_REGIONAL = frozenset({"region", "province", "regency", "city", "district"})
_UNITS = (Level.REGENCY, Level.CITY)
_EVERY = frozenset({"semua", "seluruh", "para", "setiap", "segenap"})
_SENTENCES_AWAY = 2
#: What the holder of an office did who speaks in the next sentence.
_OPENED_BY = frozenset({"dibuka", "dipimpin", "diresmikan", "disampaikan", "diungkapkan", "ditegaskan", "dilepas"})
#: Parts of a body, which are none of their own.
_PARTS = frozenset({"bidang", "bagian", "divisi", "seksi", "subbagian", "subbidang"})
_POINTING = frozenset({"ini", "itu", "tersebut"})
_LOCAL = frozenset({"kabupaten", "kota", "provinsi", "daerah"})
#: How many seats of a role, before and after a place in the text, an office without its holder is compared with.
_SEATS_BEFORE = 40
_SEATS_AFTER = 10
_CHAIRS = frozenset(
    {
        Role.KETUA_KPU, Role.ANGGOTA_KPU, Role.KETUA_BAWASLU, Role.ANGGOTA_BAWASLU, Role.KETUA_DPRD,
        Role.WAKIL_KETUA_DPRD, Role.ANGGOTA_DPRD, Role.KEPALA_SATPOL_PP, Role.KAJARI, Role.KAPOLRES,
    }
)  # fmt: skip


class Holders(Protocol):
    """Who is named where: ids of people by the first word of a run."""

    #: For every run that names somebody.
    by_start: Mapping[int, str]
    #: The same, in the order of the text.
    mentioned: Sequence[tuple[int, str]]
    #: The runs beside a verb of speaking.
    speaking: Sequence[tuple[int, str]]
    #: The first runs of those whom a verb of speaking introduced.
    speakers: Sequence[tuple[int, str]]


class _Seat(NamedTuple):
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
    holders: Holders,
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
    holders
        Who the runs of the article name.
    near
        The regions that the article is about, the likeliest first.
    district
        The one district that it is about, None if there is no such.
    headline
        The words of the headline: an office that stands only there without its holder is none.
    """
    seats = [
        _seat(context, holding, holders.by_start.get(holding.name.start) if holding.name else None, near, district)
        for holding in holdings
        if not holding.office.several
    ]
    seats = _introduced(context, _borrowed(seats, seats), holders.speakers)
    groups: dict[tuple[str | None, Role, Tenure], list[_Seat]] = defaultdict(list)
    for seat in seats:
        if seat.holder is not None:
            groups[seat.holder, seat.office.role, seat.office.tenure].append(seat)
    book = _Book()
    for group in groups.values():
        for title in _split_by_title(context, group):
            for part in _split_by_area(title):
                book.open(part)
    for seat in seats:
        if seat.holder is None:
            _enter(context, book, seat, seats, holders, headline)
    return [_record(context, group) for group in book.groups()]


class _Book:
    """Seats in groups, each the namings of one office, found by role and by place in the text."""

    def __init__(self) -> None:
        self._by_role: dict[Role, list[tuple[int, int, list[_Seat]]]] = defaultdict(list)
        self._count = 0

    def open(self, seats: list[_Seat]) -> None:
        """Start a group."""
        self._count += 1
        first = min(seat.mention.span.start for seat in seats)
        insort(self._by_role[seats[0].office.role], (first, self._count, seats))

    def around(self, seat: _Seat) -> Iterator[list[_Seat]]:
        """Yield the groups of an office's role, the last one opened before it first, then those after it."""
        rows = self._by_role.get(seat.office.role, [])
        at = bisect_left(rows, (seat.mention.span.start, 0, []))
        yield from (group for _, _, group in reversed(rows[max(0, at - _SEATS_BEFORE) : at]))
        yield from (group for _, _, group in rows[at : at + _SEATS_AFTER])

    def groups(self) -> list[list[_Seat]]:
        """Return every group in the order of the text."""
        groups = [group for rows in self._by_role.values() for _, _, group in rows]
        return sorted(groups, key=lambda group: min(seat.mention.span.start for seat in group))


def _enter(
    context: Context, book: _Book, seat: _Seat, seats: Sequence[_Seat], holders: Holders, headline: range
) -> None:
    """Enter an office without its holder: where it is named with one, where words point to one, or alone."""
    if seat.office.issuer:
        return  # who issued a circular is not named as an official by it
    held = [group for group in book.around(seat) if group[0].holder is not None]
    fitting = [group for group in held if _is_same_seat(context, seat, group[0])]
    if fitting:
        _closest(seat, fitting).append(seat)
        return
    seat = _epithet(context, seat, holders)
    if seat.holder is not None:
        book.open(_borrowed([seat], seats))
    elif _stands_alone(context, seat, headline):
        free = (group for group in book.around(seat) if group[0].holder is None)
        group = next((group for group in free if _is_same_seat(context, seat, group[0])), None)
        if group is None:
            book.open([seat])
        else:
            group.append(seat)


def _seat(
    context: Context, holding: Holding, holder: str | None, near: Sequence[Region], district: Region | None
) -> _Seat:
    office = holding.office
    first = office.start
    mention = context.mention(*_stretch(context, first, office.end))
    area, inherited = _area(context, office, near, district)
    if holding.name is not None and office.tenure is Tenure.CURRENT and _is_absent(context, holding.name):
        office = office._replace(tenure=Tenure.INACTIVE)
    return _Seat(holder, office, area, inherited, holding.rule, mention)


def _epithet(context: Context, seat: _Seat, holders: Holders) -> _Seat:
    """Lead "mantan Kapolda itu", "Anggota Fraksi PKB ini" back to who spoke last, else to who was named last."""
    words = context.words
    k = seat.office.end
    while k < len(words.texts) and (words.texts[k].isdigit() or (words.lowers[k] == "ke" and words.gaps[k + 1] == "-")):
        k += 1  # "Ketua DPR RI ke-20 ini", "Menteri Agama 2014-2019 itu"
    office = seat.office
    named = office.organization is not None or office.region is not None or office.role is Role.MENTERI
    telling = office.tenure is Tenure.FORMER or named
    pointing = telling and k < len(words.texts) and words.gaps[k] == " " and words.lowers[k] in _POINTING
    if seat.holder is None and (pointing or (telling and seat.rule == "pronoun")):
        for runs in (holders.speaking, holders.mentioned):
            before = bisect_left(runs, (seat.office.start, ""))
            if before:
                return seat._replace(holder=runs[before - 1][1], rule="epithet")
    return seat


def _introduced(context: Context, seats: list[_Seat], speakers: Sequence[tuple[int, str]]) -> list[_Seat]:
    """Give an office at the start of a sentence the speaker whom the next sentences introduce without one.

    "Wakil Bupati Berau membuka pelatihan. Demikian disampaikan Rusdi Halim …"
    """
    held = {seat.holder for seat in seats}
    roles = {seat.office.role for seat in seats if seat.holder is not None}
    starts = [seat.office.start for seat in seats]
    for k, seat in enumerate(seats):
        office = seat.office
        sentence = context.sentence(office.start)
        opens = office.start == sentence.start or (office.end == sentence.stop and _acts(context, office.start))
        if seat.holder is not None or not opens or office.issuer or seat.area is None:
            continue
        if office.role in roles:
            continue
        end = sentence.stop
        for _ in range(_SENTENCES_AWAY):
            end = context.sentence(end).stop if end < len(context.words) else end
        near = speakers[bisect_left(speakers, (office.end, "")) : bisect_left(speakers, (end, ""))]
        new = next(((start, who) for start, who in near if who not in held), None)
        if new is None:
            continue
        between = seats[k + 1 : bisect_left(starts, new[0])]
        if all(other.holder is not None for other in between):
            seats[k] = seat._replace(holder=new[1], rule="introduced_later")
            held.add(new[1])
    return seats


def _acts(context: Context, start: int) -> bool:
    """Tell whether the office at a word did what a passive says ("dibuka Pj Bupati Berau", "dipimpin oleh …")."""
    before = context.words.lowers[max(0, start - 3) : start]
    return before[-1:] == ["oleh"] or not _OPENED_BY.isdisjoint(before)


def _borrowed(seats: list[_Seat], lenders: Sequence[_Seat]) -> list[_Seat]:
    """Let an office without a region take the one that the text gives its holder's other office."""
    spelled = {
        seat.holder: seat.area
        for seat in reversed(lenders)
        if seat.holder and seat.area is not None and not seat.inherited and seat.office.tenure is Tenure.CURRENT
    }

    def borrow(seat: _Seat) -> _Seat:
        area = spelled.get(seat.holder or "")
        body = seat.office.organization
        part = body is not None and body.name.startswith(("Fraksi", "Komisi")) and not body.nation
        if area is None or not (seat.inherited or seat.area is None):
            return seat
        if not part and seat.office.level not in {"region", "district"}:
            return seat
        fits = area.level is not Level.DISTRICT or seat.office.role is Role.KEPALA or seat.office.level == "district"
        return seat._replace(area=area) if fits else seat

    return [borrow(seat) for seat in seats]


def _stretch(context: Context, first: int, last: int) -> Span:
    """Return where the words from one to another stand, a bracket among them closed."""
    words = context.words
    start, end = words.starts[first], words.ends[last - 1]
    inside = context.view[start:end]
    return Span(start, end + (inside.count("(") > inside.count(")") and words.gaps[last][:1] == ")"))


def _spelled(context: Context, first: int, last: int) -> str:
    """Return the words from one to another, each run of blanks as one."""
    start, end = _stretch(context, first, last)
    return " ".join(context.text[start:end].split())


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
    if office.village is not None:
        return _village(context, office), False
    if body is not None and body.nation:
        return None, False
    if office.level in _REGIONAL or office.role in _CHAIRS or _is_local(context, office):
        return _inherited(office.level, near, district)
    return None, False


def _village(context: Context, office: Office) -> Area:
    """Return a village by its name; the gazetteer has no codes for villages."""
    words = context.words
    first, last = office.village or (0, 0)
    word = "Kelurahan" if office.role is Role.LURAH else "Desa"
    return Area(name=f"{word} {' '.join(words.texts[first:last])}", level=Level.VILLAGE)


def _is_local(context: Context, office: Office) -> bool:
    """Tell whether an office calls itself one of the region at hand ("Jubir Gugus Tugas Kabupaten")."""
    return not _LOCAL.isdisjoint(context.words.lowers[office.head : office.end])


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


def _split_by_title(context: Context, group: list[_Seat]) -> list[list[_Seat]]:
    """Split one person's namings of a role that several bodies have: chair of the one, chair of the other."""
    if group[0].office.role not in _VAGUE:
        return [group]
    parts: list[list[_Seat]] = []
    for seat in group:
        part = next((p for p in parts if _is_same_title(context, seat.office, p[0].office)), None)
        if part is None:
            parts.append([seat])
        else:
            part.append(seat)
    return parts


def _is_same_title(context: Context, one: Office, other: Office) -> bool:
    """Tell whether two titles are of one body: the same one, or the words of one, region aside, among the other's."""
    if one.role is Role.MENTERI:
        short, long = sorted((one.expansion, other.expansion), key=len)
        return long.startswith(short)
    a, b = one.organization, other.organization
    if a is not None and b is not None and a.name == b.name:
        return True
    first, second = _title_words(context, one), _title_words(context, other)
    return first <= second or second <= first


def _title_words(context: Context, office: Office) -> set[str]:
    words = context.words
    region = range(office.region.start, office.region.end) if office.region is not None else ()
    return {words.lowers[k] for k in range(office.head, office.end) if k not in region}


def _is_same_seat(context: Context, seat: _Seat, other: _Seat) -> bool:
    """Tell whether an office without its holder is one whose holder the article names."""
    office, held = seat.office, other.office
    if office.role is not held.role or held.tenure not in {Tenure.CURRENT, office.tenure}:
        return False
    if office.tenure not in {Tenure.CURRENT, held.tenure}:
        return False
    if office.role in _VAGUE and not _is_same_title(context, office, held):
        return False
    if (office.country is None) != (held.country is None):
        return False
    if office.country is not None and seat.mention.text != other.mention.text:
        return False
    if seat.area is None or other.area is None or seat.inherited or other.inherited:
        return seat.area is None or other.area is None or seat.area.level is other.area.level
    return seat.area == other.area


_VAGUE = frozenset(
    {
        Role.OTHER, Role.KETUA, Role.WAKIL_KETUA, Role.ANGGOTA, Role.KEPALA, Role.SEKRETARIS, Role.DIREKTUR,
        Role.MENTERI, Role.KEPALA_BIDANG, Role.KEPALA_BAGIAN, Role.KEPALA_DINAS, Role.KEPALA_BADAN, Role.JURU_BICARA,
    }
)  # fmt: skip


#: Offices that one person at a time holds in a body.
_HEADING = frozenset(
    {
        Role.KETUA, Role.KEPALA, Role.KEPALA_BADAN, Role.KEPALA_DINAS, Role.SEKRETARIS, Role.DIREKTUR, Role.KETUA_DPRD,
        Role.KETUA_KPU, Role.KETUA_BAWASLU, Role.KAJATI, Role.KAJARI, Role.INSPEKTUR,
    }
)  # fmt: skip


def _organization(context: Context, office: Office) -> str | None:
    """Return the body of an office as the text has it; "Kapolres Sorong" is of the Polres Sorong."""
    body, region = office.organization, office.region
    if body is not None and context.words.lowers[body.start] in _PARTS and body.parent is not None:
        body = body.parent  # "Deputi Bidang SDM Kementerian Sosial" is of the ministry
    if body is not None:
        overlaps = region is not None and region.start < body.end < region.end
        end = region.end if region is not None and overlaps else body.end
        return _spelled(context, body.start, end)
    if office.body_name and office.unit is not None:
        return f"{office.body_name} {_spelled(context, office.unit[0], office.end)}"
    if office.body_name and region is not None:
        first = office.unit[0] if office.unit is not None else region.start
        return f"{office.body_name} {_spelled(context, first, office.end)}"
    return office.body_name or (office.expansion if office.expansion.startswith("Dinas") else None) or None


def _closest(seat: _Seat, groups: list[list[_Seat]]) -> list[_Seat]:
    """Return the group whose office was named last before a place, else the one named first after it."""
    start = seat.mention.span.start

    def distance(group: list[_Seat]) -> tuple[bool, int]:
        last = group[-1].mention.span.start
        latest = last if last < start else group[0].mention.span.start
        return (latest > start, abs(start - latest))

    return min(groups, key=distance)


def _stands_alone(context: Context, seat: _Seat, headline: range) -> bool:
    """Tell whether an office without a holder is one seat that the article speaks of."""
    office = seat.office
    words = context.words
    if office.needs_holder or not office.certain or office.tenure is not Tenure.CURRENT:
        return False
    if office.head in headline or not words.texts[office.head][0].isupper():
        return False
    if office.region is not None or office.level == "state" or (office.organization and office.role in _HEADING):
        return True
    bare = office.unitary and office.unit is None and office.organization is None
    return seat.area is not None and office.level in _REGIONAL and not bare and not _is_listed(context, office)


def _is_listed(context: Context, office: Office) -> bool:
    """Tell whether an office stands in a list of several ("semua OPD, Sekda, dan camat")."""
    before = context.words.lowers[max(0, office.start - 4) : office.start]
    return not _EVERY.isdisjoint(before)


#: A short form behind the words that it stands for: "Menteri Dalam Negeri (Mendagri)".
_BRACKET = re.compile(r" ?\([^()]*\)")


def _record(context: Context, group: list[_Seat]) -> Official:
    group = sorted(group, key=lambda seat: seat.mention.span.start)
    acting = next((seat for seat in group if seat.office.acting), group[0])
    best = next((seat for seat in group if seat.holder is not None), group[0])
    area = next((seat.area for seat in group if seat.area is not None and not seat.inherited), best.area)
    office = best.office
    flags = ["region_inherited"] if area is not None and all(seat.inherited or not seat.area for seat in group) else []
    statuses = {seat.office.status for seat in group if seat.office.acting}
    if len(statuses) > 1:
        flags.append("status_conflict")
    first, last = office.named or (office.head, office.tail or office.end)
    title = _spelled(context, first, last)
    title = (_BRACKET.sub("", title) or title) if "(" in title else title
    if office.expansion.startswith("Dinas"):
        title = f"Kepala {office.expansion}"
    return Official(
        person=best.holder,
        status=acting.office.status if acting.office.acting else Status.DEFINITIF,
        tenure=office.tenure,
        role=office.role,
        title=title,
        area=area,
        organization=_organization(context, office),
        mentions=tuple(seat.mention for seat in group),
        rule=f"official.{best.rule}.{office.rule}",
        flags=tuple(flags),
    )
