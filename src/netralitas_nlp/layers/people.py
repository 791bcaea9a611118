"""The people of an article: who is meant by a run of capitalised words, and which runs mean the same person.

Runs are read first; an office beside a run (:mod:`netralitas_nlp.layers.officials`), an honorific, a degree, a verb of
speaking or a noun such as "tersangka" then shows that somebody is meant. Short forms come last: "Rusdi" is a mention
of Rusdi Halim where the article names him in full.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer
from netralitas_nlp._text import Words
from netralitas_nlp.layers import names
from netralitas_nlp.layers.names import Name, NameRules
from netralitas_nlp.layers.speech import SpeechRules
from netralitas_nlp.types import Mention, Person

__all__ = [
    "ENOUGH", "TITLED", "Individual", "Scale", "Verdict", "individuals", "initials", "records", "runs",
]  # fmt: skip

#: Marks the words of an office or a body: whoever is named right behind them is a person.
TITLED = 2
#: The weight at which a run is taken for a person's name.
ENOUGH = 3
#: Given names that also say whose child somebody is: "Putra Rusdi Halim" is Rusdi Halim's son.
_KIN = frozenset({"putra", "putri"})
_NO_NAME = -3
#: What a model's word weighs: enough for a run that looks like a name, too little for one that does not.
_MODEL = 2
#: Tags and relations, as a model parses them, of a noun and of a part of its name.
_NOUNS = frozenset({"NOUN", "PROPN"})
_PARTS = frozenset({"amod", "compound", "flat"})
#: "Teradu VII Rusdi Halim": the number is no part of the name.
_NUMERALS = frozenset(
    tens + ones for tens in ("", "x", "xx") for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
) - {""}
#: What Balinese names go on with behind "I".
_BIRTH_ORDER = frozenset(
    {"wayan", "made", "nyoman", "ketut", "gede", "putu", "kadek", "komang", "gusti", "dewa", "nengah", "ngurah", "gde"}
)
_LONGEST_FIELD = 4
#: What ends the field of an expert ("pakar gizi pada …").
_PREPOSITIONS = frozenset({"pada", "dan", "yang", "untuk", "dengan", "dalam", "oleh", "bagi", "soal", "kepada"})
_SOMEBODY = frozenset({"orang", "seorang", "seseorang", "pria", "wanita", "perempuan", "lelaki", "pemuda", "pemudi"})
_SHORTEST_ALIAS = 2
_SHORTEST_MONONYM = 3
_LONGEST_INITIALS = 3
_MOST_EDITS = 2
#: How many people who share a word are compared with a name, so that time grows with the length of the text.
_MOST_LIKELY = 24
_COMPARED_WORDS = 2
_LONG_ENOUGH_FOR_EDITS = 5


@dataclass(slots=True)
class Individual:
    """Somebody, while the article is being read.

    Attributes
    ----------
    tokens
        The lower-cased words of the fullest name, spellings of a given name made equal.
    fullest
        The run that holds it.
    runs
        Every run that names the person.
    aliases
        Other short names ("AHW", "Jokowi").
    """

    tokens: tuple[str, ...]
    fullest: Name
    rule: str
    runs: list[Name] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)

    def is_called(self, tokens: tuple[str, ...]) -> bool:
        """Tell whether a name is one of the person's other names."""
        return len(tokens) == 1 and tokens[0] in self.aliases


