"""Turn the surface strings of annotations/ into the spans of own.jsonl, and check them on the way.

    python evaluation/own/build.py           write own.jsonl, list what is wrong
    python evaluation/own/build.py --check   write nothing; fail when own.jsonl is not what the annotations say
    python evaluation/own/build.py --draw    draw held_out.txt anew (once: an article that was read stays read)

An annotation names everything by the words that stand in the text, so no offset is ever typed by hand. Each string must
stand there exactly once, or carry the number of its occurrence as "n". docs/codebook.md says what the fields mean.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from netralitas_nlp.types import Modality, Phase, PledgeKind, Polarity, ReferenceKind, Theme

HERE = Path(__file__).resolve().parent
SEED = 20241127
REACH = 120  # a trigger that governs its addressee ("melarang ASN …") stands at most so many characters before it
VIOLATIONS = (
    "campaign_material", "social_media_campaign", "party_approach", "declaration_attendance", "party_membership",
    "social_media_interaction", "photo_with_candidate", "campaigning", "spouse_campaign", "attributes",
    "mobilising_staff", "state_facilities", "partisan_decision", "partisan_activity", "campaign_team",
    "support_letter", "practical_politics", "partisanship", "intimidation", "hate_speech_disinformation",
    "money_politics", "party_speaker", "staff_rotation", "other",
)  # fmt: skip

Record = dict[str, Any]


class Reader:
    """One text with its annotation: finds strings and gathers what is wrong with them."""

    def __init__(self, text: str, annotation: Mapping[str, Any]) -> None:
        self.text = text
        self.problems: list[str] = []
        # A page that prints its body twice is annotated in the first copy only.
        last = annotation.get("ends")
        self.end = text.index(last) + len(last) if last else len(text)

    def find(self, words: str, n: int | None = None, start: int = 0, end: int | None = None) -> list[int]:
        """Return the span of these words between start and end: the only one, or the n-th."""
        end = self.end if end is None else end
        spans = [[m.start(), m.end()] for m in re.finditer(_bounded(words), self.text) if start <= m.start()]
        spans = [span for span in spans if span[1] <= end]
        if not spans or (n or 1) > len(spans):
            self.problems.append(f"not found: {words!r}")
            return [start, start]
        if n is None and len(spans) > 1:
            self.problems.append(f"stands {len(spans)} times, give n: {words!r}")
        return spans[(n or 1) - 1]

    def inside(self, words: str, span: list[int], what: str) -> None:
        """Note it when these words do not stand inside the span."""
        if words not in self.text[span[0] : span[1]]:
            self.problems.append(f"{what} is not inside its record: {words!r}")

    def one_of(self, value: object, values: Iterable[str], what: str) -> None:
        """Note it when a value is none of those listed."""
        if value not in set(values):
            self.problems.append(f"unknown {what}: {value!r}")


def build(annotation: Mapping[str, Any], text: str) -> tuple[Record, list[str]]:
    """Return the row of one article, in the form of the gold standard, and what is wrong with its annotation."""
    reader = Reader(text, annotation)
    people = [_person(reader, i, row) for i, row in enumerate(annotation["people"], 1)]
    references = [_reference(reader, row) for row in annotation["references"]]
    pledges = [_pledge(reader, row) for row in annotation["pledges"]]
    norms = [_norm(reader, row, people, references) for row in annotation["norms"]]
    clauses = [clause for pledge in pledges for clause in pledge["clauses"]]
    for name, records in (("clause", clauses), ("norm", norms)):
        if any(first[1] > second[0] for first, second in pairwise(sorted(record["span"] for record in records))):
            reader.problems.append(f"two {name}s overlap")
    for norm in norms:
        if any(norm["span"][0] < clause["span"][1] and clause["span"][0] < norm["span"][1] for clause in clauses):
            reader.problems.append(f"a norm inside a clause: {norm['text']!r}")
    row = {
        "id": annotation["id"], "published": annotation["published"], "people": people, "references": references,
        "pledges": pledges, "norms": sorted(norms, key=lambda norm: norm["span"]), "text": text,
    }  # fmt: skip
    return row, [f"{annotation['id']}: {problem}" for problem in reader.problems]


def rows() -> tuple[list[Record], list[str]]:
    """Build every article of annotations/."""
    built = []
    problems = []
    for path in sorted((HERE / "annotations").glob("*.json")):
        annotation = json.loads(path.read_text(encoding="utf-8"))
        with (HERE / "texts" / f"{path.stem}.txt").open(encoding="utf-8", newline="") as file:
            row, found = build(annotation, file.read())
        if row["id"] != path.stem:
            found.append(f"{path.name} holds the id {row['id']}")
        built.append(row)
        problems += found
    return built, problems


def draw(ids: Iterable[str]) -> list[str]:
    """Return the half of the articles that is kept aside."""
    names = sorted(ids)
    return sorted(random.Random(SEED).sample(names, len(names) // 2))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="write nothing, compare")
    options.add_argument("--draw", action="store_true", help="draw held_out.txt anew")
    chosen = options.parse_args()
    built, problems = rows()
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in built)
    path = HERE / "own.jsonl"
    if chosen.check and path.read_text(encoding="utf-8") != lines:
        problems.append("own.jsonl is not what the annotations say: run evaluation/own/build.py")
    print("\n".join(problems) or f"{len(built)} articles, nothing wrong")
    if problems:
        return 1
    if not chosen.check:
        path.write_text(lines, encoding="utf-8")
    if chosen.draw:
        head = "# Own articles that are kept aside while rules are written: score them, never read them.\n"
        held = "\n".join(draw(row["id"] for row in built))
        (HERE / "held_out.txt").write_text(f"{head}{held}\n", encoding="utf-8")
    return 0


def _bounded(words: str) -> str:
    """Return a pattern of these words that starts and ends no word in the middle."""
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return before + re.escape(words) + after


def _spanned(reader: Reader, span: list[int]) -> Record:
    return {"span": span, "text": reader.text[span[0] : span[1]]}


def _person(reader: Reader, number: int, row: Mapping[str, Any]) -> Record:
    """Return a person with every naming; the longest form wins where several start."""
    forms = sorted(row["aliases"], key=len, reverse=True)
    pattern = "|".join(_bounded(form) for form in forms)
    spans = [[m.start(), m.end()] for m in re.finditer(pattern, reader.text) if m.end() <= reader.end]
    for form in forms:
        if form not in {reader.text[a:b] for a, b in spans}:
            reader.problems.append(f"no naming {form!r}")
    return {"id": f"p{number}", "name": row["name"], "mentions": [_spanned(reader, span) for span in spans]}


def _reference(reader: Reader, row: Mapping[str, Any]) -> Record:
    reader.one_of(row["kind"], ReferenceKind, "kind of reference")
    return {**row, "span": reader.find(row["text"], row.get("n"))}


def _pledge(reader: Reader, row: Mapping[str, Any]) -> Record:
    reader.one_of(row["kind"], PledgeKind, "kind of pledge")
    if row["pledgor"] and row["pledgor"] not in reader.text:
        reader.problems.append(f"no such pledgor: {row['pledgor']!r}")
    clauses = [_clause(reader, i, clause) for i, clause in enumerate(row["clauses"], 1)]
    if [clause["span"] for clause in clauses] != sorted(clause["span"] for clause in clauses):
        reader.problems.append("clauses out of order")
    # A pledge without its points stands where it is named.
    ends = [clauses[0]["span"][0], clauses[-1]["span"][1]] if clauses else reader.find(row["text"], row.get("n"))
    keys = ("kind", "pledgor", "occasion", "date", "declared_count")
    return _spanned(reader, ends) | {key: row[key] for key in keys} | {"clauses": clauses}


def _clause(reader: Reader, ordinal: int, row: Mapping[str, Any]) -> Record:
    reader.one_of(row["polarity"], Polarity, "polarity")
    for theme in row["themes"]:
        reader.one_of(theme, Theme, "theme")
    for phase in row["phases"]:
        reader.one_of(phase, Phase, "phase")
    span = reader.find(row["text"], row.get("n"))
    whole = {"text": row["text"], "polarity": row["polarity"], "theme": row["themes"][0]}
    commitments = []
    for part in row.get("commitments", [whole]):
        reader.one_of(part["theme"], row["themes"], "theme of a commitment in its clause")
        place = reader.find(part["text"], None, span[0], span[1])
        commitments.append(_spanned(reader, place) | {"polarity": part["polarity"], "theme": part["theme"]})
    polarities = {part["polarity"] for part in commitments}
    if row["polarity"] != (polarities.pop() if len(polarities) == 1 else "mixed"):
        reader.problems.append(f"the commitments have another polarity than their clause: {row['text']!r}")
    rest = {key: row[key] for key in ("polarity", "themes", "phases")}
    return {"ordinal": ordinal} | _spanned(reader, span) | rest | {"commitments": commitments}


def _norm(reader: Reader, row: Mapping[str, Any], people: list[Record], references: list[Record]) -> Record:
    reader.one_of(row["modality"], Modality, "modality")
    span = reader.find(row["text"], row.get("n"))
    for key in ("action", "condition"):
        if row.get(key):
            reader.inside(row[key], span, key)
    if row["addressee"] and row["addressee"] not in reader.text:
        reader.problems.append(f"no such addressee: {row['addressee']!r}")
    # An act is classed where it is forbidden, and nowhere else.
    if (row["modality"] == "prohibition") != ("violation" in row):
        reader.problems.append(f"a violation belongs to each prohibition and to nothing else: {row['text']!r}")
    reader.one_of(row.get("violation", "other"), VIOLATIONS, "violation")
    source = row.get("source")
    if source is not None and source >= len(references):
        reader.problems.append(f"no reference {source}")
    speaker = next((person["id"] for person in people if person["name"] == row.get("speaker")), None)
    if row.get("speaker") and speaker is None:
        reader.problems.append(f"no such speaker: {row['speaker']!r}")
    fields = {key: row[key] for key in ("modality", "addressee", "action")}
    rest = {"trigger": _trigger(reader, row["trigger"], span), "condition": row.get("condition")}
    ends = {"violation": row.get("violation"), "source": source, "speaker": speaker}
    return _spanned(reader, span) | fields | rest | ends


def _trigger(reader: Reader, words: str, span: list[int]) -> Record:
    """Find a trigger: the first one inside the norm, else the nearest one before it."""
    for m in re.finditer(_bounded(words), reader.text[: span[1]]):
        if m.start() >= span[0]:
            return _spanned(reader, [m.start(), m.end()])
    before = [[m.start(), m.end()] for m in re.finditer(_bounded(words), reader.text[: span[0]])]
    if not before or before[-1][0] < span[0] - REACH:
        reader.problems.append(f"no trigger {words!r} in or before {reader.text[span[0] : span[1]]!r}")
        return _spanned(reader, [span[0], span[0]])
    return _spanned(reader, before[-1])


if __name__ == "__main__":
    sys.exit(main())
