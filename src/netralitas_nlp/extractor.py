"""From a text to an article: the layers in their order, and what links their records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer, Region
from netralitas_nlp._rules import builtin
from netralitas_nlp._text import Words, make_view, mask, split_words
from netralitas_nlp.layers import dates, names, offices, officials, organizations, people, places, sentences, zones
from netralitas_nlp.layers.dates import DateRules
from netralitas_nlp.layers.names import Name, NameRules
from netralitas_nlp.layers.offices import OfficeRules
from netralitas_nlp.layers.organizations import OrganizationRules
from netralitas_nlp.layers.people import SpeechRules
from netralitas_nlp.layers.sentences import SentenceRules
from netralitas_nlp.layers.zones import ZoneRules
from netralitas_nlp.types import Article, Level, Place, Span

__all__ = ["Extractor"]


class Extractor:
    """Compiled rules, ready to read articles."""

    def __init__(self) -> None:
        self._zones = ZoneRules.load()
        self._sentences = SentenceRules.load()
        self._dates = DateRules.load([builtin("dates.toml")])
        self._names = NameRules.load()
        self._offices = OfficeRules.load()
        self._speech = SpeechRules.load()
        self._bodies = OrganizationRules.load()
        self._gazetteer = Gazetteer.load()

    def extract(self, text: str, *, id: str | None = None, published: dt.date | None = None) -> Article:
        """Read one article."""
        view = make_view(text)
        page = zones.find(text, view, self._zones)
        if page.masked:
            view = mask(view, page.masked)
        words = split_words(view)
        context = Context(text, view, words, sentences.find(view, words, self._sentences))
        expressions = dates.scan(view, words, self._dates)
        anchor = published or dates.find_anchor(view, expressions)[0]
        found_dates = dates.resolve(expressions, text, self._dates, anchor)

        headline = words.slice(*page.headline.span) if page.headline else range(0)
        blocked = bytearray(len(words))
        _block(blocked, words, [record.span for record in found_dates])
        if page.dateline:
            _block(blocked, words, [page.dateline.span])
        seats = offices.scan(context, self._offices, self._names, self._bodies, self._gazetteer)
        for seat in seats:
            blocked[seat.start : seat.end] = b"\1" * (seat.end - seat.start)
        bodies = organizations.find(context, self._bodies, self._gazetteer)
        _block(blocked, words, [mention.span for body in bodies for mention in body.mentions])
        runs = people.runs(context, self._names, blocked, headline, self._gazetteer)
        letters = people.initials(context, self._names, blocked)
        holdings = officials.attach(context, seats, [*runs, *letters], self._names, self._offices, headline)
        ends = {words.at(m.span.end - 1) + 1 for body in bodies for m in body.mentions if self._is_member(words, m.span)}
        individuals = self._people(context, runs, [h.name for h in holdings if h.name], headline, ends, letters)
        persons = people.records(context, individuals)
        taken = sorted(mention.span for person in persons for mention in person.mentions)
        towns = self._gazetteer.seats(page.dateline.place or "") if page.dateline else ()
        regions = places.find(context, self._gazetteer, near=towns, taken=taken)
        near = places.article_regions(regions, page.dateline, self._gazetteer)
        ids = {run.start: person.id for person, who in zip(persons, individuals, strict=True) for run in who.runs}
        speakers = [
            (who.runs[0].start, person.id)
            for person, who in zip(persons, individuals, strict=True)
            if who.rule in {"speech", "verb"}
        ]
        held = officials.records(
            context, holdings, lambda name: ids.get(name.start), sorted(ids.items()), speakers, near,
            _district(regions), headline,
        )  # fmt: skip
        return Article(
            id=id, text=text, published=anchor, headline=page.headline, dateline=page.dateline,
            credits=page.credits, furniture=page.furniture, captions=page.captions, paragraphs=page.paragraphs,
            people=tuple(persons), officials=tuple(held), organizations=tuple(bodies), places=tuple(regions),
            dates=tuple(found_dates),
        )  # fmt: skip

    def _is_member(self, words: Words, body: Span) -> bool:
        """Tell whether a noun for a person stands before a body ("petugas Dinas Perhubungan")."""
        first = words.at(body.start)
        return first > 0 and words.lowers[first - 1] in self._names.person_nouns

    def _people(
        self, context: Context, runs: Sequence[Name], holders: Sequence[Name], headline: range, after: set[int],
        letters: Sequence[Name],
    ) -> list[people.Individual]:
        openings = frozenset(context.sentences)
        strong: list[tuple[Name, str]] = []
        weak: list[Name] = []
        sure = {name.start for name in holders}
        for run in runs:
            if run.start in sure:
                strong.append((run, "office"))
                continue
            weight, rule = people.accept(context, run, self._names, self._speech, openings, after)
            if weight >= 3 and run.start not in headline:
                strong.append((run, rule))
            elif weight > -3:
                weak.append(run)
        found = people.individuals(context, strong, [run for run in weak if run.first not in headline], self._names)
        people.add_initials(context, found, letters)
        grouped = {run.start for person in found for run in person.runs}
        free = [run for run in weak if run.start not in grouped]
        people.add_short_forms(context, found, free, self._names, openings, headline, self._gazetteer)
        return sorted(found, key=lambda person: person.runs[0].start)


def _district(regions: Sequence[Place]) -> Region | None:
    """Return the district that an article is about: the only one that it names."""
    codes = {place.code for place in regions if place.level is Level.DISTRICT and place.code}
    return Gazetteer.load().by_code(codes.pop()) if len(codes) == 1 else None


def _block(blocked: bytearray, words: Words, spans: Sequence[Span]) -> None:
    for start, end in spans:
        for i in words.slice(start, end):
            blocked[i] = 1


_ = names, Region, dataclass