def runs(
    context: Context, rules: NameRules, blocked: Sequence[int], headline: range, gazetteer: Gazetteer
) -> list[Name]:
    """Read every run of words that could be a name, in the order of the text.

    Parameters
    ----------
    context
        The article.
    rules
        What names are made of.
    blocked
        One number a word: TITLED where an office or a body stands, 1 where a date does, else 0.
    headline
        The words of the headline, where verbs are capitalised as names are.
    gazetteer
        Regions, which are no runs of their own.
    """
    words = context.words
    found: list[Name] = []
    end = 0
    openers, stops, traits, lowers = rules.openers, rules.stops, rules.traits, words.lowers
    texts = words.texts
    openings, particles = frozenset(context.sentences), rules.cues["particle_first"]
    small = [i for i in words.among(names.SMALL_HONORIFICS) if lowers[i] == texts[i]]
    for i in sorted([*words.capitals, *small]) if small else words.capitals:
        text, low = texts[i], lowers[i]
        if i < end or blocked[i] or not (text[0].isupper() or text in openers):
            continue
        after_office = i > 0 and blocked[i - 1] == TITLED
        if not after_office and low not in openers:
            if low in stops or (len(text) > 1 and text.isupper()):
                continue
            region = gazetteer.match(words, i)
            if region is not None and not region.weak:
                end = region.end
                continue
            if low in rules.person_nouns or traits[low].foreign:
                opens = low in particles and i not in openings and i + 1 < len(lowers)
                if not opens or traits[lowers[i + 1]].foreign:
                    continue
        if low in rules.person_nouns and lowers[i + 1 : i + 2] and lowers[i + 1] in _NUMERALS:
            end = i + 2
            continue
        if low in _NUMERALS and i > 0 and lowers[i - 1] in rules.person_nouns and not _is_balinese(lowers, i):
            continue
        if low in _KIN and i + 2 < len(lowers) and lowers[i + 1] in rules.known and words.texts[i + 2].istitle():
            continue
        name = names.read(context.view, words, i, rules, blocked=blocked, strict=i in headline)
        if name is None or (after_office and "," in words.gaps[i] and _is_region(words, name, gazetteer)):
            continue
        if i > 0 and lowers[i - 1] in rules.cues["locative"] and _is_region(words, name, gazetteer, weak=True):
            continue
        found.append(name)
        end = name.end
    return found


def _is_balinese(lowers: Sequence[str], i: int) -> bool:
    """Tell whether "I" opens a Balinese name and numbers no defendant."""
    return lowers[i] == "i" and not _BIRTH_ORDER.isdisjoint(lowers[i + 1 : i + 2])


def _is_region(words: Words, name: Name, gazetteer: Gazetteer, *, weak: bool = False) -> bool:
    """Tell whether a run is a region's name and nothing more; `weak` where it may be a weak one too."""
    region = gazetteer.match(words, name.start)
    return region is not None and (weak or not region.weak) and region.end >= name.last


def initials(context: Context, rules: NameRules, blocked: Sequence[int]) -> list[Name]:
    """Read the initials that stand for somebody whom the article does not name ("tersangka DS")."""
    words = context.words
    cues = rules.cues["initials"]
    found = []
    texts = words.texts
    for i in [i for i in words.capitals if len(texts[i]) <= _LONGEST_INITIALS and texts[i].isupper()]:
        text = texts[i]
        if blocked[i] or words.lowers[i] in _NUMERALS or not text.isalpha():
            continue
        cued = i > 0 and words.gaps[i] == " " and words.lowers[i - 1] in cues
        if len(text) >= _SHORTEST_ALIAS and (cued or words.lowers[i + 1 : i + 2] == ["alias"]):
            found.append(Name(i, i, i + 1, i + 1, (), (), closed=False, formal=False))
    return found


class Verdict(NamedTuple):
    """How much shows that a run names somebody, and the strongest cue; a weight of ENOUGH is enough."""

    name: Name
    weight: int
    cue: str


