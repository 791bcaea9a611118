"""The records that an article becomes.

Every record is frozen, carries the rule that made it and says where it stands: ``span`` holds the offsets in
Unicode code points of the original text (end exclusive) and ``text`` equals ``original[span.start:span.end]``.
The field names are those of the JSON that :meth:`Article.to_dict` yields.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from netralitas_nlp import _records

__all__ = [
    "SCHEMA_VERSION",
    "Area",
    "Article",
    "Clause",
    "Commitment",
    "Credit",
    "CreditRole",
    "DateMention",
    "Dateline",
    "Furniture",
    "FurnitureKind",
    "Granularity",
    "Level",
    "Mention",
    "Modality",
    "Norm",
    "Note",
    "Official",
    "Organization",
    "OrganizationKind",
    "Person",
    "Phase",
    "Place",
    "Pledge",
    "PledgeKind",
    "Polarity",
    "Quote",
    "QuoteKind",
    "Reference",
    "ReferenceKind",
    "Resolution",
    "Role",
    "Span",
    "Status",
    "Tenure",
    "Theme",
]

#: Version of the dict and JSON form; the minor part grows when fields are added, the major when one changes.
SCHEMA_VERSION = "1.0"

_SURROGATE = re.compile("[\ud800-\udfff]")


class Span(NamedTuple):
    """A stretch of the original text: ``[start, end)`` in code points."""

    start: int
    end: int


class CreditRole(StrEnum):
    """What somebody named in the credits did."""

    REPORTER = "reporter"
    EDITOR = "editor"
    PHOTOGRAPHER = "photographer"
    SOURCE = "source"


class FurnitureKind(StrEnum):
    """What a page holds besides the article."""

    RELATED_LINK = "related_link"
    ADVERTISEMENT = "advertisement"
    NAVIGATION = "navigation"
    SHARE = "share"
    DUPLICATE = "duplicate"
    NOTICE = "notice"


class Status(StrEnum):
    """In which capacity somebody holds an office."""

    DEFINITIF = "definitif"
    PJS = "pjs"
    PJ = "pj"
    PLT = "plt"
    PLH = "plh"
    PGS = "pgs"
    PYMT = "pymt"
    AD_INTERIM = "ad_interim"


class Tenure(StrEnum):
    """Whether somebody holds the office now."""

    CURRENT = "current"
    FORMER = "former"
    ELECT = "elect"
    CANDIDATE = "candidate"
    INACTIVE = "inactive"


class Role(StrEnum):
    """The kind of office, the most specific one that fits."""

    PRESIDEN = "presiden"
    WAKIL_PRESIDEN = "wakil_presiden"
    MENTERI = "menteri"
    WAKIL_MENTERI = "wakil_menteri"
    GUBERNUR = "gubernur"
    WAKIL_GUBERNUR = "wakil_gubernur"
    BUPATI = "bupati"
    WAKIL_BUPATI = "wakil_bupati"
    WALI_KOTA = "wali_kota"
    WAKIL_WALI_KOTA = "wakil_wali_kota"
    SEKRETARIS_DAERAH = "sekretaris_daerah"
    ASISTEN_DAERAH = "asisten_daerah"
    STAF_AHLI = "staf_ahli"
    KEPALA_DINAS = "kepala_dinas"
    KEPALA_BADAN = "kepala_badan"
    KEPALA_BIRO = "kepala_biro"
    KEPALA_BAGIAN = "kepala_bagian"
    KEPALA_BIDANG = "kepala_bidang"
    INSPEKTUR = "inspektur"
    KEPALA_SATPOL_PP = "kepala_satpol_pp"
    CAMAT = "camat"
    LURAH = "lurah"
    KEPALA_DESA = "kepala_desa"
    DIREKTUR_JENDERAL = "direktur_jenderal"
    DIREKTUR = "direktur"
    KETUA_DPRD = "ketua_dprd"
    WAKIL_KETUA_DPRD = "wakil_ketua_dprd"
    ANGGOTA_DPRD = "anggota_dprd"
    ANGGOTA_DPR = "anggota_dpr"
    KETUA_KPU = "ketua_kpu"
    ANGGOTA_KPU = "anggota_kpu"
    KETUA_BAWASLU = "ketua_bawaslu"
    ANGGOTA_BAWASLU = "anggota_bawaslu"
    KAPOLRI = "kapolri"
    KAPOLDA = "kapolda"
    KAPOLRES = "kapolres"
    KAPOLSEK = "kapolsek"
    PANGLIMA = "panglima"
    PANGDAM = "pangdam"
    DANREM = "danrem"
    DANDIM = "dandim"
    DANRAMIL = "danramil"
    KAJATI = "kajati"
    KAJARI = "kajari"
    SEKRETARIS = "sekretaris"
    KETUA = "ketua"
    WAKIL_KETUA = "wakil_ketua"
    ANGGOTA = "anggota"
    KEPALA = "kepala"
    JURU_BICARA = "juru_bicara"
    OTHER = "other"


class Level(StrEnum):
    """The level of an area in the Kemendagri table of regions."""

    NATION = "nation"
    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"
    DISTRICT = "district"
    VILLAGE = "village"


class OrganizationKind(StrEnum):
    """What kind of body an organisation is."""

    DINAS = "dinas"
    BADAN = "badan"
    SEKRETARIAT = "sekretariat"
    INSPEKTORAT = "inspektorat"
    KANTOR = "kantor"
    KEMENTERIAN = "kementerian"
    LEMBAGA = "lembaga"
    PEMERINTAH_DAERAH = "pemerintah_daerah"
    DEWAN = "dewan"
    PARTAI = "partai"
    MEDIA = "media"
    OTHER = "other"


class Granularity(StrEnum):
    """How long the time is that a date names."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


