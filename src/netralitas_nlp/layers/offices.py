"""Offices as they are named: acting word, office, unit or body, region.

The grammar is ``[TENURE] [STATUS [(STATUS)]] OFFICE [UNIT] [BODY] [REGION [(SHORT)]] [TENURE]``; who holds the office
is for :mod:`netralitas_nlp.layers.officials` to find.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from netralitas_nlp import _rules, regions
from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import LEVEL_WORDS, Form, Gazetteer, RegionMatch, Weakness
from netralitas_nlp._rules import Entry, Source, Table
from netralitas_nlp._text import Words
from netralitas_nlp.layers import organizations
from netralitas_nlp.layers.names import NameRules, Phrases
from netralitas_nlp.layers.organizations import OrganizationMatch, OrganizationRules
from netralitas_nlp.types import Level, Role, Status, Tenure

__all__ = ["Office", "OfficeRules", "scan"]

_LEVELS = frozenset({"state", "region", "province", "regency", "city", "district", "village"})
_TABLES: Mapping[str, Table] = {
    "status": Table(
        {"status": str, "variants": list},
        {"weak": bool, "place": str},
        {"status": frozenset(Status), "place": frozenset({"after"})},
    ),
    "tenure": Table(
        {"tenure": str, "place": str, "variants": list},
        {},
        {"tenure": frozenset(Tenure), "place": frozenset({"before", "after"})},
    ),
    "office": Table(
        {"role": str, "variants": list},
        {
            "level": str, "body": str, "body_name": str, "part": str, "expansion": str, "unit": str, "tenure": str,
            "cue": bool, "foreign": bool, "generic": bool, "holder": bool,
            "of_office": bool, "needs_body": bool, "unless": list,
        },
        {
            "role": frozenset(Role), "level": _LEVELS, "tenure": frozenset(Tenure),
            "body": frozenset({"portfolio", "unit", "unit_number", "body"}),
        },
    ),
    "body_role": Table(
        {"office": list, "role": str},
        {"kind": str, "contains": list, "unless": list},
        {"role": frozenset(Role)},
    ),
    "portfolio": Table({"variants": list}),
    "unit": Table({"variants": list}),
    "cue": Table({"variants": list}),
    "country": Table({"variants": list}),
}  # fmt: skip

_SHORTENED = frozenset({"(", " ("})
_LINKS = frozenset(
    {
        "setda", "setdakab", "setdako", "setdaprov", "pemkab", "pemkot", "pemprov", "pemko", "pemda", "sekda",
        "sekdakab", "sekdako", "sekdaprov",
    }
)  # fmt: skip
_NUMERALS = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"])
_MOST_UNIT_WORDS = 14
_JAKARTA = "31"
_MOST_UNKNOWN = 6
_MOST_PARTS = 8
_MOST_UNIT_NAME = 3
#: State offices with a field of their own, which no list of fields covers.
_FIELDED = frozenset({"direktur_jenderal", "irjen"})


@dataclass(frozen=True)
class OfficeRules:
    """Every office and every word for its capacity.

    Attributes
    ----------
    triggers
        The words that a naming of an office may begin with.
    followers
        For those that are nothing alone ("yang" of "yang melaksanakan tugas"), the words of which one must follow.
    kinds
        What the rules tell of an office, by the id of its entry.
    statuses, tenures, offices, countries
        The phrases, by their first words.
    body_roles
        The entries that narrow the role of an office by its body, by the id of the office.
    portfolio, units, cues
        Lists of words.
    """

    triggers: frozenset[str]
    followers: Mapping[str, frozenset[str]]
    kinds: Mapping[str, _Kind]
    statuses: Phrases
    tenures: Phrases
    offices: Phrases
    countries: Phrases
    body_roles: Mapping[str, Sequence[Entry]]
    portfolio: frozenset[str]
    units: frozenset[str]
    cues: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, sources: Iterable[Source] = ()) -> OfficeRules:
        """Read the built-in offices and the user's `sources`."""
        tables = _rules.load([_rules.builtin("titles.toml"), *sources], _TABLES)
        phrases = {
            name: Phrases((variant, entry) for entry in tables[name] for variant in entry.texts("variants"))
            for name in ("status", "tenure", "office", "country")
        }
        opening = [phrases[name] for name in ("status", "tenure", "office")]
        triggers = frozenset(word for group in opening for word in group.first_words())
        body_roles: dict[str, list[Entry]] = {}
        for entry in tables["body_role"]:
            for office in entry.texts("office"):
                body_roles.setdefault(office, []).append(entry)
        return cls(
            triggers=triggers,
            followers=_followers(triggers, opening),
            kinds={entry.id: _kind(entry) for entry in tables["office"]},
            countries=phrases["country"],
            statuses=phrases["status"],
            tenures=phrases["tenure"],
            offices=phrases["office"],
            body_roles=body_roles,
            portfolio=_lower(tables["portfolio"]),
            units=_lower(tables["unit"]),
            cues={entry.id: _lower([entry]) for entry in tables["cue"]},
        )


