"""Draw records of one layer from unannotated news, with their context, to be judged by eye.

    python evaluation/sample.py people -n 200 --seed 1 > people.txt

Every record of the corpus has the same chance. Articles that the gold standard holds too are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from netralitas_nlp.extractor import Extractor
from netralitas_nlp.types import (
    Area,
    Article,
    DateMention,
    Norm,
    Official,
    Organization,
    Person,
    Place,
    Pledge,
    Quote,
    QuoteKind,
    Reference,
    Span,
)

ROOT = Path(__file__).resolve().parent.parent
AROUND = 110
LAYERS = (
    "people", "officials", "organizations", "places", "dates", "references", "quotes", "indirect", "pledges", "norms",
)  # fmt: skip


def main() -> None:
    options = _options()
    extractor = Extractor()
    drawn: list[tuple[Article, object]] = []
    for id, text in articles(options.shared):
        article = extractor.extract(text, id=id)
        drawn += [(article, record) for record in records(article, options.layer)]
    print(f"{len(drawn)} {options.layer} records, {options.n} drawn with seed {options.seed}")
    for number, (article, record) in enumerate(random.Random(options.seed).sample(drawn, options.n), 1):
        print(f"\n#{number} {article.id} {describe(record, article)}")
        print(f"   {_context(record, article, options.around)}")


def articles(shared: Path) -> Iterator[tuple[str, str]]:
    """Yield id and text of the raw articles that are not in the gold standard."""
    gold = (shared / "gold" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    known = {_key(json.loads(line)["text"]) for line in gold}
    with gzip.open(shared / "data" / "raw_news" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if _key(row["text"]) not in known:
                yield row["id"], row["text"]


def records(article: Article, layer: str) -> Sequence[object]:
    """Return the records of a layer; each kind of quotes is one, named as the scorer names it."""
    if layer in {"quotes", "indirect"}:
        kind = QuoteKind.DIRECT if layer == "quotes" else QuoteKind.INDIRECT
        return [quote for quote in article.quotes if quote.kind is kind]
    found: Sequence[object] = getattr(article, layer)
    return found


def describe(record: object, article: Article) -> str:
    """Return the fields of a record that can be right or wrong, on one line."""
    match record:
        case Person():
            namings = " / ".join(dict.fromkeys(mention.text for mention in record.mentions))
            return f"{record.name} | {[*record.honorifics]} {[*record.degrees]} | {namings} | {record.rule}"
        case Official():
            names = {person.id: person.name for person in article.people}
            return (
                f"{names.get(record.person or '')} | {record.status} {record.tenure} {record.role} | {record.title} | "
                f"{_area(record.area)} | {record.organization} | {','.join(record.flags)}"
            )
        case Organization():
            return f"{record.name} | {record.abbreviation} | {record.kind} | {_area(record.area)} | {record.rule}"
        case Place():
            return f"{record.text} = {record.name} {record.code} | {len(record.candidates)} others | {record.rule}"
        case DateMention():
            return f"{record.text} = {record.value} | {record.weekday_agrees} {record.time} | {record.rule}"
        case Quote():
            names = {person.id: person.name for person in article.people}
            speaker = names.get(record.speaker or "")
            return f"{speaker} | {record.speaker_text} | {record.cue} | {record.rule} | part of {record.part_of}"
        case Pledge():
            points = "; ".join(f"{clause.ordinal} {clause.polarity} {clause.text}" for clause in record.clauses)
            about = f"{record.kind} | {record.pledgor} | {record.date} | {record.declared_count}"
            return f"{about} | {points} | {record.rule} {[*record.flags]}"
        case Norm():
            return (
                f"{record.modality} | {record.addressee} | {record.action} | if {record.condition} | "
                f"{record.violation} | source {record.source} | {record.speaker} | {record.rule}"
            )
        case Reference():
            number = " + ".join(filter(None, [record.number, *record.numbers]))
            return (
                f"{record.kind} | {record.issuer} | {number} {record.year} {record.date} | {record.subject} | "
                f"{[*record.provisions]} | {record.canonical_id} {[*record.flags]} {[*record.amended_by]} | "
                f"{[mention.text for mention in record.mentions if mention.span != record.span]}"
            )
        case _:
            return str(record)


def context(article: Article, span: Span, around: int = AROUND) -> str:
    """Return the words around a span, the span in marks, on one line."""
    before, after = article.text[max(0, span.start - around) : span.start], article.text[span.end : span.end + around]
    return " ".join(f"{before}⟦{article.text[span.start : span.end]}⟧{after}".split())


def _context(record: object, article: Article, around: int) -> str:
    """Return the context of the first mention that has the holder's name beside it, else of the first."""
    views = [context(article, span, around) for span in _spans(record)]
    names = {person.id: person.mentions[0].text for person in article.people}
    holder = names.get(getattr(record, "person", None) or "", "")
    return next((view for view in views if holder in view), views[0])


def _spans(record: object) -> list[Span]:
    span = getattr(record, "span", None)
    return [span] if span else [mention.span for mention in getattr(record, "mentions", ())]


def _area(area: Area | None) -> str:
    return f"{area.name} {area.code}" if area else "no area"


def _key(text: str) -> str:
    return "".join(text.split())[:200]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layer", choices=LAYERS)
    parser.add_argument("-n", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--around", type=int, default=AROUND, help="characters of context on either side")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of gold and data")
    return parser.parse_args()


if __name__ == "__main__":
    main()
