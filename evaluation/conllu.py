"""CoNLL-U: reading sentences, rebuilding their text, and the F1 of tokens, words and sentences as spans of characters.

The text is that of the CoNLL 2018 task: tokens joined as ``SpaceAfter`` says, sentences by a space. Two analyses of one
text are compared over its characters without blanks, so neither blanks nor line breaks matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

__all__ = ["F1", "Analysis", "Sentence", "Span", "Token", "Word", "analysis", "parse", "read", "score", "text_of"]

_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word: the ten columns of CoNLL-U, ``_`` kept."""

    id: int
    form: str
    lemma: str = "_"
    upos: str = "_"
    xpos: str = "_"
    feats: str = "_"
    head: str = "_"
    deprel: str = "_"
    deps: str = "_"
    misc: str = "_"


@dataclass(frozen=True, slots=True)
class Token:
    """A surface token and its words: one, or several of a multiword token."""

    form: str
    words: tuple[Word, ...]
    space_after: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its tokens and the comments above them, ``#`` taken off."""

    tokens: tuple[Token, ...]
    comments: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """All syntactic words in order."""
        return tuple(word for token in self.tokens for word in token.words)

    @property
    def text(self) -> str:
        """The tokens joined as ``SpaceAfter`` says."""
        return "".join(token.form + " " * token.space_after for token in self.tokens).rstrip(" ")


def read(path: str | Path) -> list[Sentence]:
    """Read a file of sentences."""
    with Path(path).open(encoding="utf-8") as lines:
        return list(parse(lines))


def parse(lines: Iterable[str]) -> Iterator[Sentence]:
    """Yield the sentences of CoNLL-U lines; empty nodes ("8.1") are left out.

    Raises
    ------
    ValueError
        If a line has not ten columns.
    """
    comments: list[str] = []
    rows: list[list[str]] = []
    for number, line in enumerate([*lines, ""], 1):
        line = line.rstrip("\r\n")
        if line.startswith("#"):
            comments.append(line[1:].strip())
        elif line:
            row = line.split("\t")
            if len(row) != _COLUMNS:
                message = f"line {number}: {len(row)} columns, not {_COLUMNS}"
                raise ValueError(message)
            if "." not in row[0]:
                rows.append(row)
        else:
            if rows:
                yield Sentence(tuple(_tokens(rows)), tuple(comments))
            comments, rows = [], []


def _tokens(rows: Sequence[Sequence[str]]) -> Iterator[Token]:
    at = 0
    while at < len(rows):
        head = rows[at]
        first, dash, last = head[0].partition("-")
        count = int(last) - int(first) + 1 if dash else 1
        at += bool(dash)
        words = tuple(Word(int(row[0]), *row[1:]) for row in rows[at : at + count])
        yield Token(head[1], words, "SpaceAfter=No" not in head[9].split("|"))
        at += count


def text_of(sentences: Iterable[Sentence]) -> str:
    """Return the raw text of sentences, joined by a space."""
    return " ".join(sentence.text for sentence in sentences)


class Span(NamedTuple):
    """A stretch of the text without blanks; of a word, its form in lower case, and whether it shares its token."""

    start: int
    end: int
    form: str = ""
    multi: bool = False


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is compared: the characters without blanks, and spans of them."""

    characters: str
    tokens: tuple[Span, ...]
    words: tuple[Span, ...]
    sentences: tuple[Span, ...]


def analysis(sentences: Iterable[Sequence[Token] | Sentence]) -> Analysis:
    """Put tokens, words and sentences on the characters of their text.

    Parameters
    ----------
    sentences
        Sentences as read, or the tokens of each.
    """
    characters: list[str] = []
    tokens, words, spans = [], [], []
    at = 0
    for sentence in sentences:
        opening = at
        for token in sentence.tokens if isinstance(sentence, Sentence) else sentence:
            form = "".join(token.form.split())
            characters.append(form)
            start, at = at, at + len(form)
            tokens.append(Span(start, at))
            multi = len(token.words) > 1
            words += [Span(start, at, "".join(word.form.split()).lower(), multi) for word in token.words]
        spans.append(Span(opening, at))
    return Analysis("".join(characters), tuple(tokens), tuple(words), tuple(spans))


class F1(NamedTuple):
    """How many spans are right, how many the system has and how many gold."""

    right: int
    system: int
    gold: int

    @property
    def value(self) -> float:
        """Return twice the right ones over all; 1 where there is nothing."""
        total = self.system + self.gold
        return 2 * self.right / total if total else 1.0


def score(gold: Analysis, system: Analysis) -> dict[str, F1]:
    """Return the F1 of ``tokens``, ``words`` and ``sentences``.

    Words count as right where their spans are equal; where either side has a multiword token, the forms of the words
    that stand in its span are aligned instead (their longest common subsequence), as in the CoNLL 2018 task.

    Raises
    ------
    ValueError
        If the two are of different texts.
    """
    if gold.characters != system.characters:
        at = next(
            (i for i, (a, b) in enumerate(zip(gold.characters, system.characters, strict=False)) if a != b),
            min(len(gold.characters), len(system.characters)),
        )
        pieces = gold.characters[at : at + 20], system.characters[at : at + 20]
        message = f"the texts differ at character {at}: {pieces[0]!r}, {pieces[1]!r}"
        raise ValueError(message)
    right = len({span[:2] for span in gold.tokens} & {span[:2] for span in system.tokens})
    whole = len({span[:2] for span in gold.sentences} & {span[:2] for span in system.sentences})
    return {
        "tokens": F1(right, len(system.tokens), len(gold.tokens)),
        "words": F1(_aligned(gold.words, system.words), len(system.words), len(gold.words)),
        "sentences": F1(whole, len(system.sentences), len(gold.sentences)),
    }


def _aligned(gold: Sequence[Span], system: Sequence[Span]) -> int:
    right = g = s = 0
    while g < len(gold) and s < len(system):
        one, other = gold[g], system[s]
        if one.start != other.start and not (one.multi or other.multi):
            g, s = g + (one.start < other.start), s + (other.start < one.start)
        elif one.multi or other.multi:
            if one.end <= other.start or other.end <= one.start:
                g, s = g + (one.end <= other.start), s + (other.end <= one.start)
                continue
            # All words of both sides that overlap, closed under overlapping.
            end = max(one.end if one.multi else 0, other.end if other.multi else 0)
            g2, s2 = g, s
            while True:
                before = g2, s2
                while g2 < len(gold) and gold[g2].start < end:
                    end = max(end, gold[g2].end if gold[g2].multi else end)
                    g2 += 1
                while s2 < len(system) and system[s2].start < end:
                    end = max(end, system[s2].end if system[s2].multi else end)
                    s2 += 1
                if (g2, s2) == before:
                    break
            right += _common([word.form for word in gold[g:g2]], [word.form for word in system[s:s2]])
            g, s = g2, s2
        else:
            right += one.end == other.end
            g, s = g + (one.end <= other.end), s + (other.end <= one.end)
    return right


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for item in one:
        last = row
        row = [0]
        for j, form in enumerate(other):
            row.append(last[j] + 1 if form == item else max(row[j], last[j + 1]))
    return row[-1]
