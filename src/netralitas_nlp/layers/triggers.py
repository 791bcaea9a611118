"""Triggers: the words that say that something is a norm, and of which kind, and what they are told from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import NamedTuple

from netralitas_nlp import _rules
from netralitas_nlp._rules import Entry, Source, Table
from netralitas_nlp._text import Words
from netralitas_nlp.layers.names import Phrases
from netralitas_nlp.layers.speakers import is_verb
from netralitas_nlp.layers.speech import SpeechRules
from netralitas_nlp.layers.violations import ViolationRules
from netralitas_nlp.types import Modality

__all__ = ["NormRules", "Trigger", "Triggers", "is_abstract"]

_TABLES: Mapping[str, Table] = {
    "trigger": Table(
        {"modality": str, "kind": str, "variants": list},
        {"verb": bool, "named": bool, "linked": bool, "active": bool, "acts": str, "unless": str, "labels": str},
        {"modality": frozenset(Modality), "kind": frozenset({"modal", "request", "ban", "penalty"})},
    ),
    "addressee": Table({"variants": list}, {"public": bool}),
    "cue": Table({"variants": list}),
}
#: How far, in words, the parts of a norm may stand apart.
_REACH_OF_PENALTY = 4
_REACH_OF_POSSIBILITY = 4
_REACH_OF_QUESTION = 8
_REACH_OF_NEGATION = 2
_REACH_OF_MEANING = 7
_REACH_OF_ADJACENCY = 4
_REACH_OF_CAUSE = 8
_REACH_OF_CONDITION = 40


@dataclass(frozen=True)
class NormRules:
    """What makes a norm.

    Attributes
    ----------
    triggers, addressees
        Phrases with their entries.
    firsts
        The words that a trigger may begin with.
    cues
        Words around norms, by what they do there.
    violations
        The classes of what is forbidden.
    """

    triggers: Phrases
    addressees: Phrases
    firsts: frozenset[str]
    cues: Mapping[str, frozenset[str]]
    violations: ViolationRules

    @classmethod
    def load(cls, sources: Iterable[Source] = (), *, violations: ViolationRules) -> NormRules:
        """Read the built-in rules and the user's `sources`, and take the classes of `violations`.

        Raises
        ------
        RuleError
            If an entry has a mistake.
        """
        tables = _rules.load([_rules.builtin("norms.toml"), *sources], _TABLES)
        triggers = _phrases(tables["trigger"])
        return cls(
            triggers=triggers,
            addressees=_phrases(tables["addressee"]),
            firsts=frozenset(triggers.first_words()),
            cues={entry.id: frozenset(entry.texts("variants")) for entry in tables["cue"]},
            violations=violations,
        )


def _phrases(entries: Iterable[Entry]) -> Phrases:
    return Phrases((variant, entry) for entry in entries for variant in entry.texts("variants"))


class Trigger(NamedTuple):
    """A trigger by its words."""

    start: int
    end: int
    entry: Entry
    modality: Modality


class Triggers:
    """Reads the triggers of an article.

    Parameters
    ----------
    words
        The article.
    rules, speech
        What makes a norm, and verbs of speaking.
    closed
        The words that hold no norm.
    """

    def __init__(self, words: Words, rules: NormRules, speech: SpeechRules, closed: Set[int]) -> None:
        self.words = words
        self.rules = rules
        self.cues = rules.cues
        self.no_verb = speech.cues["no_verb"]
        self.closed = closed
        #: Triggers that are other words, and why.
        self.lost: list[tuple[Trigger, str]] = []

    def read(self, segment: range) -> list[Trigger]:
        """Return the triggers of a segment that are none of other words."""
        found: list[Trigger] = []
        lowers = self.words.lowers
        end = segment.start
        asked = "?" in self.words.gaps[segment.stop]
        for i in segment:
            if i < end or lowers[i] not in self.rules.firsts or i in self.closed:
                continue
            match = self.rules.triggers.match(self.words, i)
            if match is None or match[0] > segment.stop:
                continue
            end, entry = match
            modality = Modality(entry.text("modality"))
            if found and self._is_adjacent(found[-1], i, entry):
                self.lost.append((Trigger(i, end, entry, modality), "belongs to the norm of the trigger before it"))
            elif asked:
                self.lost.append((Trigger(i, end, entry, modality), "is part of a question"))
            elif not self._counts(i, end, entry, segment):
                self.lost.append((Trigger(i, end, entry, modality), "has another sense here"))
            else:
                if entry.id in {"boleh", "tidak_boleh"} and self.meaning(i, segment) is not None:
                    turned = modality is Modality.PERMISSION
                    modality = Modality.PROHIBITION if turned else Modality.PERMISSION
                found.append(Trigger(i, end, entry, modality))
        return found

    def _is_adjacent(self, before: Trigger, i: int, entry: Entry) -> bool:
        """Tell whether a trigger is what another one asks for ("sebaiknya diberi ruang"): the first one counts."""
        if i - before.end > _REACH_OF_ADJACENCY:
            return False
        gap = self.words.lowers[before.end : i]
        if before.entry.text("kind") != "modal" and entry.text("kind") in {"request", "ban"}:
            return False
        if before.entry.text("kind") == "request" and entry.id == "jangan":
            return False  # "Rusdi meminta jangan ada keributan"
        return all(low in self.cues["adverb"] or low == "untuk" for low in gap)

    def meaning(self, i: int, segment: range) -> int | None:
        """Return where "bukan berarti" stands before a trigger, which turns it around."""
        lowers = self.words.lowers
        for j in range(i - 1, max(segment.start, i - _REACH_OF_MEANING), -1):
            if lowers[j] == "berarti":
                return j - 1 if lowers[j - 1] == "bukan" else None
        return None

    def _counts(self, i: int, end: int, entry: Entry, segment: range) -> bool:
        """Tell whether a trigger is one here, and no other word of the same letters."""
        words, cues = self.words, self.cues
        lowers = words.lowers
        following = lowers[end] if end < segment.stop else ""
        others = cues["no_action"] | cues.get(entry.text("unless"), frozenset())
        if words.gaps[end].startswith("-") or words.gaps[i] == "-" or (following in others and words.gaps[end] == " "):
            return False
        if entry.id == "dituntut" and following.isdigit():
            return False
        if entry.id == "harus" and self._is_told(i, end, segment):
            return False
        before = lowers[i - 1] if i > segment.start else ""
        clause = self._relative_clause(i, segment)
        if clause is not None and not self._is_relative_norm(clause, i, end, entry):
            return False
        if before in cues["denial"] and entry.text("kind") != "penalty":
            return False  # "tidak mengajak", "bukan dilarang": what negates a norm stands in its trigger
        if before in cues["no_norm"] or (words.texts[i].istitle() and words.texts[i - 1].istitle() and before):
            return False
        if words.texts[i].istitle() and before and words.gaps[i] in {" ", ", "}:
            return False  # a name: "Desak Ayu" is nobody's demand, "Hotel Harus Damai" no duty
        if before in cues.get(entry.text("labels"), frozenset()) and not self.is_verbal(end, segment.stop):
            return False
        if following == "lupa" and "," in words.gaps[end + 1]:
            return False
        if not cues["asking"].isdisjoint(lowers[max(segment.start, i - _REACH_OF_QUESTION) : i]):
            return False
        match entry.text("kind"):
            case "penalty":
                return self._is_penalty(i, end, entry, segment)
            case "modal":
                told = following in {"bagi", "kepada"} or self.is_verbal(end, segment.stop)
                if entry.flag("verb") and not told:
                    return False
                if entry.text("acts") and (following not in cues[entry.text("acts")] or before in cues["negation"]):
                    return False
                if entry.id == "harga_mati" and is_verb(before, self.no_verb):
                    return False
                if entry.flag("linked"):
                    return following in cues["link"]
        return True

    def _is_told(self, i: int, end: int, segment: range) -> bool:
        """Tell whether "harus" tells what befell somebody ("akhirnya harus pulang", "harus bersandar akibat ombak")."""
        lowers = self.words.lowers
        following = lowers[end] if end < segment.stop else ""
        if i > segment.start and lowers[i - 1] in self.cues["befell"] and not following.startswith(("ada", "di")):
            return True
        if not self.cues["admit"].isdisjoint(lowers[end : min(segment.stop, end + _REACH_OF_NEGATION)]):
            return True
        return not self.cues["cause"].isdisjoint(lowers[end : min(segment.stop, end + _REACH_OF_CAUSE)])

    def _relative_clause(self, i: int, segment: range) -> int | None:
        """Return the word behind the "yang" that a trigger follows, at once or behind adverbs ("yang masih harus")."""
        lowers = self.words.lowers
        for j in range(i - 1, max(segment.start, i - 1 - _REACH_OF_NEGATION) - 1, -1):
            if lowers[j] == "yang":
                return j + 1
            if lowers[j] not in self.cues["adverb"] and lowers[j] != "bahkan":
                return None
        return None

    def _is_relative_norm(self, clause: int, i: int, end: int, entry: Entry) -> bool:
        """Tell whether a relative clause binds somebody ("pihak yang wajib kompeten", not "hal yang harus dicatat")."""
        lowers = self.words.lowers
        if entry.text("kind") in {"request", "ban"} or entry.id in {"diminta", "ditugaskan", "boleh"}:
            return False
        low = lowers[clause - 2] if clause > 1 else ""
        stem = low.removesuffix("lah")
        if lowers[i] in self.cues["unreal"]:
            known = stem in self.rules.addressees or stem in self.cues["pronoun"] or stem in self.cues["group"]
            return stem != low and known  # "Tamulah yang seharusnya menunggu"
        following = lowers[end] if end < len(lowers) else ""
        passive = following.startswith("di") and is_verb(following, self.no_verb)
        return not passive and low not in self.cues["thing"] and not is_abstract(low)

    def is_verbal(self, k: int, stop: int) -> bool:
        """Tell whether a verb stands at a word, an adverb before it or not."""
        lowers = self.words.lowers
        while k < stop and (lowers[k] in self.cues["adverb"] or lowers[k] in {"untuk", "ada", "adanya"}):
            if lowers[k] in {"ada", "adanya"}:
                return True
            k += 1
        return k < stop and (lowers[k] in self.cues["bare_verb"] or is_verb(lowers[k], self.no_verb))

    def _is_penalty(self, i: int, end: int, entry: Entry, segment: range) -> bool:
        """Tell whether a penalty is one that may come, and is one at all ("dikenakan biaya" is none)."""
        words, cues = self.words, self.cues
        lowers = words.lowers
        before = lowers[max(segment.start, i - _REACH_OF_POSSIBILITY) : i]
        if not cues["past"].isdisjoint(before):
            return False
        reluctant = not cues["reluctant"].isdisjoint(before)
        if not reluctant and not cues["negation"].isdisjoint(before[-_REACH_OF_NEGATION:]):
            return False
        conditional = not cues["condition"].isdisjoint(lowers[max(segment.start, i - _REACH_OF_CONDITION) : i])
        threat = lowers[i] in {"terancam", "diancam"}
        if not threat and not conditional and not reluctant and cues["possible"].isdisjoint(before):
            return False
        if lowers[i] in {"dikenai", "dikenakan", "dijatuhi", "dijatuhkan", "diganjar", "terancam", "diancam"}:
            return not cues["penalty"].isdisjoint(lowers[i : end + _REACH_OF_PENALTY])
        return True



def is_abstract(word: str) -> bool:
    """Tell whether a noun names an act or a quality ("pelaksanaan", "kehadiran")."""
    return word.startswith(("pe", "ke", "per")) and word.endswith("an") and len(word) > 7
