"""Cutting a text into tokens, and clitics from their hosts.

A text is cut at its blanks into chunks, and a chunk by the patterns of ``tokens.toml``; the pieces of a chunk are
remembered, for most come again. Only a full stop behind an abbreviation, an initial or a degree needs the chunks
beside it: it belongs to the word ("Pj. Bupati") unless the sentence ends there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, TypeAlias

from netralitas_nlp._rules import Entry, Source, Table, builtin, load, read_lines
from netralitas_nlp.errors import RuleError
from netralitas_nlp.layers.sentences import SentenceRules

__all__ = ["Clitic", "Splitter", "TokenRules", "Tokens"]

_TABLES = {
    "fragment": Table(required={"pattern": str}),
    "pattern": Table(required={"pattern": str}, optional={"dotted": bool}),
    "apart": Table(required={"variants": list}),
    "clitic": Table(
        required={"kind": str}, optional={"known": bool}, choices={"kind": frozenset({"particle", "pronoun"})}
    ),
    "whole": Table(optional={"variants": list, "pattern": str, "derived": bool}),
    "prefix": Table(required={"variants": list}),
}
_NAME = re.compile(r"\$([A-Z]+)")
_DOTTED = re.compile(r"[^\W\d_]{1,8}+(?:\.[^\W\d_]{1,8}+){0,4}+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,6}(?:[^\W\d_](?![\w'’-]))?")
#: A run of blanks that is more than the one space between two chunks.
_BLANKS = re.compile(r"(\A\s++|(?<!\s)(?: \s++|[^\S ]\s*+))")
#: Longer chunks and words are no Indonesian: they are cut like the others, and not remembered.
_LONGEST_CHUNK = 60
_MOST_CHUNKS = 1 << 14
_SHORTEST_HOST = 2
_LINE_ENDS = frozenset("\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")
_OPENING = "\"'“‘«(["


class Tokens(NamedTuple):
    """The tokens of a text: each with whether a space follows. Joined so, they are the text."""

    texts: list[str]
    spaces: list[bool]

    def text(self) -> str:
        """Return the text."""
        return "".join(text + " " if space else text for text, space in zip(*self, strict=True))

    def starts(self) -> list[int]:
        """Return the offset of each token."""
        starts, at = [], 0
        for text, space in zip(*self, strict=True):
            starts.append(at)
            at += len(text) + space
        return starts


@dataclass(frozen=True, slots=True)
class Clitic:
    """What is split from the end of words: `known` ones only."""

    form: str
    particle: bool
    known: bool


@dataclass(frozen=True, slots=True)
class TokenRules:
    """What ``tokens.toml`` says, and the abbreviations and degrees of other files.

    Attributes
    ----------
    pattern
        All patterns, each a group of the name of its number.
    patterns
        Their ids, by these names.
    dotted
        The names of those behind which a full stop may belong to the token.
    abbreviations
        Words with a full stop, in lower case without it.
    closing
        Those of them that may end a sentence.
    degrees
        Degrees in lower case without full stops.
    labels
        Nouns before a letter that is no initial.
    apart
        Words in lower case that a hyphen does not join to the next.
    clitics
        Particles first.
    whole
        Words in lower case that have no clitic.
    shapes
        What else has none.
    derived
        Those of them that prefixes may stand before.
    prefixes
        Such prefixes, together.
    sources
        Name and content of the files of the user's own.
    """

    pattern: re.Pattern[str]
    patterns: Mapping[str, str]
    dotted: frozenset[str]
    abbreviations: frozenset[str]
    closing: frozenset[str]
    degrees: frozenset[str]
    labels: frozenset[str]
    apart: frozenset[str]
    clitics: tuple[Clitic, ...]
    whole: frozenset[str]
    shapes: re.Pattern[str]
    derived: tuple[str, ...]
    prefixes: re.Pattern[str]
    sources: tuple[tuple[str, str], ...] = ()

    @classmethod
    def load(cls, sources: Iterable[Source] = (), abbreviations: Iterable[Source] = ()) -> TokenRules:
        """Read the built-in rules and those of `sources`.

        Parameters
        ----------
        sources
            Files that add to ``tokens.toml``. Their patterns are tried before the built-in ones.
        abbreviations
            Files that add to ``abbreviations.toml``.

        Raises
        ------
        RuleError
            If an entry has a mistake.
        """
        sources, abbreviations = tuple(sources), tuple(abbreviations)
        # The user's first: of two patterns that fit, the first wins.
        entries = load([*sources, builtin("tokens.toml")], _TABLES)
        sentences = SentenceRules.load(abbreviations)
        fragments = {entry.id: entry.text("pattern") for entry in entries["fragment"]}
        ordered = entries["pattern"]
        problems: list[str] = []
        parts: list[str] = []
        for number, entry in enumerate(ordered):
            pattern = _expand(entry, fragments, problems)
            if pattern is not None:
                parts.append(f"(?P<_{number}>{pattern})")
        if problems:
            raise RuleError(problems)
        names = {f"_{number}": entry for number, entry in enumerate(ordered)}
        shapes = [f"(?:{e.text('pattern')})" for e in entries["whole"] if e.text("pattern")]
        derived = [form for entry in entries["whole"] if entry.flag("derived") for form in entry.texts("variants")]
        prefixes = [form for entry in entries["prefix"] for form in entry.texts("variants")]
        return cls(
            pattern=re.compile("|".join(parts)),
            patterns={name: entry.id for name, entry in names.items()},
            dotted=frozenset(name for name, entry in names.items() if entry.flag("dotted")),
            abbreviations=sentences.abbreviations | sentences.closing,
            closing=sentences.closing,
            degrees=frozenset("".join(parts) for parts in sentences.degrees)
            | frozenset(read_lines(builtin("words/degrees.txt"))),
            labels=sentences.labels,
            apart=frozenset(_variants(entries["apart"])),
            clitics=tuple(
                sorted(
                    (Clitic(e.id, e.text("kind") == "particle", e.flag("known")) for e in entries["clitic"]),
                    key=lambda clitic: not clitic.particle,
                )
            ),
            whole=frozenset(_variants(entries["whole"])),
            shapes=re.compile("|".join(shapes) or r"(?!)"),
            derived=tuple(sorted(form.lower() for form in derived)),
            prefixes=re.compile("(?:" + "|".join(map(re.escape, prefixes)) + ")" if prefixes else r"(?!)"),
            sources=tuple(
                (source.name, source.read_text(encoding="utf-8")) for source in (*sources, *abbreviations)
            ),
        )


def _variants(entries: Iterable[Entry]) -> Iterator[str]:
    return (form.lower() for entry in entries for form in entry.texts("variants"))


def _expand(entry: Entry, fragments: Mapping[str, str], problems: list[str]) -> str | None:
    """Put the fragments into a pattern and see that it compiles."""
    where = f"{entry.source}: [[pattern]] {entry.id!r}"
    pattern = entry.text("pattern")
    unknown = sorted({name for name in _NAME.findall(pattern) if name not in fragments})
    if unknown:
        problems.append(f"{where}: unknown fragment ${', $'.join(unknown)}")
        return None
    pattern = _NAME.sub(lambda name: fragments[name[1]], pattern)
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        problems.append(f"{where}: {error}")
        return None
    if compiled.groups or compiled.match(""):
        problems.append(f"{where}: must have no groups and must not match nothing")
        return None
    return pattern


#: The pieces of a chunk, and which of them a space follows: the last.
_Cut: TypeAlias = tuple[tuple[str, ...], tuple[bool, ...]]
#: In place of the pieces of a chunk that depend on the chunks beside it.
_OPEN: _Cut = ((), ())


class _Chunks(dict[str, _Cut]):
    """What chunks are cut into, remembered for a bounded number of short ones."""

    def __init__(self, cut: Callable[[str], tuple[tuple[str, ...], str]]) -> None:
        super().__init__()
        self._cut = cut

    def __missing__(self, chunk: str) -> _Cut:
        pieces, stop = self._cut(chunk)
        value = _OPEN if stop else _spaced(pieces)
        if len(chunk) <= _LONGEST_CHUNK:
            if len(self) >= _MOST_CHUNKS:
                self.clear()
            self[chunk] = value
        return value


def _spaced(pieces: tuple[str, ...]) -> _Cut:
    return pieces, (False,) * (len(pieces) - 1) + (True,)


class Splitter:
    """Cuts texts into tokens.

    Parameters
    ----------
    rules
        What :meth:`TokenRules.load` read.
    clitics
        Whether clitics are tokens of their own.

    Examples
    --------
    >>> Splitter(TokenRules.load())("Pj. Bupati hadir, Selasa (1/10/2024).").texts
    ['Pj.', 'Bupati', 'hadir', ',', 'Selasa', '(', '1/10/2024', ')', '.']
    >>> Splitter(TokenRules.load(), clitics=True)("Sebelumnya rumahnya kosong.").texts
    ['Sebelumnya', 'rumah', 'nya', 'kosong', '.']
    """

    def __init__(self, rules: TokenRules, *, clitics: bool = False) -> None:
        self.rules = rules
        self.clitics = clitics
        self._hosts = frozenset(read_lines(builtin("words/common.txt"))) if clitics else frozenset()
        self._endings = tuple(clitic.form for clitic in rules.clitics) if clitics else ()
        self._chunks = _Chunks(self._cut)

    def __call__(self, text: str) -> Tokens:
        """Return the tokens of any text."""
        texts: list[str] = []
        spaces: list[bool] = []
        parts = [*_BLANKS.split(text), ""]
        for part, blanks, following in zip(parts[::2], parts[1::2], [*parts[2::2], ""], strict=True):
            gap = blanks
            if part:
                chunks = part.split(" ")
                # A single space ends the text.
                spaced = not chunks[-1]
                if spaced:
                    del chunks[-1]
                cuts = list(map(self._chunks.__getitem__, chunks))
                if _OPEN in cuts:
                    after = None if not following or not _LINE_ENDS.isdisjoint(blanks) else following.partition(" ")[0]
                    self._close(chunks, cuts, after)
                pieces, gaps = zip(*cuts, strict=True)
                texts += chain.from_iterable(pieces)
                spaces += chain.from_iterable(gaps)
                spaces[-1] = spaced or blanks[:1] == " "
                gap = blanks.removeprefix(" ")
            if gap:
                texts.append(gap)
                spaces.append(False)
        return Tokens(texts, spaces)

    def _close(self, chunks: Sequence[str], cuts: list[_Cut], after: str | None) -> None:
        """Cut the chunks that depend on others; `after` stands behind them, none where the line ends."""
        for at in [i for i, cut in enumerate(cuts) if cut is _OPEN]:
            pieces, stop = self._cut(chunks[at])
            following = chunks[at + 1] if at + 1 < len(chunks) else after
            if self._ends(pieces[-1], stop, chunks[at - 1] if at else "", following):
                pieces = (*pieces[:-1], *self._word(pieces[-1][:-1]), ".")
            cuts[at] = _spaced(pieces)

    def _ends(self, piece: str, stop: str, before: str, following: str | None) -> bool:
        """Tell whether the full stop of an abbreviation ends the sentence."""
        if following is None:
            return True
        if stop == "initial":
            return len(piece) <= len("A.") and before.lower() in self.rules.labels
        if stop == "degree":
            word = following.lstrip(_OPENING)
            return word[:1].isupper() and "." not in word[:-1].rstrip(".,")
        return False

    def _cut(self, chunk: str) -> tuple[tuple[str, ...], str]:
        """Return the pieces of a chunk, and why a full stop at its end belongs to its word, if it does."""
        rules = self.rules
        match = rules.pattern.match
        pieces: list[str] = []
        stop = ""
        at = 0
        while at < len(chunk):
            found = match(chunk, at)
            end = found.end() if found else at + 1
            dotted = found is not None and found.lastgroup in rules.dotted
            if dotted and chunk.startswith(".", end):
                last, stop = self._stop(chunk, at, end)
                if stop:
                    pieces.append(chunk[at:last])
                    at = last
                    continue
            if dotted:
                pieces += self._word(chunk[at:end])
            else:
                pieces.append(chunk[at:end])
            at = end
            stop = ""
        return tuple(pieces), stop if chunk.endswith(".") else ""

    def _stop(self, chunk: str, at: int, end: int) -> tuple[int, str]:
        """Return where an abbreviation ends, its full stop included, and what it is; nothing for other words."""
        rules = self.rules
        found = _DOTTED.match(chunk, at)
        parts = found[0].split(".") if found else []
        if not parts or at + len(parts[0]) != end:
            return end, ""
        for count in range(len(parts), 0, -1):
            word = ".".join(parts[:count])
            last = at + len(word)
            if chunk[last : last + 1].isalnum():
                continue
            dot = chunk.startswith(".", last)
            if count > 1 and word[0].isupper() and word.replace(".", "").lower() in rules.degrees:
                return last + dot, "degree"
            if (dot or count > 1) and word.lower() in rules.abbreviations:
                return last + dot, "abbreviation"
        initials = _INITIALS.match(chunk, at)
        if initials and initials[0].isupper():
            return initials.end(), "initial"
        return end, ""

    def _word(self, word: str) -> tuple[str, ...]:
        """Cut a word at hyphens that join no compound, and its clitics off."""
        if "-" in word:
            parts = word.split("-")
            lowers = [part.lower() for part in parts]
            if len(set(lowers)) > 1 and self.rules.apart.issuperset(lowers):
                return tuple(chain.from_iterable((part, "-") for part in parts))[:-1]
        return tuple(self._clitics(word)) if self.clitics and word.lower().endswith(self._endings) else (word,)

    def _clitics(self, word: str) -> list[str]:
        tail: list[str] = []
        for clitic in self.rules.clitics:
            lower = word.lower()
            host = lower.removesuffix(clitic.form)
            if (
                len(host) < len(lower) == len(word)
                and len(host) >= _SHORTEST_HOST
                and not self._is_whole(lower)
                and (not clitic.known or host.rpartition("-")[2] in self._hosts)
            ):
                tail.insert(0, word[len(host) :])
                word = word[: len(host)]
        return [word, *tail]

    def _is_whole(self, lower: str) -> bool:
        """Tell whether a word, or the last part of one with hyphens, ends like a clitic by chance."""
        rules = self.rules
        last = lower.rpartition("-")[2]
        return (
            lower in rules.whole
            or rules.shapes.fullmatch(lower) is not None
            or any(
                last.endswith(root)
                and (last == root or rules.prefixes.fullmatch(last, 0, len(last) - len(root)) is not None)
                for root in rules.derived
            )
        )
