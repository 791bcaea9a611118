"""Who said what: words between quotation marks, and statements reported without them.

First the marks are paired and what stands between them is told from names and terms: by a tag behind it ("…," ujar X),
a verb of speaking before it, or by being sentences of its own. What is left of the text is read sentence by sentence
for statements ("X menegaskan bahwa …", "Menurut X, …", "…, lanjut X, …"). Both go through the text in order, so that
"dia" and "ujarnya" lead back to whoever was heard or introduced last.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import NamedTuple

from netralitas_nlp._context import Context
from netralitas_nlp.layers import quotation
from netralitas_nlp.layers.quotation import Stretch
from netralitas_nlp.layers.speakers import Cast, Kind, Voice, is_verb
from netralitas_nlp.layers.speech import Content, SpeechRules
from netralitas_nlp.types import Quote, QuoteKind, Span

__all__ = ["Heard", "Unquoted", "find"]

#: What names, terms and titles in quotation marks have at most, and what sentences have at least, in words.
_LONGEST_TERM = 4
_SHORTEST_STATEMENT = 2
#: How many words two printings of one quote share.
_SAME_OPENING = 6
_LONGEST_STRANGER = 10
_LONGEST_OPENING = 6
_REACH_OF_ADVERBS = 8
_REACH_OF_INFINITIVE = 8
#: How far, in words, parts of a pattern may stand apart.
_REACH_OF_LEAD = 40
_REACH_OF_LINK = 25
_REACH_OF_CIRCUMSTANCE = 16
_REACH_OF_PREDICATE = 40
_REACH_OF_SUBJECT = 14
_OPENING_MARKS = "“\"‘«"
_CLOSING_MARKS = ")%]”\"’»"
_WEEKDAYS = frozenset({"senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu"})


class Unquoted(NamedTuple):
    """What stands between quotation marks and is nobody's speech, and why."""

    span: Span
    reason: str


class Heard(NamedTuple):
    """What was said in an article.

    Attributes
    ----------
    quotes
        In the order of the text.
    unquoted
        What the marks hold besides.
    candidates
        For a quote, by its index, the ids of the people who may have spoken it, where that is open.
    """

    quotes: list[Quote]
    unquoted: list[Unquoted]
    candidates: dict[int, tuple[str, ...]]


class _Tag(NamedTuple):
    """A verb of speaking beside a stretch and its speaker; `end` is the word behind both."""

    cue: int
    voice: Voice | None
    end: int


@dataclass(slots=True)
class _Speech:
    """A stretch that somebody speaks."""

    start: int
    end: int
    words: range
    rule: str
    tag: _Tag | None
    lead: _Tag | None
    continued: bool
    flags: tuple[str, ...]


def find(
    context: Context, paragraphs: Sequence[Span], cast: Cast, rules: SpeechRules, headline: range
) -> Heard:
    """Find what is said in an article, and by whom.

    Parameters
    ----------
    context
        The article.
    paragraphs
        Its paragraphs, in order.
    cast
        Everybody who is named in it.
    rules
        Verbs of speaking.
    headline
        The words of the headline, which holds no quotes.
    """
    if not len(context.words):
        return Heard([], [], {})
    reader = _Reader(context, paragraphs, cast, rules, headline)
    return reader.read()


