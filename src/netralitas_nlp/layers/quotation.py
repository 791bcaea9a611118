"""Which quotation marks belong together.

News uses every style: “ ”, straight marks, the right mark on both sides (” Kami … ”), the left one on both, two single
marks for a double one, guillemets, and marks that are never closed. So the blanks beside a mark say whether it opens or
closes, its shape only where they don't; a mark that nothing pairs with costs its own stretch and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from netralitas_nlp.types import Span

__all__ = ["Stretch", "pair"]

#: Runs of marks, and what is left of HTML; a single mark alone is read by its own rule.
_MARKS = re.compile(r"[“”„‟«»\"‘’']+|&(?:quot|[lr]dquo|#822[01]|#34);")
_SINGLE = frozenset("‘’'")
_LEFT = frozenset("“„‘«")
_RIGHT = frozenset("”’»")
_OPENERS = frozenset("([{—–-:=/*")
_ENDERS = frozenset(",.!?…")
_AFTER = frozenset(",.;:!?…)]}—–*_")
#: How far one pair of marks may reach over paragraphs, in code points.
_LONGEST = 3000


class _Side(Enum):
    OPEN = "open"
    CLOSE = "close"
    EITHER = "either"


class _Mark(NamedTuple):
    start: int
    end: int
    side: _Side
    paragraph: int


class Stretch(NamedTuple):
    """What stands between two marks, or behind one that is never closed.

    Attributes
    ----------
    start, end
        The text inside, blanks at both ends left out; code points.
    before, after
        Where the marks begin and end: ``[before, after)`` holds the stretch with its marks.
    closed
        Whether both marks stand there; else `end` is as far as it may reach.
    opened
        Whether its first mark stands there; else `start` is as far back as it may reach.
    continued
        Whether the stretch before it was left open for it: a paragraph that opens with a mark of its own.
    single
        Whether the marks are single ones.
    """

    start: int
    end: int
    before: int
    after: int
    closed: bool = True
    opened: bool = True
    continued: bool = False
    single: bool = False


def pair(view: str, paragraphs: Sequence[Span]) -> list[Stretch]:
    """Pair the quotation marks of a text.

    Parameters
    ----------
    view
        The view.
    paragraphs
        Its paragraphs, which a stretch does not leave unless its closing mark stands in a later one.

    Returns
    -------
    list of Stretch
        In the order of the text, none inside another; those of single marks only between the others.
    """
    doubles, singles = _split(view, paragraphs)
    found = list(_pair(view, doubles, paragraphs))
    if singles:
        found = sorted([*found, *_pair_singles(view, singles, found)])
    return found


def _split(view: str, paragraphs: Sequence[Span]) -> tuple[list[_Mark], list[_Mark]]:
    """Read the double and the single marks of a text."""
    doubles: list[_Mark] = []
    singles: list[_Mark] = []
    at = 0
    for match in _MARKS.finditer(view):
        start, end = match.span()
        while at + 1 < len(paragraphs) and paragraphs[at].end <= start:
            at += 1
        run = match[0]
        if run in _SINGLE:
            if not (view[start - 1 : start].isalnum() and view[end : end + 1].isalnum()):
                singles.append(_Mark(start, end, _side(view, start, end, run), at))
        elif _is_seam(view, start, end):
            half = start + (end - start) // 2
            doubles += [_Mark(start, half, _Side.CLOSE, at), _Mark(half, end, _Side.OPEN, at)]
        else:
            doubles.append(_Mark(start, end, _side(view, start, end, run), at))
    return doubles, singles


def _is_seam(view: str, start: int, end: int) -> bool:
    """Tell whether one stretch ends and the next begins in a run of marks ("…siap.""Kami …")."""
    inside = view[start:end]
    if end - start < 2 or inside[0] == "&" or not _SINGLE.isdisjoint(inside):
        return False
    return view[start - 1 : start] in _ENDERS and view[end : end + 1].isalpha()


def _side(view: str, start: int, end: int, run: str) -> _Side:
    before, after = view[start - 1 : start], view[end : end + 1]
    opens = not before or before.isspace() or before in _OPENERS
    closes = not after or after.isspace() or after in _AFTER
    if opens and not closes:
        return _Side.OPEN
    if closes and not opens:
        return _Side.CLOSE
    if opens:
        return _Side.EITHER
    if before in _ENDERS:
        return _Side.CLOSE if after.islower() else _Side.EITHER
    shape = run[0]
    return _Side.OPEN if shape in _LEFT else _Side.CLOSE if shape in _RIGHT else _Side.EITHER


def _pair(view: str, marks: Sequence[_Mark], paragraphs: Sequence[Span]) -> Iterator[Stretch]:
    opening: _Mark | None = None
    continued = nested = False
    floor = 0
    for number, mark in enumerate(marks):
        if opening is None:
            if mark.side is _Side.CLOSE:
                if stretch := _stretch(view, max(floor, _paragraph(paragraphs, mark).start), mark.start, mark.end):
                    yield stretch._replace(opened=False, before=stretch.start)
                floor = mark.end
            else:
                opening, continued = mark, False
            continue
        if nested:
            nested = False
            continue
        crosses = mark.paragraph != opening.paragraph
        if mark.side is _Side.OPEN or (mark.side is _Side.EITHER and crosses):
            if not crosses and _is_nested(marks, number):
                nested = True
                continue
            limit = min(mark.start, _paragraph(paragraphs, opening).end)
            stretch = _open_stretch(view, opening, limit)
            if stretch:
                yield stretch._replace(continued=continued)
            continued = stretch is not None and crosses and mark.paragraph == opening.paragraph + 1
            opening, floor = mark, limit
        elif crosses and mark.start - opening.end > _LONGEST:
            if stretch := _open_stretch(view, opening, _paragraph(paragraphs, opening).end):
                yield stretch._replace(continued=continued)
            opening, floor = None, mark.end
        else:
            if stretch := _stretch(view, opening.end, mark.start, mark.end):
                yield stretch._replace(before=opening.start, continued=continued)
            opening, floor = None, mark.end
    if opening is not None and (stretch := _open_stretch(view, opening, _paragraph(paragraphs, opening).end)):
        yield stretch._replace(continued=continued)


def _is_nested(marks: Sequence[_Mark], number: int) -> bool:
    """Tell whether an opening mark inside a stretch has a closing one of its own before the stretch's."""
    following = marks[number + 1 : number + 3]
    return len(following) == 2 and all(
        mark.side is _Side.CLOSE and mark.paragraph == marks[number].paragraph for mark in following
    )


