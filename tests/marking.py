"""Texts of the case files, in which brackets mark what should be found."""

from __future__ import annotations


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without its ⟦marks⟧, and the spans that they mark."""
    spans = []
    plain = ""
    for part in text.replace("⟧", "⟦").split("⟦"):
        spans.append((len(plain), len(plain) + len(part)))
        plain += part
    return plain, spans[1::2]
