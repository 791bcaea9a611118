"""The instruments that a text may cite, their rules, and one citation of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from netralitas_nlp import _rules
from netralitas_nlp._laws import Law, folded
from netralitas_nlp._rules import Entry, Source, Table
from netralitas_nlp.layers.citations import Stop
from netralitas_nlp.layers.names import Phrases
from netralitas_nlp.types import ReferenceKind

__all__ = ["DECREES", "GLUED", "LETTERS", "Citation", "Instrument", "Issuer", "ReferenceRules"]

_TABLES: Mapping[str, Table] = {
    "instrument": Table(
        {"kind": str, "variants": list, "slug": str, "style": str, "needs": str, "identity": str},
        {"by": str, "upper": bool, "topics": bool, "joint": bool, "strict": bool, "word": bool, "unless": list},
        {
            "kind": frozenset(ReferenceKind), "style": frozenset({"law", "letter", "year"}),
            "needs": frozenset({"number", "issuer", "nothing"}),
            "identity": frozenset({"number", "region", "ministry", "issuer", "none"}),
        },
    ),
    "ministry": Table({"name": str, "variants": list}),
    "cue": Table({"variants": list}),
}  # fmt: skip
_CUES = (
    "drafting", "issuing", "future", "pending", "demonstrative", "subject_end", "noun", "generic", "letter_type",
    "office",
)  # fmt: skip
#: Words that the field of a minister is glued to: "Permendagri".
GLUED = {"permen": "permen", "kepmen": "kepmen"}
#: What somebody decides.
DECREES = frozenset({ReferenceKind.SK, ReferenceKind.KEPPRES, ReferenceKind.KEPMEN, ReferenceKind.SKB})
#: What is sent or signed, with the numbers of letters.
LETTERS = frozenset(
    {ReferenceKind.SE, ReferenceKind.SURAT, ReferenceKind.SK, ReferenceKind.SKB, ReferenceKind.INSTRUKSI}
)


@dataclass(frozen=True, slots=True)
class Instrument:
    """One kind of instrument, as its entry says."""

    id: str
    kind: ReferenceKind
    slug: str
    by: str
    style: str
    needs: str
    identity: str
    upper: frozenset[str]
    topics: bool
    joint: bool
    strict: bool
    is_word: bool
    unless: frozenset[str]


@dataclass(frozen=True)
class ReferenceRules:
    """The instruments, the ministries and the words around a citation."""

    forms: Phrases
    instruments: Mapping[str, Instrument]
    by_kind: Mapping[ReferenceKind, Instrument]
    ministries: Mapping[tuple[str, ...], Entry]
    cues: Mapping[str, frozenset[str]]
    stop: Stop

    @classmethod
    def load(cls, sources: Iterable[Source] = ()) -> ReferenceRules:
        """Read the built-in instruments and the user's `sources`."""
        tables = _rules.load([_rules.builtin("instruments.toml"), *sources], _TABLES)
        instruments = {entry.id: _instrument(entry) for entry in tables["instrument"]}
        by_kind: dict[ReferenceKind, Instrument] = {}
        for instrument in instruments.values():
            by_kind.setdefault(instrument.kind, instrument)
        forms = Phrases((variant, entry) for entry in tables["instrument"] for variant in entry.texts("variants"))
        cues: dict[str, frozenset[str]] = dict.fromkeys(_CUES, frozenset())
        for entry in tables["cue"]:
            cues[entry.id] = cues.get(entry.id, frozenset()) | {word.lower() for word in entry.texts("variants")}
        ministries = {folded(variant): entry for entry in tables["ministry"] for variant in entry.texts("variants")}
        opening = frozenset(forms.first_words()) | frozenset(GLUED)
        return cls(
            forms, instruments, by_kind, ministries, cues, Stop(cues["subject_end"], cues["noun"], opening)
        )


def _instrument(entry: Entry) -> Instrument:
    short = {variant.lower() for variant in entry.texts("variants") if variant.isupper() and " " not in variant}
    return Instrument(
        entry.id, ReferenceKind(entry.text("kind")), entry.text("slug"), entry.text("by"), entry.text("style"),
        entry.text("needs"), entry.text("identity"), frozenset(short if entry.flag("upper") else ()),
        entry.flag("topics"), entry.flag("joint"), entry.flag("strict"), entry.flag("word"),
        frozenset(word.lower() for word in entry.texts("unless")),
    )  # fmt: skip


class Issuer(NamedTuple):
    """Who issued what is cited: in words, and as a part of identifiers."""

    text: str
    key: str | None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """One naming of an instrument.

    Attributes
    ----------
    start, end
        Offsets in the text.
    first, resume
        The index of its first word, and the one from which the search goes on.
    rule
        The id of its entry.
    instrument, kind
        What is cited.
    numbers, year, date, issuer, subject
        What stands there.
    law
        The law that a nickname means.
    doubtful
        Whether the nickname has meant another law at another time, and the day of the article is not known.
    topic
        The lower-case words of a nickname.
    pointing
        Whether "tersebut" or "itu" points back.
    bare
        Whether nothing tells which one is meant.
    planned
        Whether it is not issued yet.
    provisions
        Its provisions.
    inside
        Whether its number stands inside the span, not in the clause behind it.
    """

    start: int
    end: int
    first: int
    resume: int
    rule: str
    instrument: Instrument
    kind: ReferenceKind
    numbers: tuple[str, ...] = ()
    year: int | None = None
    date: tuple[dt.date, int] | None = None
    issuer: Issuer | None = None
    subject: str | None = None
    law: Law | None = None
    doubtful: bool = False
    topic: tuple[str, ...] = ()
    pointing: bool = False
    bare: bool = False
    planned: bool = False
    provisions: tuple[str, ...] = ()
    inside: bool = True

    @property
    def number(self) -> str | None:
        """The first number."""
        return self.numbers[0] if self.numbers else None