def _pair_singles(view: str, marks: Sequence[_Mark], doubles: Sequence[Stretch]) -> Iterator[Stretch]:
    """Pair single marks that stand outside every stretch of double ones."""
    opening: _Mark | None = None
    at = 0
    for mark in marks:
        while at < len(doubles) and doubles[at].after <= mark.start:
            at += 1
            opening = None
        if at < len(doubles) and doubles[at].before <= mark.start:
            continue
        if opening is not None and mark.side is _Side.CLOSE and mark.paragraph == opening.paragraph:
            if stretch := _stretch(view, opening.end, mark.start, mark.end):
                yield stretch._replace(before=opening.start, single=True)
            opening = None
        elif mark.side is _Side.OPEN:
            opening = mark


def _paragraph(paragraphs: Sequence[Span], mark: _Mark) -> Span:
    """Return the paragraph of a mark; where it stands in none, the empty one behind it."""
    if mark.paragraph < len(paragraphs):
        span = paragraphs[mark.paragraph]
        if span.start <= mark.start < span.end:
            return span
    return Span(mark.end, mark.end)


def _stretch(view: str, start: int, end: int, after: int) -> Stretch | None:
    """Return the stretch between two offsets without the blanks at its ends; None if nothing is left."""
    inside = view[start:end]
    start += len(inside) - len(inside.lstrip())
    end -= len(inside) - len(inside.rstrip())
    return Stretch(start, end, start, after) if start < end else None


def _open_stretch(view: str, opening: _Mark, limit: int) -> Stretch | None:
    stretch = _stretch(view, opening.end, limit, limit)
    return stretch._replace(before=opening.start, closed=False) if stretch else None
