"""From the sentences of another engine to the columns of a spaCy ``Doc``: a pure function, which imports neither.

A row is one line of CoNLL-U as Stanza's ``Document.to_dict`` gives it: `id`, `text`, `start_char`, `end_char`, and as
far as the engine knows them `upos`, `xpos`, `feats`, `lemma`, `head` and `deprel`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

__all__ = ["Columns", "Row", "align"]

Row = Mapping[str, Any]

#: The tags that spaCy knows as `pos`, but for SPACE.
_UPOS = frozenset(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()  # noqa: SIM905
)


@dataclass(slots=True)
class Columns:
    """What a ``Doc`` is made of, a list for each of its attributes.

    A column that the engine knows nothing of is None.
    `heads` are positions in the lists; where they are known, they make one tree of each sentence.
    `joined` holds the multi-word tokens that could not be cut: first and last offset, and the words.
    """

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    sent_starts: list[bool | int | None] = field(default_factory=list)
    pos: list[str] | None = None
    tags: list[str] | None = None
    morphs: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    deps: list[str] | None = None
    joined: list[tuple[int, int, list[str]]] = field(default_factory=list)


@dataclass(slots=True)
class _Unit:
    """A token to be: where it stands, what is known of it (nothing of text that the engine left out)."""

    start: int
    end: int
    sentence: int
    row: Row = field(default_factory=dict)
    head: int | None = None
    """The position of the head among the units, its own for a root."""


def align(text: str, sentences: Sequence[Sequence[Row]]) -> Columns:
    """Make the columns of a ``Doc`` whose text is `text`, whatever the engine made of it.

    Parameters
    ----------
    text
        The text that the engine read.
    sentences
        What it found, in the order of the text.

    Returns
    -------
    Columns
        A multi-word token whose words make up its surface becomes a token for each word.
        Another one stays whole and has the analysis of the word that heads the others.
        Blanks are kept as spaCy keeps them: one behind a token belongs to it, others are tokens.
    """
    columns = Columns()
    units: list[_Unit] = []
    for number, rows in enumerate(sentences):
        _add_sentence(units, columns, text, number, rows)
    units = _covering(text, units)
    known = [unit.row for unit in units]
    parsed = any(row.get("head") is not None for row in known)
    if parsed:
        _make_trees(units)
    places = _lay_out(text, units, columns)

    def column(key: str, blank: str) -> list[str] | None:
        if not any(row.get(key) for row in known):
            return None
        values = [blank] * len(columns.words)
        for place, unit in zip(places, units, strict=True):
            values[place] = _VALUES[key](unit.row.get(key) or "", columns.words[place])
        return values

    columns.pos = column("upos", "SPACE")
    columns.tags = column("xpos", "_SP")
    columns.morphs = column("feats", "")
    columns.lemmas = column("lemma", "")
    if columns.lemmas is not None:
        columns.lemmas = [lemma or word for lemma, word in zip(columns.lemmas, columns.words, strict=True)]
    if parsed:
        _link(units, places, columns)
    return columns


_VALUES: dict[str, Callable[[str, str], str]] = {
    "upos": lambda value, _: value if value in _UPOS or not value else "X",
    "xpos": lambda value, _: "" if value == "_" else value,
    "feats": lambda value, _: "|".join(part for part in value.split("|") if 0 < part.find("=") < len(part) - 1),
    "lemma": lambda value, word: word if value == "_" else value,
}


def _add_sentence(units: list[_Unit], columns: Columns, text: str, number: int, rows: Sequence[Row]) -> None:
    """Add the units of a sentence; a token that overlaps what was before is left out."""
    placed: dict[int, int] = {}
    first_unit = len(units)
    for token, words in _tokens(rows):
        start, end = token.get("start_char"), token.get("end_char")
        reached = units[-1].end if units else 0
        if start is None or end is None or not reached <= start < end <= len(text):
            continue
        pieces = _pieces(text[start:end], words)
        if pieces is None:
            columns.joined.append((start, end, [str(word["text"]) for word in words]))
            placed |= {_ids(word)[0]: len(units) for word in words}
            units.append(_Unit(start, end, number, _leading(words)))
            continue
        for word, piece in zip(words, pieces, strict=True):
            placed[_ids(word)[0]] = len(units)
            units.append(_Unit(start, start + piece, number, word))
            start += piece
    for index in range(first_unit, len(units)):
        head = units[index].row.get("head")
        units[index].head = index if head == 0 else placed.get(head) if head is not None else None


def _ids(row: Row) -> tuple[int, ...]:
    found = row["id"]
    return (found,) if isinstance(found, int) else tuple(found)


def _tokens(rows: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each token with its words; a token of one word is its own word."""
    several: Row | None = None
    words: list[Row] = []
    last = 0
    for row in rows:
        ids = _ids(row)
        if len(ids) > 1:
            several, words, last = row, [], ids[-1]
        elif several is not None and ids[0] <= last:
            words.append(row)
            if ids[0] == last:
                yield several, words
                several = None
        else:
            yield row, [row]


