"""What type checkers must know of the public names; checked by mypy, never run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, assert_type

from spacy.language import Language

import netralitas_nlp as nn

article = nn.extract("Rapat digelar Selasa (1/10/2024).", id="a", published=dt.date(2024, 10, 2))
assert_type(article, nn.Article)
assert_type(article.id, str | None)
assert_type(article.published, dt.date | None)
assert_type(article.people, tuple[nn.Person, ...])
assert_type(article.officials[0].status, nn.Status)
assert_type(article.officials[0].area, nn.Area | None)
assert_type(article.dates[0].span, nn.Span)
assert_type(article.dates[0].span.start, int)
assert_type(article.dates[0].start, dt.date | None)
assert_type(article.to_dict(), dict[str, Any])
assert_type(nn.Article.from_dict(article.to_dict()), nn.Article)
assert_type(article.to_json(indent=2), str)

extractor = nn.Extractor()
assert_type(extractor.extract(""), nn.Article)
assert_type(extractor.pipe(["a", "b"]), Iterator[nn.Article])
assert_type(extractor.pipe([("a", 1)], as_tuples=True), Iterator[tuple[nn.Article, int]])
assert_type(extractor.explain(""), nn.Explanation)
assert_type(extractor.explain("").candidates[0].reason, str)

assert_type(extractor.sentences(""), list[nn.Span])
assert_type(nn.load(), Language)

assert_type(nn.dates.find("", dt.date(2024, 10, 2)), list[nn.DateMention])
assert_type(nn.dates.parse("kemarin"), nn.DateMention | None)
assert_type(nn.regions.lookup("Berau"), tuple[nn.regions.Region, ...])
assert_type(nn.__version__, str)

nn.extract(b"bytes")  # type: ignore[arg-type]
nn.extract("", published="2024-10-01")  # type: ignore[arg-type]
article.id = "b"  # type: ignore[misc]
