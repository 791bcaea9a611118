"""Stanza as the engine of a spaCy pipeline: its tokens, tags, lemmas and trees on a ``Doc`` with true offsets.

Needs the extra ``stanza``. The models are the user's own files; nothing is ever downloaded.

``netralitas_nlp.StanzaTokenizer.v1`` is what a configuration names:

.. code-block:: ini

    [nlp.tokenizer]
    @tokenizers = "netralitas_nlp.StanzaTokenizer.v1"
    model_dir = "stanza-id"
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from os import PathLike, fspath
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from spacy.lang.id import Indonesian
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

import netralitas_nlp.factories  # noqa: F401  (for what it registers)
from netralitas_nlp._alignment import Row, align

__all__ = ["JOINED", "PROCESSORS", "StanzaTokenizer", "create_tokenizer", "load_stanza", "open_pipeline"]

#: What can be run, and how Stanza's own training scripts end the names of the models.
PROCESSORS = {
    "tokenize": "_tokenizer.pt",
    "mwt": "_mwt_expander.pt",
    "pos": "_tagger.pt",
    "lemma": "_lemmatizer.pt",
    "depparse": "_parser.pt",
}
#: Where a ``Doc`` says which multi-word tokens stayed whole: first and last offset, and Stanza's words.
JOINED = "netralitas_stanza_joined"

#: What a processor cannot do without, besides the tokenizer.
_NEEDS = {"lemma": ("pos",), "depparse": ("pos", "lemma")}
#: Vectors and character models that taggers and parsers may have been trained with.
_HELPERS = {
    "pretrain": ".pretrain.pt",
    "forward_charlm": "_forward_charlm.pt",
    "backward_charlm": "_backward_charlm.pt",
}
_RESOURCES = "resources.json"

_Sentences = Sequence[Sequence[Row]]


class StanzaTokenizer:
    """Runs a Stanza pipeline over a text and makes a ``Doc`` of it, which ``doc.text`` gives back.

    Parameters
    ----------
    vocab
        The vocabulary of the spaCy pipeline.
    pipeline
        A ``stanza.Pipeline``, or anything that is called and processes documents as one does.
    config
        How the pipeline was made, which pickling needs to make it again.
    """

    def __init__(self, vocab: Vocab, pipeline: Any, config: dict[str, Any] | None = None) -> None:
        self.vocab = vocab
        self.pipeline = pipeline
        self._config = config

    def __call__(self, text: str) -> Doc:
        """Return the ``Doc`` of a text."""
        return next(self.pipe([text]))

    def pipe(self, texts: Iterable[str], batch_size: int = 32) -> Iterator[Doc]:
        """Yield the ``Doc`` of each text, several texts at a time through the model.

        ``nlp.pipe`` calls the tokenizer text by text; ``nlp.pipe(nlp.tokenizer.pipe(texts))`` is faster.
        """
        left = iter(texts)
        while batch := list(islice(left, batch_size)):
            full = [text for text in batch if text and not text.isspace()]
            read = iter(self._read(full))
            for text in batch:
                yield self._doc(text, next(read) if text and not text.isspace() else [])

    def _read(self, texts: list[str]) -> list[_Sentences]:
        """Return what Stanza makes of texts that hold more than blanks, of which it has nothing to say."""
        if len(texts) < 2:
            return [self.pipeline(text).to_dict() for text in texts]
        from stanza import Document

        return [document.to_dict() for document in self.pipeline([Document([], text=text) for text in texts])]

    def _doc(self, text: str, sentences: _Sentences) -> Doc:
        columns = align(text, sentences)
        doc = Doc(
            self.vocab,
            words=columns.words,
            spaces=columns.spaces,
            pos=columns.pos,
            tags=columns.tags,
            morphs=columns.morphs,
            lemmas=columns.lemmas,
            heads=columns.heads,
            deps=columns.deps,
            # Trees tell the sentences; spaCy takes only one of both.
            sent_starts=None if columns.heads else columns.sent_starts,
        )
        if columns.joined:
            doc.user_data[JOINED] = [[start, end, words] for start, end, words in columns.joined]
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return nothing: the models stay where they are, and the pipeline's config names the folder."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> StanzaTokenizer:
        """Return the tokenizer itself."""
        return self

    def to_disk(self, path: str | PathLike[str], *, exclude: Iterable[str] = ()) -> None:
        """Write nothing: the models stay where they are, and the pipeline's config names the folder."""

    def from_disk(self, path: str | PathLike[str], *, exclude: Iterable[str] = ()) -> StanzaTokenizer:
        """Return the tokenizer itself."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        if self._config is None:
            message = "a StanzaTokenizer around a pipeline of your own cannot be pickled"
            raise TypeError(message)
        return _again, (self.vocab, self._config)


def _again(vocab: Vocab, config: dict[str, Any]) -> StanzaTokenizer:
    return StanzaTokenizer(vocab, open_pipeline(**config), config)


@registry.tokenizers("netralitas_nlp.StanzaTokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer(
    model_dir: str,
    lang: str = "id",
    processors: list[str] | None = None,
    package: str = "default",
    use_gpu: bool = False,
) -> Callable[[Language], StanzaTokenizer]:
    """Return what makes the tokenizer of a pipeline; the parameters are those of :func:`open_pipeline`."""
    config = {
        "model_dir": model_dir, "lang": lang, "processors": processors, "package": package, "use_gpu": use_gpu,
    }  # fmt: skip

    def make(nlp: Language) -> StanzaTokenizer:
        return _again(nlp.vocab, config)

    return make


def load_stanza(
    model_dir: str | PathLike[str],
    *,
    lang: str = "id",
    processors: str | Iterable[str] | None = None,
    package: str = "default",
    use_gpu: bool = False,
    rules: str | PathLike[str] | None = None,
    published: dt.date | str | None = None,
) -> Language:
    """Return a pipeline whose tokens, tags and trees are Stanza's, with the components of this library.

    Parameters
    ----------
    model_dir, lang, processors, package, use_gpu
        As for :func:`open_pipeline`.
    rules
        A rule file of your own, or a folder of them, as :class:`netralitas_nlp.Extractor` takes it.
    published
        The day of publication of all texts that bring none of their own.

    Returns
    -------
    spacy.language.Language
        Its documents carry ``doc._.article``, the same as :func:`netralitas_nlp.extract` returns: the rules read the
        text and not the model's tokens.

    Raises
    ------
    ModuleNotFoundError
        If Stanza is not installed (``pip install 'netralitas-nlp[stanza]'``).
    FileNotFoundError
        If a model is missing. The message tells what was looked for and how to get it.
    ValueError
        If a processor is unknown, or several models would fit.
    """
    tokenizer = {
        "@tokenizers": "netralitas_nlp.StanzaTokenizer.v1",
        "model_dir": fspath(model_dir),
        "lang": lang,
        "processors": None if processors is None else _names(processors),
        "package": package,
        "use_gpu": use_gpu,
    }
    nlp: Language = Indonesian.from_config({"nlp": {"tokenizer": tokenizer}})
    day = published.isoformat() if isinstance(published, dt.date) else published
    nlp.add_pipe("netralitas", config={"rules": None if rules is None else fspath(rules), "published": day})
    return nlp


def open_pipeline(
    model_dir: str | PathLike[str],
    *,
    lang: str = "id",
    processors: str | Iterable[str] | None = None,
    package: str = "default",
    use_gpu: bool = False,
) -> Any:
    """Return a ``stanza.Pipeline`` of models that are there already, without asking any network.

    Parameters
    ----------
    model_dir
        A folder as ``stanza.download`` fills it, or one with the models alone: ``pos.pt``, ``pos/NAME.pt``,
        ``id/pos/NAME.pt`` or, as Stanza's training scripts call it, ``NAME_tagger.pt``.
        The files should come from somebody whom you trust.
    lang
        Which language's models.
    processors
        Which of "tokenize", "mwt", "pos", "lemma" and "depparse" to run; all that are there by default. What they need
        is added.
    package
        Which models, where there are several: NAME above, or a package of Stanza's.
    use_gpu
        Whether to run on a graphics card, if there is one.

    Returns
    -------
    stanza.Pipeline
        Called with a text, it returns a ``stanza.Document``.

    Raises
    ------
    ModuleNotFoundError, FileNotFoundError, ValueError
        As for :func:`load_stanza`.
    """
    folder = Path(model_dir)
    wanted = None if processors is None else _names(processors)
    if unknown := [name for name in wanted or () if name not in PROCESSORS]:
        message = f"unknown processors {', '.join(unknown)}: there are {', '.join(PROCESSORS)}"
        raise ValueError(message)
    try:
        from stanza import Pipeline
    except ModuleNotFoundError as error:
        if error.name not in {"stanza", "torch"}:
            raise
        message = "Stanza is not installed: pip install 'netralitas-nlp[stanza]'"
        raise ModuleNotFoundError(message, name=error.name) from error
    if not folder.is_dir():
        raise _missing(folder, lang, ["the folder"])
    common: dict[str, Any] = {
        "download_method": None, "use_gpu": use_gpu, "logging_level": "ERROR", "lang": lang,
    }  # fmt: skip
    if _is_download(folder, lang):
        names = _complete(wanted or [name for name in PROCESSORS if (folder / lang / name).is_dir()] or ["tokenize"])
        try:
            return Pipeline(dir=str(folder), package=package, processors=",".join(names), **common)
        except FileNotFoundError as error:
            raise _missing(folder, lang, [f"models for {', '.join(names)} ({error})"]) from error
    found = _models(folder, lang, package)
    names = _complete(wanted or [name for name in PROCESSORS if name in found] or ["tokenize"])
    # Tokens of several words are marked by the tokenizer and cut by this one, so it runs wherever it is there.
    names += ["mwt"] if "mwt" in found and "mwt" not in names else []
    if absent := [name for name in names if name not in found]:
        raise _missing(folder, lang, [f"{name}.pt" for name in absent])
    paths = {f"{name}_model_path": str(found[name]) for name in names}
    for name in {"pos", "depparse"} & set(names):
        paths |= {f"{name}_{helper}_path": str(found[helper]) for helper in _HELPERS if helper in found}
    with TemporaryDirectory() as empty:
        # Stanza asks for its table of downloads even if every model is named; the folder stays as it is.
        (Path(empty) / _RESOURCES).write_text("{}", encoding="utf-8")
        return Pipeline(dir=empty, package=None, processors={}, allow_unknown_language=True, **common, **paths)


def _names(names: str | Iterable[str]) -> list[str]:
    return [name.strip() for name in (names.split(",") if isinstance(names, str) else names)]


def _complete(names: Iterable[str]) -> list[str]:
    """Return processors with what they need, in the order in which they run."""
    asked = set(names)
    whole = {"tokenize"} | asked | {need for name in asked for need in _NEEDS.get(name, ())}
    return [name for name in PROCESSORS if name in whole]


def _is_download(folder: Path, lang: str) -> bool:
    """Return whether ``stanza.download`` filled a folder for a language."""
    try:
        return lang in json.loads((folder / _RESOURCES).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return False


def _models(folder: Path, lang: str, package: str) -> dict[str, Path]:
    """Return the model file of each processor and helper in a folder without a table of downloads."""
    found = {}
    for name, ending in (PROCESSORS | _HELPERS).items():
        places = [folder / f"{name}.pt"], [*folder.glob(f"{name}/*.pt"), *folder.glob(f"{lang}/{name}/*.pt")]
        fitting = next((files for files in map(_existing, (*places, folder.glob(f"*{ending}"))) if files), [])
        named = [file for file in fitting if file.stem == package]
        if len(named or fitting) > 1:
            files = ", ".join(str(file.relative_to(folder)) for file in fitting)
            message = f"several models for {name} in {folder}: {files}; name one as the package"
            raise ValueError(message)
        if fitting:
            found[name] = (named or fitting)[0]
    return found


def _existing(files: Iterable[Path]) -> list[Path]:
    return sorted(file for file in files if file.is_file())


def _missing(folder: Path, lang: str, absent: Sequence[str]) -> FileNotFoundError:
    there = [str(file.relative_to(folder)) for file in islice(sorted(folder.rglob("*.pt")), 20)]
    return FileNotFoundError(
        f"no Stanza models as asked in {folder}: {', '.join(absent)} missing; "
        f"there: {', '.join(there) or 'no model files'}. Nothing is downloaded by itself. "
        f"Download them once, with stanza.download({lang!r}, model_dir={str(folder)!r}), "
        "or train your own with models/stanza/train.py"
    )
