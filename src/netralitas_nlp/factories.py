"""The spaCy components: what the rules read, as span groups and as an article on the ``Doc``.

Importing this module registers the factories, to which entry points lead: ``nlp.add_pipe("netralitas_dates")`` works
without any import. The first component registers ``Doc._.article`` and ``Doc._.published``; not the import, since spaCy
also imports the factories of packages that a program makes no use of.

Everything is kept as plain data in ``Doc.user_data``: it survives ``to_bytes``, ``DocBin`` and other processes, which
a dataclass on ``Doc._`` would not.
"""

# No `from __future__ import annotations`: spaCy checks configs against the annotations of the factories.
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from netralitas_nlp import __version__
from netralitas_nlp.entities import Entities
from netralitas_nlp.lemmas import AttestedLemmas
from netralitas_nlp.spacy_engine import analysis_of

if TYPE_CHECKING:
    from netralitas_nlp.extractor import Extractor
    from netralitas_nlp.types import Article

__all__ = ["COMPONENTS", "DATA", "ID", "LAYERS", "PUBLISHED", "Component", "Sentences", "register"]

#: Where the article stands in ``Doc.user_data``, as plain data, and what the caller said about it.
DATA = "netralitas"
PUBLISHED = "netralitas_published"
ID = "netralitas_id"

#: A place in the text: start, end, label, rule, key of a knowledge base, and the path to it in the article.
Row = tuple[int, int, str, str, str, list[str | int]]


def _zones(article: Mapping[str, Any]) -> Iterator[Row]:
    for kind in ("headline", "dateline"):
        if zone := article[kind]:
            yield (*zone["span"], kind.upper(), zone.get("rule", f"zone.{kind}"), "", [kind])
    for field, kind in (("credits", "credit"), ("furniture", "furniture"), ("captions", "caption")):
        for number, zone in enumerate(article[field]):
            yield (*zone["span"], kind.upper(), zone.get("rule", f"zone.{kind}"), "", [field, number])
    for number, span in enumerate(article["paragraphs"]):
        yield (*span, "PARAGRAPH", "zone.paragraph", "", ["paragraphs", number])


def _mentions(field: str, label: str, key: str = "") -> Callable[[Mapping[str, Any]], Iterator[Row]]:
    """Return what yields each mention of each record; `label` is a field of the record, or the label itself."""

    def rows(article: Mapping[str, Any]) -> Iterator[Row]:
        for number, record in enumerate(article[field]):
            name = str(record.get(label, label)).upper()
            for place, mention in enumerate(record["mentions"]):
                path = [field, number, "mentions", place]
                yield (*mention["span"], name, record["rule"], (key and record[key]) or "", path)

    return rows


def _records(field: str, label: str, key: str = "") -> Callable[[Mapping[str, Any]], Iterator[Row]]:
    """Return what yields each record; `label` is a field of the record, or the label itself."""

    def rows(article: Mapping[str, Any]) -> Iterator[Row]:
        for number, record in enumerate(article[field]):
            name = str(record.get(label, label) or "unknown").upper()
            yield (*record["span"], name, record["rule"], (key and record[key]) or "", [field, number])

    return rows


def _clauses(article: Mapping[str, Any]) -> Iterator[Row]:
    for number, pledge in enumerate(article["pledges"]):
        for point, clause in enumerate(pledge["clauses"]):
            path = ["pledges", number, "clauses", point]
            yield (*clause["span"], clause["polarity"].upper(), clause["rule"], "", path)