class _Reader:
    """Goes through an article once; keeps who was heard last."""

    def __init__(
        self, context: Context, paragraphs: Sequence[Span], cast: Cast, rules: SpeechRules, headline: range
    ) -> None:
        self.context = context
        self.words = context.words
        self.cast = cast
        self.rules = rules
        self.cues = rules.cues
        self.headline = headline
        self.paragraphs = paragraphs
        self.paragraph_starts = [span.start for span in paragraphs]
        self.tagging = rules.tags | rules.clitics
        self.hits = self.words.among(rules.vocabulary)
        self.hit_set = frozenset(self.hits)
        self.quotes: list[Quote] = []
        self.unquoted: list[Unquoted] = []
        self.candidates: dict[int, tuple[str, ...]] = {}
        #: Who was heard last, and who was the subject of a sentence since then.
        self.speaker: str | None = None
        self.topic: str | None = None
        self.topic_paragraph = 0
        self.heard: set[str] = set()
        #: The sentences since then, their subjects not yet looked for.
        self.pending: list[tuple[int, int]] = []

    def read(self) -> Heard:
        """Read the whole text."""
        at = self.headline.stop
        previous: _Speech | None = None
        last = -1
        for speech in self._speeches():
            first = speech.words.start
            stop = speech.lead.cue if speech.lead is not None else first
            tail_end = self._narrate_tail(previous, at, first)
            self._narrate(max(at, tail_end), max(at, min(stop, first)), first)
            part_of = last if self._continues(previous, speech, tail_end) else None
            self._quote(speech, part_of)
            last = len(self.quotes) - 1
            at = max(speech.words.stop, speech.tag.end if speech.tag else 0)
            previous = speech
        tail_end = self._narrate_tail(previous, at, len(self.words))
        self._narrate(max(at, tail_end), len(self.words), len(self.words))
        self._name_chains()
        self._name_before_tags()
        self._name_pull_quotes()
        return Heard(self.quotes, self.unquoted, self.candidates)

    # -- what stands between marks ---------------------------------------------------------------------------------

    def _speeches(self) -> Iterator[_Speech]:
        """Yield the stretches between marks that somebody speaks."""
        floor = self.headline.stop
        previous: _Speech | None = None
        stretches = quotation.pair(self.context.view, self.paragraphs)
        for stretch, following in zip_longest(stretches, stretches[1:]):
            inside = self.words.slice(stretch.start, stretch.end)
            if not inside or inside.start < floor:
                continue
            chained = stretch.continued or (following is not None and following.continued)
            speech = self._split(stretch, inside, previous) or self._speech(stretch, inside, floor, chained)
            if isinstance(speech, str):
                self.unquoted.append(Unquoted(Span(stretch.start, stretch.end), speech))
            else:
                floor = max(speech.words.stop, speech.tag.end if speech.tag else 0)
                previous = speech
                yield speech

    def _split(self, stretch: Stretch, inside: range, previous: _Speech | None) -> _Speech | None:
        """Return the second half of a quotation that its tag breaks ("“Q1,” kata X, “Q2.”")."""
        if previous is None or previous.tag is None or inside.start != previous.tag.end or not stretch.closed:
            return None
        between = self.context.view[self.words.ends[inside.start - 1] : stretch.before]
        if between.strip(" ,") or "," not in between or not self._stops(stretch):
            return None
        tag = self._tag(stretch)
        return _Speech(stretch.start, stretch.end, inside, "split", tag, None, False, ())

    def _speech(self, stretch: Stretch, inside: range, floor: int, chained: bool) -> _Speech | str:
        """Tell how a stretch is somebody's speech, or why it is none."""
        flags: tuple[str, ...] = ()
        if not stretch.closed:
            shut, shut_inside = self._closed(stretch, inside)
            if not chained or shut.end != stretch.end:
                stretch, inside, flags = shut, shut_inside, ("unclosed",)
        tag = self._tag(stretch)
        if not stretch.opened:
            if tag is None:
                return "a mark that nothing pairs with"
            start = max(self.context.sentence(inside.stop - 1).start, floor)
            if start >= inside.stop:
                return "a mark that nothing pairs with"
            inside = range(start, inside.stop)
            stretch = stretch._replace(start=self.words.starts[start])
            flags = ("unopened",)
        lead = self._lead(stretch, inside.start, floor)
        if tag is not None:
            rule = "tag"
        elif lead is not None and (len(inside) > _LONGEST_TERM or (lead.voice is not None and self._stops(stretch))):
            rule = "lead"
        elif stretch.single:
            return "single marks without a tag"
        elif flags and not self._is_paragraph(stretch):
            return "a mark that nothing pairs with"
        elif self._is_sentence(stretch, inside):
            rule = "sentence"
        else:
            return "a name, a term or a title"
        if rule != "tag" and (self._is_title(inside, floor) or self._is_writing(inside.stop)):
            return "a title or a writing"
        return _Speech(stretch.start, stretch.end, inside, rule, tag, lead, stretch.continued, flags)

    def _is_paragraph(self, stretch: Stretch) -> bool:
        """Tell whether an open stretch is a whole paragraph."""
        k = self._paragraph(stretch.start) - 1
        if k < 0 or stretch.closed:
            return False
        paragraph = self.paragraphs[k]
        return stretch.before == paragraph.start and stretch.end >= paragraph.end - 1

    def _closed(self, stretch: Stretch, inside: range) -> tuple[Stretch, range]:
        """Close a stretch that has no second mark: before a tag, else at the end of its paragraph."""
        words = self.words
        for i in self.hits[bisect_left(self.hits, inside.start + 1) : bisect_left(self.hits, inside.stop)]:
            low = words.lowers[i]
            if not words.gaps[i].lstrip(")").startswith(","):
                continue
            if low in self.rules.clitics or (low in self.rules.tags and self.cast.behind(i + 1, inside.stop)):
                end = words.ends[i - 1] + 1
                return stretch._replace(end=end, after=end), range(inside.start, i)
        return stretch, inside

    def _tag(self, stretch: Stretch) -> _Tag | None:
        """Read the tag behind a stretch."""
        words = self.words
        k = bisect_left(words.starts, stretch.after)
        if k >= len(words):
            return None
        gap = self.context.view[stretch.after : words.starts[k]]
        if gap.strip(" ,.*_–-\n)") or ("\n" in gap and not words.texts[k][0].islower()):
            return None
        stop = self.context.sentence(k).stop
        lowers = words.lowers
        while k < stop and lowers[k] in self.cues["opening"] and k + 1 < len(words) and lowers[k + 1] in self.tagging:
            k += 1
        low = lowers[k]
        if low in self.rules.clitics or low == "menurutnya":
            return _Tag(k, _clitic(k), k + 1)
        if low in self.rules.tags or low == "menurut":
            voice = self.cast.behind(k + 1, stop)
            if voice is None and (low not in self.rules.tags or low in self.rules.common or low in self.rules.passives):
                return None
            if voice is None and k + 1 < stop and words.gaps[k + 1] == " " and lowers[k + 1] not in self.cues["stop"]:
                voice = self._stranger(k + 1, stop)
            return _Tag(k, voice, voice.end if voice else k + 1)
        actor = self.cast.at(k)
        open_ended = self.context.view[stretch.end - 1] == "," and not gap.strip(" )")
        if actor is None:
            return self._unknown_tag(k, stop) if open_ended and words.texts[k].islower() else None
        end = actor.end
        while end < stop and (following := self.cast.at(end)) and not words.gaps[end].strip(" ,"):
            actor, end = following if following.person else actor, following.end
        verb = end
        while verb < stop and lowers[verb] in self.cues["adverb"]:
            verb += 1
        speaks = verb < stop and lowers[verb] in self.rules.verbs and not words.gaps[verb].strip(" ")
        if speaks and (open_ended or (_ends(words.gaps[verb + 1]) and not words.gaps[verb + 1].startswith(","))):
            return _Tag(verb, Voice(k, end, actor.person, actor.kind), verb + 1)
        if open_ended and actor.kind is Kind.PERSON:
            return _Tag(k, Voice(k, end, actor.person, actor.kind), end)
        return None

    def _stranger(self, k: int, stop: int) -> Voice:
        """Return the words behind a tag that name nobody known, up to a comma or a circumstance."""
        end = k + 1
        while end < min(stop, k + _LONGEST_STRANGER) and self.words.gaps[end] == " ":
            if self.words.lowers[end] in self.cues["stop"]:
                break
            end += 1
        return Voice(k, end, None, Kind.SOMEBODY)

    def _unknown_tag(self, k: int, stop: int) -> _Tag | None:
        """Read a misspelt or rare verb in the place of a tag, behind a comma and the closing mark ("sambunya.")."""
        words = self.words
        low = words.lowers[k]
        if low.endswith("nya") and (_ends(words.gaps[k + 1]) or words.lowers[k + 1] in self.cues["stop"]):
            return _Tag(k, _clitic(k), k + 1)
        actor = self.cast.at(k + 1) if k + 1 < stop and words.gaps[k + 1] == " " else None
        if actor is None or actor.kind not in {Kind.PERSON, Kind.PRONOUN} or low in self.cast.person_nouns:
            return None
        if any(low in self.cues[name] for name in ("oblique", "relation", "opener", "adverb", "joint", "title")):
            return None
        return _Tag(k, Voice(*actor), actor.end)

    def _lead(self, stretch: Stretch, first: int, floor: int) -> _Tag | None:
        """Read the verb of speaking that leads to a stretch ("X mengatakan, “…”", "Kata X: “…”")."""
        words = self.words
        if first <= floor:
            return None
        p = bisect_left(words.starts, stretch.before) - 1
        if p < floor:
            return None
        between = self.context.view[words.ends[p] : stretch.before]
        if between.strip(" ,:\n"):
            return None
        colon, comma = ":" in between, "," in between
        if "\n" in between and not colon:
            return None
        opening = max(self.context.sentence(p).start, floor, first - _REACH_OF_LEAD)
        for i in reversed(self.hits[bisect_left(self.hits, opening) : bisect_left(self.hits, first)]):
            low = words.lowers[i]
            if low in self.rules.verbs:
                if not self._is_finite(i, opening):
                    continue
                near = i == p or words.lowers[p] in self.cues["link"]
                if not (colon or comma or near) or (self.rules.verbs[low] is Content.NONE and not colon):
                    continue
                return _Tag(i, self.cast.subject(opening, i), i + 1)
            voice = _clitic(i) if low in self.rules.clitics else self.cast.behind(i + 1, first)
            if voice is not None and (colon or comma or voice.end == first):
                return _Tag(i, voice, i + 1)
        label = first - opening < _SHORTEST_STATEMENT and "\n" not in between  # "Tema: “…”"
        return _Tag(p, None, first) if colon and not label else None

    def _is_sentence(self, stretch: Stretch, inside: range) -> bool:
        """Tell whether a stretch is made of whole sentences and stands between sentences."""
        view, words = self.context.view, self.words
        text = view[stretch.start : stretch.end]
        if text[0].islower() or text.isupper():
            return False
        before = view[max(0, stretch.before - 8) : stretch.before].rstrip(" \t")
        if before and before[-1] not in "\n.!?…”\"“:)*":
            return False
        ended = text[-1] in ".!?…,"
        k = inside.stop
        after = view[stretch.after : words.starts[k]] if k < len(words) else "\n"
        opens = k >= len(words) or "\n" in after or words.texts[k][0].isupper() or words.texts[k][0].isdigit()
        if not opens and not ended:
            return False
        return len(inside) > _LONGEST_TERM

    def _is_title(self, inside: range, floor: int) -> bool:
        """Tell whether a noun before a stretch makes it a title ("bertema “…”")."""
        i = inside.start
        before = self.words.lowers[max(floor, i - 2) : i]
        return not self.cues["title"].isdisjoint(before[-1:]) or (
            before[-1:] == ["yang"] and not self.cues["title"].isdisjoint(before)
        )

    def _stops(self, stretch: Stretch) -> bool:
        """Tell whether a sentence ends with a stretch: one that goes on only names something in marks."""
        after = self.context.view[stretch.after : stretch.after + 2].strip(" ")
        return self.context.view[stretch.end - 1] in ".!?…" or not after or not after[0].isalnum()

    def _is_writing(self, k: int) -> bool:
        """Tell whether the next sentence says where a stretch is written: "Kalimat itu tertulis di spanduk"."""
        lowers = self.words.lowers
        if lowers[k + 1 : k + 2] and lowers[k] in self.cues["writing"] and lowers[k + 1] in self.cues["pointing"]:
            return not any(lowers[j] in self.rules.passives for j in self.context.sentence(k) if j > k)
        return False

    def _continues(self, previous: _Speech | None, speech: _Speech, tail_end: int) -> bool:
        """Tell whether a quote goes on with the one before."""
        if previous is None:
            return False
        if speech.continued and previous.words.stop == speech.words.start:
            return True
        if speech.tag is not None:
            return speech.rule == "split"
        if previous.tag is None:
            beside = previous.words.stop == speech.words.start and previous.rule == "sentence"
            return beside and self._paragraph(previous.end) == self._paragraph(speech.start)
        if speech.lead is not None and speech.words.start > previous.tag.end:
            return False
        return speech.words.start <= max(tail_end, previous.tag.end) and self._paragraph(previous.end) == (
            self._paragraph(speech.start)
        )

    def _paragraph(self, offset: int) -> int:
        return bisect_left(self.paragraph_starts, offset + 1)

    def _quote(self, speech: _Speech, part_of: int | None) -> None:
        """Enter a stretch with its speaker."""
        flags = speech.flags
        tag = speech.tag if speech.tag is not None and speech.tag.voice is not None else None
        if tag is None:
            tag = speech.lead if speech.lead is not None and speech.lead.voice is not None else None
        if tag is not None and tag.voice is not None:
            person, text = self._named(tag.voice)
        elif part_of is not None:
            person, text = self.quotes[part_of].speaker, None
        else:
            person, text = self._inferred(speech), None
            flags = (*flags, "inferred_speaker") if person else flags
        shown = speech.tag or speech.lead
        cue = self.words.texts[shown.cue] if shown is not None and shown.cue in self.hit_set else None
        self._enter(
            Quote(
                span=Span(speech.start, speech.end), text=self.context.text[speech.start : speech.end],
                kind=QuoteKind.DIRECT, speaker=person, speaker_text=text, cue=cue, part_of=part_of,
                rule=f"quote.{speech.rule}", flags=flags,
            ),
            tag.voice if tag is not None else None,
        )  # fmt: skip

    def _inferred(self, speech: _Speech) -> str | None:
        """Return who is heard last before a quote without a tag; nobody where somebody else has come up since then."""
        topic = self._about()
        if topic is None or self.speaker is None or topic == self.speaker:
            return topic or self.speaker
        if self.topic_paragraph == self._paragraph(speech.start):
            return topic
        self.candidates[len(self.quotes)] = (topic, self.speaker)
        return None

    # -- statements without marks ----------------------------------------------------------------------------------

    def _narrate_tail(self, previous: _Speech | None, at: int, stop: int) -> int:
        """Read the rest of the sentence that holds a tag; only "seraya menambahkan bahwa …" states something there."""
        if previous is None or previous.tag is None or at >= stop:
            return at
        end = min(self.context.sentence(at - 1).stop if at else stop, stop)
        for j in range(at, end):
            if self.words.texts[j][0].isupper() and self.words.lowers[j] in self.cues["opener"]:
                end = j  # "…," kata Rusdi Namun, lanjut dia, …
                break
        if end <= at:
            return at
        for i in self.hits[bisect_left(self.hits, at) : bisect_left(self.hits, end)]:
            if self.words.lowers[i] in self.rules.verbs and self.words.lowers[i - 1] in self.cues["while"]:
                self._while(i, end)
                break
        return end

    def _while(self, i: int, end: int) -> None:
        content = self._content(i, end)
        if content is not None:
            self._state(content, end, _clitic(i), i, "while")

    def _narrate(self, start: int, stop: int, limit: int) -> None:
        """Read the sentences between two stretches; the last one may lead to the second."""
        if start >= limit:
            return
        sentences = self.context.sentences
        bounds = [start, *sentences[bisect_left(sentences, start + 1) : bisect_left(sentences, limit)], limit]
        for first, end in pairwise(bounds):
            if stop < limit and first <= stop < end:
                self.pending.append((first, end))
                return
            if not self._statement(first, end):
                self.pending.append((first, end))

    def _statement(self, first: int, end: int) -> bool:
        """Enter the statement that a sentence reports, if it reports one."""
        lowers = self.words.lowers
        for i in self.hits[bisect_left(self.hits, first) : bisect_left(self.hits, end)]:
            low = lowers[i]
            if low in self.cues["according"]:
                done = self._according(i, first, end)
            elif low in self.rules.clitics or low in self.rules.tags:
                done = self._parenthesis(i, first, end)
            else:
                done = False
            if not done and low in self.rules.verbs:
                done = self._reported(i, first, end)
            if done:
                return True
        return False

    def _according(self, i: int, first: int, end: int) -> bool:
        """Read "Menurut X, …", "…, menurut dia, …", "…, menurutnya …"."""
        words = self.words
        if words.lowers[i] == "menurut":
            voice = self.cast.behind(i + 1, end)
            if voice is None or self._is_document(voice):
                return False
        elif i > first and words.lowers[i - 1] == "yang":
            return False
        else:
            voice = _clitic(i)
        return self._around(i, max(voice.end, i + 1), first, end, voice, "according")

    def _is_document(self, voice: Voice) -> bool:
        """Tell whether a law or a survey is what is cited ("menurut data BPS")."""
        return self.words.lowers[voice.start] in self.cues["document"]

    def _parenthesis(self, i: int, first: int, end: int) -> bool:
        """Read "…, lanjut X, …", "Ditambahkannya, …", "…, kata X." and "… disebut X bisa …"."""
        words, rules = self.words, self.rules
        low = words.lowers[i]
        further = low == "lanjut" and i > first and words.lowers[i - 1] in {"lebih", "tindak"}
        if low in self.cues["opening"] or further:
            return False
        opens = self._opens(i, first)
        if low in rules.clitics:
            if low in rules.nouns:
                return False
            set_off = opens or words.gaps[i].lstrip(")").startswith(",")
            ended = _ends(words.gaps[i + 1])
            if not set_off or not (ended or low.removesuffix("nya") in rules.reporting):
                return False
            return self._around(i, i + 1, first, end, _clitic(i), "parenthesis")
        found = self.cast.behind(i + 1, end)
        if found is None or (found.kind is Kind.SOMEBODY and not words.gaps[i].lstrip(")").startswith(",")):
            return False
        gap = words.gaps[found.end]
        closes = found.end >= end or _ends(gap)
        if low in rules.passives and i > first and words.lowers[i - 1] in self.cues["likewise"]:
            start = found.end if i - 1 == first else first
            inside = i - 1 == first or words.gaps[i - 1].startswith(",")
            return inside and closes and found.end < end and self._state(start, end, found, i, "parenthesis")
        bahwa = found.end < end and words.lowers[found.end] in self.cues["link"]
        if opens:
            if bahwa and low in rules.reporting:
                return self._around(i, found.end, first, end, found, "parenthesis")
            if not closes and i > first and found.kind in {Kind.PERSON, Kind.PRONOUN} and low not in rules.passives:
                return self._around(i, found.end, first, end, found, "parenthesis")
            if not closes or (words.texts[i][0].islower() and i == first) or self._is_about_before(i, first):
                return False
        elif low in rules.passives:
            if low not in rules.reporting:
                return False
            set_off = words.gaps[i].lstrip(")").startswith(",")
            if not set_off and (found.end >= end or self._is_circumstance(found.end, end)):
                return False  # "hal itu dikatakan Rusdi saat …"
            if not (closes and words.gaps[i].lstrip(")").startswith(",")) and not self._is_middle(i, found):
                return False
        elif not words.gaps[i].lstrip(")").startswith(",") or (low in rules.common and not closes):
            return False
        return self._around(i, found.end, first, end, found, "parenthesis")

    def _is_about_before(self, i: int, first: int) -> bool:
        """Tell whether a tag speaks of the sentence before: "Demikian disampaikan Rusdi, …"."""
        return not self.cues["opening"].isdisjoint(self.words.lowers[first:i])

    def _is_middle(self, i: int, voice: Voice) -> bool:
        """Tell whether "disebut X" stands in the middle of a statement, and doesn't call something X."""
        before = self.words.lowers[i - 1] if i else ""
        beside = i + 1 + (self.words.lowers[i + 1] == "oleh")
        following = self.words.lowers[voice.end] if voice.end < len(self.words) else ""
        if self.cast.at(beside) is None or following in {"sebagai", "yang"}:
            return False
        set_off = self.words.gaps[i].lstrip(")").startswith(",")
        if voice.person is None or before == "yang":
            return False
        if before == "lalu" and i > 1 and self.words.lowers[i - 2] in self.cues["time"]:
            before = ""
        if not set_off and any(before in self.cues[name] for name in ("unfinished", "adverb", "modal")):
            return False
        k = voice.end
        return k < len(self.words) and self.words.gaps[k] in {" ", ", "} and self.words.texts[k].islower()

    def _opens(self, i: int, first: int) -> bool:
        """Tell whether nothing but a conjunction stands before a tag in its sentence."""
        lowers = self.words.lowers
        if i - first > _LONGEST_OPENING:
            return False
        return all(lowers[j] in self.cues["opener"] or lowers[j] in self.cues["adverb"] for j in range(first, i))

    def _around(self, i: int, behind: int, first: int, end: int, voice: Voice, rule: str) -> bool:
        """Enter the statement around a tag, whose naming ends at the word `behind`."""
        words = self.words
        if self._opens(i, first):
            start = self._behind_circumstance(behind, end)
            if start < end and words.lowers[start] in self.cues["link"]:
                start += 1
            return self._state(start, end, voice, i, rule)
        if behind >= end or (rule != "according" and self._is_circumstance(behind, end)):
            return self._state(first, i, voice, i, rule)
        return self._state(first, end, voice, i, rule)

    def _is_circumstance(self, k: int, end: int) -> bool:
        """Tell whether only time, place or occasion follow a tag up to the end of its sentence."""
        words = self.words
        low = words.lowers[k]
        if words.gaps[k].startswith(","):
            if low in self.cues["apposition"]:
                return True
            return low in _WEEKDAYS or (low in {"di", "pada", "saat", "usai"} and end - k <= _REACH_OF_CIRCUMSTANCE)
        return low in self.cues["stop"]

    def _behind_circumstance(self, k: int, end: int) -> int:
        """Return the word behind "dikutip dari …, di Jakarta, Senin (1/10)," at the head of a statement."""
        words = self.words
        for _ in range(4):
            if k >= end:
                return end
            low = words.lowers[k]
            comma = next(
                (j for j in range(k + 1, min(end, k + _REACH_OF_CIRCUMSTANCE)) if words.gaps[j].rstrip().endswith(",")),
                None,
            )
            if comma is None or not (low in _WEEKDAYS or low in self.cues["circumstance"]):
                return k
            k = comma
        return k

    def _reported(self, i: int, first: int, end: int) -> bool:
        """Read "X mengatakan (bahwa) …"."""
        lowers = self.words.lowers
        if lowers[i - 1] in self.cues["while"] if i > first else False:
            voice: Voice | None = _clitic(i)
        else:
            if not self._is_finite(i, first):
                return False
            voice = self.cast.subject(first, i)
            if voice is not None and self._has_verb(voice.end, i):
                return False
        if voice is None or self._is_document(voice):
            return False
        start = self._content(i, end)
        if start is None:
            return False
        return self._state(start, end, voice, i, "reported")

    def _has_verb(self, start: int, stop: int) -> bool:
        """Tell whether a subject has another verb, which no comma or conjunction parts from the one at `stop`."""
        lowers, gaps = self.words.lowers, self.words.gaps
        if not self.cues["aside"].isdisjoint(lowers[start:stop]):
            return False
        for j in range(stop - 1, start - 1, -1):
            if "," in gaps[j + 1] or lowers[j] in self.cues["conjunction"]:
                return False
            if is_verb(lowers[j], self.cues["no_verb"]) and self.words.texts[j].islower():
                return lowers[j] not in self.cues["adverb"]
        return False

    def _is_finite(self, i: int, first: int) -> bool:
        """Tell whether a verb is its clause's own, and neither denied nor merely possible."""
        lowers, cues = self.words.lowers, self.cues
        j = i - 1
        first = max(first, i - _REACH_OF_ADVERBS)
        while j >= first and lowers[j] in cues["adverb"] and lowers[j] not in cues["unfinished"]:
            j -= 1
        if j < first:
            return j < i - 1
        if self.words.gaps[j + 1].strip(" "):
            return True
        if lowers[j] in {"dan", "serta"}:
            return j > first and self.cues["aim"].isdisjoint(lowers[max(first, j - _REACH_OF_INFINITIVE) : j])
        if lowers[j] in cues["negation"] and lowers[i] in cues["denial"]:
            return True  # "tidak menampik bahwa …"
        return not (lowers[j] in cues["negation"] or lowers[j] in cues["modal"] or lowers[j] in cues["unfinished"])

    def _content(self, i: int, end: int) -> int | None:
        """Return the word at which what is said begins behind a verb."""
        words, cues = self.words, self.cues
        lowers, gaps = words.lowers, words.gaps
        kind = self.rules.verbs[lowers[i]]
        k = i + 1
        while k < end and gaps[k] in {" ", "-"} and (lowers[k] in cues["again"] or lowers[k - 1] in cues["manner"]):
            k += 1
        if k >= end or (kind is Content.NONE and ":" not in gaps[k]):
            return None
        if lowers[k] in cues["link"]:
            return k + 1
        if lowers[k] in cues["question"]:
            return k
        link = self._link(k, end, strict=kind is Content.LINKED)
        if link is not None:
            return link
        if kind is Content.LINKED and lowers[k - 2] in cues["manner"]:
            return None  # "meminta dengan sangat, warga bersedia …"
        if "," in gaps[k] or ":" in gaps[k]:
            return self._behind_circumstance(k, end) if kind is not Content.NONE else k
        if kind is Content.LINKED:
            return None
        if lowers[k] in cues["circumstance"] and lowers[k + 1 : k + 2] not in (["ini"], ["itu"]):
            k = self._behind_circumstance(k, end)
            return k if k < end and lowers[k] != "kepada" and self._is_clause(k, end) else None
        if lowers[k] == "hal" and k + 2 < end and lowers[k + 1] in cues["pointing"]:
            return k if self._is_predicate(k + 2) and lowers[k + 2] not in cues["stop"] else None
        if lowers[k] in cues["thing"] or lowers[k] in cues["while"]:
            return None
        if kind is Content.OPEN:
            return k if not words.texts[k].startswith(("seb", "ter")) or self._is_clause(k, end) else None
        return k if self._is_clause(k, end) else None

    def _link(self, k: int, end: int, *, strict: bool) -> int | None:
        """Return the word behind a "bahwa" that a short object or circumstance parts from its verb."""
        lowers = self.words.lowers
        for j in range(k, min(end, k + _REACH_OF_LINK)):
            if lowers[j] == "bahwa":
                return j + 1
            if lowers[j] in self.cues["unfinished"] or ((j > k or strict) and self._is_predicate(j)):
                return None
        return None

    def _is_predicate(self, k: int) -> bool:
        low = self.words.lowers[k]
        if not self.words.texts[k].islower():
            return False
        if low == "akan":  # "khawatir akan banjir" has none
            low = self.words.lowers[k + 1] if k + 1 < len(self.words) else ""
        return low in self.cues["predicate"] or is_verb(low, self.cues["no_verb"])

    def _is_clause(self, k: int, end: int) -> bool:
        """Tell whether words hold a predicate of their own, one that belongs to no "yang" or "untuk"."""
        lowers, gaps = self.words.lowers, self.words.gaps
        relative = False
        used = -2
        for j in range(k, min(end, k + _REACH_OF_PREDICATE)):
            low = lowers[j]
            if "," in gaps[j] and j > k:
                relative = False
            if low in self.cues["apposition"] or low in self.cues["about"]:
                return False
            if low in self.cues["subordinate"] and lowers[j + 1 : j + 2] not in (["ini"], ["itu"]):
                relative = True
            elif self._is_predicate(j):
                verbal = low not in self.cues["predicate"]
                chained = used == j - 1 and verbal and lowers[used] in self.cues["predicate"]
                if relative or chained or (j > k and lowers[j - 1] in self.cues["infinite"]):
                    relative, used = False, j
                else:
                    return True
            elif (
                j > k and lowers[j - 1] in self.cues["pointing"] and not relative and gaps[j] == " "
                and self.words.texts[j].islower() and low not in self.cues["oblique"] and low not in self.cues["joint"]
            ):  # fmt: skip
                return True
        return False

    def _state(self, start: int, stop: int, voice: Voice, cue: int, rule: str) -> bool:
        """Enter a statement; tell whether there was enough of it."""
        words = self.words
        if stop - start < _SHORTEST_STATEMENT:
            return False
        person, text = self._named(voice)
        first, last = self._begin(start), self._end(stop)
        self._enter(
            Quote(
                span=Span(first, last), text=self.context.text[first:last], kind=QuoteKind.INDIRECT, speaker=person,
                speaker_text=text, cue=words.texts[cue], rule=f"statement.{rule}",
            ),
            voice,
        )  # fmt: skip
        return True

    def _begin(self, start: int) -> int:
        """Return the offset at which a statement begins: the mark of a term that opens it is its own."""
        gap = self.words.gaps[start]
        return self.words.starts[start] - (len(gap) - len(gap.rstrip(_OPENING_MARKS)))

    def _end(self, stop: int) -> int:
        """Return the offset at which a statement ends: a bracket belongs to it, a full stop doesn't."""
        words = self.words
        at = words.ends[stop - 1]
        gap = words.gaps[stop]
        size = 0
        while size < len(gap) and gap[size] in _CLOSING_MARKS:
            size += 1
        return at + size

    # -- who is meant ----------------------------------------------------------------------------------------------

    def _enter(self, quote: Quote, voice: Voice | None) -> None:
        self.quotes.append(quote)
        if quote.speaker is not None:
            self.speaker = quote.speaker
            self.topic = None
            self.pending.clear()
            self.heard.add(quote.speaker)
        elif voice is not None and voice.kind in {Kind.SOMEBODY, Kind.OFFICE}:
            self.speaker = self.topic = None  # "ujarnya" is now somebody whom no record names
            self.pending.clear()

    def _named(self, voice: Voice) -> tuple[str | None, str | None]:
        """Return the id of a speaker and the words that name it."""
        words = self.words
        text = None
        if voice.end > voice.start:
            start, end = words.starts[voice.start], words.ends[voice.end - 1]
            text = " ".join(self.context.text[start:end].split())
            if "(" in text and text.count("(") > text.count(")") and words.gaps[voice.end].startswith(")"):
                text += ")"
        person = voice.person
        if voice.anaphoric and (text is None or text.lower() != "mereka"):
            person = self._about() or self.speaker
        return person, text

    def _about(self) -> str | None:
        """Return whom the last sentence is about that is about anybody: whoever speaks next may be meant.

        The sentences since somebody was heard are looked at backwards, and only when that matters.
        """
        while self.pending:
            first, end = self.pending.pop()
            person = self._subject_of(first, end)
            if person is not None:
                self.pending.clear()
                self.topic = person
                self.topic_paragraph = self._paragraph(self.words.starts[first])
        return self.topic

    def _subject_of(self, first: int, end: int) -> str | None:
        """Return who a sentence says has spoken, else its subject, where that may speak next."""
        agent = self._agent(first, end)
        if agent is not None:
            return agent
        voice = self.cast.subject(first, min(end, first + _REACH_OF_SUBJECT))
        if voice is None or voice.person is None or voice.kind is Kind.SOMEBODY:
            return None
        person = voice.person
        known = person in self.heard or person in self.cast.prominent or self.cast.introduced[person] >= first
        silent = not known or self._is_passive(voice.end, end) or self._is_background(voice.end, end)
        return None if silent else person

    def _is_passive(self, k: int, end: int) -> bool:
        """Tell whether something is done to a subject: whoever is detained doesn't comment on it."""
        lowers = self.words.lowers
        verbs = (j for j in range(k, min(end, k + _REACH_OF_SUBJECT)) if is_verb(lowers[j], self.cues["no_verb"]))
        first = next(verbs, None)
        return first is not None and lowers[first].startswith("di")

    def _is_background(self, k: int, end: int) -> bool:
        """Tell whether a sentence only tells who somebody is ("Rusdi sebelumnya menjabat Camat")."""
        lowers = self.words.lowers
        while k < end and lowers[k] in self.cues["adverb"]:
            k += 1
        return k < end and lowers[k] in self.cues["background"]

    def _agent(self, first: int, end: int) -> str | None:
        """Return the person by whom something was said ("hal itu disampaikan Rusdi saat …", "dibacakan Camat …")."""
        lowers = self.words.lowers
        for i in self.hits[bisect_left(self.hits, first) : bisect_left(self.hits, end)]:
            if lowers[i] in self.rules.passives and i + 1 < end:
                voice = self.cast.behind(i + 1, end)
                if voice is not None and voice.person is not None:
                    return voice.person
        return None

    def _name_chains(self) -> None:
        """Give every part of one speech the speaker that its tagged part names."""
        chains: dict[int, list[int]] = {}
        roots: list[int] = []
        for i, quote in enumerate(self.quotes):
            roots.append(roots[quote.part_of] if quote.part_of is not None else i)
            chains.setdefault(roots[i], []).append(i)
        for members in chains.values():
            named = [i for i in members if self.quotes[i].cue and self.quotes[i].speaker]
            if len(members) > 1 and named:
                speaker = self.quotes[named[0]].speaker
                for i in members:
                    quote = self.quotes[i]
                    if quote.cue is None:
                        self.quotes[i] = replace(quote, speaker=speaker)

    def _name_before_tags(self) -> None:
        """Give a quote without a tag the speaker of the one that follows it at once: "…." "…," kata X."""
        for i in range(len(self.quotes) - 2, -1, -1):
            quote, following = self.quotes[i], self.quotes[i + 1]
            direct = quote.kind is following.kind is QuoteKind.DIRECT
            if not direct or quote.cue is not None or quote.part_of is not None or following.cue is None:
                continue
            between = self.context.view[quote.span.end : following.span.start]
            if not any(map(str.isalnum, between)) and "\n" not in between:
                self.quotes[i] = replace(quote, speaker=following.speaker, speaker_text=following.speaker_text)

    def _name_pull_quotes(self) -> None:
        """Give a quote that the page prints twice its speaker both times."""
        known = {_opening(quote): quote for quote in self.quotes if quote.speaker and quote.cue}
        for i, quote in enumerate(self.quotes):
            if quote.cue is None and _opening(quote) and _opening(quote) in known:
                self.quotes[i] = replace(quote, speaker=known[_opening(quote)].speaker)


def _ends(gap: str) -> bool:
    """Tell whether a comma, a full stop, a line break or the end of the text stands in a gap: no plain blank."""
    return gap.lstrip(" ")[:1] in {",", ".", "\n", ")", ";", ""} and gap != " "


def _opening(quote: Quote) -> str:
    """Return the first words of a quote: a page cuts or mends the copy that it prints in large letters."""
    words = quote.text.lower().split()
    return " ".join(words[:_SAME_OPENING]) if len(words) >= _SAME_OPENING else ""


def _clitic(i: int) -> Voice:
    """Return the speaker for whom only an ending stands ("ujarnya")."""
    return Voice(i, i, None, Kind.PRONOUN)
