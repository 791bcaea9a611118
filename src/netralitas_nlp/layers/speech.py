"""Verbs of speaking and the words around a statement: the rules of ``speech.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from netralitas_nlp import _rules
from netralitas_nlp._rules import Source, Table

__all__ = ["Content", "SpeechRules"]

_SHORTEST_TAIL = 7


class Content(StrEnum):
    """What may follow the active form of a verb."""

    CLAUSE = "clause"
    OPEN = "open"
    LINKED = "linked"
    NONE = "none"


_TABLES: Mapping[str, Table] = {
    "verb": Table(
        {"class": str},
        {"bare": list, "active": list, "passive": list, "content": str, "common": bool, "noun": bool},
        {"content": frozenset(Content)},
    ),
    "cue": Table({"variants": list}),
}


@dataclass(frozen=True)
class SpeechRules:
    """Verbs of speaking and of opinion.

    Attributes
    ----------
    tags
        Before a speaker: "ujar", "kata", "dikatakan".
    clitics
        With the speaker in their ending: "ujarnya", "dikatakannya".
    verbs
        After a speaker, with what may follow them: "mengatakan", "menilai".
    passives
        The tags that are passive: "dikatakan".
    reporting
        Those that stand in the middle of what is said: "disebut X bisa …", but not "dibacakan X".
    common
        Tags that are other words too ("jelas").
    nouns
        What is a noun besides with its ending ("pesannya").
    cues
        Words around a statement, by what they do there.
    vocabulary
        Every word that a statement may hang on.
    tails
        Verbs that a name before them may be glued to, the longest first.
    """

    tags: frozenset[str]
    clitics: frozenset[str]
    verbs: Mapping[str, Content]
    passives: frozenset[str]
    reporting: frozenset[str]
    common: frozenset[str]
    nouns: frozenset[str]
    cues: Mapping[str, frozenset[str]]
    vocabulary: frozenset[str]
    tails: tuple[str, ...]

    @classmethod
    def load(cls, sources: Iterable[Source] = ()) -> SpeechRules:
        """Read the built-in verbs and the user's `sources`.

        Raises
        ------
        RuleError
            If an entry has a mistake.
        """
        tables = _rules.load([_rules.builtin("speech.toml"), *sources], _TABLES)
        bare: set[str] = set()
        passives: set[str] = set()
        reporting: set[str] = set()
        common: set[str] = set()
        nouns: set[str] = set()
        verbs: dict[str, Content] = {}
        for entry in tables["verb"]:
            forms = entry.texts("bare")
            bare.update(forms)
            passives.update(entry.texts("passive"))
            content = Content(entry.text("content", Content.CLAUSE))
            verbs.update(dict.fromkeys(entry.texts("active"), content))
            if content in {Content.CLAUSE, Content.OPEN}:
                reporting.update(entry.texts("passive"))
            if entry.flag("common"):
                common.update(forms)
            if entry.flag("noun"):
                nouns.update(f"{form}nya" for form in forms)
        clitics = {f"{form}nya" for form in bare | passives}
        cues: dict[str, set[str]] = {}
        for entry in tables["cue"]:
            cues.setdefault(entry.id, set()).update(entry.texts("variants"))
        return cls(
            tags=frozenset(bare | passives),
            clitics=frozenset(clitics),
            verbs=verbs,
            passives=frozenset(passives),
            reporting=frozenset(reporting),
            common=frozenset(common),
            nouns=frozenset(nouns),
            cues={id: frozenset(words) for id, words in cues.items()},
            vocabulary=frozenset(bare | passives | clitics | verbs.keys() | cues["according"]),
            tails=tuple(sorted(cues["tail"] | set(filter(_is_tail, verbs)), key=lambda verb: (-len(verb), verb))),
        )


def _is_tail(verb: str) -> bool:
    """Tell whether no other word ends with a verb: "mengatakan", but "percaya" ends "dipercaya"."""
    return len(verb) >= _SHORTEST_TAIL and verb.startswith(("me", "ber"))
