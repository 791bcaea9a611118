"""Why an article became the records that it became: the rule behind each, and the candidates that lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from netralitas_nlp._reading import Reading
from netralitas_nlp.layers import references
from netralitas_nlp.layers.holders import Holding
from netralitas_nlp.layers.people import ENOUGH
from netralitas_nlp.types import Article, Span

__all__ = ["Candidate", "Explanation", "explain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that was weighed.

    Attributes
    ----------
    layer
        "people", "officials", "dates", "places", …
    span, text
        Where it stands.
    rule
        The rule that found it.
    kept
        Whether it became a record.
    reason
        Why it was kept or lost.
    """

    layer: str
    span: Span
    text: str
    rule: str
    kept: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An article and everything that was weighed on the way, in the order of the text."""

    article: Article
    candidates: tuple[Candidate, ...]

    def __str__(self) -> str:
        return "\n".join(
            f"{'+' if c.kept else '-'} {c.layer:<13} {c.span.start:>6}-{c.span.end:<6} "
            f"{c.text!r}  [{c.rule}] {c.reason}"
            for c in self.candidates
        )


def explain(reading: Reading) -> Explanation:
    """Gather the candidates of an article.

    Parameters
    ----------
    reading
        What :meth:`netralitas_nlp.Extractor.read` kept.
    """
    found = [
        *_records(reading.article), *_said(reading), *_lost_runs(reading), *_lost_offices(reading),
        *_lost_dates(reading), *_lost_citations(reading), *_unquoted(reading),
        *_pledged(reading), *_required(reading),
    ]  # fmt: skip
    found.sort(key=lambda candidate: (candidate.span, candidate.layer))
    return Explanation(article=reading.article, candidates=tuple(found))


def _records(article: Article) -> Iterator[Candidate]:
    for layer in ("people", "officials", "organizations", "references"):
        for record in getattr(article, layer):
            for mention in record.mentions:
                reason = ", ".join(record.flags) or "kept"
                yield Candidate(
                    layer=layer, span=mention.span, text=mention.text, rule=record.rule, kept=True, reason=reason
                )
    for layer in ("furniture", "credits", "dates", "places"):
        for record in getattr(article, layer):
            reason = ", ".join(getattr(record, "flags", ())) or "kept"
            others = ", ".join(area.name for area in getattr(record, "candidates", ()))
            if others:
                reason = f"{reason}; other readings: {others}"
            yield Candidate(layer=layer, span=record.span, text=record.text, rule=record.rule, kept=True, reason=reason)


def _lost_runs(reading: Reading) -> Iterator[Candidate]:
    words = reading.context.words
    kept = {mention.span.start for person in reading.article.people for mention in person.mentions}
    for verdict in reading.verdicts:
        name = verdict.name
        start, end = words.starts[name.first], words.ends[name.last - 1]
        if start not in kept:
            mention = reading.context.mention(start, end)
            reason = f"weight {verdict.weight} of {ENOUGH}: nothing shows that somebody is meant"
            yield Candidate(
                layer="people", span=mention.span, text=mention.text, rule=f"person.{verdict.cue}", kept=False,
                reason=reason,
            )  # fmt: skip


def _lost_offices(reading: Reading) -> Iterator[Candidate]:
    words = reading.context.words
    kept = {mention.span.start for official in reading.article.officials for mention in official.mentions}
    for holding in reading.holdings:
        office = holding.office
        mention = reading.context.mention(words.starts[office.start], words.ends[office.end - 1])
        if mention.span.start not in kept:
            yield Candidate(
                layer="officials", span=mention.span, text=mention.text, rule=f"official.{office.rule}", kept=False,
                reason=_why_lost(holding),
            )  # fmt: skip


def _why_lost(holding: Holding) -> str:
    office = holding.office
    if office.several:
        return "stands for several holders, a place or a document"
    if office.issuer:
        return "only issued what is cited"
    if office.needs_holder or not office.certain:
        return "counts only beside a name"
    return "names neither its holder nor one seat"


def _lost_dates(reading: Reading) -> Iterator[Candidate]:
    kept = {date.span.start for date in reading.article.dates}
    for expression in reading.expressions:
        if expression.start not in kept:
            mention = reading.context.mention(expression.start, expression.end)
            yield Candidate(
                layer="dates", span=mention.span, text=mention.text, rule=f"date.{expression.rule}", kept=False,
                reason="cannot be put on a calendar without the day of publication",
            )  # fmt: skip


def _said(reading: Reading) -> Iterator[Candidate]:
    names = {person.id: person.name for person in reading.article.people}
    for number, quote in enumerate(reading.article.quotes):
        speaker = names.get(quote.speaker or "", quote.speaker_text or "nobody known")
        reasons = [f"said by {speaker}", *quote.flags]
        if open_to := reading.heard.candidates.get(number):
            reasons.append(f"may be {' or '.join(names[person] for person in open_to)}")
        yield Candidate(
            layer="quotes", span=quote.span, text=quote.text, rule=quote.rule, kept=True, reason=", ".join(reasons)
        )


def _unquoted(reading: Reading) -> Iterator[Candidate]:
    for span, reason in reading.heard.unquoted:
        mention = reading.context.mention(*span)
        yield Candidate(layer="quotes", span=span, text=mention.text, rule="quote.marks", kept=False, reason=reason)


def _lost_citations(reading: Reading) -> Iterator[Candidate]:
    for citation, reason in references.lost(reading.citations, reading.article.references):
        mention = reading.context.mention(citation.start, citation.end)
        yield Candidate(
            layer="references", span=mention.span, text=mention.text, rule=f"reference.{citation.rule}", kept=False,
            reason=reason,
        )  # fmt: skip


def _pledged(reading: Reading) -> Iterator[Candidate]:
    for pledge in reading.article.pledges:
        reason = ", ".join([f"{len(pledge.clauses)} points", *pledge.flags])
        yield Candidate(
            layer="pledges", span=pledge.span, text=pledge.text, rule=pledge.rule, kept=True, reason=reason
        )
    for span, rule, reason in reading.pledged.lost:
        mention = reading.context.mention(*span)
        yield Candidate(layer="pledges", span=span, text=mention.text, rule=rule, kept=False, reason=reason)


def _required(reading: Reading) -> Iterator[Candidate]:
    for norm in reading.article.norms:
        reason = f"{norm.modality.value} of {norm.addressee or 'nobody named'}"
        yield Candidate(layer="norms", span=norm.span, text=norm.text, rule=norm.rule, kept=True, reason=reason)
    for span, rule, reason in reading.required.lost:
        mention = reading.context.mention(*span)
        yield Candidate(layer="norms", span=span, text=mention.text, rule=rule, kept=False, reason=reason)