def _pieces(surface: str, words: list[Row]) -> list[int] | None:
    """Return how long the piece of each word is, None if the words are not the surface cut into pieces."""
    if len(words) == 1:
        return [len(surface)]
    pieces = [len(word["text"]) for word in words]
    joined = "".join(str(word["text"]) for word in words)
    same = len(joined) == len(surface) and joined.casefold() == surface.casefold()
    return pieces if same and all(pieces) else None


def _leading(words: list[Row]) -> Row:
    """Return the word that the others hang on, or the longest one where nothing tells."""
    inside = {_ids(word)[0] for word in words}
    outer = [word for word in words if word.get("head") is not None and word["head"] not in inside]
    return outer[0] if outer else max(words, key=lambda word: len(word["text"]))


def _covering(text: str, units: list[_Unit]) -> list[_Unit]:
    """Return the units, and between them those of text that the engine left out."""
    whole: list[_Unit] = []
    moved: dict[int, int] = {}
    reached = 0
    for index, unit in enumerate([*units, _Unit(len(text), len(text), -1)]):
        sentence = whole[-1].sentence if whole else max(unit.sentence, 0)
        whole += (_Unit(start, end, sentence) for start, end, blank in _runs(text, reached, unit.start) if not blank)
        if index < len(units):
            moved[index] = len(whole)
            whole.append(unit)
            reached = unit.end
    for unit in units:
        unit.head = None if unit.head is None else moved[unit.head]
    return whole


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the runs of blanks and of others between two offsets."""
    for blank, group in groupby(range(start, end), key=lambda offset: text[offset].isspace()):
        offsets = list(group)
        yield offsets[0], offsets[-1] + 1, blank


def _make_trees(units: list[_Unit]) -> None:
    """Give each unit a head so that each sentence is one tree; what is one already stays as it is."""
    for _, group in groupby(range(len(units)), key=lambda index: units[index].sentence):
        indexes = list(group)
        root = next((index for index in indexes if units[index].head == index), indexes[0])
        units[root].head = root
        reaches = {root}
        for index in indexes:
            path: dict[int, None] = {}
            at: int | None = index
            while at is not None and at not in reaches and at not in path:
                path[at] = None
                at = units[at].head if units[at].head != at else None
            if at not in reaches:
                # Its heads lead nowhere or in a circle, or it is a second root.
                units[next(reversed(path))].head = root
            reaches.update(path)


def _lay_out(text: str, units: list[_Unit], columns: Columns) -> list[int]:
    """Write the words, their spaces and where sentences start; return the position of each unit."""
    places: list[int] = []
    reached = 0
    sentence = 0
    for unit in [*units, None]:
        start = unit.start if unit else len(text)
        for first, last, _ in _runs(text, reached, start):
            # As in spaCy, one space behind a token is a mark of the token and no token.
            if text[first] == " " and places:
                columns.spaces[-1] = True
                first += 1
            if first < last:
                columns.words.append(text[first:last])
                columns.spaces.append(False)
                columns.sent_starts.append(False)
        if unit:
            places.append(len(columns.words))
            columns.words.append(text[unit.start : unit.end])
            columns.spaces.append(False)
            columns.sent_starts.append(unit.sentence != sentence)
            sentence = unit.sentence
            reached = unit.end
    if columns.sent_starts:
        columns.sent_starts[0] = True
        # Blanks at the very start belong to the first sentence.
        for place in places[:1]:
            columns.sent_starts[1 : place + 1] = [False] * place
    return places


def _link(units: list[_Unit], places: list[int], columns: Columns) -> None:
    """Write heads and relations; blanks hang on the token before them, at the very start on the one behind."""
    before = places[0]
    heads, deps = [], []
    of = dict(zip(places, units, strict=True))
    for place in range(len(columns.words)):
        if unit := of.get(place):
            head = places[unit.head] if unit.head is not None else place
            relation = str(unit.row.get("deprel") or "dep")
            heads.append(head)
            # spaCy writes ROOT; a "root" below another word was put there by the repair.
            deps.append("ROOT" if head == place else "dep" if relation == "root" else relation)
            before = place
        else:
            heads.append(before)
            deps.append("dep")
    columns.heads, columns.deps = heads, deps
