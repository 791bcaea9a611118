"""Personal names: honorifics, the name itself, degrees.

A name is read from its first word on: ``HONORIFIC* NAME{1,6} (DEGREE-chain)?``. Whether somebody is meant at all is for
the layer above to decide; here stands only how far a name reaches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from netralitas_nlp import _rules
from netralitas_nlp._rules import Entry, Source, Table
from netralitas_nlp._text import Memo, Words, split_words

__all__ = ["SMALL_HONORIFICS", "Name", "NameRules", "Phrases", "read"]

_TABLES: Mapping[str, Table] = {
    "honorific": Table(
        {"kind": str, "variants": list},
        choices={"kind": frozenset({"religious", "nobility", "academic", "rank", "courtesy"})},
    ),
    "corps": Table({"variants": list}),
    "degree": Table({"variants": list}),
    "particle": Table({"variants": list}),
    "person_noun": Table({"variants": list}),
    "thing_noun": Table({"variants": list}),
    "stop": Table({"variants": list}),
    "cue": Table({"variants": list}),
    "alias": Table({"name": str, "variants": list}),
    "equal": Table({"variants": list}),
}
#: Honorifics that are written in lower case too.
SMALL_HONORIFICS = frozenset({"dr", "drg", "drh", "apt", "alm", "almarhum", "almarhumah", "almh", "mendiang"})
_MOST_WORDS = 6
_MOST_HONORIFICS = 8
_MOST_DEGREES = 12
_ABBREVIATED_NAME = 3
_LONGEST_INITIALS = 4
_SHORTEST_INITIALS = 2
_SHORTEST_GLUED = 9
_SHORTEST_TAIL = 4
_GLUED_TAILS = ("di", "ke", "dan")
#: Arabic articles, which a hyphen joins to the name; other hyphens join two people ("Rusdi-Halim").
_ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "asy", "at", "az"})
#: An apostrophe ends some names: "Asma' Halimah".
_ENDING_MARKS = frozenset({"' ", "’ "})
_CLITICS = ("nya", "lah", "kah", "pun")
#: Headlines write verbs without their prefix ("Gugat" for "menggugat").
_SHORTEST_VERB = 5
_CERTIFICATE = range(4, 8)


class Phrases:
    """Phrases of one or more words, found by their first word.

    Parameters
    ----------
    entries
        Pairs of a phrase and what it stands for; case, dots and brackets in a phrase make no difference.
    """

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        #: By the first word, the entry of which it is all, and by the second one the longer phrases, longest first.
        self._by_first: dict[str, tuple[Entry | None, dict[str, list[tuple[list[str], Entry]]]]] = {}
        for phrase, entry in entries:
            first, *rest = split_words(phrase, keep=phrase.split()).lowers
            alone, longer = self._by_first.get(first, (None, {}))
            if rest:
                longer.setdefault(rest[0], []).append((rest, entry))
            self._by_first[first] = alone if rest else alone or entry, longer
        for _, longer in self._by_first.values():
            for rows in longer.values():
                rows.sort(key=lambda row: -len(row[0]))

    def __contains__(self, word: str) -> bool:
        return word in self._by_first

    def first_words(self) -> Collection[str]:
        """Return the words that a phrase may begin with."""
        return self._by_first.keys()

    def followers(self, word: str) -> frozenset[str] | None:
        """Return the words of which one must follow a phrase's first word, None where it is a phrase alone."""
        alone, longer = self._by_first.get(word, (None, {}))
        return frozenset(longer) if alone is None else None

    def kinds(self, word: str) -> set[str]:
        """Return the kinds of the entries that begin with a word."""
        alone, longer = self._by_first.get(word, (None, {}))
        entries = [entry for rows in longer.values() for _, entry in rows]
        return {entry.text("kind") for entry in ([alone, *entries] if alone else entries)}

    def match(self, words: Words, i: int, joints: str = " .-") -> tuple[int, Entry] | None:
        """Return the end and the entry of the longest phrase that starts at a word.

        `joints` are the characters that may stand between two words of a phrase.
        """
        lowers = words.lowers
        known = self._by_first.get(lowers[i]) if i < len(lowers) else None
        if known is None:
            return None
        alone, longer = known
        for rest, entry in longer.get(lowers[i + 1], ()) if longer and i + 1 < len(lowers) else ():
            end = i + 1 + len(rest)
            if lowers[i + 1 : end] == rest:
                between = words.gaps[i + 1 : end]
                if all(len(gap) <= 3 and not gap.strip(joints) for gap in between):
                    return end, entry
        return None if alone is None else (i + 1, alone)


