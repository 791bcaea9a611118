"""What a trained model may offer the layers: names, sentences, and the grammar of the words.

The rules need none of it. An engine is whatever has a method ``analyze``: a spaCy pipeline behind
:class:`netralitas_nlp.spacy_engine.SpacyEngine`, or an object of the user's own. The layers read it through
:class:`Analysis` only, so they never know which model it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

__all__ = ["NOTHING", "Analysis", "Engine", "NamedSpan", "ParsedWord"]


class NamedSpan(NamedTuple):
    """A name that a model found.

    Attributes
    ----------
    start, end
        Where it stands, in code points.
    label
        "PER", "ORG" or "LOC".
    """

    start: int
    end: int
    label: str


class ParsedWord(NamedTuple):
    """A word and its place in the sentence, by the guidelines of Universal Dependencies.

    Attributes
    ----------
    start, end
        Where it stands, in code points.
    tag
        The part of speech ("NOUN").
    head
        The index of the word that it depends on; its own for the root of a sentence.
    relation
        The relation to that word ("nsubj:pass").
    """

    start: int
    end: int
    tag: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """What an engine makes of one text; every part may be empty, and the rules do without it then.

    Attributes
    ----------
    names
        Disjoint, in the order of the text.
    sentences
        Where sentences start, ascending.
    words
        In the order of the text, without blanks; empty where the model does not parse.
    """

    names: tuple[NamedSpan, ...] = ()
    sentences: tuple[int, ...] = ()
    words: tuple[ParsedWord, ...] = ()


#: What is said of a text without a model.
NOTHING = Analysis()


class Engine(Protocol):
    """Analyses texts for the layers."""

    def analyze(self, text: str) -> Analysis:
        """Return names, sentences and grammar of a text.

        Parameters
        ----------
        text
            The view of an article: as long as the article itself, with furniture and credits replaced by line breaks.
            Offsets count its code points.
        """
        ...
