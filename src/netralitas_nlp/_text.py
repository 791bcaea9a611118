"""The view of a text that the layers read, and its words.

The view has the same length as the text, so an offset in one is an offset in the other: odd blanks become a space,
typographic apostrophes inside words become ``'``, and what is masked becomes line breaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress, count
from typing import TypeVar

__all__ = ["Lexicon", "Memo", "Words", "make_view", "mask", "split_words"]

_Value = TypeVar("_Value")

_BLANK = (
    "\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u206f"
    "\u3000\ufeff\ufff9-\ufffc"
)
_ODD = re.compile(f"[{_BLANK}\r\x85\u2028\u2029\u02bc`]")
_FOLDED = {"\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\u02bc": "'", "`": "'"}
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[‘’´](?=[^\W\d_])")
#: Nothing of a word is given back, which spares a fifth of the time.
_WORD = re.compile(r"([^\W_]++(?:'[^\W\d_]++)*+)")
#: A capital behind small letters, or the last of several that opens a word one can say ("RIRusdi", not "UMKMnya").
_GLUE = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])|(?<=[A-Z]{2})(?=[A-Z][aeiouhrlwy][a-z]{3})")

#: How long a capitalised word with a verb at its end is at least, and the word without it.
_SHORTEST_GLUED = 9
_SHORTEST_HOST = 3


def make_view(text: str) -> str:
    r"""Fold blanks, line ends and apostrophes one to one.

    Parameters
    ----------
    text
        Any string; lone surrogates, NUL and invisible marks included.

    Returns
    -------
    str
        A string of the same length. A carriage return becomes ``\n``, so ``\r\n`` reads as two line breaks.

    Examples
    --------
    >>> make_view("Jum\u2019at\u00a0pagi")
    "Jum'at pagi"
    """
    view = _ODD.sub(_fold, text)
    return _APOSTROPHE.sub("'", view) if "’" in view or "‘" in view or "´" in view else view


def _fold(odd: re.Match[str]) -> str:
    return _FOLDED.get(odd[0], " ")


def mask(view: str, spans: Iterable[tuple[int, int]]) -> str:
    r"""Replace stretches of a view by line breaks of the same length.

    Parameters
    ----------
    view
        What :func:`make_view` made.
    spans
        Disjoint stretches in the order of the text.

    Examples
    --------
    >>> mask("isi Baca juga: X isi", [(4, 16)])
    'isi \n\n\n\n\n\n\n\n\n\n\n\n isi'
    """
    parts = []
    at = 0
    for start, end in spans:
        parts += [view[at:start], "\n" * (end - start)]
        at = end
    return "".join([*parts, view[at:]])


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a view and what stands between them.

    A word is a run of letters and digits with apostrophes inside ("Jum'at", "Pj", "1", "2024"); everything else is
    gap, so ``gaps[i]`` stands before ``texts[i]`` and ``gaps[-1]`` after the last word. A capital glued to the
    word before ("kataRusli") starts a word of its own, with an empty gap.

    Attributes
    ----------
    texts, lowers
        The words as they stand in the view, and in lower case.
    starts, ends
        Their offsets.
    gaps
        One more than there are words.
    capitals
        The indices of the words that are not in lower case.
    found
        What :meth:`among` returns for the vocabularies of a :class:`Lexicon`.
    """

    texts: list[str]
    lowers: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]
    capitals: list[int]
    found: Mapping[frozenset[str], list[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.texts)

    def at(self, offset: int) -> int:
        """Return the index of the first word that ends after `offset`; ``len(self)`` if there is none."""
        return bisect_right(self.ends, offset)

    def slice(self, start: int, end: int) -> range:
        """Return the indices of the words that lie inside ``[start, end)``."""
        return range(bisect_left(self.starts, start), bisect_right(self.ends, end))

    def among(self, vocabulary: frozenset[str]) -> list[int]:
        """Return the indices of the words that are among some words, ascending; both in lower case."""
        found = self.found.get(vocabulary)
        return [i for i, low in enumerate(self.lowers) if low in vocabulary] if found is None else found


class Lexicon:
    """Several vocabularies of words in lower case: most words are in none, and one look at each word tells so."""

    def __init__(self, *vocabularies: frozenset[str]) -> None:
        self._vocabularies = vocabularies
        #: By word, the numbers of the vocabularies that hold it.
        self._numbers: dict[str, list[int]] = {}
        for number, vocabulary in enumerate(vocabularies):
            for word in vocabulary:
                self._numbers.setdefault(word, []).append(number)

    def find(self, lowers: Sequence[str]) -> dict[frozenset[str], list[int]]:
        """Return the indices of the words that each vocabulary holds."""
        rows: list[list[int]] = [[] for _ in self._vocabularies]
        numbers = self._numbers
        for i in compress(count(), map(numbers.__contains__, lowers)):
            for number in numbers[lowers[i]]:
                rows[number].append(i)
        return dict(zip(self._vocabularies, rows, strict=True))


class Memo(dict[str, _Value]):
    """What a function makes of each word, remembered for the next article.

    Parameters
    ----------
    function
        Called with a word that is not remembered.
    most
        How many words to remember: then all are forgotten, for the frequent ones are soon back.
    """

    def __init__(self, function: Callable[[str], _Value], most: int = 1 << 14) -> None:
        super().__init__()
        self._function = function
        self._most = most

    def __missing__(self, word: str) -> _Value:
        if len(self) >= self._most:
            self.clear()
        value = self[word] = self._function(word)
        return value


def split_words(
    view: str, keep: Collection[str] = (), tails: tuple[str, ...] = (), lexicon: Lexicon | None = None
) -> Words:
    """Split a view into words and gaps.

    Parameters
    ----------
    view
        What :func:`make_view` made.
    keep
        Words that are written with a capital inside ("KemenPAN", "NasDem") and are not two glued words.
    tails
        Verbs in small letters that are taken off the end of a capitalised word ("Halimmengatakan").
    lexicon
        The vocabularies that :meth:`Words.among` will be asked for.

    Examples
    --------
    >>> words = split_words("Pj. Bupati, kataRusli (1/10)")
    >>> words.texts
    ['Pj', 'Bupati', 'kata', 'Rusli', '1', '10']
    >>> words.gaps
    ['', '. ', ', ', '', ' (', '/', ')']
    """
    pieces = _WORD.split(view)
    texts, lowers, capitals = _cased(pieces)
    odd = [i for i in capitals if not (texts[i].istitle() or texts[i].isupper() or texts[i] in keep)]
    parts = {i: split for i in odd if len(split := _GLUE.split(texts[i])) > 1}
    if tails:
        long = [i for i in capitals if len(texts[i]) >= _SHORTEST_GLUED and texts[i].istitle()]
        parts |= {i: split for i in long if len(split := _tail(texts[i], tails)) > 1}
    if parts:
        pieces = _unglued(pieces, parts)
        texts, lowers, capitals = _cased(pieces)
    bounds = list(accumulate(map(len, pieces), initial=0))
    found = lexicon.find(lowers) if lexicon else {}
    return Words(texts, lowers, bounds[1:-1:2], bounds[2::2], pieces[::2], capitals, found)


def _cased(pieces: list[str]) -> tuple[list[str], list[str], list[int]]:
    """Return the words among the pieces, the words in lower case, and the indices of those that are not."""
    texts = pieces[1::2]
    lowers = texts.copy()
    capitals = []
    for i in [i for i, text in enumerate(texts) if not text.islower()]:
        lowers[i] = texts[i].lower()
        if lowers[i] != texts[i]:
            capitals.append(i)
    return texts, lowers, capitals


def _unglued(pieces: list[str], parts: Mapping[int, list[str]]) -> list[str]:
    """Put the parts of some words in their places, with empty gaps between them."""
    result: list[str] = []
    done = 0
    for i, (first, *rest) in sorted(parts.items()):
        result += [*pieces[done : 2 * i + 1], first]
        for part in rest:
            result += ["", part]
        done = 2 * i + 2
    return result + pieces[done:]


def _tail(word: str, tails: tuple[str, ...]) -> list[str]:
    """Split a verb off a capitalised word that it is glued to."""
    tail = next((tail for tail in tails if word.endswith(tail)), "") if word.endswith(tails) else ""
    return [word[: -len(tail)], tail] if tail and len(word) - len(tail) >= _SHORTEST_HOST else [word]
