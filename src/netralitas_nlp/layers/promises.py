"""What a point of a pledge promises: its commitments, whether each is to do or to refrain, themes and phases.

The rules of ``pledges.toml`` are read here; :mod:`netralitas_nlp.layers.pledges` finds the points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from netralitas_nlp import _rules
from netralitas_nlp._context import Context
from netralitas_nlp._rules import Entry, Source, Table
from netralitas_nlp.layers import enumerations
from netralitas_nlp.layers.enumerations import Item, ListRules, Style
from netralitas_nlp.layers.stems import Stems
from netralitas_nlp.types import Clause, Commitment, Phase, PledgeKind, Polarity, Theme

__all__ = ["Cue", "PledgeRules", "clause", "themed"]

_SKIP = "skip"
#: How many words may stand before the verb of a promise, and between two words for phases ("sebelum, selama maupun").
_REACH_OF_VERB = 8
_APART = 3
_TABLES: Mapping[str, Table] = {
    "cue": Table(
        {"kind": str, "part": str, "variants": list},
        {"weak": bool, "not_before": list},
        {"kind": frozenset(PledgeKind), "part": frozenset({"noun", "verb"})},
    ),
    "word": Table({"variants": list}),
    "theme": Table({"theme": str, "variants": list}, {"weak": list}, {"theme": frozenset(Theme)}),
    "phase": Table({"phase": str, "variants": list}, {}, {"phase": frozenset(Phase)}),
    "polarity": Table(
        {"polarity": str, "variants": list},
        {},
        {"polarity": frozenset({_SKIP, Polarity.DO.value, Polarity.REFRAIN.value})},
    ),
}


class Cue(NamedTuple):
    """What names or makes a pledge: an entry of ``pledges.toml``."""

    id: str
    kind: PledgeKind
    verb: bool
    weak: bool
    not_before: Stems[bool]


class _Topic(NamedTuple):
    id: str
    theme: Theme
    weak: bool


@dataclass(frozen=True)
class PledgeRules:
    """The rules of ``pledges.toml``.

    Attributes
    ----------
    cues
        What names or makes a pledge.
    vocabulary
        The first words of the cues.
    sets
        Words by what they do around a pledge.
    past, header
        Phrases for long ago, and for an announcement that forbids.
    themes, phases, polarity
        What the words of a promise say.
    lists
        The words of lists.
    """

    cues: Stems[Cue]
    vocabulary: frozenset[str]
    sets: Mapping[str, frozenset[str]]
    topics: Stems[bool]
    past: Stems[bool]
    header: Stems[bool]
    themes: Stems[_Topic]
    phases: Stems[Phase]
    polarity: Stems[str]
    lists: ListRules

    @classmethod
    def load(cls, sources: Iterable[Source] = (), lists: ListRules | None = None) -> PledgeRules:
        """Read the built-in rules and those of `sources`.

        Raises
        ------
        RuleError
            If an entry has a mistake; with every mistake of every entry.
        """
        tables = _rules.load([_rules.builtin("pledges.toml"), *sources], _TABLES)
        cues: list[tuple[str, Cue]] = []
        for entry in tables["cue"]:
            cue = Cue(
                entry.id,
                PledgeKind(entry.text("kind")),
                entry.text("part") == "verb",
                entry.flag("weak"),
                Stems((phrase, True) for phrase in entry.texts("not_before")),
            )
            endings = ("",) if cue.verb else ("", "nya")
            cues += [(f"{form}{ending}", cue) for form in entry.texts("variants") for ending in endings]
        sets: dict[str, set[str]] = {}
        for entry in tables["word"]:
            sets.setdefault(entry.id, set()).update(variant.lower() for variant in entry.texts("variants"))
        themes = [
            (variant, _Topic(entry.id, Theme(entry.text("theme")), weak))
            for entry in tables["theme"]
            for key, weak in (("weak", True), ("variants", False))
            for variant in entry.texts(key)
        ]
        phrases = Stems(cues)
        return cls(
            cues=phrases,
            vocabulary=phrases.first_words,
            sets={id: frozenset(words) for id, words in sets.items()},
            topics=Stems((phrase, True) for phrase in sets["topic"]),
            past=Stems((phrase, True) for phrase in sets["past"]),
            header=Stems((phrase, True) for phrase in sets["denied-deed"]),
            themes=Stems(themes),
            phases=Stems((form, Phase(entry.text("phase"))) for entry, form in _forms(tables["phase"])),
            polarity=Stems((form, entry.text("polarity")) for entry, form in _forms(tables["polarity"])),
            lists=lists or ListRules.load(),
        )


def _forms(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    return ((entry, form) for entry in entries for form in entry.texts("variants"))


def clause(context: Context, item: Item, style: Style, rules: PledgeRules, *, forbidden: bool = False) -> Clause:
    """Make the record of a point.

    Parameters
    ----------
    context
        The article.
    item
        The point.
    style
        What numbers it.
    rules
        The rules.
    forbidden
        Whether the words before the list say that what follows is not to be done.
    """
    words = context.words
    start, end = bounds(context, item.start, item.end)
    phases, modifier = _phases(context, item.start, item.end, rules)
    parts = enumerations.clauses(words, item.start, item.end, rules.lists, inner=True)
    if len(parts) > 1 and modifier is not None and parts[-1][0] < modifier:
        parts[-1] = (parts[-1][0], modifier)
    commitments = []
    themes: list[Theme] = []
    for first, stop in parts:
        topics = _topics(words.lowers, first, stop, rules)
        themes += [topic.theme for topic in topics]
        begin, close = bounds(context, first, stop)
        mention = context.mention(begin, close)
        commitments.append(
            Commitment(
                span=mention.span,
                text=mention.text,
                polarity=Polarity.REFRAIN if forbidden else _polarity(words.lowers, first, stop, rules),
                theme=topics[0].theme if topics else Theme.OTHER,
                rule=f"theme.{topics[0].id}" if topics else "",
            )
        )
    polarities = {commitment.polarity for commitment in commitments}
    mention = context.mention(start, end)
    return Clause(
        ordinal=item.ordinal,
        span=mention.span,
        text=mention.text,
        polarity=polarities.pop() if len(polarities) == 1 else Polarity.MIXED,
        themes=tuple(dict.fromkeys(themes)) or (Theme.OTHER,),
        phases=phases,
        commitments=tuple(commitments),
        rule=f"clause.{style}",
    )


def bounds(context: Context, first: int, stop: int) -> tuple[int, int]:
    """Return the offsets of some words, with the bracket or the mark that closes what opens among them."""
    words = context.words
    start, end = words.starts[first], words.ends[stop - 1]
    inside = context.view[start:end]
    for opening, closing in ("()", "“”", '""', "[]"):
        unclosed = inside.count(opening) > inside.count(closing) if opening != closing else inside.count(opening) % 2
        if unclosed and context.view[end : end + 1] == closing:
            end += 1
    return start, end


def themed(context: Context, items: Sequence[Item], rules: PledgeRules) -> int:
    """Count the points that are about something that pledges are about."""
    lowers = context.words.lowers
    return sum(
        any(not topic.weak for topic in _topics(lowers, item.start, item.end, rules)) for item in items
    )  # fmt: skip


def _topics(lowers: Sequence[str], start: int, stop: int, rules: PledgeRules) -> list[_Topic]:
    """Return the themes of some words in their order; weak ones only where there is no other."""
    found = [topic for _, _, topic in rules.themes.within(lowers, start, stop)]
    return [topic for topic in found if not topic.weak] or found


def _polarity(lowers: Sequence[str], start: int, stop: int, rules: PledgeRules) -> Polarity:
    """Read the first words: those before the verb name who promises ("kami tidak akan …")."""
    i = start
    while i < min(stop, start + _REACH_OF_VERB):
        found = rules.polarity.match(lowers, i, stop)
        if found is None:
            if enumerations.is_act(lowers[i], rules.lists):
                break
            i += 1
        elif found[1] != _SKIP:
            return Polarity(found[1])
        else:
            i = found[0]
    return Polarity.DO


def _phases(context: Context, start: int, stop: int, rules: PledgeRules) -> tuple[tuple[Phase, ...], int | None]:
    """Return the phases that a point names, and the first word of the phrase that names them at its end.

    One word for a phase counts only before the election, its campaign or its steps ("selama kampanye").
    """
    words = context.words
    found = list(rules.phases.within(words.lowers, start, stop))
    if not found:
        return (), None
    election = rules.sets["election"]
    chain = [
        (first, end, phase)
        for number, (first, end, phase) in enumerate(found)
        if not election.isdisjoint(words.lowers[end : end + 3])
        or (number + 1 < len(found) and found[number + 1][0] - end <= _APART)
        or (number and first - found[number - 1][1] <= _APART)
        or (phase is Phase.BEFORE and end - first > 1)
    ]
    if not chain:
        return (), None
    named = {phase for _, _, phase in chain}
    first = chain[0][0]
    if first > start and words.lowers[first - 1] in {"baik", "pada", "di", "masa", "sejak"}:
        first -= 1
    opens = first > start and "," in words.gaps[first]
    return tuple(phase for phase in Phase if phase in named), first if opens else None
