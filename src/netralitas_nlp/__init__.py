"""Typed facts from Indonesian government news.

Examples
--------
>>> import netralitas_nlp
>>> article = netralitas_nlp.extract("Plt Camat Tanjung Redeb, Rusdi Halim, membuka rapat, Selasa (1/10/2024).")
>>> article.officials[0].status, article.officials[0].title
(<Status.PLT: 'plt'>, 'Camat Tanjung Redeb')

Names are loaded when they are first used, so that the import costs next to nothing.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netralitas_nlp import dates, laws, regions
    from netralitas_nlp.errors import RuleError
    from netralitas_nlp.explain import Candidate, Explanation
    from netralitas_nlp.export import to_frames
    from netralitas_nlp.extractor import Extractor
    from netralitas_nlp.pipeline import load
    from netralitas_nlp.types import (
        Area,
        Article,
        Clause,
        Commitment,
        Credit,
        CreditRole,
        Dateline,
        DateMention,
        Furniture,
        FurnitureKind,
        Granularity,
        Level,
        Mention,
        Modality,
        Norm,
        Note,
        Official,
        Organization,
        OrganizationKind,
        Person,
        Phase,
        Place,
        Pledge,
        PledgeKind,
        Polarity,
        Quote,
        QuoteKind,
        Reference,
        ReferenceKind,
        Resolution,
        Role,
        Span,
        Status,
        Tenure,
        Theme,
    )

__all__ = [
    "Area",
    "Article",
    "Candidate",
    "Clause",
    "Commitment",
    "Credit",
    "CreditRole",
    "DateMention",
    "Dateline",
    "Explanation",
    "Extractor",
    "Furniture",
    "FurnitureKind",
    "Granularity",
    "Level",
    "Mention",
    "Modality",
    "Norm",
    "Note",
    "Official",
    "Organization",
    "OrganizationKind",
    "Person",
    "Phase",
    "Place",
    "Pledge",
    "PledgeKind",
    "Polarity",
    "Quote",
    "QuoteKind",
    "Reference",
    "ReferenceKind",
    "Resolution",
    "Role",
    "RuleError",
    "Span",
    "Status",
    "Tenure",
    "Theme",
    "__version__",
    "dates",
    "extract",
    "laws",
    "load",
    "regions",
    "to_frames",
]

__version__ = "0.1.0"

#: Where a public name that is no record is defined; a module without names is public itself.
_HOMES = {
    "Candidate": "explain",
    "Explanation": "explain",
    "Extractor": "extractor",
    "RuleError": "errors",
    "load": "pipeline",
    "to_frames": "export",
}
_MODULES = frozenset({"dates", "laws", "regions"})


def extract(text: str, *, id: str | None = None, published: dt.date | None = None) -> Article:
    """Read one article with the built-in rules.

    Parameters
    ----------
    text
        The article as it was found: any string, furniture and odd characters included. Nothing in it raises.
    id
        A name for the article, which the result carries.
    published
        The day of publication, from which "kemarin" and "Senin (7/10)" count. Without it the day is taken from
        the text where it says so.

    Returns
    -------
    Article
        Spans count code points of `text`.

    Raises
    ------
    TypeError
        If `text` is no string or `published` no date.

    Examples
    --------
    >>> extract("Rapat digelar di Kabupaten Berau, Selasa (1/10/2024).").dates[0].value
    '2024-10-01'
    """
    return _default().extract(text, id=id, published=published)


@cache
def _default() -> Extractor:
    from netralitas_nlp.extractor import Extractor

    return Extractor()


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(f"netralitas_nlp.{name}")
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"netralitas_nlp.{_HOMES.get(name, 'types')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