class Scale:
    """Weighs what shows that a run names a person.

    Parameters
    ----------
    context, rules, speech
        The article, what names are made of and verbs of speaking.
    gazetteer
        Regions, which a model often takes for people.
    after
        The words after the body that somebody belongs to ("petugas Dinas Perhubungan Rusdi").
    """

    def __init__(
        self,
        context: Context,
        rules: NameRules,
        speech: SpeechRules,
        gazetteer: Gazetteer,
        after: Collection[int],
    ) -> None:
        self.context = context
        self.rules = rules
        self.speech = speech
        self.gazetteer = gazetteer
        self.after = after
        self.openings = frozenset(context.sentences)
        self.experts = frozenset(context.words.among(rules.cues["expert"]))
        names = (name for name in context.analysis.names if name.label == "PER")
        self.persons = frozenset(i for name in names for i in context.words.slice(name.start, name.end))

    def weigh(self, name: Name, *, holds: bool, headline: bool) -> Verdict:
        """Weigh one run.

        Parameters
        ----------
        name
            The run.
        holds
            Whether it stands beside an office, which is enough.
        headline
            Whether it stands in the headline, which introduces nobody.
        """
        if holds:
            return Verdict(name, ENOUGH, "office")
        weight, cue = self._weight(name)
        if self.persons and weight > _NO_NAME:
            weight, cue = self._heard(name, weight, cue)
        return Verdict(name, min(weight, ENOUGH - 1) if headline else weight, cue)

    def _heard(self, name: Name, weight: int, cue: str) -> tuple[int, str]:
        """Add what a model says for a run, all of whose words it takes for a person's name."""
        if not self.persons.issuperset(range(name.first, name.last)):
            return weight, cue
        if _is_region(self.context.words, name, self.gazetteer, weak=True) or self._is_part(name.first):
            return weight, cue
        return weight + _MODEL, "model" if weight < ENOUGH else cue

    def _is_part(self, i: int) -> bool:
        """Tell whether a word is parsed as a part of what the noun before it names ("pendakian Ijen")."""
        parsed, start = self.context.analysis.words, self.context.words.starts[i]
        k = bisect_left(parsed, (start,))
        if k == len(parsed) or parsed[k].start != start:
            return False
        head = parsed[parsed[k].head]
        if head.start >= start or head.tag not in _NOUNS or parsed[k].relation.partition(":")[0] not in _PARTS:
            return False
        return self.context.view[head.start : head.end].lower() not in self.rules.person_nouns

    def _weight(self, name: Name) -> tuple[int, str]:
        words, cues = self.context.words, self.rules.cues
        lowers, gaps = words.lowers, words.gaps
        first, last = name.first, name.last
        strong = ""
        weight = 0
        if name.formal:
            weight, strong = weight + 3, "honorific"
        elif name.honorifics:
            weight, strong = weight + 2, "courtesy"
        if name.degrees:
            weight, strong = weight + 3, "degree"
        known = common = proper = 0
        for low in lowers[first:last]:
            traits = self.rules.traits[low]
            known += traits.known
            common += traits.common
            proper += traits.proper
        opening = first in self.openings
        before = lowers[name.start - 1] if name.start else ""
        beside = name.start > 0 and gaps[name.start] in {" ", "  ", ""}
        expert = beside and bool(self.experts) and self._is_expert(name.start)
        if not expert and self._is_thing(name):
            return _NO_NAME, "thing"
        tag = lowers[name.start - 2] if before == "oleh" and name.start > 1 else before
        if beside and tag in self.speech.tags:
            weight, strong = weight + 3, "speech"
        elif beside and before == "menurut":
            weight, strong = weight + 2, "speech"
        elif beside and (before in cues["accused"] or (before == "bernama" and self._is_called(name.start))):
            weight, strong = weight + 3, "noun"
        elif beside and before in self.rules.person_nouns:
            weight, strong = weight + 2, "noun"
        elif beside and before in cues["company"]:
            weight, strong = weight + 2, "list"
        elif expert or self._is_apposition(name):
            weight, strong = weight + 2, "noun"
        elif beside and name.start in self.after:
            weight, strong = weight + 3, "member"
        elif before in cues["list"] and not gaps[name.start].strip(" ,"):
            weight += 1
        after = lowers[name.end] if name.end < len(lowers) else ""
        gap = gaps[name.end]
        if gap in {" ", "  ", ", "}:
            if after in cues["adverb"] and name.end + 1 < len(lowers):
                after = lowers[name.end + 1]
            if after in self.speech.verbs:
                weight, strong = weight + 3, strong or "verb"
            elif after in {"dkk", "cs"}:
                weight, strong = weight + 2, strong or "list"
        if after.isdigit() and len(after) == 2 and gap.startswith((" (", ", ")) and _is_age(words, name.end):
            weight, strong = weight + 3, "age"
        weight += min(known, 2)
        long = last - first > 1
        if known and long and not common and not proper:
            weight, strong = weight + 1, strong or "names"
        if not long and len(lowers[first]) < _SHORTEST_MONONYM:
            weight -= 3
        if common == last - first:
            weight -= 3 if opening else 2
        elif common:
            weight -= 1
        if opening and self.rules.traits[lowers[first]].common and not name.honorifics:
            weight -= 2
        if not known or strong not in {"speech", "verb", "noun"}:
            weight -= 2 * proper
        if long and not common and not proper:
            weight += 1
        return weight, strong or "run"

    def _is_apposition(self, name: Name) -> bool:
        """Tell whether commas set a name off behind a noun for people ("Seorang warga, Rusdi Halim, …")."""
        words = self.context.words
        i = name.start
        if i == 0 or words.gaps[i] != ", " or words.lowers[i - 1] not in self.rules.person_nouns:
            return False
        return len(name) > 1 and words.gaps[name.end].startswith((",", " ("))

    def _is_expert(self, i: int) -> bool:
        """Tell whether a field of knowledge and who knows it stand before a word ("pakar hukum tata negara …")."""
        words = self.context.words
        for k in range(i - 1, max(-1, i - 1 - _LONGEST_FIELD), -1):
            if k in self.experts:
                return True
            low = words.lowers[k]
            if not words.texts[k].islower() or words.gaps[k] != " ":
                return False
            if low in _PREPOSITIONS or low in self.rules.cues["locative"]:
                return False
        return False

    def _is_called(self, i: int) -> bool:
        """Tell whether it is a person whom "bernama" gives a name ("seorang warga bernama Rusdi")."""
        before = self.context.words.lowers[max(0, i - _LONGEST_FIELD) : i - 1]
        return not _SOMEBODY.isdisjoint(before) or not self.rules.person_nouns.isdisjoint(before)

    def _is_thing(self, name: Name) -> bool:
        """Tell whether a noun for a place or a work stands before a run or opens it ("Stadion Rusdi Halim")."""
        words, nouns = self.context.words, self.rules.thing_nouns
        lowers, gaps = words.lowers, words.gaps
        if name.end < len(lowers) and lowers[name.end] in {"dkk", "cs"}:
            return False
        if lowers[name.first] in nouns and len(name) > 1 and not name.honorifics:
            return True
        k = name.start
        while k > 0 and gaps[k] == " " and lowers[k - 1] in self.rules.cues["adjective"]:
            k -= 1
        return k > 0 and gaps[k] in {" ", "  "} and lowers[k - 1] in nouns


