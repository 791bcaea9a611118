"""Who may be speaking: the people, offices and bodies that an article names, and how they stand in a sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from netralitas_nlp._context import Context
from netralitas_nlp.layers.speech import SpeechRules
from netralitas_nlp.types import Official, Organization

__all__ = ["Actor", "Cast", "Kind", "Voice", "is_verb"]

#: How many words the naming of a speaker behind a verb may have, and a phrase that leads back to somebody.
_LONGEST_NAMING = 30
_LONGEST_EPITHET = 10
_LONGEST_REST = 6
_LONGEST_OBLIQUE = 3
_LONGEST_PLACE = 9
_BESIDE = 2
#: How far back in a sentence a subject is looked for.
_REACH_OF_SUBJECT = 60
_VERB = 5


class Kind(Enum):
    """What names a speaker."""

    PERSON = "person"
    OFFICE = "office"
    BODY = "body"
    PRONOUN = "pronoun"
    SOMEBODY = "somebody"


class Actor(NamedTuple):
    """A naming at some words; `person` is the id of who is meant, where that is known."""

    start: int
    end: int
    person: str | None
    kind: Kind


class Voice(NamedTuple):
    """A speaker as named at some words.

    Attributes
    ----------
    start, end
        The words of the naming; equal where only an ending ("ujarnya") stands for it.
    person
        The id of the speaker, None if it is not known from the naming alone.
    kind
        What names it.
    """

    start: int
    end: int
    person: str | None
    kind: Kind

    @property
    def anaphoric(self) -> bool:
        """Whether it only leads back to somebody named before."""
        return self.kind is Kind.PRONOUN


class Cast:
    """Everybody who is named in an article, by the words that name them.

    Parameters
    ----------
    context, speech
        The article and the rules.
    named
        The runs that name people: first word, word behind the last one, id.
    offices
        The words of every naming of an office.
    officials, bodies
        The records; what they mention is known by its place.
    person_nouns
        Nouns for people.
    anonymous
        The ids of those who are known by initials only.
    """

    def __init__(
        self,
        context: Context,
        speech: SpeechRules,
        named: Iterable[tuple[int, int, str]],
        offices: Iterable[tuple[int, int]],
        officials: Iterable[Official],
        bodies: Iterable[Organization],
        person_nouns: frozenset[str],
        anonymous: Iterable[str] = (),
    ) -> None:
        self.context = context
        self.speech = speech
        self.person_nouns = person_nouns
        words = context.words
        holders: dict[int, str | None] = {}
        for official in officials:
            for mention in official.mentions:
                start = bisect_left(words.starts, mention.span.start)
                holders[start] = holders.get(start) or official.person
        actors = {i: Actor(i, i + 1, None, Kind.PRONOUN) for i in words.among(speech.cues["pronoun"])}
        for body in bodies:
            for mention in body.mentions:
                inside = words.slice(*mention.span)
                if inside:
                    actors[inside.start] = Actor(inside.start, inside.stop, None, Kind.BODY)
        for start, end in offices:
            actors[start] = Actor(start, end, holders.get(start), Kind.OFFICE)
        for start, end, person in named:
            actors[start] = Actor(start, end, person, Kind.PERSON)
        self._actors = actors
        self._starts = sorted(actors)
        #: Where each person is named first.
        self.introduced: dict[str, int] = {}
        for i in reversed(self._starts):
            if (who := actors[i].person) is not None:
                self.introduced[who] = i
        #: Who holds an office and is known by more than initials: the ones whom "ia" may introduce as speakers.
        self.prominent = {official.person for official in officials if official.person}.difference(anonymous)

    def at(self, i: int) -> Actor | None:
        """Return who is named from a word on."""
        return self._actors.get(i)

    def within(self, start: int, stop: int) -> Iterable[Actor]:
        """Yield who is named in a stretch of words; what stands inside another naming is left out."""
        end = start
        for i in self._starts[bisect_left(self._starts, start) : bisect_left(self._starts, stop)]:
            if i >= end:
                actor = self._actors[i]
                yield actor
                end = actor.end

    def behind(self, i: int, stop: int) -> Voice | None:
        """Return the speaker named behind a tag ("kata Ketua KPU Berau, Rusdi Halim, saat …").

        Parameters
        ----------
        i
            The word behind the tag.
        stop
            The end of what may be read.
        """
        words, cues = self.context.words, self.speech.cues
        lowers, gaps = words.lowers, words.gaps
        stop = min(stop, i + _LONGEST_NAMING)
        while i < stop and gaps[i] == " " and (lowers[i] == "oleh" or lowers[i] in cues["adverb"]):
            i += 1
        if i >= stop or gaps[i].strip(" ("):
            return None
        found: Voice | None = None
        k = i
        while k < stop and (k == i or not _parts(gaps[k])):
            actor = self._actors.get(k)
            if k > i and found is None and "," in gaps[k] and not self._is_trade(i):
                break  # an apposition names somebody, or is none
            if actor is not None and (actor.kind is not Kind.PRONOUN or k == i):
                if self._is_related(k, i):
                    other = self._behind_comma(actor.end)
                    if other is None:
                        return Voice(i, actor.end, None, Kind.SOMEBODY)
                    k = other
                    continue
                voice = Voice(i, actor.end, actor.person, actor.kind)
                if actor.person is not None or actor.kind is Kind.PRONOUN:
                    return self._with_name(voice, stop)
                found = found if found is not None and found.kind is Kind.OFFICE else voice
                k = actor.end
                continue
            if found is None and k > i and ("," in gaps[k] or "(" in gaps[k]):
                break
            if found is not None and lowers[k] in cues["pointing"] and gaps[k] in {" ", ") "}:
                return Voice(i, k + 1, None, Kind.PRONOUN)
            if lowers[k] in cues["stop"]:
                return self._behind_place(i, k, stop) or found or self._epithet(i, k, stop)
            if found is not None and words.texts[k].islower() and lowers[k] not in cues["linker"]:
                return self._named_on(found, k, stop)
            k += 1
        return found or self._epithet(i, k, stop)

    def _named_on(self, found: Voice, k: int, stop: int) -> Voice:
        """Return who is named behind the rest of a title that no rule knows ("Direktur Utama bank daerah X")."""
        words, cues = self.context.words, self.speech.cues
        for j in range(k, min(stop, k + _LONGEST_REST)):
            actor = self._actors.get(j)
            if actor is not None and actor.person is not None and j > k:
                return Voice(found.start, actor.end, actor.person, actor.kind)
            if _parts(words.gaps[j + 1]) or words.lowers[j] in cues["stop"]:
                break
            if words.texts[j].islower() and ("," in words.gaps[j] or is_verb(words.lowers[j], cues["no_verb"])):
                break
        return found

    def _is_trade(self, i: int) -> bool:
        """Tell whether a naming opens with what somebody is ("ayah korban, Rusdi Halim")."""
        low, cues = self.context.words.lowers[i], self.speech.cues
        return low in self.person_nouns or any(low in cues[name] for name in ("epithet", "relation", "somebody"))

    def _behind_place(self, i: int, k: int, stop: int) -> Voice | None:
        """Return the name behind a trade and where it is plied ("pengamat politik dari Universitas X, Rusdi Halim")."""
        words, cues = self.context.words, self.speech.cues
        if words.lowers[k] not in {"dari", "di", "pada"} or (words.texts[i][0].isupper() and i not in self._actors):
            return None
        body = -1
        for j in range(k + 1, min(stop, k + _LONGEST_PLACE)):
            actor = self._actors.get(j)
            if actor is not None and actor.kind is Kind.PERSON and (words.gaps[j] in {", ", ") "} or j == body):
                return Voice(i, actor.end, actor.person, actor.kind)
            if actor is not None and actor.kind is Kind.BODY:
                body = actor.end
            if words.lowers[j] in cues["stop"] or _parts(words.gaps[j]):
                return None
        return None

    def _is_related(self, k: int, i: int) -> bool:
        """Tell whether a name only says whose relative or lawyer somebody is ("istri Rusdi", "kuasa hukum Rusdi")."""
        words = self.context.words
        before = words.lowers[max(i, k - 2) : k]
        if k <= i or "," in words.gaps[k]:
            return False
        return self._actors[k].kind is Kind.PERSON and not self.speech.cues["relation"].isdisjoint(before)

    def _behind_comma(self, k: int) -> int | None:
        """Return the word of whoever is named behind a comma."""
        words = self.context.words
        return k if k < len(words) and words.gaps[k].startswith(",") and k in self._actors else None

    def _with_name(self, voice: Voice, stop: int) -> Voice:
        """Return a voice named by an office with the name behind it."""
        actor = self._actors.get(voice.end)
        joined = actor is not None and not self.context.words.gaps[voice.end].strip(" ,()")
        if voice.person is None or actor is None or not joined or actor.end > stop or actor.person != voice.person:
            return voice
        return voice._replace(end=actor.end)

    def _epithet(self, i: int, k: int, stop: int) -> Voice | None:
        """Return who is meant by "politikus muda itu", or somebody without a name ("seorang warga")."""
        words, cues = self.context.words, self.speech.cues
        if words.lowers[i] in cues["own"]:
            return Voice(i, i + 1, None, Kind.PRONOUN)
        last = min(stop, i + _LONGEST_EPITHET)
        for j in range(i + 1, last):
            if _parts(words.gaps[j]) or "," in words.gaps[j]:
                break
            if words.lowers[j] in cues["pointing"]:
                if words.lowers[i] in cues["several"] or words.lowers[i] in cues["document"]:
                    return Voice(i, j + 1, None, Kind.SOMEBODY)
                inside = next((a.person for a in self.within(i, j) if a.person), None)
                return Voice(i, j + 1, inside, Kind.PERSON if inside else Kind.PRONOUN)
        if words.texts[i][0].isupper():
            name = range(i + 1, max(last, i + 1))
            k = next((j for j in name if words.gaps[j] != " " or words.texts[j].islower()), name.stop)
        elif not any(words.lowers[i] in nouns for nouns in (cues["somebody"], self.person_nouns, cues["document"])):
            return None
        return Voice(i, k, None, Kind.SOMEBODY) if k > i else None

    def subject(self, start: int, stop: int) -> Voice | None:
        """Return the subject in front of a verb: the first naming that depends on no other word.

        Parameters
        ----------
        start, stop
            The words of the clause before the verb.
        """
        start = self._behind_front(max(start, stop - _REACH_OF_SUBJECT), stop)
        groups = list(self._groups(start, stop))
        for number, voice in enumerate(groups):
            if self._is_expert_of(voice, start, stop):
                return Voice(start, voice.end, voice.person, voice.kind)
            if not self._is_oblique(voice.start, start):
                others = groups[number + 1 :]
                return self._spokesman(self._completed(voice, others, stop), others)
        return self._somebody(start, stop)

    def _is_expert_of(self, voice: Voice, start: int, stop: int) -> bool:
        """Tell whether a body's member stands right before the verb ("Pengamat … di Universitas X Rusdi Halim")."""
        words, cues = self.context.words, self.speech.cues
        first = self._actors.get(voice.start)
        if voice.person is None or first is None or first.kind is not Kind.BODY or not self._is_trade(start):
            return False
        return all(words.lowers[j] in cues["adverb"] for j in range(voice.end, stop))

    def _behind_front(self, start: int, stop: int) -> int:
        """Return the word behind the phrases in front of a subject ("Di bawah koordinasi Rusdi, …")."""
        words, cues = self.context.words, self.speech.cues
        while start < stop:
            head = words.lowers[start]
            opens = head in cues["oblique"] or head in cues["circumstance"] or head in cues["subordinate"]
            if not opens and not (is_verb(head, cues["no_verb"]) and start not in self._actors):
                return start
            comma = next((j for j in range(start + 1, stop) if "," in words.gaps[j]), None)
            if comma is None or not any(True for _ in self.within(comma, stop)):
                return start
            start = comma
        return start

    def _completed(self, voice: Voice, others: Sequence[Voice], stop: int) -> Voice:
        """Return a subject with the name that stands between its title and the verb, and what points back as such."""
        words, cues = self.context.words, self.speech.cues
        if voice.person is not None:
            return voice
        last = others[-1] if others else None
        if last is not None and last.person is not None and not self._is_oblique(last.start, voice.end):
            between = range(last.end, stop)
            if all(words.lowers[j] in cues["adverb"] for j in between):
                return Voice(voice.start, last.end, last.person, last.kind)
        k = voice.end
        if k < stop and words.gaps[k] == " " and words.lowers[k] in cues["pointing"]:
            before = words.lowers[voice.start - 1] if voice.start else ""
            epithet = before in cues["epithet"] or before in self.person_nouns
            if voice.kind is not Kind.BODY or epithet:
                return Voice(voice.start - epithet, k + 1, None, Kind.PRONOUN)
        return voice

    def _spokesman(self, voice: Voice, others: Sequence[Voice]) -> Voice:
        """Return who speaks for a subject ("Bupati Berau melalui Kabag Hukum Rusdi Halim", "yang diwakili …")."""
        lowers = self.context.words.lowers
        k = voice.end + (lowers[voice.end : voice.end + 1] == ["yang"])
        through = lowers[k : k + 1] and lowers[k] in self.speech.cues["through"]
        follows = bool(others) and others[0].person is not None and others[0].start <= k + _BESIDE
        return others[0] if through and follows else voice

    def _groups(self, start: int, stop: int) -> Iterable[Voice]:
        """Yield an office, the body it belongs to and the name beside it as one."""
        words = self.context.words
        group: Voice | None = None
        for actor in self.within(start, stop):
            beside = group is not None and actor.start == group.end and not words.gaps[actor.start].strip(" ,()-–")
            if group is not None and beside and not self._is_related(group.start, start):
                if group.person is None and (actor.person is not None or group.kind is Kind.BODY):
                    group = group._replace(end=actor.end, person=actor.person, kind=actor.kind)
                else:
                    group = group._replace(end=actor.end)
                continue
            if group is not None:
                yield group
            group = Voice(*actor)
        if group is not None:
            yield group

    def _is_oblique(self, i: int, start: int) -> bool:
        """Tell whether somebody depends on the word in front: "bersama Rusdi", "istri Rusdi", "surat edaran Bupati"."""
        words, cues = self.context.words, self.speech.cues
        if i <= start or "," in words.gaps[i] or words.gaps[i].strip(" (“\"'"):
            return False
        before = words.lowers[i - 1]
        if before in cues["belonging"]:
            return i < _BESIDE or words.lowers[i - 2] != "tuan"  # "tuan rumah"
        if before in cues["oblique"] or before in cues["relation"] or before in cues["document"]:
            return True
        if before in self.person_nouns or not words.texts[i - 1].islower():
            return False
        if is_verb(before, cues["no_verb"]):
            return True
        for j in range(i - 2, max(start, i - 1 - _LONGEST_OBLIQUE) - 1, -1):
            if words.gaps[j + 1] != " " or not words.texts[j].islower() or words.lowers[j] in self.person_nouns:
                break
            if words.lowers[j] in cues["oblique"]:
                return True
        return False

    def _somebody(self, start: int, stop: int) -> Voice | None:
        """Return a subject without a name: "sejumlah warga", "polisi"."""
        words, cues = self.context.words, self.speech.cues
        k = stop
        while k > start and words.lowers[k - 1] in cues["adverb"]:
            k -= 1
        first = k
        while first > start and not ("," in words.gaps[first] or words.gaps[first].strip(" ")):
            first -= 1
        while first < k and words.lowers[first] in cues["opener"]:
            first += 1
        if first == k:
            return None
        head = words.lowers[first]
        if not any(head in nouns for nouns in (cues["somebody"], cues["epithet"], self.person_nouns)):
            return None
        if words.lowers[k - 1] in cues["pointing"] and k - first > 1 and head not in cues["several"]:
            return Voice(first, k, None, Kind.PRONOUN)
        if not cues["document"].isdisjoint(words.lowers[first:k]):
            return None
        inner = range(first + 1, k)
        if any(is_verb(words.lowers[j], cues["no_verb"]) and words.lowers[j - 1] != "yang" for j in inner):
            return None
        return Voice(first, k, None, Kind.SOMEBODY)


def is_verb(word: str, exceptions: frozenset[str]) -> bool:
    """Tell whether a word begins as verbs do ("me-", "di-", "ber-", "ter-")."""
    if len(word) < _VERB or word in exceptions:
        return False
    return word.startswith(("me", "di", "ber", "ter"))


def _parts(gap: str) -> bool:
    """Tell whether a gap holds a quotation mark, a colon or a line break: nothing is named across it."""
    return bool(gap.strip(" ,().-/'&"))
