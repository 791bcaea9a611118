"""How much work something is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def work(read: Callable[[str], object], text: str) -> int:
    """Count the calls, of Python and of C, while a text is read; unlike time, it is the same on every machine."""
    calls = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return calls