def _is_age(words: Words, i: int) -> bool:
    after = words.gaps[i + 1]
    return after.startswith((")", ",")) or (i + 1 < len(words.texts) and words.lowers[i + 1] in {"tahun", "th"})


def individuals(
    context: Context,
    verdicts: Sequence[Verdict],
    letters: Sequence[Name],
    headline: range,
    rules: NameRules,
    gazetteer: Gazetteer,
) -> list[Individual]:
    """Group the runs of an article into people, in the order in which it first names them.

    Parameters
    ----------
    context
        The article.
    verdicts
        Every run and its weight. One that weighs too little counts where it goes on a name that does not ("Rusdi Halim"
        before "kata Rusdi") or is a part of one ("Rusdi" after "Rusdi Halim").
    letters
        The initials of people without a name.
    headline
        The words of the headline, where only known people are named.
    rules
        What names are made of.
    gazetteer
        Regions: "di Rusdi" is no short form of a person.
    """
    nicknames = _nicknames(context, verdicts, rules)
    if nicknames:
        second = {name.start for name in nicknames}
        verdicts = [verdict for verdict in verdicts if verdict.name.start not in second]
    verdicts = _trimmed(context, verdicts, rules)
    strong = [(verdict.name, verdict.cue) for verdict in verdicts if verdict.weight >= ENOUGH]
    weak = [verdict.name for verdict in verdicts if _NO_NAME < verdict.weight < ENOUGH]
    found = _grouped(context, strong, [name for name in weak if name.first not in headline], rules)
    _add_initials(context, found, letters)
    found = _joined_brackets(context, found)
    _add_nicknames(context, found, nicknames)
    found = _joined_nicknames(found)
    grouped = {run.start for person in found for run in person.runs}
    _add_short_forms(context, found, [name for name in weak if name.start not in grouped], rules, gazetteer)
    return sorted([person for person in found if person.runs], key=lambda person: person.runs[0].start)


def _trimmed(context: Context, verdicts: Sequence[Verdict], rules: NameRules) -> list[Verdict]:
    """Cut a foreign word off a name that stands without it too ("Seleb Rusdi Halim", "Rusdi Halim Gugat")."""
    lowers = context.words.lowers
    long = {verdict.name.start for verdict in verdicts if verdict.name.last - verdict.name.first > _SHORTEST_ALIAS}
    alone = {tuple(lowers[v.name.first : v.name.last]) for v in verdicts} if long else set()

    def trim(verdict: Verdict) -> Verdict:
        name = verdict.name
        tokens = tuple(lowers[name.first : name.last])
        if tokens[:-1] in alone and rules.traits[tokens[-1]].foreign:
            return verdict._replace(name=replace(name, last=name.last - 1, end=name.last - 1, degrees=()))
        if tokens[1:] in alone and rules.traits[tokens[0]].foreign:
            return verdict._replace(name=replace(name, first=name.first + 1))
        return verdict

    return [trim(verdict) if verdict.name.start in long else verdict for verdict in verdicts]


