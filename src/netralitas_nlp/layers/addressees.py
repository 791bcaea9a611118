"""Whom a norm binds: the addressee that its clause names, or the one of a sentence before it."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from netralitas_nlp._context import Context
from netralitas_nlp._rules import Entry
from netralitas_nlp.layers.speakers import Cast, Kind, is_verb
from netralitas_nlp.layers.triggers import Triggers, is_abstract
from netralitas_nlp.types import Modality

__all__ = ["Addressees", "Clause"]

_REACH_OF_ADDRESSEE = 80
_LONGEST_CONDITION = 5
_LONGEST_PRONOUN = 2
_REACH_OF_AGENT = 6
_REACH_OF_NAME = 4
#: How many sentences back an addressee that a clause leaves out may stand.
_SENTENCES_BACK = 3


class Clause(NamedTuple):
    """A norm by its words: `subject` is the naming of the addressee, `action` what is asked."""

    start: int
    end: int
    subject: range
    action: int
    modality: Modality
    trigger: tuple[int, int]


class Addressees:
    """Tells whom the norms of an article bind; keeps who was bound last.

    Parameters
    ----------
    context
        The article.
    triggers
        What makes a norm.
    cast
        Everybody who is named in the article.
    """

    def __init__(self, context: Context, triggers: Triggers, cast: Cast) -> None:
        self.context = context
        self.words = context.words
        self.triggers = triggers
        self.rules = triggers.rules
        self.cues = triggers.cues
        self.cast = cast
        #: Who was bound last, and the sentence in which that was said.
        self.bound: str | None = None
        self.bound_in = -1
        self.done = 0

    def keep(self, addressee: str | None, clause: Clause, sentence: int) -> None:
        """Remember whom a norm binds."""
        if addressee is not None:
            self.bound, self.bound_in = addressee, sentence
        self.done = clause.end

    def are_named(self, subject: range) -> bool:
        """Tell whether words name somebody who can be bound."""
        return self._addressee_in(subject) is not None

    def _addressee_in(self, subject: range) -> tuple[int, Entry | None] | None:
        """Return the first word of a subject that names somebody, and its class where a list has one."""
        words = self.words
        for j in subject:
            if words.lowers[j] in self.cues["group"] or words.lowers[j] in self.cues["pronoun"]:
                return j, None
            match = self.rules.addressees.match(words, j)
            if match is not None and match[0] <= subject.stop:
                return j, match[1]
            actor = self.cast.at(j)
            if actor is not None:
                return j, None
            low = words.lowers[j]
            if low in self.cast.person_nouns:
                return j, None
            stem = low.removesuffix("lah").removesuffix("nya")
            if stem != low and self.rules.addressees.kinds(stem) is not None and stem in self.rules.addressees:
                return j, None
        return None

    def of(self, clause: Clause, sentence: int) -> tuple[str | None, bool]:
        """Return who is bound, in the words of the article, and whether that is a public servant."""
        words, cues = self.words, self.cues
        subject = self._without_quantifiers(clause.subject)
        lowers = words.lowers
        if not subject:
            if (named := self._in_condition(clause)) is not None:
                return named
            if lowers[clause.trigger[0]] == "jangan":
                return self._behind_jangan(clause, sentence)
            if self._is_passive(clause) and clause.modality is Modality.OBLIGATION:
                return self._agent(clause)  # "perlu dibuka loket kedua"
            return (None, False) if self._is_existential(clause) else self._inherited(clause, sentence)
        head = lowers[subject.start]
        if is_verb(head, self.triggers.no_verb) and self.cast.at(subject.start) is None:
            return self._inherited(clause, sentence)  # "menghadiri pesta tidak dilarang"
        found = self._addressee_in(subject)
        thing = head in cues["thing"] or is_abstract(head)
        if self._is_passive(clause) and (thing or (found is None and not self._may_be_somebody(head, clause.modality))):
            return self._agent(clause)  # "karcis harus disimpan"
        if found is None:
            return (None, False) if thing or head in {"ini", "itu"} else (self.text(clause.subject), False)
        at, entry = found
        if thing:
            served = lowers[at - 1] in self.cues["towards"]  # "pelayanan kepada warga harus berjalan"
            if entry is None or (served and at > subject.start):
                return None, False
            return self.text(range(at, subject.stop)), entry.flag("public")
        if lowers[at] in cues["pronoun"] and len(subject) <= _LONGEST_PRONOUN:
            person = self._person_before(subject.start) if lowers[at] in cues["singular"] else None
            if person is not None:
                return person, self._is_public(person)
            name, public = self._inherited(clause, sentence)
            return (name or self.text(subject)), public
        return self.text(clause.subject).removesuffix(" yang"), entry is not None and entry.flag("public")

    def _is_passive(self, clause: Clause) -> bool:
        """Tell whether what is asked is to be done to somebody or something."""
        act = self.words.lowers[clause.action] if clause.action < clause.end else ""
        return act.startswith("di") and is_verb(act, self.triggers.no_verb)

    def _agent(self, clause: Clause) -> tuple[str | None, bool]:
        """Return by whom a passive act is to be done ("pasar harus dijaga oleh pedagang")."""
        lowers = self.words.lowers
        for k in range(clause.action + 1, min(clause.end, clause.action + _REACH_OF_AGENT)):
            if lowers[k] == "oleh":
                stop = k + 1
                while stop < clause.end and not self._ends_agent(stop):
                    stop += 1
                found = self._addressee_in(range(k + 1, stop))
                if found is not None:
                    return self.text(range(k + 1, stop)), found[1] is not None and found[1].flag("public")
                break
        return None, False

    def _ends_agent(self, k: int) -> bool:
        """Tell whether a word is none of an agent any more."""
        low, cues = self.words.lowers[k], self.cues
        return "," in self.words.gaps[k] or low in cues["lead"] or low in cues["condition"] or low in cues["link"]

    def _may_be_somebody(self, head: str, modality: Modality) -> bool:
        """Tell whether the subject of a passive may be a person: "karcis harus disimpan" binds no ticket."""
        if head == "yang" or modality is Modality.SANCTION or head in self.cast.person_nouns:
            return True
        return head.startswith("pe") and not head.endswith(("an", "nya"))

    def _without_quantifiers(self, subject: range) -> range:
        """Return a subject without what counts it ("kelima hal tersebut") and without a lone "yang"."""
        first, last = subject.start, subject.stop
        while first < last and self.words.lowers[first] in self.cues["quantifier"]:
            first += 1
        while last > first and self.words.lowers[last - 1] == "yang":
            last -= 1
        return range(first, last)

    def _in_condition(self, clause: Clause) -> tuple[str | None, bool] | None:
        """Return whom a condition in front names ("Kalau ada warga yang melihat, jangan takut melapor")."""
        if self.words.lowers[clause.start] == "bagi" and (named := self._behind_bagi(clause)) is not None:
            return named
        for j in range(clause.start + 1, min(clause.trigger[0], clause.start + _LONGEST_CONDITION)):
            match = self.rules.addressees.match(self.words, j)
            if match is not None and self.words.lowers[j - 1] in {"ada", "bagi"}:
                return self.text(range(j, match[0])), match[1].flag("public")
        return None

    def _behind_bagi(self, clause: Clause) -> tuple[str, bool] | None:
        """Return whom "bagi" in front of a norm names ("Bagi Anda yang ingin berlayar, sebaiknya …")."""
        words = self.words
        first, stop = clause.start + 1, clause.trigger[0]
        for j in range(first + 1, stop):
            if "," in words.gaps[j] or words.lowers[j] == "maka":
                stop = j
                break
        while stop > first and words.lowers[stop - 1] in self.cues["adverb"]:
            stop -= 1
        found = self._addressee_in(range(first, stop))
        if first >= stop or (found is None and words.lowers[first] != "yang"):
            return None
        return self.text(range(first, stop)), found is not None and found[1] is not None and found[1].flag("public")

    def _is_existential(self, clause: Clause) -> bool:
        """Tell whether a condition says only that something is the case ("Jika ada pelanggaran, …")."""
        return self.words.lowers[clause.start + 1 : clause.start + 2] in (["ada"], ["terdapat"])

    def _behind_jangan(self, clause: Clause, sentence: int) -> tuple[str | None, bool]:
        """Return who is bound by "jangan sampai ada ASN yang …"; nobody where something may not happen."""
        lowers = self.words.lowers
        t0, t1 = clause.trigger
        if "sampai" in lowers[t0:t1] or "ada" in lowers[t0:t1]:
            k = t1
            while k < clause.end and lowers[k] in {"ada", "lagi"}:
                k += 1
            match = self.rules.addressees.match(self.words, k) if k < clause.end else None
            if match is not None and match[1].flag("public"):
                return self.text(range(k, match[0])), True
            if not self.triggers.is_verbal(k, clause.end):
                return None, False
        return self._inherited(clause, sentence)

    def _inherited(self, clause: Clause, sentence: int) -> tuple[str | None, bool]:
        """Return who is meant where a clause names nobody: whoever was named since the last norm, else bound by it."""
        recent = self.bound is not None and sentence - self.bound_in <= _SENTENCES_BACK
        sentences = self.context.sentences
        floor = max(sentences[max(0, sentence - 1)], clause.start - _REACH_OF_ADDRESSEE)
        for j in range(clause.start - 1, max(floor, self.done if recent else 0) - 1, -1):
            match = self.rules.addressees.match(self.words, j)
            if match is None or match[0] > clause.start or self._is_held(j):
                continue
            if match[1].flag("public") or self.words.lowers[j - 1] == "kepada":
                return self.text(range(j, match[0])), True
        if recent and self.bound is not None:
            return self.bound, self._is_public(self.bound)
        return None, False

    def _is_held(self, j: int) -> bool:
        """Tell whether a word opens the office of somebody who is named with it: who speaks, most often."""
        office = self.cast.at(j)
        if office is None or office.kind is not Kind.OFFICE or office.person is None:
            return False
        named = self.cast.within(office.end, office.end + _REACH_OF_NAME)
        return any(actor.kind is Kind.PERSON and actor.person == office.person for actor in named)

    def _person_before(self, k: int) -> str | None:
        """Return the person who is named last before a pronoun."""
        sentences = self.context.sentences
        floor = max(k - _REACH_OF_ADDRESSEE, sentences[max(0, bisect_right(sentences, k) - 2)])
        people = [actor for actor in self.cast.within(floor, k) if actor.kind is Kind.PERSON]
        return self.text(range(people[-1].start, people[-1].end)) if people else None

    def _is_public(self, name: str) -> bool:
        low = name.lower()
        return any(word in self.cues["public"] for word in low.replace(",", " ").split())

    def text(self, subject: range) -> str:
        """Return words as the article has them, on one line."""
        words = self.words
        start, end = words.starts[subject.start], words.ends[subject[-1]]
        text = self.context.text[start:end]
        if "(" in text.rpartition(")")[2] and self.context.text[end : end + 1] == ")":
            text += ")"
        return " ".join(text.split()).removesuffix("lah yang")