class Resolution(StrEnum):
    """Where the parts of a date come from."""

    EXPLICIT = "explicit"
    ANCHORED = "anchored"


class ReferenceKind(StrEnum):
    """The legal instrument that a reference cites."""

    UUD = "UUD"
    UU = "UU"
    PERPPU = "PERPPU"
    PP = "PP"
    PERPRES = "PERPRES"
    KEPPRES = "KEPPRES"
    INPRES = "INPRES"
    PERMEN = "PERMEN"
    KEPMEN = "KEPMEN"
    PKPU = "PKPU"
    PERBAWASLU = "PERBAWASLU"
    PERDA = "PERDA"
    PERGUB = "PERGUB"
    PERBUP = "PERBUP"
    PERWALI = "PERWALI"
    SK = "SK"
    SKB = "SKB"
    SE = "SE"
    INSTRUKSI = "INSTRUKSI"
    SURAT = "SURAT"
    OTHER = "OTHER"


class QuoteKind(StrEnum):
    """Whether words are quoted or reported."""

    DIRECT = "direct"
    INDIRECT = "indirect"


class PledgeKind(StrEnum):
    """The form of a declared set of promises."""

    IKRAR = "ikrar"
    DEKLARASI = "deklarasi"
    PAKTA_INTEGRITAS = "pakta_integritas"
    KOMITMEN = "komitmen"


class Polarity(StrEnum):
    """Whether a promise is to do something or to keep from it."""

    DO = "do"
    REFRAIN = "refrain"
    MIXED = "mixed"


class Theme(StrEnum):
    """What a promise is about."""

    NEUTRALITY = "neutrality"
    PUBLIC_SERVICE = "public_service"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    INTIMIDATION = "intimidation"
    PARTISANSHIP = "partisanship"
    SOCIAL_MEDIA = "social_media"
    HATE_SPEECH = "hate_speech"
    DISINFORMATION = "disinformation"
    MONEY_POLITICS = "money_politics"
    GRATIFICATION = "gratification"
    CAMPAIGNING = "campaigning"
    STATE_FACILITIES = "state_facilities"
    DISCIPLINE = "discipline"
    TURNOUT = "turnout"
    OTHER = "other"