@dataclass(slots=True)
class Name:
    """A name as it stands at some words; not frozen, which would make it four times as dear, but never changed.

    Attributes
    ----------
    start
        The index of the first word, honorifics included.
    first, last
        The words of the name alone, end exclusive.
    end
        The index after the last word, degrees included.
    honorifics, degrees
        As they are written.
    closed
        Whether a comma follows the name or its degrees.
    """

    start: int
    first: int
    last: int
    end: int
    honorifics: tuple[str, ...]
    degrees: tuple[str, ...]
    closed: bool
    formal: bool

    def __len__(self) -> int:
        return self.last - self.first


class Traits(NamedTuple):
    """What the word lists tell of a word.

    Attributes
    ----------
    known
        Whether names of people hold it.
    common, proper
        Whether running text writes it small, and whether other names hold it; never where it is known.
    foreign
        Whether it is one of the two.
    stem
        The spelling that stands for all of a name's word, without a verb glued to it ("Halimmemberi").
    glued
        Whether such a verb is.
    """

    known: bool
    common: bool
    proper: bool
    foreign: bool
    stem: str
    glued: bool


@dataclass(frozen=True)
class NameRules:
    """What names are made of.

    Attributes
    ----------
    honorifics, person_nouns, thing_nouns
        The phrases before a name of a person, and before one of a thing.
    stops
        Lower-cased words that end a name.
    cues
        Words beside a name, by what they say.
    aliases
        Names by which public figures are known, in lower case, with the full names.
    degrees
        Their keys: lower case, without dots and blanks.
    particles
        Small words inside a name.
    equals
        A given name's spellings, each with the first one of its class.
    common, known, proper
        Words of running text, words of personal names, other capitalised words.
    mixed
        Words with a capital inside ("NasDem").
    """

    honorifics: Phrases
    person_nouns: frozenset[str]
    thing_nouns: frozenset[str]
    stops: frozenset[str]
    cues: Mapping[str, frozenset[str]]
    aliases: Mapping[str, str]
    corps: frozenset[str]
    degrees: frozenset[str]
    particles: frozenset[str]
    equals: Mapping[str, str]
    common: frozenset[str]
    known: frozenset[str]
    proper: frozenset[str]
    mixed: frozenset[str]

    @classmethod
    def load(cls, sources: Iterable[Source] = ()) -> NameRules:
        """Read the built-in rules and word lists, and the user's `sources`."""
        tables = _rules.load([_rules.builtin("names.toml"), *sources], _TABLES)
        words = {
            name: frozenset(_rules.read_lines(_rules.builtin(f"words/{name}.txt")))
            for name in ("common", "names", "given", "proper", "degrees", "mixed")
        }
        known = words["names"] | words["given"]
        cues = {entry.id: _variants([entry]) for entry in tables["cue"]}
        return cls(
            honorifics=_phrases(tables["honorific"]),
            person_nouns=_variants(tables["person_noun"]),
            thing_nouns=_variants(tables["thing_noun"]),
            stops=_variants(tables["stop"]),
            cues=cues,
            aliases={
                variant.lower(): entry.text("name")
                for entry in tables["alias"]
                for variant in entry.texts("variants")
            },
            corps=_variants(tables["corps"]),
            degrees=frozenset(map(_degree_key, _variants(tables["degree"]))) | words["degrees"],
            particles=_variants(tables["particle"]),
            equals={
                variant.lower(): entry.texts("variants")[0].lower()
                for entry in tables["equal"]
                for variant in entry.texts("variants")
            },
            common=(words["common"] | cues["common"]) - words["given"],
            known=known,
            proper=words["proper"] - words["given"],
            mixed=words["mixed"],
        )

    @cached_property
    def traits(self) -> Memo[Traits]:
        """What the word lists tell, by the word in lower case."""
        return Memo(self._traits)

    def _traits(self, word: str) -> Traits:
        known = word in self.known
        common = not known and self._is_common(word)
        proper = not known and word in self.proper
        stem = self._stem(word)
        glued = len(word) >= _SHORTEST_GLUED and word not in self.equals and stem != word
        return Traits(known, common, proper, common or proper, stem, glued)

    def is_common(self, word: str) -> bool:
        """Tell whether running text writes a word small, bare or with a clitic ("menurutnya") or prefix ("hadiri")."""
        return self.traits[word].common

    def _is_common(self, word: str) -> bool:
        if word in self.common or (word.endswith(_CLITICS) and word[:-3] in self.common):
            return True
        return len(word) >= _SHORTEST_VERB and f"di{word}" in self.common

    def _stem(self, word: str) -> str:
        if len(word) < _SHORTEST_GLUED or word in self.known or word in self.common:
            return self.equals.get(word, word)
        for end in range(len(word) - _SHORTEST_TAIL, _ABBREVIATED_NAME, -1):
            if word[:end] in self.known and word[end:] in self.common:
                return self.equals.get(word[:end], word[:end])
        for tail in _GLUED_TAILS:
            if word.endswith(tail) and word[: -len(tail)] in self.known:
                return self.equals.get(word[: -len(tail)], word[: -len(tail)])
        return word

    @cached_property
    def ranks(self) -> frozenset[str]:
        """The words that a rank begins with; inside a run they open the next name."""
        phrases = self.honorifics
        return frozenset(word for word in phrases.first_words() if phrases.kinds(word) == {"rank"})

    @cached_property
    def nicknames(self) -> Mapping[str, Sequence[str]]:
        """The aliases of each public figure, by the name in lower case."""
        found: dict[str, list[str]] = {}
        for alias, name in self.aliases.items():
            found.setdefault(name.lower(), []).append(alias)
        return found

    @cached_property
    def degree_openers(self) -> frozenset[str]:
        """What the key of a degree may begin with."""
        return frozenset(key[:size] for key in self.degrees for size in range(1, len(key) + 1))

    @cached_property
    def openers(self) -> frozenset[str]:
        """The words that an honorific begins with."""
        return frozenset(self.honorifics.first_words())


