"""Names without what a recogniser takes along: titles, brackets, words of the page, the next line.

Registered as ``netralitas_entities``; it stands behind what sets ``doc.ents``:

>>> import spacy
>>> from spacy.tokens import Span
>>> nlp = spacy.blank("id")
>>> trim = nlp.add_pipe("netralitas_entities")
>>> doc = nlp.make_doc("Pjs Bupati Zoltan Fermat hadir")
>>> doc.set_ents([Span(doc, 0, 4, "PER")])
>>> [ent.text for ent in trim(doc).ents]
['Zoltan Fermat']
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span

from netralitas_nlp._rules import Table, builtin, load

__all__ = ["EdgeRules", "Entities", "trimmed"]

_TABLES = {"page": Table(required={"variants": list})}
_PERSON = frozenset({"PER", "PERSON"})
_NAMES = _PERSON | {"ORG", "ORGANIZATION", "LOC", "LOCATION", "GPE", "FAC"}
_OPENING = {")": "(", "]": "["}
_CLOSING = {"(": ")", "[": "]"}
_SHORTEST_TITLE = 2


@dataclass(frozen=True, slots=True)
class EdgeRules:
    """What no name begins or ends with, in lower case.

    Attributes
    ----------
    page
        Words of the page.
    titles
        Words that open an office; of a person's name only, and at its beginning only.
    """

    page: frozenset[str]
    titles: frozenset[str]

    @classmethod
    def load(cls) -> EdgeRules:
        """Read the built-in rules."""
        # Imported here, since spaCy imports this module with every pipeline that has a component of ours.
        from netralitas_nlp.layers.names import NameRules
        from netralitas_nlp.layers.offices import OfficeRules

        entries = load([builtin("entities.toml")], _TABLES)
        words = frozenset(text.lower() for entry in entries["page"] for text in entry.texts("variants"))
        offices, names = OfficeRules.load([]), NameRules.load([])
        titles = (word for word in offices.triggers if len(word) >= _SHORTEST_TITLE)
        return cls(words, frozenset(titles) - names.known)


def trimmed(words: Sequence[str], rules: EdgeRules, *, person: bool) -> range:
    """Return which words of a name are its own; none where nothing is left.

    Parameters
    ----------
    words
        The tokens of the name as they stand, blanks included.
    rules
        What to take off.
    person
        Whether it is a person's name, which titles are taken off.
    """
    own = range(len(words))
    # A cut may part a bracket from its partner, so it is done again until nothing changes; names are short.
    while (left := _cut(words, own, rules, person=person)) != own:
        own = left
    return own if own else range(0)


def _cut(words: Sequence[str], own: range, rules: EdgeRules, *, person: bool) -> range:
    first, last = own.start, own.stop
    while first < last and _is_edge(words[first], rules, titles=person):
        first += 1
    for i in range(first, last):
        if "\n" in words[i] or _is_unpaired(words, i, first, last):
            last = i
            break
    while last > first and _is_edge(words[last - 1], rules, paired=words[first:last]):
        last -= 1
    return range(first, last)


def _is_edge(word: str, rules: EdgeRules, *, titles: bool = False, paired: Sequence[str] = ()) -> bool:
    low = word.lower()
    if low in rules.page or (titles and low.rstrip(".") in rules.titles):
        return True
    # A closing bracket whose partner is inside belongs to the name ("Badan Contoh (BC)").
    return not any(map(str.isalnum, word)) and _OPENING.get(word, "") not in paired


def _is_unpaired(words: Sequence[str], i: int, first: int, last: int) -> bool:
    word = words[i]
    if word in _OPENING:
        return _OPENING[word] not in words[first:i]
    return word in _CLOSING and _CLOSING[word] not in words[i:last]


class Entities:
    """Trims the names in ``doc.ents``; entities of other labels stay as they are.

    Parameters
    ----------
    name
        The name of the component in its pipeline.
    """

    def __init__(self, name: str = "netralitas_entities") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Trim the names of a document; one of which nothing is left is dropped."""
        changed = False
        kept: list[Span] = []
        for ent in doc.ents:
            own = range(len(ent))
            if ent.label_ in _NAMES:
                own = trimmed([token.text for token in ent], _rules(), person=ent.label_ in _PERSON)
            if len(own) == len(ent):
                kept.append(ent)
                continue
            changed = True
            if own:
                start = ent.start + own.start
                kept.append(Span(doc, start, start + len(own), ent.label, kb_id=ent.kb_id, span_id=ent.id))
        if changed:
            doc.set_ents(kept, default="outside")
        return doc


@lru_cache(maxsize=1)
def _rules() -> EdgeRules:
    return EdgeRules.load()