def _grouped(
    context: Context, found: Sequence[tuple[Name, str]], weak: Iterable[Name], rules: NameRules
) -> list[Individual]:
    words = context.words
    keyed = [(_tokens(words, name, rules), name, rule) for name, rule in found]
    shorter: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for tokens, _, _ in keyed:
        if len(tokens[0]) > _SHORTEST_ALIAS:
            shorter[tokens[0]].add(tokens)
    for name in weak:
        if len(name) == 1:
            continue
        tokens = _tokens(words, name, rules)
        likely = (other for token in tokens for other in islice(shorter.get(token, ()), _MOST_LIKELY))
        if any(_completes(tokens, other, rules) for other in likely):
            keyed.append((tokens, name, "short_form"))
    circle = _Circle()
    named = False
    open_: list[tuple[Name, list[Individual]]] = []
    def fullness(item: tuple[tuple[str, ...], Name, str]) -> tuple[int, bool, int]:
        tokens, name, _ = item
        return -len(tokens), len(tokens[-1]) < len(words.texts[name.last - 1]), name.start

    for tokens, name, rule in sorted(keyed, key=fullness):
        if len(tokens) == 1 and not named:
            circle.learn_aliases(context, rules)
            named = True
        holders = circle.holders(tokens)
        if not holders:
            circle.add(Individual(tokens, name, rule, [name]))
        elif len(holders) == 1:
            holders[0].runs.append(name)
        else:
            open_.append((name, holders))
    for name, holders in open_:
        _nearest(name, holders).runs.append(name)
    if not named:
        circle.learn_aliases(context, rules)
    return circle.people


class _Circle:
    """The people of an article, found by the words of their names."""

    def __init__(self) -> None:
        self.people: list[Individual] = []
        self._by_token: dict[str, list[Individual]] = defaultdict(list)

    def add(self, person: Individual) -> None:
        """Add a person."""
        self.people.append(person)
        for token in {*person.tokens, *person.aliases}:
            self._by_token[token].append(person)

    def learn_aliases(self, context: Context, rules: NameRules) -> None:
        """Learn the other names of everybody, and find them by these too."""
        _name_aliases(context, self.people, rules)
        for person in self.people:
            for alias in person.aliases.difference(person.tokens):
                self._by_token[alias].append(person)

    def holders(self, tokens: tuple[str, ...]) -> list[Individual]:
        """Return the people whom a name may mean; only those who share its rarest words are compared with it."""
        rows = [self._by_token.get(token, []) for token in tokens if len(token) > 1]
        if not any(rows):
            return []
        rows.sort(key=len)
        likely = {id(person): person for row in rows[:_COMPARED_WORDS] for person in row[-_MOST_LIKELY:]}
        return [person for person in likely.values() if _is_same(tokens, person.tokens) or person.is_called(tokens)]


def _completes(tokens: tuple[str, ...], short: tuple[str, ...], rules: NameRules) -> bool:
    """Tell whether a run is the fuller form of a name: it adds words, and none that running text writes small."""
    if tokens == short:
        return True
    if len(short) >= len(tokens) or not _is_part(short, tokens):
        return False
    added = set(tokens) - set(short)
    return not any(rules.traits[token].foreign for token in added)


def _joined_brackets(context: Context, people: list[Individual]) -> list[Individual]:
    """Give a second name in brackets to the person whose name it follows: "Rusdi Halim (Gus Udi)"."""
    words = context.words
    ends = {run.end: person for person in people for run in person.runs}
    left = []
    for person in people:
        run = person.runs[0] if person.runs else None
        if run is not None and words.gaps[run.start].strip() == "(" and words.gaps[run.end].startswith(")"):
            holder = ends.get(run.start)
            if holder is not None and holder is not person:
                holder.runs.extend(person.runs)
                holder.aliases.update(person.tokens)
                continue
        left.append(person)
    return left


def _nicknames(context: Context, verdicts: Iterable[Verdict], rules: NameRules) -> list[Name]:
    """Return the runs that are second names: "akrab disapa Udi", "Rusdi alias Udi", "Udi, sapaan akrabnya"."""
    words = context.words
    cued = {i + 1 for i in words.among(rules.cues["nickname"]) if words.gaps[i + 1] == " "}
    called = {i for i in words.among(rules.cues["called"]) if words.gaps[i] == ", "}
    if not cued and not called:
        return []
    names = (verdict.name for verdict in verdicts)
    return [name for name in names if name.start in cued or (len(name) == 1 and name.end in called)]