#: What stands in which span group.
_ROWS: dict[str, Callable[[Mapping[str, Any]], Iterator[Row]]] = {
    "zones": _zones,
    "people": _mentions("people", "PERSON"),
    "officials": _mentions("officials", "status"),
    "organizations": _mentions("organizations", "kind"),
    "places": _records("places", "level", "code"),
    "dates": _records("dates", "DATE"),
    "references": _mentions("references", "kind", "canonical_id"),
    "quotes": _records("quotes", "kind"),
    "pledges": _records("pledges", "kind"),
    "clauses": _clauses,
    "norms": _records("norms", "modality"),
}
#: The span groups, without their prefix.
LAYERS = tuple(_ROWS)
#: The factories that read the article, and the span groups that each writes. ``netralitas_sentences``,
#: ``netralitas_lemmas`` and ``netralitas_entities`` write on the tokens.
COMPONENTS: dict[str, tuple[str, ...]] = {
    **{f"netralitas_{layer}": (layer,) for layer in LAYERS if layer != "clauses"},
    "netralitas_pledges": ("pledges", "clauses"),
    "netralitas": LAYERS,
}


class _Reader:
    """Names the rules that a component reads with; every component with the same ones shares an extractor."""

    def __init__(self, name: str, rules: str | None) -> None:
        self._rules = rules
        self._digest = _digest(rules)
        if rules is not None:
            # Mistakes in the user's own rules are told now, not at the first text.
            try:
                _ = self.extractor
            except (OSError, ValueError) as error:
                error.add_note(f"in the rules of the component {name!r}")
                raise

    @property
    def digest(self) -> str:
        return self._digest

    @property
    def extractor(self) -> "Extractor":
        return _extractor(self._rules, self._digest)


def _digest(rules: str | None) -> str:
    """Return what tells rules from others, also after somebody edited them; "" for the built-in ones."""
    if rules is None:
        return ""
    path = Path(rules)
    summary = hashlib.blake2b(digest_size=12)
    for file in sorted(path.glob("*.toml")) if path.is_dir() else [path]:
        if file.is_file():
            content = file.read_bytes()
            summary.update(f"{file.name} {len(content)}\0".encode() + content)
    return summary.hexdigest()


@lru_cache(maxsize=8)
def _extractor(rules: str | None, digest: str) -> "Extractor":
    """Return the extractor of these rules; made at the first text, so that a pipeline loads without it."""
    from netralitas_nlp.extractor import Extractor

    return Extractor(rules)


class Component:
    """Writes the article on the ``Doc`` and the span groups of some layers.

    Parameters
    ----------
    name
        The name of the component in its pipeline.
    layers
        The span groups that it writes, of :data:`LAYERS`.
    rules
        A rule file of the user's own, or a folder of them, as :class:`netralitas_nlp.Extractor` takes it.
    published
        The day of publication of every text that brings none of its own; an ISO date.
    prefix
        What the names of the span groups begin with.
    engine
        Whether the layers may use what earlier components found: ``doc.ents``, sentences and heads.

    Raises
    ------
    FileNotFoundError, RuleError
        If the rules cannot be read.
    ValueError
        If `published` is no date.

    Notes
    -----
    The article is always the whole one: the first component reads it, later ones with the same settings take it from
    the ``Doc``. A span holds every token that its record touches; the exact characters are in the article, to which
    ``group.attrs["paths"]`` leads, span by span.
    """

    def __init__(
        self,
        name: str,
        layers: Sequence[str],
        *,
        rules: str | None = None,
        published: str | None = None,
        prefix: str = "netralitas_",
        engine: bool = False,
    ) -> None:
        register()
        self._engine = engine
        self._layers = tuple(layers)
        self._reader = _Reader(name, rules)
        self._published = None if published is None else _day(published, f"published of the component {name!r}")
        self._prefix = prefix

    def __setstate__(self, state: dict[str, Any]) -> None:
        register()
        self.__dict__.update(state)

    def __call__(self, doc: Doc) -> Doc:
        """Read a document and mark it.

        Raises
        ------
        TypeError, ValueError
            If what the caller says of its day of publication is no date.
        """
        article = self._article(doc)
        for layer in self._layers:
            key = self._prefix + layer
            doc.spans[key] = _group(doc, key, _ROWS[layer](article))
        return doc

    def _article(self, doc: Doc) -> Mapping[str, Any]:
        """Return the article as plain data, read here if no component with the same settings did."""
        name, published = _about(doc)
        published = published or self._published
        by = {
            "version": __version__,
            "rules": self._reader.digest,
            "id": name,
            "published": published and published.isoformat(),
            "engine": self._engine,
        }
        known = doc.user_data.get(DATA)
        if known is not None and known["by"] == by and known["article"]["text"] == doc.text:
            found: Mapping[str, Any] = known["article"]
            return found
        analysis = analysis_of(doc) if self._engine else None
        read = self._reader.extractor.read(doc.text, id=name, published=published, analysis=analysis).article
        article = read.to_dict()
        data = {"by": by, "article": article}
        doc.user_data[DATA] = data
        _rebuilt[doc] = data, read
        return article


