"""Norms: what somebody must, must not or may do, or suffers for it.

A trigger ("wajib", "tidak boleh", "meminta … untuk") says that something is a norm and of which kind; negation stands
in the triggers themselves. Around it the clause is cut: back to the addressee, over a condition in front; on to the
next conjunction, sentence end or norm. An addressee that a clause leaves out is the one of the norm before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from netralitas_nlp._context import Context
from netralitas_nlp._text import Words
from netralitas_nlp.layers.addressees import Addressees, Clause
from netralitas_nlp.layers.speakers import Cast, is_verb
from netralitas_nlp.layers.speech import SpeechRules
from netralitas_nlp.layers.triggers import NormRules, Trigger, Triggers, is_abstract
from netralitas_nlp.types import DateMention, Modality, Norm, Quote, QuoteKind, Reference, Span

__all__ = ["Required", "find"]

#: How far, in words, the parts of a norm may stand apart.
_LONGEST_ADDRESSEE = 25
_LONGEST_LEAD = 30
_LONGEST_ATTRIBUTION = 5
_LONGEST_ABBREVIATION = 3


@dataclass(frozen=True, slots=True)
class Required:
    """The norms of an article.

    Attributes
    ----------
    norms
        What somebody must, must not or may do.
    lost
        The triggers that make none: their span, their rule, and why.
    """

    norms: Sequence[Norm]
    lost: Sequence[tuple[Span, str, str]]


def find(
    context: Context,
    rules: NormRules,
    speech: SpeechRules,
    cast: Cast,
    quotes: Sequence[Quote],
    references: Sequence[Reference],
    dates: Sequence[DateMention],
    taken: Sequence[Span],
    headline: range,
) -> Required:
    """Find the norms of an article.

    Parameters
    ----------
    context
        The article.
    rules, speech
        What makes a norm, and verbs of speaking.
    cast
        Everybody who is named in it.
    quotes, references, dates
        Its records: norms have their speakers and sources, and end before the day of the report.
    taken
        What holds no norm: points of pledges, names and slogans in quotation marks.
    headline
        The words of the headline, which holds none.
    """
    if not len(context.words):
        return Required([], [])
    return _Reader(context, rules, speech, cast, quotes, references, dates, taken, headline).read()


class _Reader:
    """Goes through an article once; keeps who was bound last."""

    def __init__(
        self,
        context: Context,
        rules: NormRules,
        speech: SpeechRules,
        cast: Cast,
        quotes: Sequence[Quote],
        references: Sequence[Reference],
        dates: Sequence[DateMention],
        taken: Sequence[Span],
        headline: range,
    ) -> None:
        self.context = context
        self.words = context.words
        self.rules = rules
        self.speech = speech
        self.cues = rules.cues
        self.cast = cast
        self.quotes = quotes
        self.closed = {*headline, *(i for span in taken for i in self.words.slice(*span))}
        self.triggers = Triggers(context.words, rules, speech, self.closed)
        self.addressees = Addressees(context, self.triggers, cast)
        self.cited = sorted(
            (mention.span.start, index)
            for index, reference in enumerate(references)
            for mention in reference.mentions or (reference,)
        )
        #: Where days with a weekday begin and end, in words.
        days = [self.words.slice(*date.span) for date in dates if date.weekday]
        self.days = {day.start: day.stop for day in days}
        self.said = sorted((quote.span, number) for number, quote in enumerate(quotes))
        self.norms: list[Norm] = []
        self.lost: list[tuple[Trigger, str]] = []

    def read(self) -> Required:
        """Read every stretch of text that holds a trigger."""
        for segment, sentence in self._segments():
            floor = segment.start
            triggers = self.triggers.read(segment)
            for number, trigger in enumerate(triggers):
                if trigger.start < floor:
                    continue
                following = triggers[number + 1] if number + 1 < len(triggers) else None
                clause = self._clause(trigger, following, floor, segment)
                if clause is None:
                    self.lost.append((trigger, "asks nothing of anybody"))
                    if trigger.entry.text("kind") == "request":
                        floor = trigger.end  # who asks is none of what comes behind it
                    continue
                floor = clause.end
                if not self._enter(clause, trigger, sentence):
                    self.lost.append((trigger, "binds nobody here"))
        lost = sorted([*self.lost, *self.triggers.lost], key=lambda pair: pair[0].start)
        return Required(self.norms, [(self._span(trigger), f"norm.{trigger.entry.id}", why) for trigger, why in lost])

    def _span(self, trigger: Trigger) -> Span:
        return Span(self.words.starts[trigger.start], self.words.ends[trigger.end - 1])

    def _segments(self) -> Iterator[tuple[range, int]]:
        """Yield the sentences that hold a trigger, cut where a quotation begins or ends, with their numbers."""
        hits = self.words.among(self.rules.firsts)
        cuts = sorted(
            {
                bisect_left(self.words.starts, offset)
                for quote in self.quotes
                if quote.kind is QuoteKind.DIRECT
                for offset in quote.span
            }
        )
        sentences = self.context.sentences
        done = -1
        for i in hits:
            if i < done or i in self.closed:
                continue
            sentence = self.context.sentence(i)
            k = bisect_left(cuts, i + 1)
            start = max(sentence.start, cuts[k - 1] if k else 0)
            stop = min(sentence.stop, cuts[k] if k < len(cuts) else sentence.stop)
            done = stop
            yield range(start, stop), bisect_left(sentences, sentence.start)

    # -- the clause around a trigger -------------------------------------------------------------------------------

    def _clause(self, trigger: Trigger, following: Trigger | None, floor: int, segment: range) -> Clause | None:
        kind = trigger.entry.text("kind")
        if kind in {"request", "ban"}:
            return self._requested(trigger, following, segment)
        if trigger.entry.flag("active"):
            return self._threatened(trigger, following, segment)
        start, subject = self._subject(trigger, floor)
        meaning = self.triggers.meaning(trigger.start, segment)
        if meaning is not None and meaning >= floor:
            start, subject = meaning, range(max(subject.start, meaning + 2), max(subject.stop, meaning + 2))
        end = self._end(trigger, following, segment)
        if end <= trigger.end and start >= trigger.start:
            return None
        lowers = self.words.lowers
        action = trigger.end
        if not subject and action < end and lowers[action] in {"bagi", "kepada"}:
            subject, action = self._behind_link(action + 1, end)  # "haram bagi ASN …", "diimbau kepada warga agar …"
        while action < end and lowers[action] in self.cues["link"]:
            action += 1
        if kind == "modal":
            acts = self._behind_tag(action, end)
            if acts is None:
                return None
            subject, action = self._agent_behind(trigger, subject, acts, end)
        if not subject and floor == segment.start:
            subject = self._shared_subject(trigger, segment)
        modality = trigger.modality
        if kind == "penalty":
            action = trigger.end if lowers[trigger.start] in {"terancam", "diancam"} else trigger.start
        elif modality is Modality.OBLIGATION and self._is_negated(action, end):
            modality, action = Modality.PROHIBITION, self._behind_negation(action, end)
        elif action >= end:
            subject, action = self._act_before(subject)
            if action == subject.stop and trigger.entry.id == "tidak_wajib" and not self.addressees.are_named(subject):
                return None
        if action >= end and not subject and start >= trigger.start:
            return None
        return Clause(start, end, subject, action, modality, (trigger.start, trigger.end))

    def _shared_subject(self, trigger: Trigger, segment: range) -> range:
        """Return who acts in the clause that "dan" joins a trigger to ("penjual datang pagi dan dilarang merokok")."""
        nobody = range(trigger.start, trigger.start)
        lowers = self.words.lowers
        first = max(segment.start, trigger.start - _LONGEST_ADDRESSEE)
        if trigger.start <= segment.start or lowers[trigger.start - 1] != "dan" or first > segment.start:
            return nobody
        subject, act = self._behind_link(first, trigger.start)
        if not subject or lowers[act] in self.speech.verbs or lowers[first] in self.cues["lead"]:
            return nobody
        return subject if self.addressees.are_named(subject) else nobody

    def _agent_behind(self, trigger: Trigger, subject: range, action: int, end: int) -> tuple[range, int]:
        """Return who acts and where the act begins, where the one who acts stands behind the trigger."""
        lowers = self.words.lowers
        if action + 1 < end and lowers[action] in self.cues["agent"] and self._is_bare_passive(action + 1):
            return range(action, action + 1), action + 1  # "jadwal itu harus kita susun"
        if trigger.entry.id == "harga_mati" and action < end and lowers[action] == "bagi":
            stop = next((j for j in range(action + 1, end) if lowers[j] in self.cues["lead"]), end)
            return range(action + 1, stop), end
        if trigger.entry.id == "sebaiknya" and not subject:
            behind, act = self._behind_link(action, end)
            if behind and self.addressees.are_named(behind):
                return behind, act  # "sebaiknya penumpang menyimpan karcis"
            match = self.rules.addressees.match(self.words, action) if action < end else None
            if match is not None and match[0] < end and lowers[match[0]] in self.cues["adverb"]:
                return range(action, match[0]), match[0]  # "seharusnya pengelola lebih ramah"
        return subject, action

    def _is_bare_passive(self, k: int) -> bool:
        """Tell whether a word behind a pronoun is a verb without prefix ("kita susun", not "kita semua menyusun")."""
        low = self.words.lowers[k]
        others = self.cues["adverb"] | self.cues["inside"] | self.cues["join"] | self.cues["negation"]
        whole = self.words.texts[k].islower() and self.words.gaps[k] == " " and low not in others
        return whole and not low.startswith(("me", "ber", "di", "ter")) and low not in self.cues["link"]

    def _subject(self, trigger: Trigger, floor: int) -> tuple[int, range]:
        """Return where the clause of a trigger begins, and the words before it that name its addressee."""
        words, cues = self.words, self.cues
        lowers, gaps = words.lowers, words.gaps
        i = trigger.start
        floor = max(floor, i - _LONGEST_ADDRESSEE - _LONGEST_LEAD)
        start = i
        aside = False
        while start > floor:
            if _stops(words, start):
                break
            if _parts(gaps[start]) or ("(" in gaps[start] and not any(")" in gap for gap in gaps[start + 1 : i + 1])):
                break
            if "," in gaps[start]:
                piece = self._piece(start, floor)
                head = lowers[piece]
                if start == i and lowers[i] == "jangan" and not self._is_vocative(piece, start):
                    break
                if piece > floor and (head in cues["inside"] or self._is_attribution(piece, start)):
                    start, aside = piece, True
                    continue
                whole = aside or self._is_bare(start, i)
                opens = head in cues["lead"] or head in cues["condition"] or head in cues["break"]
                if not whole or opens or self._holds_verb(piece, start):
                    break
                start, aside = piece, False
                continue
            before = lowers[start - 1]
            if before in self.speech.verbs and words.texts[start - 1].islower() and before not in cues["no_break"]:
                break
            if before in cues["opine"] and start - 1 > floor:
                break
            if before == "menurut" and start - 1 > floor and "," in gaps[start - 1]:
                start, aside = start - 1, True
                continue
            if before in cues["break"] and not (start - 2 >= floor and lowers[start - 2] == "oleh"):
                break
            penalty = trigger.entry.text("kind") == "penalty"
            if before in cues["join"] and (start == i or start <= floor + 2) and not penalty:
                break
            start -= 1
        first = self._behind_attribution(start, i)
        while first < i and (lowers[first] in cues["opener"] or lowers[first] in cues["join"]):
            first += 1
        last = self._behind_name(first, i)
        first = self._behind_lead(first, last)
        first = self._behind_condition(first, last)
        begin = first if first < last else i if first >= i else first
        begin = self._with_condition(begin, start, floor)
        return begin, range(first, last)

    def _behind_tag(self, action: int, end: int) -> int | None:
        """Return the act behind an attribution ("boleh, kata Surya, ikut …"); None where none follows."""
        words = self.words
        if action >= end or "," not in words.gaps[action] or words.lowers[action] not in self.speech.tags:
            return action
        for j in range(action + 1, min(end, action + _LONGEST_ATTRIBUTION + 1)):
            if "," in words.gaps[j]:
                return None if self._opens_condition(j) else j
        return None

    def _behind_attribution(self, start: int, stop: int) -> int:
        """Return the word behind "kata Rusdi," at the head of a clause."""
        comma = next((j for j in range(start + 1, stop) if "," in self.words.gaps[j]), None)
        return start if comma is None or not self._is_attribution(start, comma) else comma

    def _behind_name(self, first: int, i: int) -> int:
        """Return the word behind the addressee: adverbs and attributions stand between it and its trigger."""
        words, cues = self.words, self.cues
        last = i
        for j in range(first + 1, i):
            if "," in words.gaps[j] and (words.lowers[j] in cues["possible"] or self._is_attribution(j, j + 1)):
                last = j
                break
        last = self._without_adverbs(first, last)
        return last - 2 if last - first > 2 and words.lowers[last - 2] == "secara" else last

    def _piece(self, k: int, floor: int) -> int:
        """Return the first word of what stands between two commas, the second of them before `k`."""
        gaps = self.words.gaps
        j = k - 1
        while j > floor and "," not in gaps[j] and not _parts(gaps[j]):
            j -= 1
        return j

    def _is_bare(self, start: int, i: int) -> bool:
        """Tell whether only adverbs stand between a comma and a trigger."""
        return all(low in self.cues["adverb"] or low in self.cues["opener"] for low in self.words.lowers[start:i])

    def _holds_verb(self, start: int, stop: int) -> bool:
        lowers, texts = self.words.lowers, self.words.texts
        return any(
            is_verb(lowers[j], self.speech.cues["no_verb"]) and texts[j].islower() and lowers[j - 1] != "yang"
            for j in range(start, stop)
        )

    def _behind_lead(self, first: int, last: int) -> int:
        """Return the addressee behind a circumstance without a comma ("Untuk mendaki gunung pengunjung diminta …")."""
        lowers = self.words.lowers
        if first >= last or not (lowers[first] in self.cues["lead"] or self._is_remark(first, last)):
            return first
        if lowers[first] == "menurut":
            return self._behind_opinion(first + 1, last)
        if first + 1 < last and lowers[first + 1] in self.speech.cues["pointing"]:
            return first + 2  # "untuk itu kita perlu …"
        for j in range(last - 1, first, -1):
            match = self.rules.addressees.match(self.words, j)
            if lowers[j] in self.cues["group"] or (match is not None and match[0] <= last):
                while j > first + 1 and (lowers[j - 1] in self.cues["quantifier"] or self.words.gaps[j] == "-"):
                    j -= 1
                return j
        named = self.cast.at(first) is not None or self.addressees.are_named(range(first + 1, last))
        return first if named and not self._holds_verb(first + 1, last) else last

    def _is_remark(self, first: int, last: int) -> bool:
        """Tell whether "yang" opens a remark on the norm, and no addressee ("yang paling penting warga harus …")."""
        lowers, cues = self.words.lowers, self.cues
        if lowers[first] != "yang" or first + 2 > last:
            return False
        unlike = lowers[first + 1] in cues["negation"] and lowers[first + 2] == "kalah"
        return unlike or lowers[first + 1] in cues["remark"]

    def _behind_opinion(self, k: int, last: int) -> int:
        """Return the word behind the one whose opinion is told without a comma ("menurut Rusdi perlu …")."""
        actor = self.cast.at(k) if k < last else None
        return min(last, k + 1 if actor is None else actor.end)

    def _behind_condition(self, first: int, last: int) -> int:
        """Return the addressee behind a condition without a comma ("jika terbukti ASN akan dikenai …")."""
        if first >= last or self.words.lowers[first] not in self.cues["condition"]:
            return first
        for j in range(last - 1, first, -1):
            match = self.rules.addressees.match(self.words, j)
            if match is not None and match[0] == last:
                return j
        return last

    def _is_vocative(self, start: int, stop: int) -> bool:
        """Tell whether nothing but an addressee stands between two commas."""
        match = self.rules.addressees.match(self.words, start)
        return match is not None and match[0] == stop

    def _is_attribution(self, start: int, stop: int) -> bool:
        """Tell whether commas set off who is speaking ("…, lanjutnya, …", "…, kata Rusdi, …")."""
        low = self.words.lowers[start]
        if low in self.speech.clitics or low == "menurutnya":
            return stop - start == 1
        return (low in self.speech.tags or low == "menurut") and stop - start <= _LONGEST_ATTRIBUTION

    def _with_condition(self, begin: int, start: int, floor: int) -> int:
        """Return where a clause begins together with the condition in front of it ("Kalau terbukti, ASN …")."""
        words, cues = self.words, self.cues
        k = start
        if start > floor and words.lowers[start - 1] == "maka":
            opening = self._condition_before(start - 1, floor)
            return begin if opening is None else opening
        while k > floor and "," in words.gaps[k] and not _parts(words.gaps[k]):
            piece = self._piece(k, floor)
            if words.lowers[piece] in cues["condition"]:
                return piece
            if piece + 1 < k and words.lowers[piece] in cues["opener"] and words.lowers[piece + 1] in cues["condition"]:
                return piece + 1
            if words.lowers[piece] not in cues["opener"] and words.lowers[piece] not in cues["inside"]:
                break
            k = piece
        inside = next((j for j in range(start, begin) if words.lowers[j] in cues["condition"]), None)
        return begin if inside is None else inside

    def _condition_before(self, maka: int, floor: int) -> int | None:
        """Return where the condition that "maka" ends begins ("kalau ingin ikut maka …")."""
        for j in range(maka - 1, floor - 1, -1):
            if self._opens_condition(j):
                return j
            if _parts(self.words.gaps[j]) or _stops(self.words, j):
                break
        return None

    def _opens_condition(self, k: int) -> bool:
        """Tell whether a word opens a condition: "selama dua malam" is a span of time."""
        lowers = self.words.lowers
        if lowers[k] not in self.cues["condition"]:
            return False
        following = lowers[k + 1] if k + 1 < len(lowers) else ""
        return lowers[k] != "selama" or not (following[:1].isdigit() or following in self.cues["time"])

    def _end(self, trigger: Trigger, following: Trigger | None, segment: range) -> int:
        """Return the word behind a norm: its sentence's end, a conjunction, or the next norm."""
        words, cues = self.words, self.cues
        lowers, gaps = words.lowers, words.gaps
        stop = segment.stop
        limit = stop if following is None else self._next_begins(trigger.end, following)
        k = trigger.end
        while k < limit:
            gap = gaps[k]
            if k > trigger.end:
                if ";" in gap:
                    return k
                low = lowers[k]
                if _stops(self.words, k):
                    return k
                if low in cues["break"] and self._breaks(k, trigger.end):
                    return k - (lowers[k - 1] == "akan")
                if "," in gap:
                    tag = low in self.speech.tags or low in self.speech.clitics
                    reported = self.days.get(k, 0) >= stop  # the day of the report: "…, Senin (7/10/2024)."
                    over = low in cues["purpose"] or reported or (tag and self._ends_here(k, stop))
                    if over or self._is_fresh(k, stop):
                        return k
            k += 1
        return limit

    def _is_fresh(self, k: int, stop: int) -> bool:
        """Tell whether a comma parts a norm from a statement of its own ("…, semoga reda", "…, dan itu mudah")."""
        lowers = self.words.lowers
        following = lowers[k + 1] if k + 1 < stop else ""
        if (lowers[k], following) in {("dan", "itu"), ("dan", "ini"), ("mudah", "mudahan")}:
            return True
        return lowers[k] in self.cues["fresh"]

    def _breaks(self, k: int, first: int) -> bool:
        """Tell whether a conjunction parts two clauses: not in "oleh karena", "sementara ini", "akan tetapi"."""
        lowers = self.words.lowers
        if lowers[k] == "karena":
            return lowers[k - 1] != "oleh"
        if lowers[k] == "bahwa" and self.words.gaps[k] == " ":
            return k == first or not is_verb(lowers[k - 1], self.speech.cues["no_verb"])  # "harus memastikan bahwa …"
        if lowers[k] == "sementara" and self.words.gaps[k] == " " and lowers[k - 1].endswith("an"):
            return False  # "penghentian sementara"
        return lowers[k] != "sementara" or lowers[k + 1 : k + 2] not in (["ini"], ["itu"], ["waktu"])

    def _ends_here(self, k: int, stop: int) -> bool:
        """Tell whether an attribution behind a comma ends the sentence: one in the middle belongs to the norm."""
        return "," not in "".join(self.words.gaps[k + 1 : min(stop, k + 8)])

    def _next_begins(self, end: int, following: Trigger) -> int:
        """Return the word at which the next norm of the sentence begins."""
        words, cues = self.words, self.cues
        lowers = words.lowers
        for k in range(following.start, end, -1):
            if ";" in words.gaps[k] or lowers[k - 1] in cues["break"] or lowers[k - 1] in cues["join"]:
                return max(end, k - 1 if lowers[k - 1] in cues["break"] or lowers[k - 1] in cues["join"] else k)
            if "," in words.gaps[k]:
                return k
        return following.start

    def _requested(self, trigger: Trigger, following: Trigger | None, segment: range) -> Clause | None:
        """Read "X meminta ASN untuk …", "Saya minta honorer tidak …", "melarang ASN …"."""
        words, cues = self.words, self.cues
        lowers, gaps = words.lowers, words.gaps
        k = trigger.end
        stop = min(segment.stop, k + _LONGEST_ADDRESSEE)
        while k < stop and lowers[k] in cues["between"]:
            k += 1
        first = k
        link = None
        verb = None
        used = -1
        if k >= stop or ("," in gaps[k] and trigger.entry.text("kind") == "ban"):
            return None
        opening = self.context.sentence(trigger.start).start
        if lowers[trigger.start] in cues["by_somebody"] and self.cast.subject(opening, trigger.start) is None:
            return None
        for j in range(k, stop):
            goes_on = lowers[j] in cues["inside"] or lowers[j] in cues["link"]
            if j > k and (_parts(gaps[j]) or ("," in gaps[j] and not goes_on)):
                break
            if lowers[j] in cues["about"]:
                break
            if lowers[j] in cues["link"]:
                link = j
                break
            if lowers[j] == "yang" or (used == j - 1 and lowers[j] in cues["aspect"]):
                used = j
            elif self._is_predicate(j):
                if used != j - 1 or j == k or lowers[j] in cues["negation"]:
                    verb = j
                    break
                used = j
        kind = trigger.entry.text("kind")
        name = lowers[trigger.start]
        if link is not None and lowers[link] == "bahwa":
            return None
        if link is None and (verb is None or verb == first):
            return None
        if name in cues["only_agar"] and (link is None or lowers[link] == "untuk"):
            return None
        if following is not None and following.entry.text("kind") == "modal" and self._is_inside(following, link, verb):
            return None
        end = self._end(trigger._replace(end=(link or verb or k) + 1), following, segment)
        if link is not None and link == first:
            # "meminta agar ASN …", "mengajak untuk …"
            action = link + 1
            subject = range(first, first)
            if lowers[link] != "untuk":
                subject, action = self._behind_link(link + 1, end)
                subject = range(self._behind_lead(subject.start, subject.stop), subject.stop)
            if not subject and lowers[link] != "untuk" and not self.triggers.is_verbal(action, end):
                return None
            if name in cues["wish"] and not (subject and self.addressees.are_named(subject)):
                return None
            start = subject.start if subject else trigger.start
        else:
            at = link if link is not None else verb
            assert at is not None
            subject = range(first, self._without_adverbs(first, at))
            freely = kind == "ban" or (link is not None and lowers[link] != "untuk")
            if not subject or not self._may_be_asked(subject, freely):
                return None
            action = at + 1 if link is not None else at
            start = first
        if action >= end:
            return None
        modality = trigger.modality
        if modality is Modality.OBLIGATION and self._is_negated(action, end):
            modality, action = Modality.PROHIBITION, self._behind_negation(action, end)
        return Clause(start, end, subject, action, modality, (trigger.start, trigger.end))

    def _may_be_asked(self, subject: range, freely: bool) -> bool:
        """Tell whether words name somebody of whom something is asked; `freely` where "agar" says so."""
        head = next((j for j in subject if self.words.lowers[j] not in self.cues["quantifier"]), subject.start)
        low = self.words.lowers[head]
        if low in self.cues["thing"] or is_abstract(low):
            return False
        return freely or self.addressees.are_named(subject)

    def _is_inside(self, modal: Trigger, link: int | None, verb: int | None) -> bool:
        """Tell whether what is asked has a modal of its own ("minta, PT X harus rela", "agar ASN harus …")."""
        if link is None:
            return verb is None or modal.start <= verb
        return modal.start < link or not self._holds_verb(link + 1, modal.start)

    def _is_predicate(self, j: int) -> bool:
        """Tell whether a word begins what is asked of somebody: a verb in small letters, or a negation."""
        if not self.words.texts[j].islower():
            return False
        if self.words.lowers[j] in self.cues["attribute"]:
            return False
        return self.words.lowers[j] in self.cues["negation"] or self.triggers.is_verbal(j, j + 1)

    def _behind_link(self, k: int, end: int) -> tuple[range, int]:
        """Return the addressee behind "agar" and where its action begins ("agar ASN tidak terpengaruh …")."""
        words, cues = self.words, self.cues
        used = -1
        for j in range(k, min(end, k + _LONGEST_ADDRESSEE)):
            low = words.lowers[j]
            if low == "yang" or (used == j - 1 and low in cues["aspect"]):
                used = j
            elif low in cues["link"] or low in cues["possible"] or self._is_predicate(j):
                if used != j - 1 or j == k or low in cues["negation"]:
                    return range(k, self._without_adverbs(k, j)), j
                used = j
        return range(k, k), k

    def _without_adverbs(self, first: int, last: int) -> int:
        lowers, cues = self.words.lowers, self.cues
        while last > first:
            if lowers[last - 1] in cues["only"] and lowers[last - 2] in cues["negation"] and last - 2 >= first:
                last -= 2  # "ASN tidak hanya wajib …"
            elif lowers[last - 1] in cues["adverb"] or lowers[last - 1] in cues["deemed"]:
                last -= 1
            else:
                break
        return last

    def _threatened(self, trigger: Trigger, following: Trigger | None, segment: range) -> Clause:
        """Read a penalty that somebody announces: whom it threatens stands behind it ("akan menindak ASN yang …")."""
        lowers, cues = self.words.lowers, self.cues
        end = self._end(trigger, following, segment)
        first = trigger.end
        while first < end and lowers[first] in cues["towards"]:
            first += 1
        start = trigger.start
        before = cues["reluctant"] | cues["possible"] | cues["negation"]
        while start > segment.start and lowers[start - 1] in before:
            start -= 1
        span = (trigger.start, trigger.end)
        last = next((j for j in range(first + 1, end) if self._opens_condition(j)), end)
        return Clause(start, end, range(first, last), trigger.start, trigger.modality, span)

    def _act_before(self, subject: range) -> tuple[range, int]:
        """Return who acts and where the act begins, where both stand before the trigger ("ASN hadir tidak masalah")."""
        for j in range(subject.start + 1, subject.stop):
            if self._is_predicate(j) and self.words.lowers[j - 1] != "yang":
                return range(subject.start, j), j
        return subject, subject.stop

    def _behind_negation(self, action: int, end: int) -> int:
        """Return the word behind "tidak": what is forbidden is the act itself."""
        k = action
        while k < end and self.words.lowers[k] not in self.cues["negation"]:
            k += 1
        return min(k + 1, end - 1)

    def _is_negated(self, action: int, end: int) -> bool:
        lowers = self.words.lowers
        k = action
        while k < end and lowers[k] in self.cues["adverb"]:
            k += 1
        return k + 1 < end and lowers[k] in self.cues["negation"] and lowers[k + 1] not in {"hanya", "cuma", "segan"}

    def _enter(self, clause: Clause, trigger: Trigger, sentence: int) -> bool:
        """Add a norm; return False where its words bind nobody."""
        words = self.words
        addressee, public = self.addressees.of(clause, sentence)
        if trigger.entry.flag("named") and (addressee is None or not clause.subject):
            return False
        if trigger.entry.text("acts") and not public:
            return False
        if trigger.entry.id == "sanksi" and clause.subject and not self._may_be_punished(clause):
            return False
        self.addressees.keep(addressee, clause, sentence)
        start, stop = words.starts[clause.start], self._offset(clause.end)
        t0, t1 = clause.trigger
        condition = self._condition(clause)
        self.norms.append(
            Norm(
                span=Span(start, stop),
                text=self.context.text[start:stop],
                modality=clause.modality,
                addressee=addressee,
                action=self._action(clause, condition),
                trigger=self.context.mention(words.starts[t0], words.ends[t1 - 1]),
                condition=self.addressees.text(condition) if condition else None,
                violation=self._violation(clause, addressee),
                source=self._source(clause),
                speaker=self._speaker(clause, trigger),
                rule=f"norm.{trigger.entry.id}",
            )
        )
        return True

    def _offset(self, end: int) -> int:
        words = self.words
        gap = words.gaps[end]
        size = 0
        while size < len(gap) and gap[size] in ")%]":
            size += 1
        return words.ends[end - 1] + size

    def _action(self, clause: Clause, condition: range | None) -> str:
        """Return what is asked, forbidden or allowed, a condition behind it left out."""
        lowers = self.words.lowers
        t0, t1 = clause.trigger
        first, last = clause.action, clause.end
        if first < t0 and clause.modality is not Modality.SANCTION:
            last = t0  # "ASN hadir tidak masalah"
        elif "ada" in lowers[t0:t1] and "yang" in lowers[first:last]:
            first = lowers.index("yang", first, last) + 1  # "jangan sampai ada pegawai yang …"
        if condition is not None and condition.start > first:
            last = condition.start
        if first >= last:
            first, last = t0, t1
        return self.context.text[self.words.starts[first] : self._offset(last)]

    def _may_be_punished(self, clause: Clause) -> bool:
        """Tell whether a penalty is one: coffee is processed too."""
        if self.words.lowers[clause.trigger[0]] not in self.cues["ambiguous"]:
            return True
        following = self.words.lowers[clause.trigger[1]] if clause.trigger[1] < clause.end else ""
        if self.words.lowers[clause.subject.start] == "yang":
            return True
        return self.addressees.are_named(clause.subject) or following in self.cues["by_law"]

    def _condition(self, clause: Clause) -> range | None:
        """Return the condition inside a norm."""
        words = self.words
        for k in range(clause.start, clause.end):
            inside = clause.trigger[0] <= k < clause.trigger[1] or (words.lowers[k] == "bagi" and k > clause.start)
            if self._opens_condition(k) and not inside:
                stop = clause.end
                for j in range(k + 1, clause.end):
                    if k < clause.trigger[0] and ("," in words.gaps[j] or words.lowers[j] == "maka"):
                        stop = j
                        break
                return range(k, stop)
        return None

    def _violation(self, clause: Clause, addressee: str | None) -> str | None:
        """Return the class of what is forbidden; where it binds nobody, its subject tells too ("baliho dilarang …")."""
        if clause.modality is not Modality.PROHIBITION:
            return None
        first = clause.action if addressee is not None else min(clause.start, clause.action)
        return self.rules.violations.classify(self.words.lowers[first : clause.end])

    def _source(self, clause: Clause) -> int | None:
        """Return the index of the rule that a norm is rested on: one that its sentence cites."""
        words = self.words
        start = words.starts[self.context.sentence(clause.start).start]
        k = bisect_left(self.cited, (start, 0))
        stop = bisect_left(self.cited, (words.ends[clause.end - 1], 0))
        return min((index for _, index in self.cited[k:stop]), default=None)

    def _speaker(self, clause: Clause, trigger: Trigger) -> str | None:
        """Return the person whose words a norm is in, or who asks; None for a body."""
        offset = self.words.starts[clause.start]
        k = bisect_right(self.said, offset, key=lambda entry: entry[0].start)
        if k and offset < self.said[k - 1][0].end:
            return self.quotes[self.said[k - 1][1]].speaker
        if trigger.entry.text("kind") == "request":
            voice = self.cast.subject(self.context.sentence(trigger.start).start, trigger.start)
            if voice is not None:
                return voice.person
        return None


def _stops(words: Words, k: int) -> bool:
    """Tell whether a full stop before a word ends a sentence that goes on in small letters, and no abbreviation."""
    gap, before = words.gaps[k], words.texts[k - 1]
    return gap[:1] == "." and gap[1:].isspace() and len(before) > _LONGEST_ABBREVIATION and before.islower()


def _parts(gap: str) -> bool:
    return bool(gap.strip(" \n,().-/'&"))
