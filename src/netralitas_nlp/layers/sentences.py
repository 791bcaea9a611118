"""Where sentences begin.

A full stop, question or exclamation mark ends a sentence, inside quotation marks too; a closing mark belongs to the
sentence before it. Blank lines and masked stretches always end one, a single line break does not where the sentence
goes on. Full stops of abbreviations, initials, degrees, list numbers, numbers and addresses end none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from netralitas_nlp._rules import Source, Table, builtin, load
from netralitas_nlp._text import Words
from netralitas_nlp.types import Span

__all__ = ["SentenceRules", "find", "spans"]

_TABLES = {
    "abbreviation": Table(required={"variants": list}, optional={"ends": bool}),
    "degree": Table(required={"variants": list}),
    "label": Table(required={"variants": list}),
    "open": Table(required={"variants": list}),
}
#: A number of more digits, and a word of more letters, opens no list and is no part of an abbreviation.
_LIST_NUMBER = 3
_LONGEST_PART = 4
#: What most words stand behind, and no sentence.
_GOING_ON = frozenset({"", " ", ", "})
#: Marks that belong to the word behind them, or before them, also where no blank stands on their other side.
_OPENING = "“‘«([{"
_CLOSING = frozenset("”’»)]}.")
_NO_BLANK = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """The words of ``abbreviations.toml``, in lower case.

    Attributes
    ----------
    abbreviations
        Words whose full stop never ends a sentence.
    closing
        Words whose full stop may end one.
    degrees
        Degrees by their parts: ``("m", "si")``.
    labels
        Nouns before a letter that is no initial ("Komisi C").
    open
        Words that no sentence ends with.
    """

    abbreviations: frozenset[str]
    closing: frozenset[str]
    degrees: frozenset[tuple[str, ...]]
    labels: frozenset[str]
    open: frozenset[str]

    @classmethod
    def load(cls, sources: Iterable[Source] = ()) -> SentenceRules:
        """Read the built-in rules and those of `sources`.

        Raises
        ------
        RuleError
            If an entry has a mistake.
        """
        entries = load([builtin("abbreviations.toml"), *sources], _TABLES)
        words: dict[bool, set[str]] = {False: set(), True: set()}
        for entry in entries["abbreviation"]:
            words[entry.flag("ends")].update(variant.lower() for variant in entry.texts("variants"))
        return cls(
            frozenset(words[False]),
            frozenset(words[True]),
            frozenset(
                tuple(form.lower().split(".")) for entry in entries["degree"] for form in entry.texts("variants")
            ),
            frozenset(form for entry in entries["label"] for form in entry.texts("variants")),
            frozenset(form for entry in entries["open"] for form in entry.texts("variants")),
        )


def find(view: str, words: Words, rules: SentenceRules) -> list[int]:
    """Return the indices of the words that open a sentence.

    Parameters
    ----------
    view
        The view, furniture and credits masked by line breaks.
    words
        Its words.
    rules
        What :meth:`SentenceRules.load` read.

    Returns
    -------
    list of int
        Ascending, the first one 0; empty where there are no words.
    """
    if not words.texts:
        return []
    starts = [0]
    for index in [i for i, gap in enumerate(words.gaps) if gap != " " and gap not in _GOING_ON]:
        if index == 0:
            continue
        if index == len(words.texts):
            break
        gap = words.gaps[index]
        if "\n" in gap:
            ends = _breaks_line(gap, words, index, rules)
        elif "." in gap or "!" in gap or "?" in gap or "…" in gap:
            ends = _ends(gap, words, index, starts[-1], rules)
        else:
            continue
        if ends:
            starts.append(index)
    return starts


def spans(view: str, words: Words, starts: Sequence[int], masked: Iterable[Span] = ()) -> list[Span]:
    """Return where the sentences stand, opening marks and bullets included.

    Parameters
    ----------
    view
        The view of the text, nothing in it masked.
    words
        The words of the masked view.
    starts
        What :func:`find` returned.
    masked
        Furniture and credits; each is a span of its own.

    Returns
    -------
    list of Span
        Ascending, disjoint and without outer blanks; together they hold all that is not blank.
    """
    first = _NO_BLANK.search(view)
    if first is None:
        return []
    opening = {first.start(), *(_opening(view, words, index) for index in starts if index)}
    for start, end in masked:
        opening.add(_before_marks(view, start, 0))
        # Marks without a word may follow.
        if after := _NO_BLANK.search(view, _behind_marks(view, end)):
            opening.add(after.start())
    bounds = [*sorted(opening), len(view)]
    found_spans = []
    for start, end in pairwise(bounds):
        piece = view[start:end]
        stripped = piece.strip()
        if stripped:
            at = start + len(piece) - len(piece.lstrip())
            found_spans.append(Span(at, at + len(stripped)))
    return found_spans


def _opening(view: str, words: Words, index: int) -> int:
    """Return where the sentence of its first word begins: before its quotation mark, bracket or bullet."""
    start, floor = words.starts[index], words.ends[index - 1]
    _, line_break, rest = view[floor:start].rpartition("\n")
    if line_break:
        return start - len(rest.lstrip())
    at = start
    while at > floor and not view[at - 1].isspace():
        at -= 1
    if at > floor:
        return at
    return _before_marks(view, start, floor)


def _before_marks(view: str, start: int, floor: int) -> int:
    while start > floor and view[start - 1] in _OPENING:
        start -= 1
    return start


def _behind_marks(view: str, end: int) -> int:
    while end < len(view) and view[end] in _CLOSING:
        end += 1
    return end


def _breaks_line(gap: str, words: Words, index: int, rules: SentenceRules) -> bool:
    """Tell whether the sentence ends at a line break: a blank line, or a line that is complete."""
    before, _, after = gap.partition("\n")
    if "\n" in after:
        return True
    closed = before.rstrip()
    if closed.endswith((".", "!", "?", ":", ";", "…", '"', "”", ")", "*")):
        return not (closed == "." and words.lowers[index - 1] in rules.abbreviations)
    if after.strip(" \"“'‘("):
        return True
    return words.texts[index][0].isupper() and not (closed == "," or words.lowers[index - 1] in rules.open)


def _ends(gap: str, words: Words, index: int, opening: int, rules: SentenceRules) -> bool:
    """Tell whether the marks in a gap end the sentence before the word at `index`."""
    word, following = words.texts[index - 1], words.texts[index]
    if following[0].islower():
        return False
    if gap == ". ":
        return not _is_abbreviation(words, index, opening, rules)
    last = max(gap.rfind("."), gap.rfind("!"), gap.rfind("?"), gap.rfind("…"))
    rest = gap[last + 1 :]
    if "," in rest or ";" in rest or "=" in rest or "/" in gap or "@" in gap or ":" in gap[:last]:
        return False
    spaced = " " in rest
    if gap[0] != ".":
        return spaced or (gap[0] in "\"”')]?!… " and following[0].isalpha())
    if not spaced and gap == "." and not _glued(word, following, rules):
        return False
    if len(gap) > 1 and not gap[1].isspace() and gap[1] != "(":
        return True
    return not _is_abbreviation(words, index, opening, rules)


def _glued(word: str, following: str, rules: SentenceRules) -> bool:
    """Tell whether two words with nothing but a full stop between them are of two sentences."""
    if not following[0].isupper() or len(following) < 2 or following.isupper():
        return False
    if word.isdigit():
        return len(word) >= _LIST_NUMBER
    return len(word) >= _LIST_NUMBER or (word.islower() and len(word) > 1) or (len(word) > 1 and word.isupper())


def _is_abbreviation(words: Words, index: int, opening: int, rules: SentenceRules) -> bool:
    at = index - 1
    word, lower = words.texts[at], words.lowers[at]
    if lower in rules.closing:
        # "PT Lereng Tbk. (LRNG) menambah"
        return "(" in words.gaps[index]
    if len(word) == 1 and words.gaps[at] == "-":
        return False
    if word.isdigit():
        return at == opening and len(word) < _LIST_NUMBER and words.gaps[index].startswith(".")
    glued = words.gaps[at] == "." and len(words.texts[at - 1]) < _LONGEST_PART
    if len(word) == 1 and words.gaps[at] == " ":
        before = words.lowers[at - 1]
        if before[-1].isdigit() or before in rules.labels:
            return False
    if len(word) == 1 or glued:
        return not _is_degree(words, at, rules) or _degree_follows(words, index, rules)
    return lower in rules.abbreviations


def _is_degree(words: Words, at: int, rules: SentenceRules) -> bool:
    """Tell whether the word ends a degree ("M.Si") that follows a name, not an initial or an honorific."""
    return any(
        at >= count
        and words.gaps[at - count + 2 : at + 1] == ["."] * (count - 1)
        and tuple(words.lowers[at - count + 1 : at + 1]) in rules.degrees
        for count in (2, 3)
    )


def _degree_follows(words: Words, index: int, rules: SentenceRules) -> bool:
    return words.gaps[index + 1] == "." and any(
        tuple(words.lowers[index : index + count]) in rules.degrees for count in (2, 3)
    )
