"""What the layers share about one article."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from netralitas_nlp._text import Words
from netralitas_nlp.engines import NOTHING, Analysis
from netralitas_nlp.types import Mention, Span

__all__ = ["Context"]


@dataclass(frozen=True, slots=True)
class Context:
    """One article as the layers see it.

    Attributes
    ----------
    text
        The original.
    view
        Its view, furniture and credits masked by line breaks.
    words
        The words of the view.
    sentences
        The indices of the words that open a sentence, ascending; the first is 0 where there are words.
    analysis
        What a trained model says of the view; empty without one.
    """

    text: str
    view: str
    words: Words
    sentences: list[int]
    analysis: Analysis = NOTHING

    def mention(self, start: int, end: int) -> Mention:
        """Return a place in the original text."""
        return Mention(span=Span(start, end), text=self.text[start:end])

    def sentence(self, word: int) -> range:
        """Return the words of the sentence that holds a word."""
        k = bisect_right(self.sentences, word)
        return range(self.sentences[k - 1], self.sentences[k] if k < len(self.sentences) else len(self.words))