class Sentences:
    """Sets where sentences begin, by the rules: "Pjs.", "M.Si." and "Rp1.500" end none, and furniture is its own.

    Parameters
    ----------
    name
        The name of the component in its pipeline.
    rules
        As for :class:`Component`.
    overwrite
        Whether sentences that an earlier component set are replaced.
    """

    def __init__(self, name: str, *, rules: str | None = None, overwrite: bool = False) -> None:
        self._reader = _Reader(name, rules)
        self._overwrite = overwrite

    def __call__(self, doc: Doc) -> Doc:
        """Set ``is_sent_start`` of every token of a document."""
        if not len(doc) or (not self._overwrite and doc.has_annotation("SENT_START")):
            return doc
        starts = [span.start for span in self._reader.extractor.sentences(doc.text)]
        # The first one begins with the first token, which may be a blank.
        opening = [0, *np.searchsorted(doc.to_array("IDX"), starts[1:])]
        column: Any = np.full((len(doc) + 1, 1), -1)
        column[opening] = 1
        doc.from_array(["SENT_START"], column[: len(doc)].astype("uint64"))
        return doc


def _group(doc: Doc, key: str, rows: Iterator[Row]) -> SpanGroup:
    spans, paths = [], []
    for start, end, label, rule, kb_id, path in sorted(rows, key=lambda row: row[:2]):
        if start < end:
            span = doc.char_span(start, end, label=label, kb_id=kb_id, span_id=rule, alignment_mode="expand")
            if span is not None:
                spans.append(span)
                paths.append(path)
    return SpanGroup(doc, name=key, attrs={"paths": paths}, spans=spans)


def _about(doc: Doc) -> tuple[str | None, dt.date | None]:
    """Return the id and the day of publication that the caller gives: on the ``Doc``, or beside the text."""
    # `nlp.pipe(…, as_tuples=True)` keeps here what stands beside a text; spaCy has no public name for it.
    context = getattr(doc, "_context", None)
    beside = context if isinstance(context, dict) else {}
    name = doc.user_data.get(ID, beside.get("id"))
    published = get_published(doc)
    if published is None and beside.get("published") is not None:
        published = _day(beside["published"], "'published' beside the text")
    return None if name is None else str(name), published


def _day(value: object, what: str) -> dt.date:
    """Return a date, or the one that an ISO string is."""
    match value:
        case dt.datetime():
            return value.date()
        case dt.date():
            return value
        case str():
            try:
                return dt.datetime.fromisoformat(value).date()
            except ValueError:
                message = f"{what} must be a date like 2024-10-01, not {value!r}"
                raise ValueError(message) from None
    message = f"{what} must be a date or an ISO string, not {type(value).__name__}"
    raise TypeError(message)


#: Articles that were read or rebuilt, as long as their ``Doc`` lives, with the data that each belongs to.
_rebuilt: "WeakKeyDictionary[Doc, tuple[object, Article]]" = WeakKeyDictionary()