def _phrases(entries: Iterable[Entry]) -> Phrases:
    return Phrases((variant, entry) for entry in entries for variant in entry.texts("variants"))


def _variants(entries: Iterable[Entry]) -> frozenset[str]:
    return frozenset(variant.lower() for entry in entries for variant in entry.texts("variants"))


def _degree_key(degree: str) -> str:
    return "".join(char for char in degree if char.isalnum()).lower()


def read(
    view: str,
    words: Words,
    i: int,
    rules: NameRules,
    *,
    blocked: Sequence[int] = b"",
    strict: bool = False,
    capitals: bool = False,
) -> Name | None:
    """Read the name that starts at a word.

    Parameters
    ----------
    view, words
        The text.
    i
        The index of a word.
    rules
        What names are made of.
    blocked
        One number a word; a name does not reach into words where it is not 0.
    strict
        End the name at a common word too, as in a headline, where verbs are capitalised.
    capitals
        Read words in capitals as names.

    Returns
    -------
    Name or None
        None where no name can start.
    """
    first, honorifics, formal = _honorifics(view, words, i, rules)
    last = _name_words(words, first, rules, blocked, strict=strict, capitals=capitals)
    if last == first:
        return None
    end, degrees = _degrees(view, words, last, rules)
    gap = words.gaps[end]
    closed = "," in gap and gap.lstrip(".").startswith(",")
    return Name(i, first, last, end, honorifics, degrees, closed, formal)


