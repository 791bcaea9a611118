"""From a text to an article: the layers in their order, and what links their records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar, overload

from netralitas_nlp import _rules
from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer, Region
from netralitas_nlp._laws import LawTable
from netralitas_nlp._reading import Reading
from netralitas_nlp._rules import Source
from netralitas_nlp._text import Lexicon, Words, make_view, mask, split_words
from netralitas_nlp.errors import RuleError
from netralitas_nlp.explain import Explanation, explain
from netralitas_nlp.layers import (
    dates,
    holders,
    norms,
    offices,
    officials,
    organizations,
    people,
    places,
    pledges,
    quotes,
    references,
    sentences,
    zones,
)
from netralitas_nlp.layers.dates import DateRules
from netralitas_nlp.layers.enumerations import ListRules
from netralitas_nlp.layers.holders import Holding
from netralitas_nlp.layers.names import SMALL_HONORIFICS, Name, NameRules
from netralitas_nlp.layers.offices import Office, OfficeRules
from netralitas_nlp.layers.organizations import OrganizationRules
from netralitas_nlp.layers.people import Individual, Verdict
from netralitas_nlp.layers.promises import PledgeRules
from netralitas_nlp.layers.references import ReferenceRules
from netralitas_nlp.layers.sentences import SentenceRules
from netralitas_nlp.layers.speakers import Cast
from netralitas_nlp.layers.speech import SpeechRules
from netralitas_nlp.layers.triggers import NormRules
from netralitas_nlp.layers.violations import ViolationRules
from netralitas_nlp.layers.zones import ZoneRules
from netralitas_nlp.types import (
    Article,
    DateMention,
    Level,
    Note,
    Official,
    Organization,
    Place,
    Pledge,
    Quote,
    Reference,
    Span,
)

__all__ = ["Extractor"]

_Extra = TypeVar("_Extra")
_Rules = TypeVar("_Rules")
_CAPITAL = "31"
_TITLED = bytes([people.TITLED])
_NOTES = {
    "weekday_mismatch": "the weekday does not agree with the date",
    "us_order": "the date is written month first",
    "status_conflict": "the article gives one office two acting statuses",
    "number_date_mismatch": "the number bears another month or year than the date",
    "miscitation": "reports get this citation wrong",
}


class Extractor:
    """Compiled rules, ready to read articles.

    Parameters
    ----------
    rules
        A rule file of the user's own, or a folder of them; each adds to the built-in file of the same name
        (``titles.toml``, ``violations.toml``, …).

    Raises
    ------
    FileNotFoundError
        If there is no such folder or file.
    RuleError
        With every problem of every rule file.

    Examples
    --------
    >>> article = Extractor().extract("Pjs Bupati Berau, Rusdi Halim, membuka rapat, Selasa (1/10/2024).")
    >>> [(official.title, official.status.value, official.area.code) for official in article.officials]
    [('Bupati Berau', 'pjs', '64.03')]
    """

    def __init__(self, rules: str | Path | None = None) -> None:
        own = _rules.user_files(rules) if rules is not None else {}
        problems: list[str] = []
        self._zones = _load(ZoneRules.load, "furniture.toml", own, problems)
        self._sentences = _load(SentenceRules.load, "abbreviations.toml", own, problems)
        self._dates = _load(_load_dates, "dates.toml", own, problems)
        self._names = _load(NameRules.load, "names.toml", own, problems)
        self._offices = _load(OfficeRules.load, "titles.toml", own, problems)
        self._speech = _load(SpeechRules.load, "speech.toml", own, problems)
        lists = _load(ListRules.load, "enumerations.toml", own, problems)
        self._pledges = _load(partial(PledgeRules.load, lists=lists), "pledges.toml", own, problems)
        violations = _load(ViolationRules.load, "violations.toml", own, problems)
        self._norms = _load(partial(NormRules.load, violations=violations), "norms.toml", own, problems)
        self._bodies = _load(OrganizationRules.load, "organizations.toml", own, problems)
        self._instruments = _load(ReferenceRules.load, "instruments.toml", own, problems)
        self._laws = _load(LawTable.load, "laws.toml", own, problems)
        if problems:
            raise RuleError(problems)
        self._gazetteer = Gazetteer.load()
        self._citing = references.openers(self._instruments, self._laws)
        self._lexicon = Lexicon(
            self._dates.openers, self._offices.triggers, self._bodies.openers, self._gazetteer.uncapitalised,
            SMALL_HONORIFICS, self._names.cues["expert"], self._names.cues["nickname"], self._names.cues["called"],
            self._speech.vocabulary, self._speech.cues["pronoun"], self._citing, self._pledges.vocabulary,
            self._norms.firsts,
        )  # fmt: skip

    def extract(self, text: str, *, id: str | None = None, published: dt.date | None = None) -> Article:
        """Read one article.

        Parameters
        ----------
        text
            The article as it was found; nothing in it raises.
        id
            A name for it, which the result carries.
        published
            The day of publication, from which "kemarin" and "Senin (7/10)" count; of a datetime, its date. Without it
            the day is taken from the text where it says so.

        Raises
        ------
        TypeError
            If `text` is no string or `published` no date.
        """
        return self.read(text, id=id, published=published).article

    @overload
    def pipe(
        self, texts: Iterable[str], *, as_tuples: Literal[False] = ..., on_error: OnError = ...
    ) -> Iterator[Article]: ...

    @overload
    def pipe(
        self, texts: Iterable[tuple[str, _Extra]], *, as_tuples: Literal[True], on_error: OnError = ...
    ) -> Iterator[tuple[Article, _Extra]]: ...

    def pipe(self, texts: Iterable[Any], *, as_tuples: bool = False, on_error: OnError = "raise") -> Iterator[Any]:
        """Read many articles, one after the other and in order.

        Parameters
        ----------
        texts
            Texts; with `as_tuples`, pairs of a text and something that is passed through beside the article. Where
            that is a dict with the keys "id" or "published", they are used as :meth:`extract` uses them.
        as_tuples
            Whether `texts` are pairs.
        on_error
            What becomes of an item that is no text: "raise", "skip", or a function that is called with the number
            of the item, the item and the exception.

        Yields
        ------
        Article, or a pair of an Article and what was passed through
        """
        if on_error not in {"raise", "skip"} and not callable(on_error):
            message = f"on_error must be 'raise', 'skip' or a function, not {on_error!r}"
            raise ValueError(message)
        for number, item in enumerate(texts):
            try:
                if as_tuples:
                    text, extra = item
                    about = {k: extra[k] for k in ("id", "published") if k in extra} if isinstance(extra, dict) else {}
                    result: Any = (self.extract(text, **about), extra)
                else:
                    result = self.extract(item)
            except Exception as error:
                if on_error == "raise":
                    raise
                if callable(on_error):
                    on_error(number, item, error)
            else:
                yield result

    def explain(self, text: str, *, id: str | None = None, published: dt.date | None = None) -> Explanation:
        """Tell for each record which rule made it, and which candidates lost and why.

        The parameters are those of :meth:`extract`.
        """
        return explain(self.read(text, id=id, published=published))

    def sentences(self, text: str) -> list[Span]:
        """Return the sentences of a text, and each link, credit or other part of the page on its own.

        Parameters
        ----------
        text
            The article as it was found; nothing in it raises.

        Returns
        -------
        list of Span
            In the order of the text and without the blanks around them; together they hold all that is not blank.
        """
        _check(text, None)
        view = make_view(text)
        page = zones.find(text, view, self._zones)
        masked = mask(view, page.masked) if page.masked else view
        words = split_words(masked, self._names.mixed, self._speech.tails, self._lexicon)
        starts = sentences.find(masked, words, self._sentences)
        return sentences.spans(view, words, starts, page.masked)

    def read(self, text: str, *, id: str | None = None, published: dt.date | None = None) -> Reading:
        """Read one article and keep what the layers made on the way."""
        _check(text, published)
        if isinstance(published, dt.datetime):
            published = published.date()
        view = make_view(text)
        page = zones.find(text, view, self._zones)
        if page.masked:
            view = mask(view, page.masked)
        words = split_words(view, self._names.mixed, self._speech.tails, self._lexicon)
        context = Context(text, view, words, sentences.find(view, words, self._sentences))
        expressions = dates.scan(view, words, self._dates)
        anchor = published or dates.find_anchor(view, expressions)[0]
        found_dates = dates.resolve(expressions, text, self._dates, anchor)

        blocked = bytearray(len(words))
        _block(blocked, words, [date.span for date in found_dates])
        if page.dateline:
            _block(blocked, words, [page.dateline.span])
        seats = offices.scan(context, self._offices, self._names, self._bodies, self._gazetteer)
        for seat in seats:
            blocked[seat.start : seat.end] = _TITLED * (seat.end - seat.start)
        towns = self._gazetteer.seats(page.dateline.place or "") if page.dateline else ()
        taken = [page.dateline.span] if page.dateline else []
        bodies = organizations.find(context, self._bodies, self._gazetteer, taken=taken, near=towns)
        _block_bodies(blocked, words, bodies, {seat.end for seat in seats}, self._names.known)

        headline = words.slice(*page.headline.span) if page.headline else range(0)
        namings = references.scan(
            context, self._instruments, self._laws, self._gazetteer, self._bodies,
            opening=self._citing, seats=seats, dates=found_dates, published=anchor, headline=headline,
        )  # fmt: skip
        cited = references.records(context, namings, self._laws, published=anchor)

        runs = people.runs(context, self._names, blocked, headline, self._gazetteer)
        letters = people.initials(context, self._names, blocked)
        holdings = holders.attach(
            context, seats, [*runs, *letters], self._names, self._offices, headline, self._gazetteer
        )
        verdicts = self._weigh(context, runs, holdings, bodies, headline)
        individuals = people.individuals(context, verdicts, letters, headline, self._names, self._gazetteer)
        persons = people.records(context, individuals)

        spans = sorted(mention.span for person in persons for mention in person.mentions)
        regions = places.find(context, self._gazetteer, near=towns, taken=spans)
        near = places.article_regions(regions, page.dateline, self._gazetteer)
        if not _is_about_the_capital(seats, bodies):
            near = tuple(region for region in near if region.province != _CAPITAL)
        named = _Holders(individuals, verdicts)
        held = officials.records(context, holdings, named, near, self._district(regions), headline)
        cast = Cast(
            context,
            self._speech,
            named=((run.start, run.end, who) for run, who in named.runs),
            offices=((holding.office.start, holding.office.end) for holding in holdings if not holding.office.issuer),
            officials=held,
            bodies=bodies,
            person_nouns=self._names.person_nouns,
            anonymous=(person.id for person in persons if person.rule == "person.initials"),
        )
        heard = quotes.find(context, page.paragraphs, cast, self._speech, headline)
        pledged = pledges.find(
            context, found_dates, heard.quotes, self._pledges, self._speech, taken=spans, headline=headline
        )
        unspoken = [span for span, _ in heard.unquoted]
        promised = [clause.span for pledge in pledged.pledges for clause in pledge.clauses]
        required = norms.find(
            context, self._norms, self._speech, cast, heard.quotes, cited, found_dates, [*unspoken, *promised], headline
        )
        article = Article(
            id=id, text=text, published=anchor, headline=page.headline, dateline=page.dateline,
            credits=page.credits, furniture=page.furniture, captions=page.captions, paragraphs=page.paragraphs,
            people=tuple(persons), officials=tuple(held), organizations=tuple(bodies), places=tuple(regions),
            dates=tuple(found_dates), references=tuple(cited), quotes=tuple(heard.quotes),
            pledges=tuple(pledged.pledges), norms=tuple(required.norms),
            notes=tuple(_notes(found_dates, held, cited, heard.quotes, pledged.pledges)),
        )  # fmt: skip
        return Reading(context, expressions, verdicts, holdings, namings, heard, pledged, required, article)

    def _weigh(
        self,
        context: Context,
        runs: Sequence[Name],
        holdings: Sequence[Holding],
        bodies: Sequence[Organization],
        headline: range,
    ) -> list[Verdict]:
        """Decide which runs name somebody: those beside an office do, others by what stands around them."""
        words = context.words
        holders = {holding.name.start for holding in holdings if holding.name}
        after = {
            words.at(mention.span.end - 1) + 1
            for body in bodies
            for mention in body.mentions
            if (first := words.at(mention.span.start)) and words.lowers[first - 1] in self._names.person_nouns
        }
        scale = people.Scale(context, self._names, self._speech, after)
        return [scale.weigh(run, holds=run.start in holders, headline=run.start in headline) for run in runs]

    def _district(self, regions: Sequence[Place]) -> Region | None:
        """Return the district that an article is about: the only one that it names."""
        codes = {place.code for place in regions if place.level is Level.DISTRICT and place.code}
        return self._gazetteer.by_code(codes.pop()) if len(codes) == 1 else None


OnError = Literal["raise", "skip"] | Callable[[int, Any, Exception], object]


class _Holders(officials.Holders):
    """Leads from runs to the ids of the people whom they name."""

    def __init__(self, individuals: Sequence[Individual], verdicts: Iterable[Verdict]) -> None:
        numbered = [(f"p{number}", person) for number, person in enumerate(individuals, 1)]
        self.runs = [(run, who) for who, person in numbered for run in person.runs]
        self.by_start = {run.start: who for run, who in self.runs}
        self.mentioned = sorted(self.by_start.items())
        spoke = {verdict.name.start for verdict in verdicts if verdict.cue in {"speech", "verb"}}
        self.speaking = [(start, who) for start, who in self.mentioned if start in spoke]
        self.speakers = [(person.runs[0].start, who) for who, person in numbered if person.rule in {"speech", "verb"}]


def _load(
    load: Callable[[Sequence[Source]], _Rules], name: str, own: Mapping[str, Source], problems: list[str]
) -> _Rules:
    """Load one kind of rules; where the user's file breaks them, note why and load the built-in ones."""
    try:
        return load([own[name]] if name in own else [])
    except RuleError as error:
        problems.extend(error.problems)
        return load([])


