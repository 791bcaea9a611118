"""Attested lemmas for spaCy pipelines: a table that goes before what a trained lemmatizer says.

Registered as ``netralitas_lemmas``; it stands behind the lemmatizer, and behind what sets ``token.pos_``:

>>> import spacy
>>> nlp = spacy.blank("id")
>>> lemmas = nlp.add_pipe("netralitas_lemmas")
>>> lemmas.set_rows([("anggota", "", "anggota"), ("mengikuti", "VERB", "ikut")])
>>> [token.lemma_ for token in nlp("Anggota-anggota lain")]
['anggota', '']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

__all__ = ["FILE", "TAGS", "AttestedLemmas", "Row", "read_rows", "write_rows"]

#: The file of the table in the folder of the component.
FILE = "lemmas.tsv"
#: The universal parts of speech.
TAGS = frozenset({
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",
    "VERB", "X",
})  # fmt: skip
_COLUMNS = 3
#: How many bad rows an error names.
_NAMED = 10


class Row(NamedTuple):
    """A row of the table: a form in lower case, its universal part of speech, "" for any, and its lemma."""

    form: str
    tag: str
    lemma: str


class AttestedLemmas:
    """Sets the lemma of each token that the table has, and leaves the others as they are.

    Parameters
    ----------
    name
        The name of the component in its pipeline.
    whole
        Parts of speech whose words lose no affixes: where the table has no row for such a form and tag, the lemma is
        the form in lower case.

    Raises
    ------
    ValueError
        If `whole` names a part of speech that there is not.

    Notes
    -----
    The first of these that there is decides: the row of the form with its tag, the form itself if `whole` has the tag,
    the row of the form with any tag, and the same rows of the half of a reduplication ("anggota-anggota").
    """

    def __init__(self, name: str = "netralitas_lemmas", *, whole: Iterable[str] = ()) -> None:
        self.name = name
        self._whole = frozenset(whole)
        if unknown := sorted(self._whole - TAGS):
            message = f"whole of the component {name!r}: no parts of speech: {', '.join(unknown)}"
            raise ValueError(message)
        self._table: dict[tuple[str, str], str] = {}

    @property
    def rows(self) -> list[Row]:
        """The rows of the table, sorted."""
        return sorted(Row(form, tag, lemma) for (form, tag), lemma in self._table.items())

    def set_rows(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Fill the table anew.

        Parameters
        ----------
        rows
            Form in lower case, universal part of speech ("" for any), and lemma.

        Raises
        ------
        ValueError
            If a row cannot be used, or two rows have different lemmas for the same form and tag.
        """
        self._table = _table(((f"row {number}", row) for number, row in enumerate(rows, 1)))

    def lemma(self, form: str, tag: str) -> str:
        """Return the lemma of a form with a part of speech, "" where the table has none."""
        low = form.lower()
        table = self._table
        found = table.get((low, tag))
        if found is not None:
            return found
        if tag in self._whole:
            return low
        found = table.get((low, ""))
        if found is None and "-" in low:
            half, _, rest = low.partition("-")
            if half == rest:
                found = table.get((half, tag)) or table.get((half, ""))
        return found or ""

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of a document."""
        for token in doc:
            if found := self.lemma(token.text, token.pos_):
                token.lemma_ = found
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the table as it stands in its file."""
        return "".join("\t".join(row) + "\n" for row in self.rows).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> AttestedLemmas:
        """Take over what :meth:`to_bytes` returned.

        Raises
        ------
        ValueError
            If a line is no row.
        """
        self._table = _table(_lines(data, FILE))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the table into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> AttestedLemmas:
        """Take over what :meth:`to_disk` wrote.

        Raises
        ------
        FileNotFoundError
            If there is no table in the folder.
        ValueError
            If a line is no row; the message has the file and the line.
        """
        file = Path(path) / FILE
        self._table = _table(_lines(file.read_bytes(), str(file)))
        return self


def read_rows(path: str | Path) -> list[Row]:
    """Read a table from a file; `AttestedLemmas.from_disk` says what it raises."""
    table = _table(_lines(Path(path).read_bytes(), str(path)))
    return [Row(form, tag, lemma) for (form, tag), lemma in table.items()]


def write_rows(rows: Iterable[tuple[str, str, str]], path: str | Path) -> None:
    """Write a table to a file; `AttestedLemmas.set_rows` says what it raises."""
    lemmas = AttestedLemmas()
    lemmas.set_rows(rows)
    Path(path).write_bytes(lemmas.to_bytes())


def _lines(data: bytes, file: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield where each line stands and its columns."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if line := line.removesuffix(b"\r"):
            place = f"{file}:{number}"
            try:
                yield place, tuple(line.decode().split("\t"))
            except UnicodeDecodeError:
                message = f"{place}: not UTF-8"
                raise ValueError(message) from None


def _table(rows: Iterable[tuple[str, tuple[str, ...]]]) -> dict[tuple[str, str], str]:
    """Return the table of rows, each with the place where it stands."""
    table: dict[tuple[str, str], str] = {}
    problems = []
    for place, row in rows:
        if problem := _problem(row):
            problems.append(f"{place}: {problem}")
            continue
        form, tag, lemma = row
        if table.setdefault((form, tag), lemma) != lemma:
            problems.append(f"{place}: {form!r} {tag} is {table[form, tag]!r} in an earlier row and {lemma!r} here")
    if problems:
        more = [f"and {len(problems) - _NAMED} more"] if len(problems) > _NAMED else []
        raise ValueError("\n".join(["the table of lemmas cannot be used:", *problems[:_NAMED], *more]))
    return table


def _problem(row: tuple[str, ...]) -> str:
    """Return what is wrong with a row, "" where nothing is."""
    if len(row) != _COLUMNS:
        return f"form, tag and lemma are {_COLUMNS} columns, not {len(row)}"
    form, tag, lemma = row
    if not form or not lemma:
        return f"no {'lemma' if form else 'form'}"
    if any(mark in column for column in row for mark in "\t\r\n"):
        return "a tab or a line break in a column"
    if form != form.lower():
        return f"the form {form!r} is not in lower case"
    if tag and tag not in TAGS:
        return f"{tag!r} is no part of speech"
    return ""