class Phase(StrEnum):
    """The part of an election that a promise covers."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Modality(StrEnum):
    """What a norm says of an act."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    SANCTION = "sanction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place in the text: the offsets and the words that stand there."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The opening of a report: where it was written, and for which outlet."""

    span: Span
    text: str
    place: str | None = None
    outlet: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A line that names a reporter, editor, photographer or source."""

    span: Span
    text: str
    role: CreditRole
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """A part of the page that is not the article's own text."""

    span: Span
    text: str
    kind: FurnitureKind
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A region with its official name and Kemendagri code ("64.03"); `code` is None where none is known."""

    name: str
    level: Level
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A region named in the text; `candidates` are the other readings, best first."""

    span: Span
    text: str
    name: str | None = None
    level: Level | None = None
    code: str | None = None
    candidates: tuple[Area, ...] = ()
    rule: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of the article; `name` is the fullest form without honorifics and degrees."""

    id: str
    name: str
    honorifics: tuple[str, ...] = ()
    degrees: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    rule: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """An office that somebody holds; `person` is the id of its holder, None where the article names none."""

    person: str | None
    status: Status
    tenure: Tenure
    role: Role
    title: str
    area: Area | None = None
    organization: str | None = None
    mentions: tuple[Mention, ...] = ()
    rule: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A body named in the article; `name` is its long form where it is known."""

    name: str
    abbreviation: str | None
    kind: OrganizationKind
    area: Area | None = None
    mentions: tuple[Mention, ...] = ()
    rule: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A day, month, year or span of time; `value` is EDTF, `start` and `end` are inclusive."""

    span: Span
    text: str
    value: str
    start: dt.date | None
    end: dt.date | None
    granularity: Granularity
    weekday: str | None = None
    weekday_agrees: bool | None = None
    time: str | None = None
    resolution: Resolution = Resolution.EXPLICIT
    rule: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A law, decree, circular or letter that the article cites.

    `canonical_id` leads to :func:`netralitas_nlp.laws.lookup`, `suggested_id` to the law that a known wrong citation
    means, `amended_by` holds the indices of the references that the text says amended or replaced it, and
    `date_mention` is the index of its date among the article's `dates`.
    """

    span: Span
    text: str
    kind: ReferenceKind
    issuer: str | None = None
    number: str | None = None
    numbers: tuple[str, ...] = ()
    year: int | None = None
    date: dt.date | None = None
    subject: str | None = None
    provisions: tuple[str, ...] = ()
    canonical_id: str | None = None
    suggested_id: str | None = None
    amended_by: tuple[int, ...] = ()
    date_mention: int | None = None
    mentions: tuple[Mention, ...] = ()
    rule: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Somebody's words; `speaker` is a person's id, `part_of` the index of the quote that this one continues."""

    span: Span
    text: str
    kind: QuoteKind
    speaker: str | None = None
    speaker_text: str | None = None
    cue: str | None = None
    part_of: int | None = None
    rule: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One promise inside a clause of a pledge."""

    span: Span
    text: str
    polarity: Polarity
    theme: Theme
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One point of a pledge, without its enumerator."""

    ordinal: int
    span: Span
    text: str
    polarity: Polarity
    themes: tuple[Theme, ...] = ()
    phases: tuple[Phase, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A declared set of promises, clause by clause."""

    span: Span
    text: str
    kind: PledgeKind
    pledgor: str | None = None
    occasion: str | None = None
    date: str | None = None
    declared_count: int | None = None
    clauses: tuple[Clause, ...] = ()
    rule: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """A statement of what somebody must, must not or may do, or suffers for it."""

    span: Span
    text: str
    modality: Modality
    addressee: str | None
    action: str
    trigger: Mention
    condition: str | None = None
    violation: str | None = None
    source: int | None = None
    speaker: str | None = None
    rule: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something odd about the article, such as a weekday that disagrees with its date."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Everything that the library read in one article.

    Attributes
    ----------
    id
        The caller's id, or None.
    text
        The text as it was given; every span counts its code points.
    published
        The caller's date, else the one found in the text, else None.
    headline, dateline, captions, credits, furniture, paragraphs
        The zones of the page. Nothing is cut from the text: zones are spans.
    people, officials, organizations, places, dates, references, quotes, pledges, norms
        The records, in the order of the text.
    notes
        What is inconsistent.
    """

    id: str | None
    text: str
    published: dt.date | None = None
    headline: Mention | None = None
    dateline: Dateline | None = None
    credits: tuple[Credit, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    captions: tuple[Mention, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    people: tuple[Person, ...] = ()
    officials: tuple[Official, ...] = ()
    organizations: tuple[Organization, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateMention, ...] = ()
    references: tuple[Reference, ...] = ()
    quotes: tuple[Quote, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    norms: tuple[Norm, ...] = ()
    notes: tuple[Note, ...] = ()
    schema_version: str = field(default=SCHEMA_VERSION)

    def person(self, id: str) -> Person:
        """Return the person whom a quote's `speaker` or an official's `person` names.

        Raises
        ------
        KeyError
            If the article has no such person.
        """
        for person in self.people:
            if person.id == id:
                return person
        message = f"no person {id!r} in this article"
        raise KeyError(message)

    def offices_of(self, id: str) -> tuple[Official, ...]:
        """Return the offices that a person holds, held or stands for; empty where the article names none."""
        return tuple(official for official in self.officials if official.person == id)

    def quotes_of(self, id: str) -> tuple[Quote, ...]:
        """Return what a person says, word for word or reported, in the order of the text."""
        return tuple(quote for quote in self.quotes if quote.speaker == id)

    def to_dict(self) -> dict[str, Any]:
        """Return the article as dicts, lists, strings, numbers and None, ready for JSON.

        A span is ``[start, end]``, a date an ISO string, an enumeration its value.
        """
        data: dict[str, Any] = _records.encode(self)
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Article:
        """Return the article that :meth:`to_dict` made a dict of.

        Raises
        ------
        ValueError
            If a value is missing, unknown or of a wrong type, or the schema has another major version; the message
            names the path ("people[2].mentions[0].span").
        """
        version = data.get("schema_version", SCHEMA_VERSION) if isinstance(data, Mapping) else SCHEMA_VERSION
        if str(version).partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
            message = f"schema_version: {version!r} cannot be read; this is the reader of {SCHEMA_VERSION!r}"
            raise ValueError(message)
        article: Article = _records.decode(cls, data)
        return article

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the article as JSON.

        Lone surrogates are escaped, so the result always encodes to UTF-8. A high and a low one side by side are read
        back as the one character that they make in UTF-16: JSON cannot tell the two apart.

        Parameters
        ----------
        indent
            How many blanks a level is indented by; None puts all on one line.
        """
        text = json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
        return _SURROGATE.sub(lambda odd: f"\\u{ord(odd[0]):04x}", text)