def _load_dates(sources: Sequence[Source]) -> DateRules:
    return DateRules.load([_rules.builtin("dates.toml"), *sources])


def _check(text: object, published: object) -> None:
    if isinstance(text, bytes | bytearray):
        message = "text must be str, not bytes: decode it first, for example with text.decode('utf-8')"
        raise TypeError(message)
    if not isinstance(text, str):
        message = f"text must be str, not {type(text).__name__}"
        raise TypeError(message)
    if published is not None and not isinstance(published, dt.date):
        message = f"published must be a datetime.date or None, not {type(published).__name__}"
        raise TypeError(message)


def _block(blocked: bytearray, words: Words, spans: Iterable[Span]) -> None:
    for start, end in spans:
        for i in words.slice(start, end):
            blocked[i] = 1


def _block_bodies(
    blocked: bytearray, words: Words, bodies: Iterable[Organization], ends: Set[int], known: Set[str]
) -> None:
    """Block the words of bodies, but for the name that one has swallowed behind an office's end."""
    for body in bodies:
        for mention in body.mentions:
            inside = words.slice(*mention.span)
            for i in inside:
                if i in ends and i > inside.start and not known.isdisjoint(words.lowers[i : inside.stop]):
                    break
                blocked[i] = people.TITLED


def _is_about_the_capital(seats: Iterable[Office], bodies: Iterable[Organization]) -> bool:
    """Tell whether an article names offices or bodies of Jakarta; that it was written there says nothing."""
    return any(seat.region and seat.region.candidates[0].province == _CAPITAL for seat in seats) or any(
        body.area and body.area.code and body.area.code.startswith(_CAPITAL) for body in bodies
    )


def _notes(
    found: Iterable[DateMention],
    held: Iterable[Official],
    cited: Iterable[Reference],
    said: Iterable[Quote],
    promised: Iterable[Pledge],
) -> Iterator[Note]:
    flagged: list[DateMention | Reference] = [*found, *cited]
    for record in flagged:
        for flag in record.flags:
            if flag in _NOTES:
                yield Note(code=flag, message=f"{_NOTES[flag]}: {record.text}", span=record.span)
    for official in held:
        if "status_conflict" in official.flags:
            message = f"{_NOTES['status_conflict']}: {official.title}"
            yield Note(code="status_conflict", message=message, span=official.mentions[0].span)
    for quote in said:
        if quote.speaker is None and quote.speaker_text is None:
            message = "nothing tells whose words these are"
            yield Note(code="quote_without_speaker", message=message, span=quote.span)
    for pledge in promised:
        if "count_mismatch" in pledge.flags:
            message = f"{pledge.declared_count} points are announced, {len(pledge.clauses)} are given"
            yield Note(code="count_mismatch", message=message, span=pledge.span)