def get_article(doc: Doc) -> "Article | None":
    """Return the article of a document, None where no component has read it."""
    from netralitas_nlp.types import Article

    data = doc.user_data.get(DATA)
    if data is None:
        return None
    known = _rebuilt.get(doc)
    if known is None or known[0] is not data:
        known = _rebuilt[doc] = data, Article.from_dict(data["article"])
    return known[1]


def get_published(doc: Doc) -> dt.date | None:
    """Return the day of publication that was set, None where none was."""
    value = doc.user_data.get(PUBLISHED)
    return None if value is None else dt.date.fromisoformat(value)


def set_published(doc: Doc, value: dt.date | str | None) -> None:
    """Set the day of publication, to be known to the components that run later.

    Raises
    ------
    TypeError, ValueError
        If it is no date and no ISO string.
    """
    if value is None:
        doc.user_data.pop(PUBLISHED, None)
    else:
        doc.user_data[PUBLISHED] = _day(value, "doc._.published").isoformat()


def _factory(factory: str) -> Callable[..., Component]:
    layers = COMPONENTS[factory]

    def make(
        nlp: Language, name: str, rules: str | None, published: str | None, prefix: str, engine: bool
    ) -> Component:
        return Component(name, layers, rules=rules, published=published, prefix=prefix, engine=engine)

    make.__name__ = make.__qualname__ = f"make_{factory}"
    return make


# The entry points name these. They stand before the registration, which looks the entry points up.
make_all = _factory("netralitas")
make_zones = _factory("netralitas_zones")
make_people = _factory("netralitas_people")
make_officials = _factory("netralitas_officials")
make_organizations = _factory("netralitas_organizations")
make_places = _factory("netralitas_places")
make_dates = _factory("netralitas_dates")
make_references = _factory("netralitas_references")
make_quotes = _factory("netralitas_quotes")
make_pledges = _factory("netralitas_pledges")
make_norms = _factory("netralitas_norms")


def make_sentences(nlp: Language, name: str, rules: str | None, overwrite: bool) -> Sentences:
    """Return the component ``netralitas_sentences``."""
    return Sentences(name, rules=rules, overwrite=overwrite)


def make_lemmas(nlp: Language, name: str, whole: list[str]) -> AttestedLemmas:
    """Return the component ``netralitas_lemmas``, without rows."""
    return AttestedLemmas(name, whole=whole)


def make_entities(nlp: Language, name: str) -> Entities:
    """Return the component ``netralitas_entities``."""
    return Entities(name)


def register() -> None:
    """Register ``Doc._.article`` and ``Doc._.published``; for a program that only reads documents from a file.

    Raises
    ------
    ValueError
        If somebody else has taken one of the two names.
    """
    for name, getter, setter in (("article", get_article, None), ("published", get_published, set_published)):
        if Doc.has_extension(name):
            present = Doc.get_extension(name)[2]
            if getattr(present, "__module__", None) != __name__:
                message = f"Doc._.{name} is already taken; netralitas_nlp needs that name for its own"
                raise ValueError(message)
        Doc.set_extension(name, getter=getter, setter=setter, force=True)


def _register_factories() -> None:
    for factory, make in zip(
        COMPONENTS,
        (
            make_zones, make_people, make_officials, make_organizations, make_places, make_dates, make_references,
            make_quotes, make_pledges, make_norms, make_all,
        ),
        strict=True,
    ):  # fmt: skip
        Language.factory(
            factory,
            default_config={"rules": None, "published": None, "prefix": "netralitas_", "engine": False},
            assigns=["doc._.article", "doc.spans"],
            func=make,
        )
    Language.factory(
        "netralitas_sentences",
        default_config={"rules": None, "overwrite": False},
        assigns=["token.is_sent_start"],
        func=make_sentences,
    )
    Language.factory(
        "netralitas_lemmas",
        default_config={"whole": []},
        requires=["token.pos"],
        assigns=["token.lemma"],
        func=make_lemmas,
    )
    Language.factory("netralitas_entities", requires=["doc.ents"], assigns=["doc.ents"], func=make_entities)


_register_factories()
