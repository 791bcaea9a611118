"""The table of laws, decrees and letters: title, status, what replaced them, and where that is known from.

Examples
--------
>>> from netralitas_nlp import laws
>>> law = laws.lookup("PP 94/2021")
>>> law.id, law.title, law.status.value, law.replaces
('pp-94-2021', 'Disiplin Pegawai Negeri Sipil', 'in_force', ('pp-53-2010',))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer
from netralitas_nlp._laws import Law, LawArticle, LawStatus, LawTable
from netralitas_nlp._rules import builtin
from netralitas_nlp._text import make_view, split_words
from netralitas_nlp.layers import dates, offices, references
from netralitas_nlp.layers.dates import DateRules
from netralitas_nlp.layers.names import NameRules
from netralitas_nlp.layers.offices import OfficeRules
from netralitas_nlp.layers.organizations import OrganizationRules
from netralitas_nlp.layers.references import ReferenceRules

__all__ = ["Law", "LawArticle", "LawStatus", "LawTable", "lookup", "table"]


class _Rules(NamedTuple):
    """What a citation is read with."""

    references: ReferenceRules
    dates: DateRules
    offices: OfficeRules
    names: NameRules
    bodies: OrganizationRules


@cache
def _rules() -> _Rules:
    return _Rules(
        ReferenceRules.load(), DateRules.load([builtin("dates.toml")]), OfficeRules.load(), NameRules.load(),
        OrganizationRules.load(),
    )  # fmt: skip


def table() -> Iterator[Law]:
    """Yield every law of the built-in table.

    Examples
    --------
    >>> [law.cite for law in table() if law.neutrality and law.kind == "PERBAWASLU"]
    ['Perbawaslu 6/2018', 'Perbawaslu 3/2023']
    """
    return iter(LawTable.load())


def lookup(citation: str, *, on: dt.date | None = None) -> Law | None:
    """Return the law that an identifier, a citation or a nickname means.

    Parameters
    ----------
    citation
        "uu-20-2023", "UU Nomor 20 Tahun 2023", "Pasal 5 huruf n PP 94/2021", "UU ASN".
    on
        The day on which a nickname is used; without it the latest law of that name is meant.

    Returns
    -------
    Law or None
        None if the table has no such law, or `citation` is no citation or more than one.

    Examples
    --------
    >>> import datetime as dt
    >>> lookup("UU ASN").cite, lookup("UU ASN", on=dt.date(2020, 1, 1)).cite
    ('UU 20/2023', 'UU 5/2014')
    >>> lookup("PP 49/2021") is None
    True
    """
    laws = LawTable.load()
    known = laws.get(citation.strip())
    if known is not None:
        return known
    rules, gazetteer = _rules(), Gazetteer.load()
    view = make_view(citation)
    words = split_words(view, rules.names.mixed)
    context = Context(citation, view, words, [0] if len(words) else [])
    found = references.find(
        context, rules.references, laws, gazetteer, rules.bodies, published=on,
        seats=offices.scan(context, rules.offices, rules.names, rules.bodies, gazetteer),
        dates=dates.find(citation, view, words, rules.dates, on),
    )  # fmt: skip
    ids = [reference.canonical_id for reference in found]
    return laws.get(ids[0]) if len(ids) == 1 and ids[0] is not None else None
