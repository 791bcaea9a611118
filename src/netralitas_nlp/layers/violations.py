"""The classes of what is forbidden: the official list of neutrality violations, and acts that news names beside it.

The act that is named first decides; an umbrella ("memihak", "politik praktis") only where no act is named. The rules
of ``violations.toml`` give words, phrases, and pairs of words that need not stand together ("menyebar* + foto").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from netralitas_nlp import _rules
from netralitas_nlp._rules import Entry, Source, Table
from netralitas_nlp.errors import RuleError
from netralitas_nlp.layers.stems import Stems

__all__ = ["OTHER", "ViolationRules"]

OTHER = "other"
_TABLES: Mapping[str, Table] = {
    "violation": Table({"variants": list, "basis": str}, {"pairs": list, "umbrella": bool})
}


@dataclass(frozen=True)
class ViolationRules:
    """What the words of a forbidden act say about its class.

    Attributes
    ----------
    phrases
        Words and phrases.
    openers
        The first halves of pairs, each with its second halves.
    closers
        The second halves.
    """

    phrases: Stems[Entry]
    openers: Stems[tuple[tuple[str, Entry], ...]]
    closers: Stems[str]

    @classmethod
    def load(cls, sources: Iterable[Source] = ()) -> ViolationRules:
        """Read the built-in classes and the user's `sources`.

        Raises
        ------
        RuleError
            If an entry has a mistake.
        """
        entries = _rules.load([_rules.builtin("violations.toml"), *sources], _TABLES)["violation"]
        pairs: dict[str, list[tuple[str, Entry]]] = {}
        problems = []
        for entry in entries:
            for pair in entry.texts("pairs"):
                first, plus, second = (_plain(half) for half in pair.partition("+"))
                if not (first and plus and second):
                    where = f"{entry.source}: [[violation]] {entry.id!r}"
                    problems.append(f"{where}: {pair!r} in 'pairs' has no '+' inside")
                pairs.setdefault(first or pair, []).append((second, entry))
        if problems:
            raise RuleError(problems)
        return cls(
            phrases=Stems((_plain(variant), entry) for entry in entries for variant in entry.texts("variants")),
            openers=Stems((first, tuple(rows)) for first, rows in pairs.items()),
            closers=Stems((second, second) for rows in pairs.values() for second, _ in rows),
        )

    def classify(self, lowers: Sequence[str]) -> str:
        """Return the class of an act.

        Parameters
        ----------
        lowers
            Its words in small letters.

        Examples
        --------
        >>> rules = ViolationRules.load()
        >>> [rules.classify(act.split()) for act in ("berfoto dengan calon", "menyebarkan foto calon", "merokok")]
        ['photo_with_candidate', 'social_media_campaign', 'other']
        """
        stop = len(lowers)
        last: dict[str, int] = {}
        for i in range(stop):
            if (found := self.closers.match(lowers, i, stop)) is not None:
                last[found[1]] = i
        umbrella = OTHER
        for i in range(stop):
            entry = self._at(lowers, i, last)
            if entry is not None and not entry.flag("umbrella"):
                return entry.id
            if entry is not None and umbrella == OTHER:
                umbrella = entry.id
        return umbrella

    def _at(self, lowers: Sequence[str], i: int, last: Mapping[str, int]) -> Entry | None:
        """Return the class that the words from `i` on name: a phrase counts before a pair, that before a word."""
        stop = len(lowers)
        phrase = self.phrases.match(lowers, i, stop)
        if phrase is not None and phrase[0] > i + 1:
            return phrase[1]
        opener = self.openers.match(lowers, i, stop)
        if opener is not None:
            end, rows = opener
            for second, entry in rows:
                if last.get(second, -1) >= end:
                    return entry
        return phrase[1] if phrase is not None else None


def _plain(phrase: str) -> str:
    """Return a phrase as its words: the text's words end at hyphens and slashes."""
    return " ".join(phrase.replace("-", " ").replace("/", " ").split())