def _honorifics(view: str, words: Words, i: int, rules: NameRules) -> tuple[int, tuple[str, ...], bool]:
    """Return where the name itself starts, what stands before it, and whether that names a person for sure."""
    if i == len(words.texts) or words.lowers[i] not in rules.openers:
        return i, (), False
    found: list[str] = []
    formal = False
    while i < len(words.texts) and len(found) < _MOST_HONORIFICS:
        text, low = words.texts[i], words.lowers[i]
        if low not in rules.openers or not (text[0].isupper() or low in SMALL_HONORIFICS):
            break
        hit = rules.honorifics.match(words, i, " .(")
        if hit is None:
            break
        end, entry = hit
        rank = entry.text("kind") == "rank"
        if rank:
            end = _rank_end(words, end, rules)
        while end < len(words.texts) and words.gaps[end].strip(" .") == "(" and words.lowers[end] in _BRACKETED_RANKS:
            end += 1
        if end >= len(words.texts) or words.gaps[end].strip(" .)") or "\n" in words.gaps[end]:
            break
        if not words.texts[end][0].isupper() and words.lowers[end] not in SMALL_HONORIFICS:
            break
        spelled = entry.text("kind") != "rank" and len(text) > _ABBREVIATED_NAME
        if spelled and rules.is_common(words.lowers[end]) and words.lowers[end] not in rules.openers:
            break
        gap = words.gaps[end]
        dot = len(gap) - len(gap.lstrip(".)"))
        found.append(view[words.starts[i] : words.ends[end - 1] + dot])
        formal = formal or entry.text("kind") != "courtesy"
        i = end
    return i, tuple(found), formal


#: What stands in brackets behind a rank: retired, and the navy's corps.
_BRACKETED_RANKS = frozenset({"purn", "p", "t", "e", "s", "k", "kh", "mar"})


def _rank_end(words: Words, end: int, rules: NameRules) -> int:
    """Return the end of what belongs to a rank: "(Komjen)", "Polisi", a corps."""
    if end + 1 < len(words.texts) and words.gaps[end] == " (" and words.gaps[end + 1].startswith(")"):
        end += words.lowers[end] in rules.openers
    while end < len(words.texts) and _blank(words.gaps[end].removeprefix(")")):
        if words.lowers[end] not in rules.corps and words.lowers[end] not in {"polisi", "pol", "tni"}:
            break
        end += 1
    return end


def _blank(gap: str) -> bool:
    return gap in {" ", "  ", "."} or gap == ". "


def _name_words(
    words: Words, i: int, rules: NameRules, blocked: Sequence[int], *, strict: bool, capitals: bool
) -> int:
    texts, lowers, gaps, stops, ranks = words.texts, words.lowers, words.gaps, rules.stops, rules.ranks
    j = i
    taken = 0
    while j < len(texts) and taken < _MOST_WORDS and not (blocked and blocked[j]):
        text, low, gap = texts[j], lowers[j], gaps[j]
        if j > i and gap in _NICKNAME_MARKS and gaps[j + 1][:1] == _NICKNAME_MARKS[gap]:
            if gaps[j + 1][1:] == " " and j + 1 < len(texts) and texts[j + 1].istitle():
                j += 1
                if _is_name_word(texts[j], lowers[j], stops, capitals=capitals):
                    j += 1
                continue
            break
        if text.islower() and (j == i or low not in rules.particles):
            break
        if text.isupper() and _is_initials(words, j) and (j > i or (blocked and i > 0 and blocked[i - 1])):
            j += 1
            taken += 1
            continue
        if j > i and ((gap != " " and not _joins(gap, texts[j - 1], rules)) or _opens_degree(words, j, rules)):
            break
        if j > i and text == low and low in rules.particles:
            follows = j + 1 < len(texts) and gaps[j + 1] in {" ", ". "} and texts[j + 1][0].isupper()
            if not follows or not _is_name_word(texts[j + 1], lowers[j + 1], stops, capitals=capitals):
                break
            j += 1
            continue
        if not _is_name_word(text, low, stops, capitals=capitals) or (j > i and low in ranks):
            break
        traits = rules.traits[low]
        if strict and traits.common:
            break
        taken += 1
        j += 1
        if traits.glued:
            break
    if j == i + 1 and len(texts[i]) == 1:
        return i
    if j == i + 1 < len(texts) and texts[j].isupper() and _is_last_initials(words, j, rules):
        return j + 1
    return j


#: A nickname stands in marks of its own inside a name: Rusdi 'Udi' Halim.
_NICKNAME_MARKS = {" '": "'", ' "': '"', " “": "”", " ‘": "’"}


