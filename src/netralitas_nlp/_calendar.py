"""Calendar arithmetic: partial days, their EDTF form and their first and last day. Nothing here reads a clock."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import NamedTuple

__all__ = ["Partial", "add_months", "bounds", "edtf", "nearest_year", "parse_edtf", "weekday_from"]


class Partial(NamedTuple):
    """A day, month or year; `year` is None where it is unknown, `month` and `day` where the text names none."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def is_valid(self) -> bool:
        """Return whether the calendar has it; 29 February is valid in an unknown year."""
        if self.year is not None and not 1 <= self.year <= 9999:
            return False
        if self.month is None:
            return self.day is None and self.year is not None
        if not 1 <= self.month <= 12:
            return False
        return self.day is None or 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]

    def first(self) -> dt.date | None:
        """Return its first day; None in an unknown year."""
        return None if self.year is None else dt.date(self.year, self.month or 1, self.day or 1)

    def last(self) -> dt.date | None:
        """Return its last day; None in an unknown year."""
        if self.year is None:
            return None
        month = self.month or 12
        return dt.date(self.year, month, self.day or monthrange(self.year, month)[1])

    def in_year(self, year: int) -> Partial:
        """Return the same day or month in another year."""
        return Partial(year, self.month, self.day)


def edtf(first: Partial, last: Partial | None = None) -> str:
    """Write a partial day, or the span from one to another, in EDTF (ISO 8601-2, level 1).

    Examples
    --------
    >>> edtf(Partial(2024, 9)), edtf(Partial(None, 11, 27))
    ('2024-09', 'XXXX-11-27')
    >>> edtf(Partial(2024, 8, 27), Partial(2024, 8, 29))
    '2024-08-27/2024-08-29'
    """
    if last is not None:
        return f"{edtf(first)}/{edtf(last)}"
    value = "XXXX" if first.year is None else f"{first.year:04}"
    if first.month:
        value += f"-{first.month:02}"
    return f"{value}-{first.day:02}" if first.day else value


def parse_edtf(value: str) -> tuple[Partial, Partial | None]:
    """Read what :func:`edtf` writes.

    Raises
    ------
    ValueError
        If `value` is none of its forms.

    Examples
    --------
    >>> parse_edtf("2024/2029")
    (Partial(year=2024, month=None, day=None), Partial(year=2029, month=None, day=None))
    """
    ends = [_parse_point(part, value) for part in value.split("/")]
    if len(ends) > 2:
        raise ValueError(_no_edtf(value))
    return ends[0], ends[1] if len(ends) == 2 else None


def _parse_point(part: str, value: str) -> Partial:
    fields = part.split("-")
    if len(fields) > 3 or len(fields[0]) != 4 or any(len(field) != 2 for field in fields[1:]):
        raise ValueError(_no_edtf(value))
    if not all(field.isascii() and field.isdigit() for field in fields[fields[0] == "XXXX" :]):
        raise ValueError(_no_edtf(value))
    year = None if fields[0] == "XXXX" else int(fields[0])
    point = Partial(year, *map(int, fields[1:]))
    if not point.is_valid():
        raise ValueError(_no_edtf(value))
    return point


def _no_edtf(value: str) -> str:
    return f"{value!r} is no day, month, year or span in EDTF"


def bounds(first: Partial, last: Partial | None = None) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day, inclusive; both None where a year is unknown."""
    start, end = first.first(), (last or first).last()
    return (None, None) if start is None or end is None else (start, end)


def add_months(day: dt.date, months: int) -> Partial:
    """Return the month that lies `months` after the month of `day`; it may lie outside the calendar.

    Examples
    --------
    >>> add_months(dt.date(2024, 11, 5), 2)
    Partial(year=2025, month=1, day=None)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return Partial(year, month + 1)


def weekday_from(anchor: dt.date, weekday: int, *, after: bool = False) -> int:
    """Return how many days from `anchor` the nearest day with an ISO `weekday` lies: backwards, or strictly after it.

    Examples
    --------
    >>> weekday_from(dt.date(2024, 10, 8), 1), weekday_from(dt.date(2024, 10, 8), 2, after=True)
    (-1, 7)
    """
    back = (anchor.isoweekday() - weekday) % 7
    return 7 - back if after else -back


def nearest_year(point: Partial, anchor: dt.date, direction: int | None = None) -> int | None:
    """Return the year that puts a day or month nearest to `anchor`.

    Parameters
    ----------
    point
        A day or month; 29 February falls in leap years only.
    direction
        -1 for the last one not after `anchor`, 1 for the next one not before it, None for the nearer.

    Returns
    -------
    int or None
        None where none of the years around fits.
    """
    best: tuple[int, int] | None = None
    for year in range(anchor.year - 1, anchor.year + 2):
        candidate = point.in_year(year)
        if not candidate.is_valid():
            continue
        start, end = candidate.first(), candidate.last()
        if start is None or end is None:
            continue
        away = (start - anchor).days if start > anchor else min((end - anchor).days, 0)
        if direction is None or away * direction >= 0:
            best = min(best, (abs(away), year)) if best else (abs(away), year)
    return best[1] if best else None