def _add_nicknames(context: Context, people: Sequence[Individual], nicknames: Sequence[Name]) -> None:
    """Give a nickname to the person who was named last before it."""
    words = context.words
    starts = sorted((run.start, k) for k, person in enumerate(people) for run in person.runs) if nicknames else []
    for name in nicknames:
        before = bisect_left(starts, (name.start, 0))
        if starts:
            person = people[starts[max(0, before - 1)][1]]
            person.runs.append(name)
            person.aliases.update(words.lowers[name.first : name.last])


def _joined_nicknames(people: list[Individual]) -> list[Individual]:
    """Give the runs that are a nickname and nothing more to the person who bears it."""
    bearers = {alias: person for person in reversed(people) for alias in person.aliases if alias not in person.tokens}
    left = []
    for person in people:
        bearer = bearers.get(person.tokens[0]) if len(person.tokens) == 1 else None
        if bearer is None or bearer is person:
            left.append(person)
        else:
            bearer.runs.extend(person.runs)
    return left


def _add_initials(context: Context, people: list[Individual], found: Sequence[Name]) -> None:
    """Add the people who are known by their initials only; "KM alias AS" is one."""
    words = context.words
    known = {alias: person for person in people for alias in person.aliases}
    for name in found:
        low = words.lowers[name.first]
        if low in known:
            continue
        before = words.lowers[max(0, name.first - 2) : name.first]
        other = known.get(before[0]) if before[-1:] == ["alias"] else None
        if other is None:
            other = Individual((low,), name, "initials", [], {low})
            people.append(other)
        other.aliases.add(low)
        known[low] = other


def _tokens(words: Words, name: Name, rules: NameRules) -> tuple[str, ...]:
    tokens = words.lowers[name.first : name.last]
    if len(tokens) == 1:
        return (rules.traits[tokens[0]].stem,)
    return (*[rules.equals.get(word, word) for word in tokens[:-1]], rules.traits[tokens[-1]].stem)


