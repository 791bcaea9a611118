"""A spaCy pipeline that reads articles as :func:`netralitas_nlp.extract` does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from spacy.lang.id import Indonesian
from spacy.language import Language
from spacy.util import is_package, load_model

import netralitas_nlp.factories
import netralitas_nlp.tokenizer  # noqa: F401  (both for what they register)

__all__ = ["installed", "load"]

#: The rule files that the tokenizer reads.
_TOKENS = frozenset({"tokens.toml", "abbreviations.toml"})
#: What sets sentences already.
_SENTENCES = frozenset({"parser", "senter", "sentencizer"})


def load(
    name: str | PathLike[str] | None = None,
    *,
    rules: str | PathLike[str] | None = None,
    clitics: bool = False,
    published: dt.date | str | None = None,
    engine: bool = True,
    disable: str | Iterable[str] = (),
    exclude: str | Iterable[str] = (),
) -> Language:
    """Return a pipeline with the components of this library.

    Parameters
    ----------
    name
        The name of an installed pipeline, or the folder of one, behind whose components ours are put. Without it
        there are our tokenizer and our components alone, which need no model.
    rules
        A rule file of your own, or a folder of them, as :class:`netralitas_nlp.Extractor` takes it.
    clitics
        Whether our tokenizer makes clitics ("-nya") tokens of their own.
    published
        The day of publication of all texts that bring none of their own.
    engine
        Whether our components use what those of a pipeline with a `name` find, its names of people above all; where
        they do, articles differ from what :func:`netralitas_nlp.extract` returns.
    disable
        Components that are loaded and not run, until ``nlp.enable_pipe`` is called.
    exclude
        Components that are not loaded.

    Returns
    -------
    spacy.language.Language
        Its documents carry ``doc._.article`` and span groups such as ``doc.spans["netralitas_dates"]``.

    Raises
    ------
    OSError
        If no pipeline of this name is installed.
    FileNotFoundError, RuleError
        If the rules cannot be read.
    ValueError
        If `published` is no date, or `clitics` is asked of a pipeline with a `name`, whose tokenizer stays.

    Examples
    --------
    >>> nlp = load()
    >>> doc = nlp("Pjs Bupati Berau, Rusdi Halim, membuka rapat, Selasa (1/10/2024).")
    >>> [(span.text, span.label_, span.id_) for span in doc.spans["netralitas_officials"]]
    [('Pjs Bupati Berau', 'PJS', 'official.apposition.bupati')]
    >>> doc._.article.dates[0].value
    '2024-10-01'
    """
    disabled, excluded = _names(disable), _names(exclude)
    path = None if rules is None else fspath(rules)
    if name is None:
        nlp: Language = Indonesian.from_config({"nlp": {"tokenizer": _tokenizer(path, clitics)}})
    elif clitics:
        message = f"clitics: the tokenizer is that of {fspath(name)!r} and stays as it is"
        raise ValueError(message)
    else:
        nlp = installed(name, disabled, excluded)
    own = {"rules": path}
    given: dict[str, Any] = {"published": published.isoformat() if isinstance(published, dt.date) else published}
    if name is not None and engine:
        given["engine"] = True
    for component, config in _components(nlp, own, given):
        if component in excluded:
            continue
        if not nlp.has_pipe(component):
            nlp.add_pipe(component, config=config)
        elif asked := {key: value for key, value in config.items() if value is not None}:
            present = {key: value for key, value in nlp.config["components"][component].items() if key != "factory"}
            nlp.replace_pipe(component, component, config=present | asked)
        if component in disabled:
            nlp.disable_pipe(component)
    return nlp


def _tokenizer(rules: str | None, clitics: bool) -> dict[str, Any]:
    named = {file.name for file in (Path(rules), *Path(rules).glob("*.toml"))} if rules is not None else set()
    return {
        "@tokenizers": "netralitas_nlp.Tokenizer.v1",
        "clitics": clitics,
        "rules": rules if named & _TOKENS else None,
    }


def _components(
    nlp: Language, own: dict[str, str | None], given: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    if not _SENTENCES & {nlp.get_pipe_meta(name).factory for name in nlp.pipe_names}:
        yield "netralitas_sentences", own
    yield "netralitas", own | given


def installed(
    name: str | PathLike[str], disabled: frozenset[str] = frozenset(), excluded: frozenset[str] = frozenset()
) -> Language:
    """Return an installed pipeline, or the one of a folder, as it is.

    Raises
    ------
    OSError
        If there is none.
    """
    package = fspath(name)
    if not is_package(package) and not Path(package).exists():
        message = f"no pipeline {package!r}: it is no folder and no installed package; try: pip install {package}"
        raise OSError(message)
    return load_model(package, disable=disabled, exclude=excluded)


def _names(names: str | Iterable[str]) -> frozenset[str]:
    return frozenset([names] if isinstance(names, str) else names)
