"""Where an article speaks of pledges, and what its sentences say of them: who pledges, on which day, at what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from netralitas_nlp._context import Context
from netralitas_nlp.layers import enumerations, promises
from netralitas_nlp.layers.promises import Cue, PledgeRules
from netralitas_nlp.types import DateMention, Granularity, PledgeKind, Span

__all__ = ["NUMBERS", "REACH_OF_ACT", "Hit", "Rejected", "Scene"]

#: How far, in words, parts of a pattern may stand apart.
REACH_OF_ACT = 7
_REACH_OF_QUALIFIER = 3
_REACH_OF_SUBJECT = 40
_REACH_OF_FOLLOWERS = 21
_REACH_OF_DATELINE = 10
_LONGEST_NAMING = 28
_LONGEST_OCCASION = 9
_SHORTEST_VERB = 6
_DASHES = ("–", "—", " - ", "|", "--", "- ", " -")
NUMBERS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
    "sepuluh": 10, "sebelas": 11, "ketiga": 3, "keempat": 4, "kelima": 5, "keenam": 6, "ketujuh": 7,
}  # fmt: skip


class Hit(NamedTuple):
    """The words of a cue."""

    start: int
    end: int
    cue: Cue


class Rejected(NamedTuple):
    """A cue that something behind it makes another thing ("deklarasi dukungan")."""

    span: Span
    cue: Cue


class Scene:
    """The cues of an article, and the sentences around them.

    Parameters
    ----------
    context
        The article.
    dates
        Its dates.
    rules
        The cues, and the words around a pledge.
    taken
        Stretches in which no cue counts, in the order of the text: names of people.
    headline
        The words of the headline.

    Attributes
    ----------
    hits
        The cues behind the headline.
    sure
        Those that name a pledge on their own.
    titles
        Those of the headline that do.
    rejected
        Those that are something else.
    """

    def __init__(
        self,
        context: Context,
        dates: Sequence[DateMention],
        rules: PledgeRules,
        taken: Sequence[tuple[int, int]],
        headline: range,
    ) -> None:
        self.context = context
        self.words = context.words
        self.rules = rules
        self.sets = rules.sets
        self.headline = headline
        self.dates = [date for date in dates if date.granularity is Granularity.DAY and date.start is not None]
        self.date_starts = [date.span.start for date in self.dates]
        self._days = frozenset(self.date_starts)
        self.rejected: list[Rejected] = []
        hits = list(self._read(taken))
        self.hits = [hit for hit in hits if hit.start >= headline.stop]
        self.titles = [hit for hit in hits if hit.start < headline.stop and not hit.cue.weak]
        self.sure = [hit for hit in self.hits if not hit.cue.weak]
        self._starts = [hit.start for hit in self.hits]
        self._sure_starts = [hit.start for hit in self.sure]

    def _read(self, taken: Sequence[tuple[int, int]]) -> Iterator[Hit]:
        words = self.words
        starts = [start for start, _ in taken]
        at = 0
        for i in words.among(self.rules.vocabulary):
            if i < at or (match := self.rules.cues.match(words.lowers, i, len(words))) is None:
                continue
            end, cue = match
            k = bisect_right(starts, words.starts[i]) - 1
            if k >= 0 and words.starts[i] < taken[k][1] and not self._is_topic(end):
                continue
            if any("\n" in gap for gap in words.gaps[i + 1 : end]):
                continue
            at = end
            if not any(cue.not_before.match(words.lowers, j, len(words)) for j in self._qualifiers(end)):
                yield Hit(i, end, cue)
            elif i >= self.headline.stop:
                self.rejected.append(Rejected(Span(words.starts[i], words.ends[end - 1]), cue))

    def _qualifiers(self, i: int) -> Iterator[int]:
        """Yield the words that say what a cue is about: those behind it up to "itu", a comma or the like."""
        for j in range(i, min(i + _REACH_OF_QUALIFIER, len(self.words))):
            if self.words.gaps[j].strip() or self.words.lowers[j] in self.sets["closed"]:
                return
            yield j

    def _is_topic(self, i: int) -> bool:
        """Tell whether a word is what pledges are about, so that it is no name ("Ikrar Netralitas")."""
        return i < len(self.words) and self.rules.topics.match(self.words.lowers, i, i + 1) is not None

    def within(self, words: range) -> Sequence[Hit]:
        """Return the cues among some words."""
        return self.hits[bisect_left(self._starts, words.start) : bisect_left(self._starts, words.stop)]

    def at(self, word: int) -> Hit | None:
        """Return the cue that begins at a word."""
        k = bisect_left(self._starts, word)
        return self.hits[k] if k < len(self.hits) and self.hits[k].start == word else None

    def before(self, word: int) -> Hit | None:
        """Return the last sure cue before a word, else the first of the headline."""
        k = bisect_left(self._sure_starts, word)
        return self.sure[k - 1] if k else next(iter(self.titles), None)

    def act(self, hit: Hit, sentence: range) -> int | None:
        """Return the word that says that a pledge is made: "mengucapkan ikrar", "ikrar dibacakan"."""
        lowers = self.words.lowers
        signed = hit.cue.kind is PledgeKind.KOMITMEN
        for i in range(hit.start - 1, max(sentence.start, hit.start - REACH_OF_ACT) - 1, -1):
            if lowers[i] in self.sets["act"] or lowers[i] in self.sets["performance"]:
                return i if not signed or lowers[i] in self.sets["signing"] else None
        for i in range(hit.end, min(sentence.stop, hit.end + REACH_OF_ACT)):
            if lowers[i] in self.sets["passive"]:
                return i if not signed or lowers[i] in self.sets["signing"] else None
        return None

    # -- who ---------------------------------------------------------------------------------------------------------

    def pledgor(self, sentences: Sequence[range]) -> str | None:
        """Return who pledges, as the sentences name them; the first one that does decides."""
        for read in (self._we, self._actors, self._performers, self._followers):
            for sentence in sentences:
                if found := read(sentence):
                    start, end = promises.bounds(self.context, *found)
                    return self.context.text[start:end]
        return None

    def _we(self, sentence: range) -> tuple[int, int] | None:
        """Read "Kami, pegawai X, berjanji", "Kami segenap ASN X berjanji"."""
        lowers = self.words.lowers
        for i in sentence:
            if lowers[i] == "kami":
                end = self._naming_end(i + 1, sentence.stop)
                if end > i + 2 or (end == i + 2 and self._heads(i + 1)):
                    return i + 1, end
        return None

    def _actors(self, sentence: range) -> tuple[int, int] | None:
        """Read the subject of "mengucapkan ikrar", or of "… untuk deklarasi"."""
        sure = [hit for hit in self.within(sentence) if not hit.cue.weak]
        for hit in sure:
            act = None if hit.cue.verb else self.act(hit, sentence)
            if act is not None and act < hit.start:
                return self._subject(sentence, act)
        return self._subject(sentence, sure[0].start) if sure else None

    def _performers(self, sentence: range) -> tuple[int, int] | None:
        """Read the subject of "berjanji", "sepakat"."""
        verb = next((hit for hit in self.within(sentence) if hit.cue.verb), None)
        return self._subject(sentence, verb.start) if verb else None

    def _followers(self, sentence: range) -> tuple[int, int] | None:
        """Read "ikrar diikuti seluruh pegawai", "dibacakan oleh para camat", "ikrar netralitas ratusan ASN"."""
        lowers = self.words.lowers
        for hit in self.within(sentence):
            for i in range(hit.end, min(sentence.stop - 1, hit.end + _REACH_OF_FOLLOWERS)):
                if lowers[i] in self.sets["passive"] or (i == hit.end and lowers[i] == "netralitas"):
                    start = i + 1 + (lowers[i + 1] == "oleh")
                    if start < sentence.stop and self._heads(start):
                        return start, self._naming_end(start + 1, sentence.stop)
        return None

    def _subject(self, sentence: range, verb: int) -> tuple[int, int] | None:
        """Return the naming of many before a verb."""
        words = self.words
        start = self._body_start(sentence, verb)
        while start < verb and words.lowers[start] in self.sets["about"]:
            start += 1
        head = start if start < verb and (self._heads(start) or self._is_title(start)) else None
        if head is None:
            reach = range(max(start + 1, verb - _REACH_OF_SUBJECT), verb)
            heads = [i for i in reach if self._heads(i) and self._may_open(i)]
            behind_commas = [i for i in heads if "," in words.gaps[i]]
            head = behind_commas[-1] if behind_commas else heads[0] if heads else None
        if head is None:
            return None
        end = self._naming_end(head + 1, verb + 1)
        while end > head and words.lowers[end - 1] in {"dan", "serta", "di"}:
            end -= 1
        one = self._is_title(head) and "se" not in words.lowers[head:end]
        return None if one or end <= head else (head, end)

    def _may_open(self, i: int) -> bool:
        """Tell whether the naming of a subject may begin at a word in the middle of a sentence."""
        words = self.words
        return "," in words.gaps[i] or words.lowers[i - 1] in self.sets["before"] or words.lowers[i] in self.sets["all"]

    def _heads(self, i: int) -> bool:
        """Tell whether a word opens the naming of many."""
        lowers = self.words.lowers
        lower = lowers[i]
        joined = self.words.gaps[i + 1] == " "
        if lower in self.sets["both"]:
            return joined and not self.sets["contestant"].isdisjoint(lowers[i + 1 : i + 3])
        if lower in NUMBERS or lower.isdigit():
            return joined and i + 1 < len(lowers) and lowers[i + 1] not in self.sets["count"]
        many = lower in self.sets["collective"]
        return many and lower not in self.sets["pronoun"]

    def _is_title(self, i: int) -> bool:
        return self.words.lowers[i] in self.sets["title"]

    def _naming_end(self, start: int, stop: int) -> int:
        """Return the word behind a naming: the first verb, or what else ends it."""
        words = self.words
        for i in range(start, min(stop, start + _LONGEST_NAMING)):
            gap = words.gaps[i]
            if words.starts[i] in self._days or not _ENDS.isdisjoint(gap):
                return i
            lower = words.lowers[i]
            if lower in self.sets["verb"] or lower in self.sets["namely"] or self._is_verb(lower):
                return i
        return min(stop, start + _LONGEST_NAMING)

    def _is_verb(self, lower: str) -> bool:
        if len(lower) < _SHORTEST_VERB or lower in self.sets["no-verb"]:
            return False
        return lower.startswith("di") or enumerations.is_act(lower, self.rules.lists)

    def _body_start(self, sentence: range, stop: int) -> int:
        """Return the first word of a sentence behind its dateline."""
        for i in range(sentence.start + 1, min(sentence.start + _REACH_OF_DATELINE, stop)):
            if any(dash in self.words.gaps[i] for dash in _DASHES):
                return i
        return sentence.start

    # -- when and at what ----------------------------------------------------------------------------------------------

    def date(self, sentences: Sequence[range]) -> str | None:
        """Return the day of a pledge: the first one in its sentences or before them; None where it was long ago."""
        lowers = self.words.lowers
        if any(self.rules.past.any(lowers, sentence.start, sentence.stop) for sentence in sentences):
            return None
        for sentence in sentences:
            if found := self._day(sentence) or self._day(self._previous(sentence)):
                return found
        return None

    def _previous(self, sentence: range) -> range:
        """Return the sentence before one in its paragraph; empty where there is none."""
        if not sentence.start or "\n" in self.words.gaps[sentence.start]:
            return range(0)
        before = self.context.sentence(sentence.start - 1)
        return before if before.start >= self.headline.stop else range(0)

    def _day(self, sentence: range) -> str | None:
        words = self.words
        if not sentence:
            return None
        first = bisect_left(self.date_starts, words.starts[sentence.start])
        last = bisect_left(self.date_starts, words.ends[sentence.stop - 1])
        for date in self.dates[first:last]:
            k = bisect_left(words.starts, date.span.start)
            cited = not self.sets["cited"].isdisjoint(words.lowers[max(sentence.start, k - 2) : k])
            if not cited and "mendatang" not in date.text and date.start is not None:
                return date.start.isoformat()
        return None

    def undated(self, start: int, end: int) -> int:
        """Return where words end without the day behind them: "…, Selasa (8/10/2024)"."""
        words = self.words
        k = bisect_left(self.date_starts, words.starts[start])
        if k < len(self.dates) and self.dates[k].weekday:
            word = bisect_left(words.starts, self.date_starts[k])
            if start < word < end and "," in words.gaps[word]:
                return word
        return end

    def occasion(self, sentences: Sequence[range]) -> str | None:
        """Return what a pledge is made at: "seusai apel gabungan", "dalam rapat koordinasi"."""
        words = self.words
        for sentence in sentences:
            for i in range(sentence.start + 1, sentence.stop):
                if words.lowers[i] in self.sets["occasion"] and words.lowers[i - 1] in self.sets["during"]:
                    end = i + 1
                    while end < min(sentence.stop, i + _LONGEST_OCCASION) and self._names_occasion(end):
                        end += 1
                    return self.context.mention(words.starts[i], words.ends[end - 1]).text
        return None

    def _names_occasion(self, i: int) -> bool:
        lower = self.words.lowers[i]
        dated = self.words.starts[i] in self._days
        return self.words.gaps[i] == " " and not (dated or lower in self.sets["place"] or self._is_verb(lower))


_ENDS = frozenset(":;\"“”")