def _is_same(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    return _is_part(short, full) or (len(short) == len(full) and (_is_misspelt(short, full) or _is_cut(short, full)))


def _is_cut(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Tell whether a name cuts the last word of another ("Nur Pras" for Nur Prasetyono)."""
    last = short[-1]
    return len(short) > 1 and short[:-1] == full[:-1] and len(last) >= _SHORTEST_MONONYM and full[-1].startswith(last)


def _is_part(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Tell whether the words of one name stand in another, in order; an initial stands for a word."""
    if len(short) == 1:
        return short[0] in full
    at = iter(full)
    return all(any(_stands_for(token, word) for word in at) for token in short)


def _stands_for(token: str, word: str) -> bool:
    if token == word:
        return True
    return (len(token) == 1 and word.startswith(token)) or (len(word) == 1 and token.startswith(word))


def _is_misspelt(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two full names differ by at most two letters in one of their words."""
    if len(one) < _SHORTEST_ALIAS:
        return False
    different = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(different) == 1 and _is_close(*different[0])


def _is_close(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > _MOST_EDITS or min(len(one), len(other)) < _LONG_ENOUGH_FOR_EDITS:
        return False
    if one[0] != other[0]:
        return False
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1] <= _MOST_EDITS


def _nearest(name: Name, people: Sequence[Individual]) -> Individual:
    """Return the person who was named last before a run, else the first one named after it."""
    if len(people) == 1:
        return people[0]

    def distance(person: Individual) -> tuple[bool, int]:
        nearby = person.runs[:_MOST_LIKELY] + person.runs[-_MOST_LIKELY:]
        before = [run.start for run in nearby if run.start < name.start]
        return (not before, name.start - max(before) if before else person.runs[0].start)

    return min(people, key=distance)


def _name_aliases(context: Context, people: Iterable[Individual], rules: NameRules) -> None:
    """Learn "Agus Hari Wirawan (AHW)", "Rusdi alias Udi" and the names of public figures."""
    words = context.words
    for person in people:
        spelled = " ".join(words.lowers[person.fullest.first : person.fullest.last])
        person.aliases.update(rules.nicknames.get(spelled, ()))
        for run in person.runs:
            i = run.end
            if i >= len(words) or words.gaps[i].strip(" ") not in {"(", ",("} or not words.gaps[i + 1].startswith(")"):
                continue
            alias = words.lowers[i]
            text = words.texts[i]
            letters = "".join(words.lowers[run.first : run.last])
            initials = "".join(word[0] for word in words.lowers[run.first : run.last])
            short = text.isupper() and len(alias) >= _SHORTEST_ALIAS and alias == initials
            blend = text.istitle() and len(alias) > _SHORTEST_ALIAS and alias[0] == letters[0]
            if short or (blend and _in_order(alias, letters)):
                person.aliases.add(alias)


def _in_order(short: str, letters: str) -> bool:
    at = iter(letters)
    return all(letter in at for letter in short)


def _add_short_forms(
    context: Context,
    people: Sequence[Individual],
    free: Iterable[Name],
    rules: NameRules,
    gazetteer: Gazetteer,
) -> None:
    """Add the runs that name a known person by a part of the name or by an alias."""
    words = context.words
    openings = frozenset(context.sentences)
    by_token: dict[str, list[Individual]] = defaultdict(list)
    for person in people:
        for token in {*person.tokens, *person.aliases}:
            if len(token) >= _SHORTEST_ALIAS:
                by_token[token].append(person)
    for name in free if by_token else ():
        tokens = _tokens(words, name, rules)
        holders = by_token.get(tokens[0], [])[-_MOST_LIKELY:]
        fitting = [p for p in holders if _is_part(tokens, p.tokens) or p.is_called(tokens)]
        if not fitting and len(tokens) > 1:
            name, fitting = _part_of_run(name, tokens, by_token)
            tokens = _tokens(words, name, rules)
        if not fitting or (len(tokens) == 1 and not _may_be_short(context, name, rules, openings, gazetteer)):
            continue
        _nearest(name, fitting).runs.append(name)
    capitals = {alias: person for person in reversed(people) for alias in person.aliases}
    covered = {k for person in people for run in person.runs for k in range(run.start, run.end)} if capitals else set()
    for i in words.capitals if capitals else ():
        low = words.lowers[i]
        if low in capitals and words.texts[i].isupper() and i not in covered:
            capitals[low].runs.append(Name(i, i, i + 1, i + 1, (), (), closed=False, formal=False))
    for person in people:
        person.runs.sort(key=lambda run: run.start)


def _part_of_run(
    name: Name, tokens: tuple[str, ...], by_token: Mapping[str, Sequence[Individual]]
) -> tuple[Name, list[Individual]]:
    """Cut a run down to the known name at its beginning or end ("Rusdi Ingatkan", "Gabung Rusdi Halim")."""
    for size in range(len(tokens) - 1, 0, -1):
        for at in (0, len(tokens) - size):
            part = tokens[at : at + size]
            likely = by_token.get(part[0], [])[-_MOST_LIKELY:]
            fitting = [p for p in likely if _is_part(part, p.tokens) or p.is_called(part)]
            if fitting:
                first = name.first + at
                return replace(name, start=first, first=first, last=first + size, end=first + size), fitting
    return name, []


def _may_be_short(
    context: Context, name: Name, rules: NameRules, openings: Collection[int], gazetteer: Gazetteer
) -> bool:
    words = context.words
    i = name.first
    low = words.lowers[i]
    if name.start > 0 and words.gaps[name.start] == " ":
        before = words.lowers[name.start - 1]
        if before in rules.cues["locative"] or before in rules.thing_nouns:
            region = gazetteer.match(words, i)
            if region is not None or before in rules.thing_nouns:
                return False
    return not (i in openings and rules.is_common(low))


def records(context: Context, people: Sequence[Individual]) -> list[Person]:
    """Make the records of people who are in the order of their first mention; the ids are "p1", "p2", …."""
    return [
        Person(
            id=f"p{number}",
            name=_spelled(context, person.fullest),
            honorifics=max([run.honorifics for run in person.runs], key=len),
            degrees=max([run.degrees for run in person.runs], key=len),
            mentions=tuple([_mention(context, run) for run in person.runs]),
            rule=f"person.{person.rule}",
        )
        for number, person in enumerate(people, 1)
    ]


def _spelled(context: Context, name: Name) -> str:
    words = context.words
    return " ".join(context.text[words.starts[name.first] : words.ends[name.last - 1]].split())


def _mention(context: Context, name: Name) -> Mention:
    words = context.words
    return context.mention(words.starts[name.first], words.ends[name.last - 1])
