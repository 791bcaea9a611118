"""Dates in Indonesian text: find them all, or read one expression.

Examples
--------
>>> import datetime as dt
>>> from netralitas_nlp import dates
>>> [m.value for m in dates.find("Rapat digelar Senin (7/10) dan kemarin.", dt.date(2024, 10, 8))]
['2024-10-07', '2024-10-07']
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from netralitas_nlp._rules import builtin
from netralitas_nlp._text import make_view, split_words
from netralitas_nlp.layers import dates as layer
from netralitas_nlp.types import DateMention

__all__ = ["find", "find_anchor", "parse"]


@cache
def _rules() -> layer.DateRules:
    return layer.DateRules.load([builtin("dates.toml")])


def find(text: str, anchor: dt.date | None = None) -> list[DateMention]:
    """Find every date of a text, in its order.

    Parameters
    ----------
    text
        Any text; it is not changed.
    anchor
        The day of publication, from which relative dates and missing years are counted. Without it
        :func:`find_anchor` looks for one in the text.

    Returns
    -------
    list of DateMention
        Spans count code points of `text`.

    Examples
    --------
    >>> [m.value for m in find("Cuti berlaku 25 September hingga 23 November 2024.")]
    ['2024-09-25/2024-11-23']
    """
    view = make_view(text)
    rules = _rules()
    expressions = layer.scan(view, split_words(view), rules)
    return layer.resolve(expressions, text, rules, anchor or layer.find_anchor(view, expressions)[0])


def parse(expression: str, anchor: dt.date | None = None) -> DateMention | None:
    """Read one expression that is a date as a whole, blanks around it aside.

    Parameters
    ----------
    expression
        "Selasa (1/10/2024)", "akhir Oktober 2024", "kemarin".
    anchor
        The day from which it counts.

    Returns
    -------
    DateMention or None
        None if it is no date, holds more than one, or needs an anchor that is not given.

    Examples
    --------
    >>> parse("Jum'at (20/9/24) sore").value
    '2024-09-20'
    >>> parse("kemarin") is None
    True
    """
    found = find(expression, anchor)
    if len(found) != 1 or found[0].text.strip() != expression.strip():
        return None
    return found[0]


def find_anchor(text: str) -> dt.date | None:
    """Return the day of publication that the text names: its stamp, the day of the report, or its dateline's date.

    Examples
    --------
    >>> find_anchor("Ikrar dibacakan di Sintang, Selasa (1/10/2024).")
    datetime.date(2024, 10, 1)
    """
    view = make_view(text)
    return layer.find_anchor(view, layer.scan(view, split_words(view), _rules()))[0]