def _followers(triggers: Iterable[str], opening: Sequence[Phrases]) -> dict[str, frozenset[str]]:
    found = {}
    for word in triggers:
        rows = [group.followers(word) for group in opening]
        known = [row for row in rows if row is not None]
        if len(known) == len(rows):
            found[word] = frozenset().union(*known)
    return found


def _lower(entries: Iterable[Entry]) -> frozenset[str]:
    return frozenset(variant.lower() for entry in entries for variant in entry.texts("variants"))


class Office(NamedTuple):
    """One naming of an office.

    Attributes
    ----------
    start, head, end
        The indices of its first word, of the office word itself, and after its last word (region included).
    rule
        The id of the entry.
    status, tenure, role
        What its words say.
    acting
        The id of the acting word's entry, None where there is none.
    level
        The level of the regions that it may be an office of: "state", "region", a level, or "".
    region, organization, unit, village
        What follows it; a unit and a village as the words that name it.
    tail
        Where words behind the title start that say how it is held ("terpilih", "ad interim"), None without them.
    named
        The words of the title where they stand elsewhere ("pasangan nomor urut 2"), None where they stand here.
    several
        Whether it stands for several holders, a place or a document, so that nobody in particular is meant.
    issuer
        Whether it only issues what is cited before it.
    certain
        Whether the words alone show that an office is meant.
    unitary
        Whether it is the office of some unit or body, which should follow.
    """

    start: int
    head: int
    end: int
    rule: str
    status: Status
    tenure: Tenure
    role: Role
    acting: str | None
    level: str
    region: RegionMatch | None
    organization: OrganizationMatch | None
    unit: tuple[int, int] | None
    village: tuple[int, int] | None
    country: tuple[int, int] | None
    expansion: str
    body_name: str
    tail: int | None
    named: tuple[int, int] | None
    several: bool
    issuer: bool
    certain: bool
    needs_holder: bool
    foreign: bool
    unitary: bool


class _Kind(NamedTuple):
    """What the rules tell of an office.

    Attributes
    ----------
    office
        A naming of it by its words alone, at no place.
    title
        Its first spelling.
    unless
        The words behind which it is another thing.
    tenure, of_office, needs_body, body, part
        The keys of its entry.
    """

    office: Office
    title: str
    unless: tuple[str, ...]
    tenure: bool
    of_office: bool
    needs_body: bool
    body: str
    part: bool


