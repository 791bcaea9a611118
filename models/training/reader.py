"""A corpus reader for training: the tokens are those of the annotation, the documents stay whole.

spaCy's own reader makes the tokens anew from the text, and so loses the annotation of every word that a tokenizer cuts
otherwise, or parts the documents into sentences, and so teaches no parser where a sentence ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import registry

__all__ = ["gold_tokens"]


@registry.readers("netralitas_nlp.GoldTokens.v1")  # type: ignore[untyped-decorator]
def gold_tokens(
    path: Path, augmenter: Callable[[Language, Example], Iterator[Example]] | None = None
) -> Callable[[Language], Iterator[Example]]:
    """Return a function that reads examples from a file made by `DocBin`.

    Parameters
    ----------
    path
        The file.
    augmenter
        Makes further examples of each.
    """

    def read(nlp: Language) -> Iterator[Example]:
        for reference in DocBin().from_disk(path).get_docs(nlp.vocab):
            spaces = [bool(token.whitespace_) for token in reference]
            example = Example(Doc(nlp.vocab, words=[t.text for t in reference], spaces=spaces), reference)
            yield from [example] if augmenter is None else augmenter(nlp, example)

    return read
