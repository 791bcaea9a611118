"""A spaCy pipeline as an engine."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc

from netralitas_nlp.engines import Analysis, NamedSpan, ParsedWord

__all__ = ["SpacyEngine", "analysis_of"]

#: The labels of common Indonesian models, as the layers know them.
_LABELS = {
    "PER": "PER", "PERSON": "PER", "ORG": "ORG", "ORGANISATION": "ORG", "ORGANIZATION": "ORG",
    "LOC": "LOC", "LOCATION": "LOC", "GPE": "LOC", "PLACE": "LOC", "FAC": "LOC",
}  # fmt: skip


class SpacyEngine:
    """Runs a spaCy pipeline on each text.

    Parameters
    ----------
    nlp
        A pipeline with any of "ner", a parser, a tagger; what it lacks stays empty.
    labels
        What its entity labels mean: "PER", "ORG" or "LOC". Labels that are not named count for nothing.
    """

    def __init__(self, nlp: Language, labels: Mapping[str, str] = _LABELS) -> None:
        self._nlp = nlp
        self._labels = labels

    def analyze(self, text: str) -> Analysis:
        """Return names, sentences and grammar of a text."""
        return analysis_of(self._nlp(text), self._labels)


def analysis_of(doc: Doc, labels: Mapping[str, str] = _LABELS) -> Analysis:
    """Return what a processed `Doc` holds for the layers."""
    names = tuple(
        NamedSpan(ent.start_char, ent.end_char, labels[ent.label_]) for ent in doc.ents if ent.label_ in labels
    )
    sentences = (
        tuple(token.idx for token in doc if token.is_sent_start) if doc.has_annotation("SENT_START") else ()
    )
    words: tuple[ParsedWord, ...] = ()
    if doc.has_annotation("DEP"):
        number: dict[int, int] = {}
        for token in doc:
            if not token.is_space:
                number[token.i] = len(number)
        words = tuple(
            ParsedWord(
                token.idx, token.idx + len(token), token.pos_, number.get(token.head.i, number[token.i]), token.dep_
            )
            for token in doc
            if not token.is_space
        )
    return Analysis(names, sentences, words)
