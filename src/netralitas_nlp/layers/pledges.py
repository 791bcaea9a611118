"""Declared sets of promises: ikrar, deklarasi, pakta integritas, komitmen bersama, with their points.

Numbered lists are found first (:mod:`netralitas_nlp.layers.enumerations`); the sentences before one say whether it is a
pledge. Then come the points that stand without numbers behind what opens a pledge ("Isinya, para reje sepakat …; …"),
and last the pledges that were made and whose points the article does not give.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from netralitas_nlp._context import Context
from netralitas_nlp.layers import enumerations, promises
from netralitas_nlp.layers.enumerations import Enumeration, Item, Style
from netralitas_nlp.layers.pledgors import NUMBERS, REACH_OF_ACT, Hit, Scene
from netralitas_nlp.layers.promises import PledgeRules
from netralitas_nlp.layers.speech import SpeechRules
from netralitas_nlp.types import DateMention, Pledge, PledgeKind, Quote, QuoteKind, Span

__all__ = ["Lost", "Pledged", "find"]

#: How many sentences before a list may name the pledge that it belongs to, how many of them need no further sign, and
#: how many around it say which kind it is.
_LEADS = 7
_NEAR = 3
_NEIGHBOURS = 8
_NEIGHBOURHOOD = 400
#: How far, in words, parts of a pattern may stand apart.
_REACH_OF_MOOD = 6
_REACH_OF_SUBJECT = 40
_REACH_OF_COUNT = 4
_REACH_OF_OPENER = 8
_REACH_OF_NAMING = 6
_REACH_OF_TAG = 20
_MOST_SENTENCES = 20
_LONGEST_LEAD = 80
_LONGEST_COUNTED = 14
_LONGEST_PROSE = 40
_LONGEST_SENTENCE = 200
#: Which share of their words two points with one number have in common if they are the same one.
_SAME = 0.6
_OTHER = "declares something else than promises"
_UNREAL = "wished, planned, ordered or denied"


class Lost(NamedTuple):
    """A list or the naming of a pledge that became no record, and why."""

    span: Span
    rule: str
    reason: str


class Pledged(NamedTuple):
    """The pledges of an article, and what was weighed and lost, both in the order of the text."""

    pledges: list[Pledge]
    lost: list[Lost]


class _Lead(NamedTuple):
    """What opens a list: the cue, its sentences nearest first, and how many points are announced."""

    hit: Hit
    leads: Sequence[range]
    declared: int | None
    announced: bool = True


class _Found(NamedTuple):
    """A pledge with points."""

    lead: _Lead
    list: Enumeration


def find(
    context: Context,
    dates: Sequence[DateMention],
    quotes: Sequence[Quote],
    rules: PledgeRules,
    speech: SpeechRules,
    *,
    taken: Sequence[tuple[int, int]] = (),
    headline: range = range(0),
) -> Pledged:
    """Find the pledges of an article.

    Parameters
    ----------
    context
        The article.
    dates
        Its dates; one of them may be the day of a pledge.
    quotes
        What is said in it: a point that begins inside a quotation ends there.
    rules
        Cues, words of lists, themes.
    speech
        Verbs of speaking, which end a point.
    taken
        Stretches in which no cue counts, in the order of the text: names of people.
    headline
        The words of the headline, which holds no pledge.
    """
    if context.words.among(rules.vocabulary):
        return _Reader(Scene(context, dates, rules, taken, headline), quotes, speech).read()
    return Pledged([], [])


class _Reader:
    """Reads one article; keeps what was lost."""

    def __init__(self, scene: Scene, quotes: Sequence[Quote], speech: SpeechRules) -> None:
        self.scene = scene
        self.context = scene.context
        self.words = scene.words
        self.rules = scene.rules
        self.sets = scene.sets
        self.headline = scene.headline
        self.tags = speech.tags | speech.clitics
        self.quotes = [(quote.span.start, quote.span.end) for quote in quotes if quote.kind is QuoteKind.DIRECT]
        self.lost = [Lost(span, f"pledge.{cue.id}", _OTHER) for span, cue in scene.rejected]

    def read(self) -> Pledged:
        """Read the whole text."""
        if not (self.scene.hits or self.scene.titles):
            return Pledged([], self.lost)
        found = self._announced(list(self._listed()))
        found += self._others(found, self._prose())
        found = found or self._first_person()
        found.sort(key=lambda pledge: pledge.list.items[0].start)
        pledges = [self._pledge(pledge) for pledge in self._distinct(found)] or list(self._without_text())
        return Pledged(pledges, sorted(self._outside(pledges)))

    def _outside(self, pledges: Sequence[Pledge]) -> Iterator[Lost]:
        """Yield what was lost and is no part of a pledge."""
        starts = [pledge.span.start for pledge in pledges]
        for lost in self.lost:
            k = bisect_right(starts, lost.span.start) - 1
            if k < 0 or lost.span.start >= pledges[k].span.end:
                yield lost

    def _lose(self, start: int, end: int, rule: str, reason: str) -> None:
        span = Span(self.words.starts[start], self.words.ends[end - 1])
        self.lost.append(Lost(span, rule, reason))

    # -- numbered lists --------------------------------------------------------------------------------------------

    def _listed(self) -> Iterator[_Found]:
        """Yield the numbered lists that are pledges."""
        for enumeration in enumerations.find(self.context, self.rules.lists, self.quotes):
            first = self.scene.at(enumeration.items[0].start)
            enumeration = self._cut(enumeration)
            lead = self._weigh(enumeration)
            if isinstance(lead, str) and first and not first.cue.verb and self._are_promises(enumeration.items):
                lead = _Lead(first, self._leads(enumeration.items[0].marker)[:1], None)
            if isinstance(lead, str):
                items = enumeration.items
                self._lose(items[0].marker, items[-1].end, f"list.{enumeration.style}", lead)
            else:
                yield _Found(lead, enumeration)

    def _others(self, listed: Sequence[_Found], prose: Sequence[_Found]) -> list[_Found]:
        """Return the pledges without numbers that are of another kind than the lists, and surely named."""
        if not listed:
            return list(prose)
        kinds = {self._naming(pledge.lead.hit).cue.kind for pledge in listed}
        taken = [(pledge.list.items[0].marker, pledge.list.items[-1].end) for pledge in listed]
        return [
            pledge
            for pledge in prose
            if not (pledge.lead.hit.cue.weak or pledge.lead.hit.cue.verb or pledge.lead.hit.cue.kind in kinds)
            and not any(start < pledge.list.items[-1].end and pledge.list.items[0].start < end for start, end in taken)
        ]

    def _announced(self, found: list[_Found]) -> list[_Found]:
        """Leave out lists that nothing announces where another one of their kind is announced."""
        kinds = {pledge.lead.hit.cue.kind for pledge in found if pledge.lead.announced}
        kept = []
        for pledge in found:
            if pledge.lead.announced or pledge.lead.hit.cue.kind not in kinds:
                kept.append(pledge)
            else:
                items = pledge.list.items
                self._lose(items[0].marker, items[-1].end, f"list.{pledge.list.style}", "another list is the pledge")
        return kept

    def _cut(self, enumeration: Enumeration) -> Enumeration:
        """Take attributions off the points: "…, kata Rusdi"."""
        items = []
        for item in enumeration.items:
            start = self._named(item) + (self.words.lowers[item.start] in self.tags and item.start + 1 < item.end)
            items.append(item._replace(start=start, end=self._untagged(start, item.end)))
        return enumeration._replace(items=tuple(items))

    def _named(self, item: Item) -> int:
        """Return the first word of a point behind the name of its pledge: "Poin pertama ikrar itu, …"."""
        hit = self.scene.at(item.start)
        if hit is None or hit.cue.verb:
            return item.start
        start = hit.end
        while start < item.end and self.words.lowers[start] in self.sets["closed"] | self.sets["namely"]:
            start += 1
        return start if hit.end < start < item.end else item.start

    def _untagged(self, start: int, end: int) -> int:
        words = self.words
        for i in range(start + 1, end):
            if words.lowers[i] in self.tags and "," in words.gaps[i] and self._is_tag(i):
                return i
        return end

    def _is_tag(self, i: int) -> bool:
        words = self.words
        following = words.texts[i + 1] if i + 1 < len(words) else ""
        return words.lowers[i].endswith("nya") or following[:1].isupper() or following in {"dia", "ia", "beliau"}

    def _leads(self, first: int) -> list[range]:
        """Return the words that stand before a list, sentence by sentence, nearest first."""
        leads = []
        sentences = self.context.sentences
        k = bisect_right(sentences, first) - 1
        if sentences[k] < first:
            leads.append(range(max(sentences[k], first - _LONGEST_LEAD), first))
        while len(leads) < _LEADS and k > 0 and sentences[k - 1] >= self.headline.stop:
            k -= 1
            leads.append(range(max(sentences[k], sentences[k + 1] - _LONGEST_LEAD), sentences[k + 1]))
        return leads

    def _weigh(self, enumeration: Enumeration) -> _Lead | str:
        """Return what makes a list a pledge, or why it is none."""
        items = enumeration.items
        words = self.words
        if sum(words.lowers[item.start] in self.sets["demand"] for item in items) * 2 > len(items):
            return "demands, not promises"
        leads = self._leads(items[0].marker)
        if enumeration.style is Style.CONNECTED and not self._introduces(leads):
            return "nothing announces the points of a pledge"
        announced = False
        declared: int | None = None
        neutral = 0
        told = False
        for number, lead in enumerate(leads):
            hits = [hit for hit in self.scene.within(lead) if self._counts(hit, items)]
            if not told and (other := self._announces_other(lead, hits)):
                return other
            told = told or not self.sets["contents"].isdisjoint(self.words.lowers[lead.start : lead.stop])
            count = self._count(lead)
            declared = declared or count
            announced = announced or count is not None or self._announces(lead)
            if hits and self._closes(lead):
                return "the pledge was closed before"
            if hits:
                themed = announced and self._is_themed(items)
                introduced = ":" in self._gap(items[0].marker) or declared == len(items)
                if not (themed or self._are_promises(items) or (introduced and self._quotes(leads[: number + 1]))):
                    return "the points are no promises"
                far = number >= _NEAR or (neutral and not announced)
                if far and not (self._are_promises(items) and self._is_themed(items)):
                    return "nothing announces the points of the pledge"
                return _Lead(hits[-1], leads[: number + 1], declared, announced)
            if not self._goes_on(lead):
                neutral += 1
        if (hit := self._closing(items)) is not None and self._are_promises(items):
            return _Lead(hit, leads[:1], declared)
        if (hit := self._tagged(items)) is not None:
            quoted = self._before(hit) in self.sets["contents"]
            if quoted or (self._are_promises(items) and self._is_themed(items)):
                return _Lead(hit, leads[:1], declared, announced)
        hit = self.scene.before(items[0].marker)
        if hit and announced and self._are_promises(items) and self._is_themed(items):
            return _Lead(hit, leads, declared)
        return "no cue of a pledge before it"

    def _introduces(self, leads: Sequence[range]) -> bool:
        """Tell whether the words right before a list name a pledge, or the sentence before them counts its points."""
        if leads and self.scene.within(leads[0]):
            return True
        return any(self.scene.within(lead) and self._count(lead) is not None for lead in leads[1:2])

    def _closing(self, items: Sequence[Item]) -> Hit | None:
        """Return the cue in the sentence that closes a list: "Demikian isi ikrar …"."""
        if items[-1].end >= len(self.words):
            return None
        sentence = self.context.sentence(items[-1].end)
        if not self._closes(sentence) and self._count(sentence) != len(items):
            return None
        return next((hit for hit in self.scene.within(sentence) if not hit.cue.weak), None)

    def _tagged(self, items: Sequence[Item]) -> Hit | None:
        """Return the cue behind the first point or the last: "…," ucap X saat memimpin ikrar."""
        first, last = items[0].end, items[-1].end
        for start, stop in ((first, items[1].marker), (last, len(self.words))):
            tag = range(start, min(start + _REACH_OF_TAG, stop))
            for hit in self.scene.within(tag):
                if not hit.cue.weak and self.scene.act(hit, tag):
                    return hit
        return None

    def _counts(self, hit: Hit, items: Sequence[Item]) -> bool:
        """Tell whether a cue names a pledge that these points may be the points of."""
        if not hit.cue.weak:
            return True
        opened = self.sets["contents"] | self.sets["count"]
        if not hit.cue.verb and self._before(hit) in opened | self.sets["voice"] and self._sounds_like_promises(items):
            return True
        if hit.cue.verb:
            sentence = self.context.sentence(hit.start)
            subject = self.words.lowers[max(sentence.start, hit.start - _REACH_OF_SUBJECT) : hit.end]
            if self.sets["collective"].isdisjoint(subject):
                return False
        return self._is_supported(hit, items)

    def _before(self, hit: Hit) -> str:
        return self.words.lowers[hit.start - 1] if hit.start else ""

    def _is_supported(self, hit: Hit, items: Sequence[Item]) -> bool:
        """Tell whether a pledge is named nearby, or most points are about what pledges are about."""
        if self._strong(hit) is not None:
            return True
        return self._is_themed(items)

    def _sounds_like_promises(self, items: Sequence[Item]) -> bool:
        """Tell whether a point denies something, or is about what pledges are about."""
        denied = any(self.words.lowers[item.start] in self.rules.lists.sets["not"] for item in items)
        return denied or promises.themed(self.context, items, self.rules) > 0

    def _is_themed(self, items: Sequence[Item]) -> bool:
        return promises.themed(self.context, items, self.rules) * 2 >= len(items)

    def _strong(self, hit: Hit) -> Hit | None:
        """Return the nearest cue that surely names a pledge, before a cue or close behind it."""
        sentences = self.context.sentences
        k = bisect_right(sentences, hit.start) - 1
        first = max(sentences[max(0, k - _NEIGHBOURS)], hit.start - _NEIGHBOURHOOD)
        last = sentences[k + _NEIGHBOURS] if k + _NEIGHBOURS < len(sentences) else len(self.words)
        near = range(first, min(last, hit.start + _NEIGHBOURHOOD))
        strong = [other for other in self.scene.within(near) if not other.cue.weak]
        before = [other for other in strong if other.start <= hit.start]
        return next(iter([*before[-1:], *strong, *self.scene.titles]), None)

    def _announces(self, lead: range) -> bool:
        """Tell whether words say that points follow."""
        lowers = self.words.lowers[lead.start : lead.stop]
        return ":" in self._gap(lead.stop) or not self.sets["announce"].isdisjoint(lowers)

    def _gap(self, word: int) -> str:
        return self.words.gaps[word]

    def _quotes(self, leads: Sequence[range]) -> bool:
        """Tell whether words say that the text of the pledge follows: "isinya", "memuat lima butir"."""
        lowers = self.words.lowers
        return any(
            self._count(lead) is not None or not self.sets["contents"].isdisjoint(lowers[lead.start : lead.stop])
            for lead in leads
        )

    def _goes_on(self, lead: range) -> bool:
        """Tell whether words lead from the pledge to its points: "Berikut petikannya:"."""
        return self._announces(lead) or lead.stop - lead.start <= 2

    def _closes(self, lead: range) -> bool:
        return self.words.lowers[lead.start] in self.sets["closing"]

    def _announces_other(self, lead: range, hits: Sequence[Hit]) -> str | None:
        """Return why what follows some words is no pledge: aims, steps, what is asked of others."""
        lowers = self.words.lowers
        last = hits[-1].end if hits else lead.start
        for i in lead:
            lower = lowers[i]
            if lower in self.sets["deny"] and self._is_announced(i, lead) and not i + 3 < last:
                return f"the points are {lower}"
            if not hits and lower in self.sets["deontic"]:
                return "the points are what others have to do"
            if i >= last and lower in self.sets["order"] and self.sets["passive"].isdisjoint(lowers[i : lead.stop]):
                return "the points are asked of others"
        return None

    def _is_announced(self, i: int, lead: range) -> bool:
        lowers = self.words.lowers
        before = lowers[max(lead.start, i - 2) : i]
        if "salah" not in before and any(w in NUMBERS or w in self.sets["vague"] or w.isdigit() for w in before):
            return True
        following = lowers[i + 1] if i + 1 < lead.stop else ""
        if following in self.sets["namely"] or following == "antara":
            return True
        return lead.stop - i <= 2 and (lowers[i].endswith("nya") or ":" in self._gap(lead.stop))

    def _number(self, i: int, lead: range) -> int | None:
        """Return the number before a word: "empat poin", "4 (empat) butir"."""
        lowers = self.words.lowers
        for k in range(i - 1, max(lead.start, i - 2) - 1, -1):
            if lowers[k] in self.sets["collective"] or enumerations.begins(self.words, k, self.rules.lists):
                return None
            if lowers[k] in NUMBERS:
                return NUMBERS[lowers[k]]
            if lowers[k].isdigit() and len(lowers[k]) < 3 and lowers[k].isascii():
                return int(lowers[k]) or None
        return None

    def _count(self, lead: range) -> int | None:
        """Return how many points are announced."""
        for i in lead:
            if self.words.lowers[i] in self.sets["count"] and (number := self._number(i, lead)) is not None:
                return number
        return None

    def _declared(self, leads: Sequence[range]) -> int | None:
        return next((count for lead in leads if (count := self._count(lead)) is not None), None)

    def _are_promises(self, items: Sequence[Item]) -> bool:
        words = self.words
        lists = self.rules.lists
        good = sum(enumerations.begins(words, enumerations.verb(words, item.start, lists), lists) for item in items)
        bad = sum(
            not self.sets["deontic"].isdisjoint(words.lowers[item.start : min(item.start + 6, item.end)])
            for item in items
        )
        return good * 2 >= len(items) and bad * 2 < len(items)

    # -- points without numbers ------------------------------------------------------------------------------------

    def _prose(self) -> list[_Found]:
        """Return the pledges whose points stand behind a cue without numbers, the longest of each kind."""
        found: dict[PledgeKind, _Found] = {}
        done = -1
        for hit in self.scene.hits:
            sentence = self.context.sentence(hit.start)
            for near in self._following(sentence):
                if near.start <= done or (near is not sentence and not self._leads_back(near)):
                    continue
                done = near.start
                if (opened := self._open(hit, near) or self._bare(hit, near)) is not None:
                    kind = self._naming(opened.lead.hit).cue.kind
                    if kind not in found or len(found[kind].list.items) < len(opened.list.items):
                        found[kind] = opened
                    done = opened.list.items[-1].end
                    break
        return list(found.values())

    def _first_person(self) -> list[_Found]:
        """Return the pledge whose points are sentences with "Kami" or "Mereka": "Kami akan netral. Kami menolak …"."""
        words = self.words
        for first in self.context.sentences:
            person = words.lowers[first]
            if person not in {"kami", "saya", "mereka"} or first < self.headline.stop:
                continue
            items: list[Item] = []
            sentence = self.context.sentence(first)
            while sentence and self._speaks(sentence, person) and len(items) < _MOST_SENTENCES:
                sentence = range(sentence.start + (words.lowers[sentence.start] != person), sentence.stop)
                start = self._promise(sentence)
                if start is None:
                    break
                end = enumerations.unquoted(words, start, self._speech_end(start, sentence.stop))
                items.append(Item(len(items) + 1, start, start, self._untagged(start, end)))
                sentence = self._next(sentence)
            if len(items) == 1:
                items = list(self._items(enumerations.clauses(words, items[0].start, items[0].end, self.rules.lists)))
            if len(items) < 2 or (hit := self._names_speech(items)) is None:
                continue
            leads = [range(first, items[0].start), *self._leads(first)]
            declared = self._declared(leads)
            if declared == len(items) or self._is_themed(items):
                return [_Found(_Lead(hit, leads, declared), Enumeration(Style.PROSE, tuple(items)))]
        return []

    def _speaks(self, sentence: range, person: str) -> bool:
        """Tell whether a sentence begins with "Kami", or with "Dan kami"."""
        lowers = self.words.lowers[sentence.start : sentence.start + 2]
        return lowers[0] == person or lowers in (["dan", person], ["serta", person])

    def _promise(self, sentence: range) -> int | None:
        """Return the word at which a sentence with "Kami" says what is promised."""
        words = self.words
        if enumerations.begins(words, sentence.start + 1, self.rules.lists) and not self.scene.at(sentence.start + 1):
            return sentence.start + 1
        for hit in self.scene.within(sentence):
            if hit.cue.verb:
                return self._content(hit.start, sentence)
        start = enumerations.verb(words, sentence.start + 1, self.rules.lists)
        if enumerations.begins(words, start, self.rules.lists) and start < sentence.stop:
            return sentence.start + 1
        return sentence.start + 2 if words.lowers[sentence.start + 1 : sentence.start + 2] == ["juga"] else None

    def _names_speech(self, items: Sequence[Item]) -> Hit | None:
        """Return the cue that says that a speech in the first person is a pledge: before it, or in its tag."""
        words = self.words
        first, last = items[0].start, items[-1].end
        for hit in self.scene.within(self.context.sentence(first)):
            if hit.cue.verb and not hit.cue.weak:
                return hit
        for lead in self._leads(first)[:_NEAR]:
            strong = [hit for hit in self.scene.within(lead) if not hit.cue.weak]
            if strong and (self._announces(lead) or self._count(lead)):
                return strong[-1]
        behind = range(last, min(last + _REACH_OF_TAG, len(words)))
        announced = not self.sets["announce"].isdisjoint(words.lowers[behind.start : behind.stop])
        for hit in self.scene.within(behind):
            if not hit.cue.weak and (announced or self.scene.act(hit, behind) is not None):
                return hit
            if not hit.cue.verb and self._before(hit) in self.sets["contents"]:
                return hit
        return None

    def _following(self, sentence: range) -> Iterator[range]:
        """Yield a sentence and those behind it that may give its points."""
        for _ in range(_NEAR + 1):
            if sentence:
                yield sentence
            sentence = self._next(sentence)

    def _next(self, sentence: range) -> range:
        if not sentence or sentence.stop >= len(self.words):
            return range(0)
        return self.context.sentence(sentence.stop)

    def _leads_back(self, sentence: range) -> bool:
        """Tell whether a sentence speaks of the pledge of the one before: "Isinya, …", "Mereka berjanji …"."""
        head = self.words.lowers[sentence.start : sentence.start + 3]
        if not self.sets["announce"].isdisjoint(head) or self.scene.within(sentence):
            return True
        return enumerations.begins(self.words, sentence.start, self.rules.lists)

    def _bare(self, hit: Hit, sentence: range) -> _Found | None:
        """Return the pledge whose points are a sentence without a subject, as many as the one before announces."""
        leads = self._leads(sentence.start)
        if not leads or not enumerations.begins(self.words, sentence.start, self.rules.lists):
            return None
        declared = self._count(leads[0])
        found = self._points(sentence.start, sentence)
        if found is None or len(found.items) != declared or not self._is_themed(found.items):
            return None
        return _Found(_Lead(hit, leads, declared), found) if self._counts(hit, found.items) else None

    def _open(self, hit: Hit, sentence: range) -> _Found | None:
        """Return the pledge that a sentence opens and gives the points of."""
        words = self.words
        last = min(sentence.stop, sentence.start + _LONGEST_LEAD)
        openers = [i for i in range(sentence.start, last) if self._opens(i)]
        sure = self._strong(hit) is not None
        counted = sure or (hit.start < sentence.start and self._count(self.context.sentence(hit.start)) is not None)
        for i in openers:
            if not (counted or self.scene.at(i) or words.lowers[i] in self.sets["contents"]):
                continue
            start = self._content(i, sentence)
            if start is None and sure:
                start = self._further(i, sentence)
            if start is None:
                start, enumeration = i + 1, self._counted(i, sentence)
            else:
                enumeration = self._points(start, sentence)
            if enumeration is None:
                continue
            items = enumeration.items
            named = any(not near.cue.weak for near in self.scene.within(range(sentence.start, i + 1)))
            if not (self._counts(self.scene.at(i) or hit, items) and (named or self._sounds_like_promises(items))):
                continue
            if words.lowers[items[0].start] in self.sets["demand"]:
                continue
            lead = range(sentence.start, items[0].start)
            if self._announces_other(lead, self.scene.within(lead)):
                continue
            quoted = sure and words.lowers[i] in self.sets["namely"] | self.sets["contents"]
            if not quoted and any(words.lowers[item.start] in self.sets["deontic"] for item in items):
                continue
            if self._is_unreal(i, sentence):
                self._lose(items[0].start, items[-1].end, f"list.{enumeration.style}", _UNREAL)
                continue
            leads = self._leads(start)
            return _Found(_Lead(hit, leads, self._declared(leads[:2])), enumeration)
        return None

    def _counted(self, opener: int, sentence: range) -> Enumeration | None:
        """Return points without verbs: as many as announced ("tiga hal, yaitu netralitas, …"), or most with a theme."""
        words = self.words
        if words.lowers[opener] not in self.sets["namely"]:
            return None
        start = opener + 1
        limit = min(sentence.stop, start + _LONGEST_SENTENCE)
        end = self._untagged(start, enumerations.unquoted(words, start, self._speech_end(start, limit)))
        borders = [start, *(k for k in range(start + 1, end) if "," in self._gap(k)), end]
        declared = self._count(range(sentence.start, opener))
        if declared in {None, len(borders)}:
            joint = next((k for k in range(borders[-2] + 1, end) if words.lowers[k] in {"dan", "serta"}), None)
            borders = sorted([*borders, joint]) if joint is not None else borders
        items = self._items(list(pairwise(borders)))
        if len(items) < 2 or any(item.end - item.start > _LONGEST_COUNTED for item in items):
            return None
        sure = len(items) == declared or (declared is None and len(items) > 2 and self._is_themed(items))
        return Enumeration(Style.PROSE, items) if sure and self._opens_text(range(sentence.start, opener)) else None

    def _opens_text(self, lead: range) -> bool:
        """Tell whether words speak of what a pledge says: "isinya", "yang diikrarkan", "dalam ikrar itu"."""
        if not self.sets["contents"].isdisjoint(self.words.lowers[lead.start : lead.stop]):
            return True
        return any(hit.cue.verb or self._before(hit) in self.sets["of"] for hit in self.scene.within(lead))

    def _opens(self, i: int) -> bool:
        lower = self.words.lowers[i]
        if lower in self.sets["announce"] or lower in self.sets["namely"] or ":" in self._gap(i + 1):
            return True
        if lower in self.sets["resolve"]:
            reach = range(max(self.context.sentence(i).start, i - _REACH_OF_SUBJECT), i)
            if any(not hit.cue.weak for hit in self.scene.within(reach)):
                return True
        hit = self.scene.at(i)
        if hit is None:
            return False
        return hit.cue.verb or (not hit.cue.weak and self._is_for(hit))

    def _is_for(self, hit: Hit) -> bool:
        """Tell whether a pledge that is made says at once what it is for: "meneken komitmen bersama untuk …"."""
        words = self.words
        end = hit.end
        while end < min(hit.end + _REACH_OF_COUNT, len(words)) and self.rules.topics.match(words.lowers, end, end + 1):
            end += 1
        act = self.scene.act(hit, self.context.sentence(hit.start))
        return words.lowers[end : end + 1] == ["untuk"] and act is not None and act < hit.start

    def _content(self, opener: int, sentence: range) -> int | None:
        """Return the word at which the points begin behind an opener, over "dua hal, yaitu", "untuk", "bersama"."""
        words = self.words
        skipped = 0
        hit = self.scene.at(opener)
        i = max(opener + 1, hit.end - 1 if hit else 0)
        if words.lowers[opener] in self.sets["resolve"]:
            purpose = (k for k in range(i, min(i + REACH_OF_ACT, sentence.stop)) if words.lowers[k] == "untuk")
            i = next(purpose, opener) + 1
        limit = min(sentence.stop, opener + 2 * _REACH_OF_OPENER)
        while i < limit and skipped < _REACH_OF_OPENER:
            lower = words.lowers[i]
            if enumerations.begins(words, i, self.rules.lists) and self.scene.at(i) is None:
                return i
            if lower in self.rules.lists.sets["filler"]:
                i += 1
                continue
            if ":" in self._gap(i) and i > opener + 1:
                return None
            if not (
                lower in NUMBERS or lower.isdigit() or lower in self.sets["count"] or lower in self.sets["announce"]
                or lower in self.sets["between"] or lower in self.sets["namely"]
                or self.scene.at(i) is not None
            ):  # fmt: skip
                return None
            i += 1
            skipped += 1
        return i if i == sentence.stop and self._next(sentence) else None

    def _further(self, opener: int, sentence: range) -> int | None:
        """Return the word at which the points begin behind somebody's naming or "dengan sungguh-sungguh untuk"."""
        words = self.words
        hit = self.scene.at(opener)
        if hit is None or not hit.cue.verb:
            reach = _REACH_OF_NAMING + (":" in self._gap(opener + 1)) * _REACH_OF_NAMING
            if reach == _REACH_OF_NAMING and words.lowers[opener] not in self.sets["namely"] | self.sets["contents"]:
                return None
            stop = min(opener + reach, sentence.stop)
            lists = self.rules.lists
            verbs = (i for i in range(opener + 1, stop) if self.scene.at(i) or enumerations.begins(words, i, lists))
            verb = next(verbs, None)
            return None if verb is None or self.scene.at(verb) else verb
        for i in range(opener + 1, min(opener + _REACH_OF_TAG, sentence.stop - 1)):
            if words.lowers[i] in {"untuk", "bahwa", "akan"} or ":" in self._gap(i + 1):
                return i + 1 if enumerations.begins(words, i + 1, self.rules.lists) else None
        return None

    def _points(self, start: int, sentence: range) -> Enumeration | None:
        """Return the points that begin at a word and have no numbers."""
        words = self.words
        lists = self.rules.lists
        if start == sentence.stop:
            return self._lines(start)
        limit = min(sentence.stop, start + 2 * _LONGEST_SENTENCE)
        end = self._untagged(start, enumerations.unquoted(words, start, self._speech_end(start, limit)))
        marks = [k for k in range(start + 1, end) if ";" in self._gap(k)]
        if marks:
            borders = [start, *marks, end]
            style = Style.SEMICOLON
            parts = list(pairwise(borders))
        else:
            style = Style.PROSE
            parts = enumerations.clauses(words, start, end, lists)
            declared = self._count(range(sentence.start, start))
            if declared is not None and len(parts) != declared:
                strict = enumerations.clauses(words, start, end, lists, commas=True)
                parts = strict if len(strict) == declared else parts
        if ";" in self._gap(end) and end == sentence.stop:
            more = self._lines(end, ended=";")
            if more is not None:
                style = Style.LINE
                parts += [(item.start, item.end) for item in more.items]
        parts += self._going_on(end) if end == sentence.stop else []
        items = self._items([*parts[:-1], (parts[-1][0], self.scene.undated(*parts[-1]))])
        longest = _LONGEST_PROSE if style is Style.PROSE else 2 * _LONGEST_PROSE
        if len(items) < 2 or any(item.end - item.start > longest for item in items):
            return None
        return Enumeration(style, items)

    def _speech_end(self, start: int, stop: int) -> int:
        if start >= stop:
            return stop
        k = bisect_right(self.quotes, self.words.starts[start], key=lambda quote: quote[0]) - 1
        if k >= 0 and self.words.starts[start] < self.quotes[k][1]:
            return min(stop, self.words.at(self.quotes[k][1]))
        return stop

    def _items(self, parts: Sequence[tuple[int, int]]) -> tuple[Item, ...]:
        items: list[Item] = []
        lists = self.rules.lists
        for start, stop in parts:
            while start < stop and self.words.lowers[start] in lists.sets["conjunction"] | {"bahwa"}:
                start += 1
            stop = enumerations.tidy(self.words, start, stop, lists)
            if start < stop:
                items.append(Item(len(items) + 1, start, start, stop))
        return tuple(items)

    def _lines(self, start: int, ended: str = "") -> Enumeration | None:
        """Return points that stand each on a line of its own, or end with a semicolon each."""
        words = self.words
        parts: list[tuple[int, int]] = []
        at = start
        for _ in range(_MOST_SENTENCES):
            if at >= len(words) or not (ended or "\n" in self._gap(at)):
                break
            joined = bool(ended) and words.lowers[at] in {"dan", "serta"}
            if not enumerations.begins(words, at + joined, self.rules.lists):
                break
            stop = self.context.sentence(at).stop
            parts.append((at, stop))
            at = stop
            if ended and ended not in self._gap(at):
                break
        items = self._items(parts)
        return Enumeration(Style.LINE, items) if len(items) > (not ended) else None

    def _going_on(self, at: int) -> list[tuple[int, int]]:
        """Return the points in sentences that go on: "Selanjutnya, menolak …", "Mereka juga berjanji tidak …"."""
        words = self.words
        lists = self.rules.lists
        parts: list[tuple[int, int]] = []
        for _ in range(_MOST_SENTENCES):
            if at >= len(words):
                break
            sentence = self.context.sentence(at)
            forms = lists.connectives.get(words.lowers[at], ())
            size = next((len(form) for form in forms if tuple(words.lowers[at : at + len(form)]) == form), 0)
            head = range(at + size, min(at + size + REACH_OF_ACT, sentence.stop))
            start: int | None = head.start
            if not (size and enumerations.begins(words, head.start, lists)):
                verb = next((hit for hit in self.scene.within(head) if hit.cue.verb), None)
                joined = size or "juga" in words.lowers[head.start : head.stop]
                start = self._content(verb.start, sentence) if verb and joined else None
            if start is None or start >= sentence.stop:
                break
            end = self._untagged(start, enumerations.unquoted(words, start, self._speech_end(start, sentence.stop)))
            parts += enumerations.clauses(words, start, end, lists)
            at = sentence.stop
        return parts

    def _is_unreal(self, i: int, sentence: range) -> bool:
        """Tell whether what stands before a word makes it a wish, a plan, an order or a denial."""
        before = self.words.lowers[max(sentence.start, i - _REACH_OF_MOOD) : i]
        if not self.sets["order"].isdisjoint(self.words.lowers[max(sentence.start, i - _REACH_OF_SUBJECT) : i]):
            return True
        return not self.sets["irrealis"].isdisjoint(before)

    # -- pledges without their points ------------------------------------------------------------------------------

    def _without_text(self) -> Iterator[Pledge]:
        """Yield the pledges that were made and whose points are not given, one of each kind."""
        kinds: set[PledgeKind] = set()
        planned: set[PledgeKind] = set()
        for hit in self.scene.sure:
            if hit.cue.kind in kinds:
                continue
            reason = self._why_not_made(hit)
            named = hit.cue.kind not in planned or self.scene.pledgor([self.context.sentence(hit.start)])
            if reason is None and not named:
                reason = _UNREAL
            if reason is not None:
                if reason == _UNREAL:
                    planned.add(hit.cue.kind)
                self._lose(hit.start, hit.end, f"pledge.{hit.cue.id}", reason)
                continue
            kinds.add(hit.cue.kind)
            yield self._empty(hit)

    def _why_not_made(self, hit: Hit) -> str | None:
        words = self.words
        sentence = self.context.sentence(hit.start)
        if hit.cue.verb:
            before = words.lowers[max(sentence.start, hit.start - _REACH_OF_SUBJECT) : hit.start]
            if self.sets["collective"].isdisjoint(before):
                return "nobody pledges"
            at = hit.start
        else:
            act = self.scene.act(hit, sentence)
            if act is None:
                return "nobody makes the pledge here"
            at = act
        if hit.cue.kind is PledgeKind.DEKLARASI and not self._has_topic(hit, sentence):
            return _OTHER
        if self._is_unreal(at, sentence):
            return _UNREAL
        return None

    def _has_topic(self, hit: Hit, sentence: range) -> bool:
        stop = min(hit.end + 4, sentence.stop)
        return self.rules.topics.any(self.words.lowers, hit.end, stop)

    def _empty(self, hit: Hit) -> Pledge:
        words = self.words
        end = hit.end
        sentence = self.context.sentence(hit.start)
        while end < sentence.stop and self._gap(end) == " " and self.rules.topics.match(words.lowers, end, end + 1):
            end += 1
        mention = self.context.mention(words.starts[hit.start], words.ends[end - 1])
        return Pledge(
            span=mention.span,
            text=mention.text,
            kind=hit.cue.kind,
            pledgor=self.scene.pledgor([sentence]),
            occasion=self.scene.occasion([sentence]),
            date=self.scene.date([sentence]),
            declared_count=self._count(sentence),
            rule=f"pledge.{hit.cue.id}",
            flags=("no_text",),
        )

    # -- records ---------------------------------------------------------------------------------------------------

    def _distinct(self, found: Sequence[_Found]) -> list[_Found]:
        """Leave out a pledge whose points an earlier or a longer one has."""
        kept: list[_Found] = []
        for pledge in sorted(found, key=lambda pledge: -len(pledge.list.items)):
            if not any(self._same(pledge, other) for other in kept[-_NEIGHBOURS:]):
                kept.append(pledge)
        return sorted(kept, key=lambda pledge: pledge.list.items[0].start)

    def _same(self, one: _Found, other: _Found) -> bool:
        mine, theirs = (
            {word for item in pledge.list.items for word in self.words.lowers[item.start : item.end]}
            for pledge in (one, other)
        )
        return len(mine & theirs) >= _SAME * len(mine)

    def _pledge(self, found: _Found) -> Pledge:
        lead, enumeration = found
        items = self._numbered(enumeration.items)
        forbidden = self._forbids(items[0])
        clauses = tuple(
            promises.clause(self.context, item, enumeration.style, self.rules, forbidden=forbidden) for item in items
        )
        hit = self._naming(lead.hit)
        sentences = self._sentences(lead, items)
        words = self.words
        start, end = words.starts[items[0].marker], clauses[-1].span.end
        mention = self.context.mention(start, end)
        flags = ["count_mismatch"] if lead.declared not in {None, len(clauses)} else []
        return Pledge(
            span=mention.span,
            text=mention.text,
            kind=hit.cue.kind,
            pledgor=self.scene.pledgor(sentences),
            occasion=self.scene.occasion(self._around(sentences, items)),
            date=self.scene.date(sentences),
            declared_count=lead.declared,
            clauses=clauses,
            rule=f"pledge.{hit.cue.id}",
            flags=tuple(flags),
        )

    def _numbered(self, items: Sequence[Item]) -> list[Item]:
        """Give the points their numbers: one that is given twice is one, a number that is given twice goes on."""
        result: list[Item] = []
        for item in items:
            if result and item.ordinal <= result[-1].ordinal:
                if self._is_copy(item, result[-1]):
                    continue
                item = item._replace(ordinal=result[-1].ordinal + 1)
            result.append(item)
        return result

    def _is_copy(self, item: Item, other: Item) -> bool:
        mine, theirs = (set(self.words.lowers[point.start : point.end]) for point in (item, other))
        return len(mine & theirs) >= _SAME * min(len(mine), len(theirs))

    def _forbids(self, first: Item) -> bool:
        """Tell whether the words before a list end with "tidak akan:"."""
        start = max(0, first.marker - 3)
        lowers = self.words.lowers
        lead = next(iter(self._leads(first.marker)), range(0))
        if lead.stop == first.marker and self.context.sentence(first.marker).start < first.marker:
            if not self.sets["forbidding"].isdisjoint(lowers[lead.start : lead.stop]):
                return True
        elif any(lowers[i] in self.sets["forbidding"] and self._number(i, lead) for i in lead):
            return True
        if ":" not in self._gap(first.marker):
            return False
        found = list(self.rules.header.within(self.words.lowers, start, first.marker))
        return bool(found) and found[-1][1] == first.marker

    def _naming(self, hit: Hit) -> Hit:
        """Return the cue that says the kind: the nearest sure one, else the one that opens the list."""
        if not hit.cue.weak and not hit.cue.verb:
            return hit
        return self._strong(hit) or hit

    def _around(self, sentences: Sequence[range], items: Sequence[Item]) -> list[range]:
        """Return sentences without the points in them."""
        first, last = items[0].marker, items[-1].end
        outside = [sentence for sentence in sentences if not first <= sentence.start < last]
        return [range(part.start, min(part.stop, first) if part.start < first else part.stop) for part in outside]

    def _sentences(self, lead: _Lead, items: Sequence[Item]) -> list[range]:
        """Return the sentences that may say who pledges and when: the leads, others with a cue, the closing one."""
        sentences = [self.context.sentence(part.start) for part in lead.leads]
        near: list[range] = []
        for hit in self.scene.within(range(items[0].start - _NEIGHBOURHOOD, items[0].start + _NEIGHBOURHOOD)):
            sentence = self.context.sentence(hit.start)
            if not hit.cue.weak and sentence not in sentences and sentence not in near:
                near.append(sentence)
        before = [sentence for sentence in near if sentence.start < items[0].start]
        after = [sentence for sentence in near if sentence.start >= items[0].start]
        found = [*sentences, *reversed(before), *after]
        return [range(sentence.start, min(sentence.stop, sentence.start + _LONGEST_SENTENCE)) for sentence in found]