def _kind(entry: Entry) -> _Kind:
    office = Office(
        start=0, head=0, end=0, rule=entry.id, status=Status.DEFINITIF,
        tenure=Tenure(entry.text("tenure", Tenure.CURRENT)), role=Role(entry.text("role")), acting=None,
        level=entry.text("level"), region=None, organization=None, unit=None, village=None, country=None,
        expansion=entry.text("expansion") or entry.text("unit"), body_name=entry.text("body_name"), tail=None,
        named=None, several=False, issuer=False, certain=not entry.flag("cue"),
        needs_holder=entry.flag("holder") or entry.flag("generic"), foreign=entry.flag("foreign"),
        unitary=entry.text("body") in {"unit", "body"},
    )  # fmt: skip
    return _Kind(
        office, entry.texts("variants")[0], entry.texts("unless"), "tenure" in entry.values, entry.flag("of_office"),
        entry.flag("needs_body"), entry.text("body"), bool(entry.text("part")),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Scanner:
    words: Words
    rules: OfficeRules
    names: NameRules
    bodies: OrganizationRules
    gazetteer: Gazetteer

    def office(self, i: int, *, served: bool = False) -> Office | None:
        """Read the office that starts at a word; `served` where it stands inside the title of another."""
        words, rules = self.words, self.rules
        j = i
        tenure = Tenure.CURRENT
        said = rules.tenures.match(words, j)
        if said is not None and said[1].text("place") == "before":
            j, tenure = said[0], Tenure(said[1].text("tenure"))
        acting, j = self._status(j)
        if j >= len(words.texts):
            return None
        if j > i and not _near(words.gaps[j]):
            return None
        hit = rules.offices.match(words, j, " .-/")
        if hit is None:
            return None
        end, entry = hit
        kind = rules.kinds[entry.id]
        if kind.unless and end < len(words.texts) and words.lowers[end] in kind.unless and words.gaps[end] == " ":
            return None
        if j > 0 and words.lowers[j - 1] == "ajun":
            return None  # a rank of the police
        if acting is not None and acting.flag("weak") and (entry.id not in _HEADS or self._crowd(i)):
            return None
        office = kind.office._replace(
            start=i, head=j, end=end, tenure=kind.office.tenure if kind.tenure else tenure,
            several=self._crowd(i), issuer=self._issuer(i),
        )  # fmt: skip
        if acting is not None:
            office = office._replace(status=Status(acting.text("status")), acting=acting.id, certain=True)
        if kind.of_office and not served:
            office = self._of_office(office)
        office = self._after(self._abroad(self._metro_jaya(self._tail(office, kind))))
        if kind.needs_body and office.organization is None:
            return None
        several = office.several or self._coordinated(office)
        issuer = office.issuer or self._is_numbered(office)
        certain = office.certain or office.region is not None or office.village is not None
        role = self._role(office)
        if (several, issuer, role, certain) == (office.several, office.issuer, office.role, office.certain):
            return office
        return office._replace(several=several, issuer=issuer, role=role, certain=certain)

    def _lists_regions(self, office: Office) -> bool:
        """Tell whether an office is of several regions ("Bupati Sambas, Bengkayang, dan Sekadau")."""
        words, k = self.words, office.end
        if k + 1 >= len(words.texts) or words.gaps[k] not in {", ", " "}:
            return False
        if words.lowers[k] in {"dan", "serta"}:
            other = self.gazetteer.match(words, k + 1)
            return other is not None and not other.weak and self.names.common.isdisjoint(words.lowers[k + 1 : k + 2])
        other = self.gazetteer.match(words, k) if words.gaps[k] == ", " else None
        if other is None or other.weak or other.end + 1 >= len(words.texts):
            return False
        after = other.end + (words.lowers[other.end] in {"dan", "serta"})
        third = self.gazetteer.match(words, after)
        return third is not None and not third.weak and words.gaps[other.end] in {", ", " "}

    def goes_on(self, one: Office, other: Office) -> bool:
        """Tell whether an office only goes on a list of offices ("calon presiden dan wakil presiden")."""
        words = self.words
        between = words.lowers[one.end : other.start]
        joined = all(gap.strip() in {"", "-", "/", ","} for gap in words.gaps[one.end : other.start + 1])
        return joined and set(between) <= {"dan", "atau", "serta", "maupun"} and other.organization is None

    def _status(self, i: int) -> tuple[Entry | None, int]:
        """Return the acting word at a word, its bracketed short form going first, and where it ends."""
        words, statuses = self.words, self.rules.statuses
        hit = statuses.match(words, i)
        if hit is None or hit[1].text("place") == "after":
            return None, i
        end, entry = hit
        if end < len(words.texts) and words.gaps[end].strip(" .") == "(":
            short = statuses.match(words, end)
            if short is not None and short[0] < len(words.texts) and words.gaps[short[0]].strip(" .") == ")":
                return short[1], short[0]
        return entry, end

    def _crowd(self, i: int) -> bool:
        """Tell whether the words before an office make it several people's, or no person's."""
        words = self.words
        if i == 0:
            return False
        before, gap, cues = words.lowers[i - 1], words.gaps[i], self.rules.cues
        if "-" in gap and before in {"se", "calon"}:
            return True
        if gap.strip(" ") not in {"", "("} or (before == "se" and gap != " "):
            return False
        if before == "umum" and i > 1 and words.lowers[i - 2] == "pemilihan":
            return True
        if before == "rumah" and i > 1 and words.lowers[i - 2] == "tuan":
            return False
        return before in cues["several"] or before in cues["no_holder"] or before.isdigit()

    def _coordinated(self, office: Office) -> bool:
        """Tell whether an office is one of two alternatives ("Bupati/Wali Kota")."""
        words = self.words
        end = office.end
        if words.lowers[end : end + 1] == ["se"] and words.gaps[end + 1] == "-":
            return True
        if words.gaps[office.start][-1:] == "/" and words.gaps[end][:1] == "/":
            return True
        if office.region is not None and office.organization is None and self._lists_regions(office):
            return True
        if office.region is not None or office.level not in {"province", "regency", "city"}:
            return False
        slash = end < len(words.texts) and words.gaps[end].strip() == "/" and words.lowers[end] in self.rules.triggers
        return slash or (office.start > 0 and words.gaps[office.start].strip() == "/")

    def _issuer(self, i: int) -> bool:
        words = self.words
        if i == 0 or words.gaps[i].strip() not in {"", ")"}:
            return False
        before = words.lowers[i - 1]
        if before in {"ri", "bersama"} and i > 1:
            before = words.lowers[i - 2]
        if before == "dari" and i > 1:
            before = words.lowers[i - 2]
        return before in self.rules.cues["document"]

    def _is_numbered(self, office: Office) -> bool:
        """Tell whether the number or title of a document follows ("Instruksi Bupati Berau Nomor 3")."""
        k = office.end
        words = self.words
        if k >= len(words.texts) or words.gaps[k] != " " or words.lowers[k] not in {"nomor", "no", "tentang"}:
            return False
        return words.lowers[k + 1 : k + 2] != ["urut"]

    def _tail(self, office: Office, kind: _Kind) -> Office:
        """Read what follows the office words: field, unit, body, region."""
        if kind.body == "portfolio":
            office = self._bracket(office) or office
            end = self._portfolio(office.end)
            certain = office.certain and (end > office.end or office.rule == "menteri")
            field = " ".join(self.words.texts[office.end : end]).removesuffix(" RI")
            name = f"{kind.title} {field}" if field else ""
            office = office._replace(end=end, certain=certain, expansion=name)
            return self._bracket(office) or office
        if office.rule == "presiden":
            office = self._president_of_a_body(office)
        if kind.part:
            whole = self._body(office.end - 1)
            if whole is not None and whole.end > office.end:
                office = office._replace(end=whole.end, organization=whole, region=whole.area)
        if kind.body == "unit_number":
            office = self._unit_number(office)
        for _ in range(_MOST_PARTS):
            longer = self._part(office)
            if longer is None:
                break
            office = longer
        if office.level == "village" and office.region is None and office.organization is None:
            return self._district(self._village(office))
        return self._province(office)

    def _president_of_a_body(self, office: Office) -> Office:
        """Tell the president of a party or company ("Presiden PKS") from the state's."""
        words, k = self.words, office.end
        body = self._body(k) if k < len(words.texts) and words.gaps[k] == " " else None
        if body is None or words.lowers[k] in {"ri", "republik"}:
            return office
        return office._replace(role=Role.OTHER, level="", organization=body, end=body.end, foreign=False, unitary=True)

    def _of_office(self, office: Office) -> Office:
        """Read the office that another one serves: "Juru Bicara Presiden", "Staf Khusus Menteri Agama"."""
        words, k = self.words, office.end
        if k >= len(words.texts) or words.gaps[k] != " " or words.lowers[k] not in self.rules.triggers:
            return office
        other = self.office(k, served=True)
        if other is None:
            return office
        return office._replace(unit=(k, other.end), end=other.end, region=other.region, certain=True)

    def _part(self, office: Office) -> Office | None:
        """Read one more part of an office: a short form in brackets, region, body, link or unit; None at its end."""
        words = self.words
        k = office.end
        if k >= len(words.texts):
            return None
        short = self._bracket(office)
        if short is not None:
            return short
        gap = words.gaps[k].removeprefix(")")
        level = _AREA_LEVELS.get(office.level)
        if office.region is not None:
            return self._city(office)
        if gap in {" ", "  "} or gap in _DASHES or (gap == "" and words.gaps[k] == ")"):
            region = self.gazetteer.match(words, k, level)
            if region is not None and self._is_region_of(office, region):
                return office._replace(region=region, end=region.end)
            if office.organization is not None and words.lowers[k - 1] in LEVEL_WORDS:
                region = self.gazetteer.match(words, k - 1)
                if region is not None and region.level is not None:
                    return office._replace(region=region, end=region.end)
            if words.lowers[k] in self.rules.triggers and office.unitary:
                other = self.rules.offices.match(words, k)
                if other is not None and other[1].id.startswith("sekretaris_daerah") and gap == " ":
                    return office._replace(end=other[0])
            body = self._body(k)
            if body is not None and self._is_body_of(office, k):
                return self._with_body(office, body)
            if words.lowers[k] in _LINKS:
                return office._replace(end=k + 1)
            if level is not None and words.texts[k].islower() and words.lowers[k] not in self.names.common:
                region = self._uncapitalised(k, level)
                if region is not None:
                    return office._replace(region=region, end=region.end)
        elif gap == ", " and (office.unit is not None or office.organization is not None):
            body = self._body(k)
            if body is not None and (office.organization is None or words.gaps[body.end].startswith(",")):
                return self._with_body(office, body)
        abbreviated = len(words.texts[k - 1]) > 2 and words.texts[k - 1].isupper() and k > office.head + 1
        behind = gap == " " and (office.organization is not None or office.body_name != "" or abbreviated)
        if behind and words.lowers[k] in LEVEL_WORDS and words.gaps[k + 1].startswith(", "):
            return office._replace(end=k + 1)  # "Kepala Pelaksana BPBD Kabupaten, …"
        if behind and words.texts[k].istitle() and words.lowers[k] not in self.rules.units and self._is_named(k + 1):
            return None  # "Sekretaris Majelis Syuro PKS Untung Wahono"
        if (office.unitary and office.level != "state") or office.rule in _FIELDED:
            end = self._unit(k, opened=office.unit is not None or office.organization is not None)
            if end > k:
                first = office.unit[0] if office.unit else k
                return office._replace(unit=(first, end), end=end, certain=True)
        return None

    def _is_named(self, k: int) -> bool:
        """Tell whether a given name stands at a word, behind a blank."""
        words = self.words
        return k < len(words.texts) and words.gaps[k] == " " and words.lowers[k] in self.names.known

    def _with_body(self, office: Office, body: OrganizationMatch) -> Office:
        region = body.area or (body.parent.area if body.parent is not None else None)
        end = self._unit_name(body)
        known = office.organization
        if known is not None and known.end == known.start + 1 and self.words.lowers[known.start] in self.rules.units:
            known = None  # "Kabag Prokopim Setda Berau": a unit, and no body here
        return office._replace(organization=known or body, region=region, end=end, certain=True)

    def _unit_name(self, body: OrganizationMatch) -> int:
        """Return the end of a military unit's own name behind its number ("Korem 161/Wira Sakti")."""
        words, k = self.words, body.end
        if k >= len(words.texts) or words.gaps[k] != "/" or not words.texts[k - 1][0].isdigit():
            return body.end
        last = min(len(words.texts), k + _MOST_UNIT_NAME)
        while k < last and words.texts[k].istitle() and words.lowers[k] not in self.names.openers:
            k += 1
            if words.gaps[k] != " ":
                break
        return k

    def _bracket(self, office: Office) -> Office | None:
        """Skip a short form in brackets: "(Menkeu)", "(BKF)", "(Kutim)"."""
        words = self.words
        k = office.end
        if k >= len(words.texts) or words.gaps[k] not in _SHORTENED:
            return None
        for end in range(k + 1, min(k + 4, len(words.texts) + 1)):
            if words.gaps[end].startswith(")"):
                break
            if words.gaps[end] not in {" ", "", "-", "/", "&", ". ", "."}:
                return None
        else:
            return None
        inside = words.texts[k:end]
        if len(inside) > 1 and len(inside[0]) == 1 and inside[-1].istitle():
            return None  # "(A. Murjani)" is the holder
        known = words.lowers[k] in self.rules.triggers or self.gazetteer.match(words, k) is not None
        blend = len(inside) == 1 or inside[1:] == ["RI"]
        blend = blend and words.lowers[k] not in self.names.known and not words.texts[k].islower()
        return office._replace(end=end) if known or blend or all(map(str.isupper, inside)) else None

    def _city(self, office: Office) -> Office | None:
        """Read the level word that stands behind a region: "Kapolres Tasikmalaya Kota"."""
        words, k, region = self.words, office.end, office.region
        if region is None or words.gaps[k] != " " or words.texts[k] != "Kota":
            return None
        other = self.gazetteer.match(words, k)
        if other is not None and other.level is not None and not other.weak:
            return None
        cities = tuple(r for r in region.candidates if r.level is Level.CITY)
        return office._replace(region=region._replace(candidates=cities), end=k + 1) if cities else None

    def _province(self, office: Office) -> Office:
        """Read the province that holds the region ("Bupati Agam, Sumatera Barat")."""
        words, k = self.words, office.end
        if office.region is not None and k < len(words.texts) and words.gaps[k].removeprefix(")") in {", ", " "}:
            outer = self.gazetteer.match(words, k)
            if outer is not None and self._holds(outer, office.region):
                return office._replace(region=_within(office.region, outer), end=outer.end)
        return office

    def _village(self, office: Office) -> Office:
        """Read the name of a village, which no gazetteer of ours has: up to three words before a comma or a name."""
        words, names = self.words, self.names
        k = office.end
        if k < len(words.texts) and words.gaps[k] == " " and words.lowers[k] in _VILLAGE_WORDS:
            k += 1
        start = k
        while k < min(len(words.texts), start + 3) and words.gaps[k] == " " and words.texts[k].istitle():
            low = words.lowers[k]
            if low in names.known or low in names.openers or low in names.stops or low in self.rules.triggers:
                break
            k += 1
        if k == start:
            return office
        ends = k >= len(words.texts) or words.gaps[k].startswith((",", " (", ".")) or words.texts[k][0].islower()
        if k - start > 1 and not ends and not words.texts[k].istitle():
            k = start + 1
        return office._replace(village=(start, k), end=k)

    def _district(self, office: Office) -> Office:
        """Skip the district behind a village ("Kepala Desa Muara Pantun, Kecamatan Telen")."""
        words, k = self.words, office.end
        if office.village is None or k >= len(words.texts) or words.gaps[k] not in {", ", " "}:
            return office
        outer = self.gazetteer.match(words, k) if words.lowers[k] in LEVEL_WORDS else None
        return office._replace(end=outer.end) if outer is not None else office

    def _uncapitalised(self, k: int, level: Level) -> RegionMatch | None:
        """Return the region of an office's level that is written in lower case ("Camat sangatta")."""
        found = tuple(r for r in regions.lookup(self.words.lowers[k], level=level) if r.level is level)
        return RegionMatch(k, k + 1, k, found, None, Form.NAME, Weakness.NONE) if found else None

    def _after(self, office: Office) -> Office:
        """Read what follows the region: "terpilih", "nonaktif", "ad interim"."""
        words = self.words
        k = office.end
        if k >= len(words.texts) or words.gaps[k].removeprefix(")") not in {" ", " (", "-"}:
            return office
        said = self.rules.tenures.match(words, k)
        if said is not None and said[1].text("place") == "after":
            end, entry = said
            tenure = Tenure(entry.text("tenure"))
            tenure = tenure if office.tenure is Tenure.CURRENT else office.tenure
            return office._replace(end=end, tail=k, tenure=tenure)
        acting = self.rules.statuses.match(words, k)
        if acting is not None and acting[1].text("place") == "after":
            return office._replace(end=acting[0], tail=k, status=Status(acting[1].text("status")), acting=acting[1].id)
        return office

    def _metro_jaya(self, office: Office) -> Office:
        """Read "Polda Metro Jaya", the police of Jakarta, whose name is no city's."""
        words, k = self.words, office.end
        if "jaya" not in words.lowers[k : k + 2]:
            return office
        if words.lowers[k : k + 2] == ["metro", "jaya"] and words.gaps[k] == " ":
            k += 1
        if k >= len(words.texts) or words.lowers[k - 1 : k + 1] != ["metro", "jaya"] or words.gaps[k] != " ":
            return office
        jakarta = self.gazetteer.by_code(_JAKARTA)
        found = (jakarta,) if jakarta is not None else ()
        region = RegionMatch(k - 1, k + 1, k - 1, found, Level.PROVINCE, Form.ALIAS, Weakness.NONE)
        return office._replace(region=region if found else None, end=k + 1)

    def _abroad(self, office: Office) -> Office:
        """Read the country of a foreign office."""
        words, k = self.words, office.end
        if not office.foreign or k >= len(words) or words.gaps[k] not in {" ", ") "} or not words.texts[k][0].isupper():
            return office
        country = self.rules.countries.match(words, k)
        if country is None:
            return office
        office = office._replace(end=country[0], country=(k, country[0]), certain=True, needs_holder=False)
        return self._bracket(office) or office

    def _portfolio(self, k: int) -> int:
        """Return the end of a minister's field."""
        words, field = self.words, self.rules.portfolio
        end = k
        while k < len(words.texts) and k < end + 3:
            gap, low = words.gaps[k].removeprefix(")"), words.lowers[k]
            if gap not in {" ", "  ", ", ", "-", "/", " & ", ", & "} or (gap == "/" and low in self.rules.triggers):
                break
            if low in self.rules.statuses and self.rules.statuses.match(words, k) is not None:
                break  # "ad interim"
            opened = gap == " " and words.gaps[k + 1] == " ("
            bracketed = opened and self.rules.triggers.issuperset(words.lowers[k + 1 : k + 2])
            after = words.lowers[k + 1] if words.gaps[k + 1] == " " and k + 1 < len(words.texts) else ""
            named = len(after) > 2 and after in self.names.known and after not in self.names.common
            fielded = low in field or (self.names.is_common(low) and not named)
            if (fielded and (words.texts[k][0].isupper() or gap == "-")) or bracketed:
                k += 1
                end = k
            elif low in {"dan", "bidang", "ri", "republik", "indonesia"} and end > 0:
                k += 1
                if low in {"ri", "indonesia"}:
                    end = k
            else:
                break
        return end

    def _unit_number(self, office: Office) -> Office:
        """Read the number of a military unit: "0902/Berau", "VI/Mulawarman", "091/ASN"."""
        words = self.words
        k = office.end
        if k < len(words.texts) and words.gaps[k] == " " and (
            words.texts[k][0].isdigit() or words.lowers[k] in _NUMERALS
        ):
            end = k + 1
            region = None
            if end < len(words.texts) and words.gaps[end].strip() in {"/", "-"} and len(words.gaps[end]) <= 3:
                region = self.gazetteer.match(words, end, Level.REGENCY)
                if region is not None and office.level != "":
                    return office._replace(unit=(k, region.end), region=region, end=region.end)
                end = region.end if region is not None else end + 1
            return office._replace(unit=(k, end), end=end)
        return office

    def _unit(self, k: int, *, opened: bool) -> int:
        """Return the end of the words that name a unit ("Hukum", "Perekonomian dan Pembangunan").

        `opened` tells whether a part of the unit stands before them.
        """
        words, names = self.words, self.names
        texts, lowers = words.texts, words.lowers
        start = end = k
        lower = False
        joined = False
        last = min(len(words.texts), k + _MOST_UNIT_WORDS)
        while k < last:
            text, low, gap = texts[k], lowers[k], words.gaps[k].removeprefix(")")
            listed = gap == ", " and (opened or end > start) and self._goes_on(k)
            coordinated = low in {"dan", "serta"} and (opened or end > start) and end == k
            if gap not in {" ", "  ", "-", "/", " & ", "/ "} and not listed and not (coordinated and gap == ", "):
                break
            if coordinated:
                joined = True
                k += 1
                continue
            if self._body(k) is not None or (not names.is_common(low) and self.gazetteer.match(words, k) is not None):
                break
            title_end = self._title_end(k) if text[0].isupper() and not (joined and opened) else k
            if title_end > k:
                k = title_end - 1
            elif low in {"bidang", "urusan"} and text == low:
                lower = True
            elif low in self.rules.cues["unit_end"] or not self._is_unit_word(k, joined=joined or listed, lower=lower):
                break
            elif text == low and k == start:
                lower = True
            joined = False
            k += 1
            end = k
        return end

    def _is_unit_word(self, k: int, *, joined: bool, lower: bool) -> bool:
        """Tell whether a word goes on with a unit and does not start a name."""
        words, names = self.words, self.names
        text, low = words.texts[k], words.lowers[k]
        if low in self.rules.units and text[0].isupper():
            return True
        if low in names.known or (low in names.openers and low not in names.common):
            return False
        if low in self.rules.triggers and self.rules.offices.match(words, k) is not None:
            return False
        if low in _NUMERALS or (text.isdigit() and len(text) <= 2):
            return True
        if text[0].isupper():
            abbreviation = text.isupper() and len(text) > 1
            return joined or abbreviation or low in names.common or low in names.proper
        noun = low in names.common and (low.endswith("an") or low in self.rules.cues["field"])
        return noun and (lower or low.startswith(("pe", "ke")))

    def _title_end(self, k: int) -> int:
        """Return the end of unknown capitalised words that still belong to the title.

        They do where a body or an abbreviation follows ("Kepala Seksi Budidaya Ternak Dinas Pertanian"), or a comma and
        a name ("Direktur Consumer Banking, Rusdi Halim, …").
        """
        words, names = self.words, self.names
        if words.lowers[k] in names.thing_nouns:
            return self._thing_end(k)
        for j in range(k, min(len(words.texts), k + _MOST_UNKNOWN)):
            if not words.texts[j][0].isupper() or (j > k and words.gaps[j] != " "):
                break
            if words.lowers[j] in self.rules.cues["body_end"]:
                return j + 1
        j = k
        if len(words.texts[k]) == 1:
            return k  # an initial
        while j < min(len(words.texts), k + _MOST_UNKNOWN):
            if j > k and words.gaps[j] not in {" ", " & "}:
                break
            joint = words.lowers[j] in {"and", "of", "for"} or (
                words.lowers[j] == "dan" and j + 1 < len(words.texts) and names.is_common(words.lowers[j + 1])
            )
            if j > k and joint:
                j += 1
                continue
            word, text = words.lowers[j], words.texts[j]
            if not text[0].isupper() or word in names.known or word in names.openers or word in self.rules.triggers:
                return k
            if j > k and (self._body(j) is not None or (text.isupper() and len(text) > 2) or word in _NUMERALS):
                return j
            j += 1
        if j >= len(words.texts) or words.gaps[j] not in {", ", ": "} or j == k:
            return k
        low = words.lowers[j]
        follows = words.texts[j].istitle() and low not in names.stops and not names.is_common(low)
        free = self.gazetteer.match(words, j) is None and low not in self.rules.triggers
        named = any(low in names.known for low in words.lowers[j : j + 3]) or low in names.openers
        goes_on = j + 1 < len(words.texts) and words.gaps[j + 1] == " " and words.texts[j + 1].istitle()
        return j if follows and free and (named or goes_on) else k

    def _thing_end(self, k: int) -> int:
        """Return the end of a place that a title is of, where a comma closes it ("Bandar Udara Pattimura Ambon, X")."""
        words = self.words
        j = k + 1
        while j < min(len(words.texts), k + _MOST_UNKNOWN + 2) and words.gaps[j] == " " and words.texts[j][0].isupper():
            j += 1
        return j if j < len(words.texts) and words.gaps[j] == ", " and words.texts[j].istitle() else k

    def _goes_on(self, k: int) -> bool:
        """Tell whether a list of fields goes on after a comma: another one, then "dan"."""
        words, names = self.words, self.names
        for j in range(k, min(k + 6, len(words.texts))):
            low = words.lowers[j]
            if low in {"dan", "serta"}:
                return j > k and words.texts[j + 1 : j + 2] != [] and words.texts[j + 1][0].isupper()
            if not words.texts[j][0].isupper() or low in names.known or low in names.openers:
                return False
            if j > k and words.gaps[j] not in {" ", ", "}:
                return False
        return False

    def _body(self, k: int) -> OrganizationMatch | None:
        if self.words.lowers[k] not in self.bodies.openers:
            return None
        body = organizations.match(self.words, k, self.bodies, self.gazetteer)
        if body is None or body.end < body.start + 3 or self.words.lowers[body.start] in self.rules.cues["named_body"]:
            return body
        return self._without_name(body)

    def _without_name(self, body: OrganizationMatch) -> OrganizationMatch:
        """Give back the name of a person that a company's open end has swallowed ("Direktur PT Maju Rusdi Halim")."""
        words, names = self.words, self.names
        for k in range(body.start + 2, body.end):
            if words.lowers[k] in names.known and words.gaps[k] == " ":
                while k > body.start + 2 and not (
                    names.is_common(words.lowers[k - 1]) or words.lowers[k - 1] in names.proper
                    or words.texts[k - 1].isupper() or self.gazetteer.match(words, k - 1) is not None
                ):  # fmt: skip
                    k -= 1
                after = words.gaps[body.end]
                apart = after.startswith(", ") and body.end < len(words.texts) and words.texts[body.end][0].isupper()
                return body if apart else body._replace(end=k, last=k)
        return body

    def _is_region_of(self, office: Office, region: RegionMatch) -> bool:
        """Tell whether a region's name belongs to the office before it and is not a person's."""
        if office.level == "state":
            return False
        level = _AREA_LEVELS.get(office.level)
        if region.level is not None or level is None:
            districts = all(reading.level is Level.DISTRICT for reading in region.candidates)
            return region.level is not None or not districts or (office.level in {"", "region"} and not districts)
        if any(reading.level is level for reading in region.candidates):
            return True
        return not all(reading.level is Level.DISTRICT for reading in region.candidates)

    def _is_body_of(self, office: Office, k: int) -> bool:
        """Tell whether a body may follow an office: a head of a region has none but the secretariat."""
        return office.unitary or office.level in {"", "district", "village", "region"} or self.words.lowers[k] in _LINKS

    @staticmethod
    def _holds(outer: RegionMatch, inner: RegionMatch) -> bool:
        return any(big.holds(small) and small is not big for big in outer.candidates for small in inner.candidates)

    def _role(self, office: Office) -> Role:
        """Let the body narrow the role."""
        body, words = office.organization, self.words
        rows = self.rules.body_roles.get(office.rule)
        if body is None or rows is None:
            return office.role
        if office.rule == "kepala" and office.unit is not None and office.unit[0] < body.start:
            return office.role  # the head of a unit of the body
        first = office.unit[0] if office.unit else body.start
        span = " ".join(words.texts[min(first, body.start) : body.end])
        text = f" {span} {body.name} {body.abbreviation or ''} ".lower()
        for row in rows:
            fits = not row.text("kind") or row.text("kind") == body.kind
            wanted, barred = row.texts("contains"), row.texts("unless")
            if fits and (not wanted or _holds_word(text, wanted)) and not _holds_word(text, barred):
                return Role(row.text("role"))
        return office.role


_HEADS = frozenset({"bupati", "gubernur", "wali_kota", "sekretaris_daerah"})
_DASHES = frozenset({" - ", " – "})
_VILLAGE_WORDS = frozenset(
    {"desa", "kelurahan", "kampung", "nagari", "gampong", "pekon", "tiyuh", "kute", "lembang", "negeri", "dusun"}
)
_AREA_LEVELS = {
    "province": Level.PROVINCE,
    "regency": Level.REGENCY,
    "city": Level.CITY,
    "district": Level.DISTRICT,
}


def _near(gap: str) -> bool:
    return len(gap) <= 3 and not gap.strip(" .-)") and "\n" not in gap


def _holds_word(text: str, wanted: Iterable[str]) -> bool:
    return any(f" {word} " in text for word in wanted)


def _within(region: RegionMatch, outer: RegionMatch) -> RegionMatch:
    inside = tuple(r for r in region.candidates if any(big.holds(r) for big in outer.candidates))
    return region._replace(candidates=inside or region.candidates)


def scan(
    context: Context,
    rules: OfficeRules,
    names: NameRules,
    bodies: OrganizationRules,
    gazetteer: Gazetteer,
) -> list[Office]:
    """Find every naming of an office, in the order of the text."""
    scanner = _Scanner(context.words, rules, names, bodies, gazetteer)
    found: list[Office] = []
    end = 0
    lowers = context.words.lowers
    for i in context.words.among(rules.triggers):
        following = rules.followers.get(lowers[i])
        opens = following is None or following.issuperset(lowers[i + 1 : i + 2])
        if i >= end and opens:
            office = scanner.office(i)
            if office is not None:
                if found and found[-1].several and scanner.goes_on(found[-1], office):
                    office = office._replace(several=True)
                found.append(office)
                end = office.end
    return found
