"""Phrases whose words may have any ending: "netral*", "ujaran kebencian", "menyebar* hoaks"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

__all__ = ["Stems"]

_Value = TypeVar("_Value")


class Stems(Generic[_Value]):
    """Phrases, each with a value; the last letter of a word may be "*" for any ending.

    Parameters
    ----------
    pairs
        Phrases and values. Of two equal phrases the later one counts.
    """

    def __init__(self, pairs: Iterable[tuple[str, _Value]]) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], _Value]]] = {}
        stems: dict[str, list[tuple[tuple[str, ...], _Value]]] = {}
        for phrase, value in pairs:
            words = tuple(phrase.lower().split())
            if words[0].endswith("*"):
                stems.setdefault(words[0][:-1], []).append((words, value))
            else:
                self._first.setdefault(words[0], []).append((words, value))
        self._stems = stems
        self._prefixes = tuple(stems)

    @property
    def first_words(self) -> frozenset[str]:
        """The whole words that a phrase may begin with."""
        return frozenset(self._first)

    def match(self, lowers: Sequence[str], i: int, stop: int) -> tuple[int, _Value] | None:
        """Return the word behind the longest phrase that begins at word `i`, and its value."""
        found: tuple[int, _Value] | None = None
        lower = lowers[i]
        rows = self._first.get(lower, [])
        if self._prefixes and lower.startswith(self._prefixes):
            rows = rows + [row for stem, more in self._stems.items() if lower.startswith(stem) for row in more]
        for words, value in rows:
            end = i + len(words)
            if end <= stop and (found is None or end >= found[0]) and all(map(_fits, words, lowers[i:end])):
                found = end, value
        return found

    def any(self, lowers: Sequence[str], start: int, stop: int) -> bool:
        """Tell whether a phrase stands among some words."""
        return next(self.within(lowers, start, stop), None) is not None

    def within(self, lowers: Sequence[str], start: int, stop: int) -> Iterator[tuple[int, int, _Value]]:
        """Yield the phrases among some words, from left to right, none inside another."""
        i = start
        while i < stop:
            found = self.match(lowers, i, stop)
            if found is None:
                i += 1
            else:
                yield i, *found
                i = found[0]


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