def _is_initials(words: Words, j: int) -> bool:
    """Tell whether capitals stand for names inside a name: "Rusdi WA Halim"."""
    if not (1 < len(words.texts[j]) <= _LONGEST_INITIALS and j + 1 < len(words.texts)):
        return False
    return words.gaps[j] in {" ", ", ", ") "} and words.gaps[j + 1] in {" ", ". "} and words.texts[j + 1].istitle()


def _is_last_initials(words: Words, j: int, rules: NameRules) -> bool:
    """Tell whether capitals are two initials that end a name of one word ("Dwiyana SB")."""
    if words.gaps[j] != " " or not words.texts[j].isalpha():
        return False
    low = words.lowers[j]
    free = low not in rules.stops and low not in rules.degrees and low not in rules.proper
    ends = j + 1 == len(words.texts) or words.gaps[j + 1] != " " or words.texts[j + 1].islower()
    return len(low) == _SHORTEST_INITIALS and free and ends


def _is_name_word(text: str, low: str, stops: Collection[str], *, capitals: bool) -> bool:
    if not text[0].isupper() or low in stops:
        return False
    if len(text) == 1:
        return True
    return (text.isalpha() and (capitals or not text.isupper())) or ("'" in text and not text.isupper())


def _joins(gap: str, before: str, rules: NameRules) -> bool:
    if gap in {" ", "  "}:
        return True
    if gap == "-":
        return before.lower() in _ARTICLES
    if gap in _ENDING_MARKS:
        return before.lower() in rules.known
    if gap not in {".", ". "}:
        return False
    low = before.lower()
    if len(before) > _LONGEST_INITIALS or not (before[0].isupper() or low in rules.particles):
        return False
    return low in rules.particles or low in rules.equals or (len(before) < _ABBREVIATED_NAME and low not in rules.known)


def _opens_degree(words: Words, i: int, rules: NameRules) -> bool:
    """Tell whether a dotted degree follows a name without a comma ("Rusdi Halim M.Si")."""
    text = words.texts[i]
    if not text[0].isupper() or words.gaps[i] != " ":
        return False
    if words.gaps[i + 1] != "." and (text.istitle() or text.isupper()):
        return False
    return _degree(words, i, rules, chained=False) is not None


def _degrees(view: str, words: Words, i: int, rules: NameRules) -> tuple[int, tuple[str, ...]]:
    """Return the end of the chain of degrees that starts at a word, and the degrees."""
    found: list[str] = []
    texts = words.texts
    while i < len(texts) and texts[i][0].isupper() and len(found) < _MOST_DEGREES:
        gap = words.gaps[i]
        comma = "," in gap
        if gap.strip(" ,.") or "\n" in gap or len(gap) > 4 or (not found and "." in gap and not comma):
            break
        hit = _degree(words, i, rules, chained=comma or bool(found))
        if hit is None:
            break
        dotted = words.gaps[hit].startswith(".") and any(words.gaps[k] for k in range(i + 1, hit))
        bracket = "(" in "".join(words.gaps[i + 1 : hit]) and words.gaps[hit].startswith(")")
        found.append(view[words.starts[i] : words.ends[hit - 1] + (dotted or bracket)])
        i = hit
    return i, tuple(found)


def _degree(words: Words, i: int, rules: NameRules, *, chained: bool) -> int | None:
    """Return the end of the degree that starts at a capitalised word; `chained` behind a comma or another degree."""
    key = ""
    best = None
    for j in range(i, min(i + 5, len(words.texts))):
        if j > i and words.gaps[j] not in {".", ". ", " (", ".("} and not (words.gaps[j] == " " and len(key) <= 1):
            break
        key += words.lowers[j]
        if key not in rules.degree_openers:
            break
        text = words.texts[i]
        written = j > i or not text.istitle() or len(text) <= _ABBREVIATED_NAME
        if key in rules.degrees and written and (chained or j > i or not text.istitle()):
            best = j + 1
    if best is None and chained and words.texts[i].isupper() and len(words.texts[i]) in _CERTIFICATE:
        after = words.gaps[i + 1]
        if after.startswith(",") and words.texts[i].isalpha() and "," in words.gaps[i]:
            return i + 1 if words.lowers[i] not in rules.proper else None
    return best
