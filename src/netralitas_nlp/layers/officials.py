"""Who holds which office.

An office finds its holder beside it ("Bupati Berau, Rusdi Halim," · "Rusdi Halim, Bupati Berau," · "Rusdi Halim selaku
Plh Sekda"), through a second office ("Jubir Satgas sekaligus Plt Kadinkes Rusdi Halim"), or by an earlier naming of the
same office ("Pjs Bupati" further on). What is named without a holder stays only where it is one seat: with a region, or
of the state.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer, Region, resolve
from netralitas_nlp.layers.names import Name, NameRules
from netralitas_nlp.layers.offices import Office, OfficeRules
from netralitas_nlp.types import Area, Level, Mention, Official, Role, Status, Tenure

__all__ = ["Holders", "Holding", "attach", "records"]

_BACKING = frozenset({"daerah", "dapil", "fraksi", "partai"})
_LONGEST_BACKING = 12
_LINKED_BACK = 9
_ABSENT = frozenset({"dinonaktifkan", "nonaktif", "cuti"})
_ON_LEAVE = frozenset({"menjalani", "sedang", "mengambil", "tengah", "yang", "selama"})
_REACH_OF_LEAVE = 10
_REGIONAL = frozenset({"region", "province", "regency", "city", "district"})
_UNITS = (Level.REGENCY, Level.CITY)
_REACH_OF_INITIALS = 20
_LONGEST_RELATIVE = 8
_BOUND = 4
_SHORTEST_NAME = 2
_JOINED = frozenset({"sekaligus", "merangkap", "yang"})
_JOINING = frozenset({"sekaligus", "merangkap", "yang", "juga", "dan"})
_EVERY = frozenset({"semua", "seluruh", "para", "setiap", "segenap"})
_SENTENCES_AWAY = 2
_PRONOUNS = frozenset({"dia", "ia", "beliau", "dirinya", "pria", "perempuan", "wanita", "sosok"})
_POINTING = frozenset({"ini", "itu", "tersebut"})
_LOCAL = frozenset({"kabupaten", "kota", "provinsi", "daerah"})
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


@dataclass(frozen=True, slots=True)
class _Attacher:
    context: Context
    offices: Sequence[Office]
    names: NameRules
    cues: Mapping[str, frozenset[str]]
    starts: Mapping[int, Name]
    ends: Mapping[int, Name]
    headline: range
    #: Holders found so far, by the end of their office.
    held: dict[int, Name]

    def after(self, office: Office) -> tuple[Name, str] | None:
        """Return the name that follows an office."""
        words = self.context.words
        k = self._skip(office.end)
        if k >= len(words):
            return None
        gap = _plain(words.gaps[k])
        name = self.starts.get(k)
        if name is None and words.lowers[k : k + 2] == ["yang", "juga"]:
            return self._after_relative(k + 2)
        if name is None:
            if gap in {" ", ", "} and words.lowers[k] in self.cues["introducing"]:
                while k < len(words) and words.lowers[k] in self.cues["introducing"] and words.gaps[k] in {" ", ", "}:
                    k += 1
                named = self.starts.get(k)
                if named is not None and words.gaps[k] in {" ", ", "} and self._plausible(named, closed=True):
                    return named, "introduced"
            return None
        if gap.startswith(")") and gap not in {") ", "), "}:
            gap = gap[1:]
        if gap in {" ", "", " - "}:
            return (name, "beside") if self._plausible(name, closed=False) else None
        if gap in {", ", ",", " , ", "), ", ") ", ": "}:
            closed = self._is_closed(name)
            if gap == ") ":
                closed = True
            return (name, "apposition") if self._plausible(name, closed=closed, comma=True) else None
        if gap == " (" and words.gaps[name.end].startswith(")") and len(name) > 1:
            return (name, "bracket") if self._plausible(name, closed=True) else None
        return None

    def _after_relative(self, k: int) -> tuple[Name, str] | None:
        """Return the name behind "yang juga Imam Besar Istiqlal, Rusdi Halim,"."""
        words = self.context.words
        for j in range(k, min(k + _LONGEST_RELATIVE, len(words))):
            gap = words.gaps[j]
            if gap == ", ":
                name = self.starts.get(j)
                fits = name is not None and self._is_closed(name) and self._plausible(name, closed=True, comma=True)
                return (name, "apposition") if name is not None and fits else None
            if gap != " ":
                return None
        return None

    def _skip(self, k: int) -> int:
        """Skip "setempat", "nomor urut 2", "periode 2019-2024", "RI" after an office."""
        words = self.context.words
        while k < len(words) and words.gaps[k].removeprefix(")") in {" ", " (", "-", ", "}:
            low = words.lowers[k]
            if low in self.cues["between"] and words.gaps[k][-1:] == " ":
                k += 1
            elif low in {"ke", "f"} and k + 1 < len(words) and words.gaps[k + 1] == "-":
                k += 2
            elif low == "dari" and k + 1 < len(words) and words.lowers[k + 1] in _BACKING:
                return self._next_name(k)
            elif low in {"nomor", "periode", "masa"} and words.gaps[k] != ", ":
                while k < len(words) and (words.lowers[k] in {"nomor", "urut", "periode", "masa", "jabatan"}
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
        return name.end >= len(words) or words.texts[name.end].islower()

    def _plausible(self, name: Name, *, closed: bool, comma: bool = False) -> bool:
        words, rules = self.context.words, self.names
        tokens = words.lowers[name.first : name.last]
        if name.honorifics or name.degrees:
            return True
        known = sum(token in rules.known for token in tokens)
        other = sum(token not in rules.known and (token in rules.common or token in rules.proper) for token in tokens)
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
        k, linked, past = self._chain(i)
        if not linked:
            return None
        name = self.ends.get(k) or self.held.get(k)
        if name is not None and words.gaps[k] in {" ", ", ", ") ", "), ", "  "}:
            mine = self._plausible(name, closed=True) and not self._is_agent(name)
            return (name, "linked", past) if mine else None
        if not self.cues["clause"].isdisjoint(words.lowers[k:i]) and not any(other.end == k for other in self.offices):
            sentence = self.context.sentence(k)
            nearest = [n for e in range(k, sentence.start, -1) if (n := self.ends.get(e)) is not None]
            if nearest and self._plausible(nearest[0], closed=True):
                return nearest[0], "linked", past
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
        return Holding(replace(office, tenure=Tenure.FORMER) if past else office, None, "pronoun")

    def _is_agent(self, name: Name) -> bool:
        """Tell whether "oleh" stands before a name or its office: who appoints does not get the office."""
        words = self.context.words
        first = next((other.start for other in self.offices if other.end == name.start), name.start)
        return first > 0 and words.lowers[first - 1] == "oleh"

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
        listed = k < len(words) and gap in {", ", " "} and words.lowers[k] in {"dan", "serta"}
        followed = any(other.start == k for other in self.offices)
        return not listed and not followed and words.texts[office.head][0].islower()

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
    attacher = _Attacher(context, offices, names, rules.cues, starts, ends, headline, {})
    made: list[Holding] = []
    claimed: set[int] = set()
    for office in offices:
        holding = attacher.by_pronoun(office)
        if not office.several:
            back = attacher.before(office)
            hit = attacher.after(office) if back is None or not attacher.binds_left(office, back[0]) else None
            if hit is not None:
                holding = Holding(office, *hit)
                claimed.add(hit[0].start)
            else:
                if back is not None and (back[1] == "linked" or back[0].start not in claimed or attacher.adds(office)):
                    tenure = Tenure.FORMER if back[2] and office.tenure is Tenure.CURRENT else office.tenure
                    holding = Holding(replace(office, tenure=tenure), back[0], back[1])
        made.append(holding)
        if holding.name is not None:
            attacher.held[office.end] = holding.name
    made = [_by_initials(context, holding, found, gazetteer) for holding in made]
    return _pairs(context, _shared(context, made), starts, ends)


def _by_initials(context: Context, holding: Holding, found: Sequence[Name], gazetteer: Gazetteer) -> Holding:
    """Give an office the holder whom its sentence names by initials ("mantan direktur BUMD, berinisial DS")."""
    office, words = holding.office, context.words
    if holding.name is not None or office.several or office.issuer:
        return holding
    last = min(context.sentence(office.start).stop, office.end + _REACH_OF_INITIALS)
    cue = next((k for k in range(office.end, last) if words.lowers[k] in {"berinisial", "inisial"}), None)
    name = next((name for name in found if cue is not None and name.start == cue + 1), None)
    if name is None or cue is None:
        return holding
    matches = (gazetteer.match(words, k) for k in range(office.end, cue))
    region = office.region or next((match for match in matches if match is not None and not match.weak), None)
    return Holding(replace(office, region=region), name, "initials")


def _shared(context: Context, made: list[Holding]) -> list[Holding]:
    """Give two offices that "sekaligus" or "merangkap" joins the same holder."""
    words = context.words
    for k in range(len(made) - 1, 0, -1):
        one, other = made[k - 1], made[k]
        between = words.lowers[one.office.end : other.office.start]
        slash = not between and "/" in words.gaps[other.office.start]
        joined = slash or (_JOINING.issuperset(between) and not _JOINED.isdisjoint(between))
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
        if _DEPUTIES.get(one.role) is not other.role or not _is_joined(context, one.end, other.start):
            continue
        tenure = one.tenure if one.tenure is not Tenure.CURRENT else other.tenure
        region = one.region or other.region
        offices = (
            replace(one, tenure=tenure, region=region, several=False, issuer=False),
            replace(other, tenure=tenure, region=region, several=False, issuer=False),
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
                Holding(replace(office, start=i, head=i, end=i + 1), name, "pair")
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
    elif end < len(words) and words.lowers[end] == "dan":
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
    named = [seat for seat in seats if seat.holder is not None]
    alone = [seat for seat in seats if seat.holder is None]
    groups: dict[tuple[str | None, Role, Tenure], list[_Seat]] = defaultdict(list)
    for seat in named:
        groups[seat.holder, seat.office.role, seat.office.tenure].append(seat)
    merged = [
        part for group in groups.values() for title in _split_by_title(context, group) for part in _split_by_area(title)
    ]
    left: list[_Seat] = []
    for seat in alone:
        fitting = [group for group in merged if _is_same_seat(context, seat, group[0])]
        if fitting:
            _closest(seat, fitting).append(seat)
            continue
        seat = _epithet(context, seat, holders)
        if seat.holder is not None:
            merged.append(_borrowed([seat], seats))
        elif _stands_alone(context, seat, headline):
            left.append(seat)
    for seat in left:
        group = next((g for g in merged if g[0].holder is None and _is_same_seat(context, seat, g[0])), None)
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
    first = office.start
    mention = _stretch(context, first, office.end)
    area, inherited = _area(context, office, near, district)
    if holding.name is not None and office.tenure is Tenure.CURRENT and _is_absent(context, holding.name):
        office = replace(office, tenure=Tenure.INACTIVE)
    return _Seat(holder, office, area, inherited, holding.rule, mention)


def _epithet(context: Context, seat: _Seat, holders: Holders) -> _Seat:
    """Lead "mantan Kapolda itu", "Anggota Fraksi PKB ini" back to who spoke last, else to who was named last."""
    words = context.words
    k = seat.office.end
    office = seat.office
    named = office.organization is not None or office.region is not None or office.role is Role.MENTERI
    telling = office.tenure is Tenure.FORMER or named
    pointing = telling and k < len(words) and words.gaps[k] == " " and words.lowers[k] in _POINTING
    if seat.holder is None and (pointing or seat.rule == "pronoun"):
        for runs in (holders.speaking, holders.mentioned):
            before = bisect_left(runs, (seat.office.start, ""))
            if before:
                return replace(seat, holder=runs[before - 1][1], rule="epithet")
    return seat


def _introduced(context: Context, seats: list[_Seat], speakers: Sequence[tuple[int, str]]) -> list[_Seat]:
    """Give an office at the start of a sentence the speaker whom the next sentences introduce without one.

    "Wakil Bupati Berau membuka pelatihan. Demikian disampaikan Rusdi Halim …"
    """
    held = {seat.holder for seat in seats}
    for k, seat in enumerate(seats):
        office = seat.office
        sentence = context.sentence(office.start)
        if seat.holder is not None or office.start != sentence.start or office.issuer or seat.area is None:
            continue
        if any(other.office.role is office.role and other.holder for other in seats):
            continue
        end = sentence.stop
        for _ in range(_SENTENCES_AWAY):
            end = context.sentence(end).stop if end < len(context.words) else end
        between = [other for other in seats if seat is not other and office.end <= other.office.start < end]
        new = [(start, who) for start, who in speakers if office.end <= start < end and who not in held]
        if new and not any(other.office.start < new[0][0] and other.holder is None for other in between):
            seats[k] = replace(seat, holder=new[0][1], rule="introduced_later")
            held.add(new[0][1])
    return seats


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
        return replace(seat, area=area) if fits else seat

    return [borrow(seat) for seat in seats]


def _stretch(context: Context, first: int, last: int) -> Mention:
    """Return the words from one to another, a bracket among them closed."""
    words = context.words
    start, end = words.starts[first], words.ends[last - 1]
    inside = context.view[start:end]
    return context.mention(start, end + (inside.count("(") > inside.count(")") and words.gaps[last][:1] == ")"))


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


def _body(office: Office) -> str:
    return office.organization.name if office.organization is not None else office.expansion


def _organization(context: Context, office: Office) -> str | None:
    """Return the body of an office as the text has it; "Kapolres Sorong" is of the Polres Sorong."""
    words = context.words
    body, region = office.organization, office.region
    if body is not None:
        return " ".join(_stretch(context, body.start, body.end).text.split())
    if office.body_name and region is not None:
        return f"{office.body_name} {' '.join(words.texts[region.start : region.end])}"
    return office.body_name or (office.expansion if office.expansion.startswith("Dinas") else None) or None


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
    if office.issuer or office.needs_holder or not office.certain or office.tenure is not Tenure.CURRENT:
        return False
    if office.head in headline or not words.texts[office.head][0].isupper():
        return False
    if office.region is not None or office.level == "state" or (office.organization and office.role in _HEADING):
        return True
    bare = office.unitary and office.unit is None and office.organization is None
    return seat.area is not None and office.level in _REGIONAL and not bare and not _is_listed(context, office)


def _plain(gap: str) -> str:
    """Fold blanks in a gap; a line break stays."""
    return re.sub(" {2,}", " ", gap) if "  " in gap else gap


def _is_listed(context: Context, office: Office) -> bool:
    """Tell whether an office stands in a list of several ("semua OPD, Sekda, dan camat")."""
    before = context.words.lowers[max(0, office.start - 4) : office.start]
    return not _EVERY.isdisjoint(before)


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
    title = " ".join(_stretch(context, office.head, office.end).text.split())
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
