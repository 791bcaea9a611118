"""Labelled tokens (token TAB label, BILUO) as articles of running text, with a map from tokens to code points.

A tokenised corpus has lost its blanks. They are put back as a newspaper sets them: none before a comma, none inside
brackets and quotation marks, none around slashes and hyphens (the corpus splits "Covid-19" and "5/10/2020" there).
Whether a mark opens or closes is told by turns, since many papers set the same mark ” on both sides; the turn starts
anew where the text contradicts it (see `mark_roles`). Labels have no say in any of this.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

DOUBLE = frozenset('"“”„«»')
SINGLE = frozenset("'‘’")
CLOSERS = frozenset(",.;:?!%)]}…")
BRACKETS = frozenset("([{")
DASHES = frozenset(["-", "--", "–", "—"])
#: Words right behind a closing mark, in lower case; with -nya too.
TAGS = frozenset([
    "kata", "ujar", "tutur", "ucap", "ungkap", "papar", "jelas", "tegas", "sebut", "lanjut", "tambah", "terang",
    "imbuh", "pungkas", "tanya", "tandas",
])  # fmt: skip
#: No quotation of a newspaper is longer, in tokens; a mark that stays open longer has lost its partner.
LONGEST = {"double": 300, "single": 60}

Token = tuple[str, str]
Segment = list[Token]


class Labelled(NamedTuple):
    """A run of tokens with one label, [start, end)."""

    start: int
    end: int
    label: str


def segments(path: Path) -> list[Segment]:
    """Return the segments of a file, the stretches between blank lines."""
    found: list[Segment] = [[]]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            token, _, label = line.rstrip("\n").partition("\t")
            if label:
                found[-1].append((token, label))
            elif found[-1]:
                found.append([])
    return [segment for segment in found if segment]


def labelled(labels: Sequence[str]) -> list[Labelled]:
    """Return the labelled runs; a run ends at L or U, or where the next label doesn't go on with it."""
    runs = []
    start = None
    for i, label in enumerate(labels):
        part, _, name = label.partition("-")
        if part in ("B", "U") or (start is None and name):
            start = i
        after = labels[i + 1] if i + 1 < len(labels) else "O"
        if start is not None and (part in ("L", "U") or after not in (f"I-{name}", f"L-{name}")):
            runs.append(Labelled(start, i + 1, name))
            start = None
    return runs


def mark_roles(tokens: Sequence[str]) -> dict[int, str]:
    """Return which quotation marks open and which close.

    Marks take turns. A mark before a comma, a full stop or a tag ("” katanya") closes whatever the turn; one that
    comes when the last one has been open for longer than any quotation, or “ behind a full stop, opens.
    """
    roles: dict[int, str] = {}
    for name, marks in (("double", DOUBLE), ("single", SINGLE)):
        opened: int | None = None
        for i, token in enumerate(tokens):
            if token not in marks:
                if len(token) > 1 and token[0] in marks and token[1].isupper():  # "”Kami" was left whole
                    opened = i
                continue
            before = tokens[i - 1] if i else "."
            after = tokens[i + 1] if i + 1 < len(tokens) else "."
            if opened is None:
                role = "close" if after in CLOSERS or after in TAGS or after.removesuffix("nya") in TAGS else "open"
            else:
                lost = i - opened > LONGEST[name] or (token in "“‘„" and before in ".?!")
                role = "open" if lost else "close"
            opened = i if role == "open" else None
            roles[i] = role
    return roles


def detokenize(tokens: Sequence[str], starts: Sequence[int] = ()) -> tuple[str, list[tuple[int, int]]]:
    """Return running text and where each token stands in it; a new line begins at the tokens `starts`."""
    roles = mark_roles(tokens)
    lines = set(starts)
    parts: list[str] = []
    spans = []
    length = 0
    for i, token in enumerate(tokens):
        blank = "" if not i else "\n" if i in lines else "" if _glued(tokens, i, roles) else " "
        spans.append((length + len(blank), length + len(blank) + len(token)))
        parts += (blank, token)
        length = spans[-1][1]
    return "".join(parts), spans


def line_starts(tokens: Sequence[str], sizes: Sequence[int]) -> list[int]:
    """Return the tokens at which lines may begin when each segment has its own.

    A segment that ends inside a pair of marks goes on; an opening mark at its end belongs to the next line.
    """
    roles = mark_roles(tokens)
    closed, inside = [], False
    for i in range(len(tokens)):
        closed.append(not inside)
        inside = (inside or roles.get(i) == "open") and roles.get(i) != "close"
    starts = []
    border = 0
    for size in sizes[:-1]:
        border += size
        start = border - 1 if roles.get(border - 1) == "open" else border
        if start and closed[start]:
            starts.append(start)
    return starts


def articles(corpus: Sequence[Segment], title: str = "ISSUE", least: int = 10) -> Iterator[list[Segment]]:
    """Cut the stream into articles: at datelines, and at the label that each article has once.

    An article without a dateline begins, for us, where its label stands: mostly its first sentence, sometimes a few
    later. `least` segments must lie between, as a few articles have the label twice.
    """
    article: list[Segment] = []
    titled = False
    for segment in corpus:
        begins = any(label in (f"B-{title}", f"U-{title}") for _, label in segment)
        if article and (_dateline(segment) or (begins and titled and len(article) >= least)):
            yield article
            article, titled = [], False
        article.append(segment)
        titled = titled or begins
    if article:
        yield article


def _dateline(segment: Segment) -> bool:
    """Tell whether a segment opens with "JAKARTA, KOMPAS —"."""
    opening = [token for token, _ in segment[:10]]
    dash = next((i for i, token in enumerate(opening) if token in DASHES), None)
    if dash is None:
        return False
    place = [token.rstrip(".:") for token in opening[:dash]]
    return "KOMPAS" in place and all(word.isupper() or not word[:1].isalpha() for word in place)


def _glued(tokens: Sequence[str], i: int, roles: dict[int, str]) -> bool:
    before, token = tokens[i - 1], tokens[i]
    return (
        token in CLOSERS
        or before in BRACKETS
        or roles.get(i) == "close"
        or roles.get(i - 1) == "open"
        or "/" in (before, token)
        or (token == "-" and _joins(tokens, i))
        or (before == "-" and _joins(tokens, i - 1))
        or (len(token) > 1 and token[0] in "-’'" and token[1].isalpha())
    )


def _joins(tokens: Sequence[str], i: int) -> bool:
    """Tell whether a hyphen stands inside a word or a number and not behind a dateline."""
    if not 0 < i < len(tokens) - 1:
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    return before[-1].isalnum() and after[0].isalnum() and before != "KOMPAS"
