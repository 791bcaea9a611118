"""What the layers made of one article on the way to its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from netralitas_nlp._context import Context
from netralitas_nlp.layers.dates import Expression
from netralitas_nlp.layers.holders import Holding
from netralitas_nlp.layers.norms import Required
from netralitas_nlp.layers.people import Verdict
from netralitas_nlp.layers.pledges import Pledged
from netralitas_nlp.layers.quotes import Heard
from netralitas_nlp.layers.references import Citation
from netralitas_nlp.types import Article

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One article, and the candidates that were weighed for it.

    Attributes
    ----------
    context
        The article as the layers saw it.
    expressions
        What looks like a date, put on the calendar or not.
    verdicts
        The runs of capitalised words, each with what shows that it names somebody.
    holdings
        The namings of offices, each with the name beside it.
    citations
        The namings of laws, decrees and letters, plans and bare words included.
    heard
        What is said, and what quotation marks hold besides.
    pledged
        The pledges, and the lists and namings that are none.
    required
        The norms, and the triggers that make none.
    article
        The records.
    """

    context: Context
    expressions: Sequence[Expression]
    verdicts: Sequence[Verdict]
    holdings: Sequence[Holding]
    citations: Sequence[Citation]
    heard: Heard
    pledged: Pledged
    required: Required
    article: Article
