"""The tokenizer of spaCy pipelines: :mod:`netralitas_nlp.layers.tokens` behind spaCy's interface.

Registered as ``netralitas_nlp.Tokenizer.v1``:

>>> from spacy.lang.id import Indonesian
>>> nlp = Indonesian.from_config({"nlp": {"lang": "id", "tokenizer": {"@tokenizers": "netralitas_nlp.Tokenizer.v1"}}})
>>> [token.text for token in nlp("Pj. Bupati hadir, Selasa (1/10/2024).")]
['Pj.', 'Bupati', 'hadir', ',', 'Selasa', '(', '1/10/2024', ')', '.']
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from netralitas_nlp._rules import user_files
from netralitas_nlp.errors import RuleError
from netralitas_nlp.layers.tokens import Splitter, TokenRules

__all__ = ["Tokenizer", "create_tokenizer"]

_FILES = ("tokens.toml", "abbreviations.toml")


@dataclass(frozen=True, slots=True)
class _Text:
    """A rule file that travels with a pipeline."""

    name: str
    content: str

    def read_text(self, encoding: str | None = None) -> str:
        """Return it."""
        return self.content


class Tokenizer:
    """Makes a ``Doc`` of any text, which ``doc.text`` gives back.

    Parameters
    ----------
    vocab
        The vocabulary of the pipeline.
    rules
        How to cut; the built-in rules where there are none.
    clitics
        Whether clitics ("-nya") are tokens of their own.
    """

    def __init__(self, vocab: Vocab, rules: TokenRules | None = None, clitics: bool = False) -> None:
        self.vocab = vocab
        self._split = Splitter(TokenRules.load() if rules is None else rules, clitics=clitics)

    @property
    def rules(self) -> TokenRules:
        """How it cuts."""
        return self._split.rules

    @property
    def clitics(self) -> bool:
        """Whether clitics are tokens of their own."""
        return self._split.clitics

    def __call__(self, text: str) -> Doc:
        """Return the document of a text."""
        words, spaces = self._split(text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Yield the document of each text, lazily and in order."""
        return map(self, texts)

    def __reduce__(self) -> tuple[object, ...]:
        # What is remembered of texts doesn't travel.
        return Tokenizer, (self.vocab, self.rules, self.clitics)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the settings and the rule files of the user's own; the built-in ones come with the library."""
        return json.dumps({"clitics": self.clitics, "rules": self.rules.sources}).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Tokenizer:
        """Take over what :meth:`to_bytes` returned."""
        state = json.loads(data)
        files = [_Text(name, content) for name, content in state["rules"]]
        self._split = Splitter(_load(files), clitics=state["clitics"])
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write what :meth:`to_bytes` returns to a file."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Tokenizer:
        """Take over what :meth:`to_disk` wrote."""
        return self.from_bytes(Path(path).read_bytes())


def _load(files: Iterable[_Text]) -> TokenRules:
    by_name: dict[str, list[_Text]] = {name: [] for name in _FILES}
    for file in files:
        by_name[file.name].append(file)
    return TokenRules.load(*by_name.values())


@registry.tokenizers("netralitas_nlp.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer(clitics: bool = False, rules: str | None = None) -> Callable[[Language], Tokenizer]:
    """Return what makes the tokenizer of a pipeline.

    Parameters
    ----------
    clitics
        Whether clitics are tokens of their own.
    rules
        A folder of rule files of the user's own, or one of them: ``tokens.toml`` and ``abbreviations.toml`` are read.

    Raises
    ------
    FileNotFoundError
        If there is no such folder or file.
    RuleError
        If a rule file has a mistake, or `rules` is a file that says nothing about tokens.
    """
    found = user_files(rules) if rules is not None else {}
    if rules is not None and not found.keys() & set(_FILES):
        raise RuleError([f"{rules}: holds neither {' nor '.join(_FILES)}"])
    loaded = _load([_Text(name, found[name].read_text(encoding="utf-8")) for name in _FILES if name in found])
    return lambda nlp: Tokenizer(nlp.vocab, loaded, clitics)
