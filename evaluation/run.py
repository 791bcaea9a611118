"""Score the extractor on gold standard and own articles, with intervals, and keep docs/evaluation.md up to date.

    python evaluation/run.py                  score, print, rewrite the tables in docs/evaluation.md
    python evaluation/run.py --check          write nothing; fail when a score is below evaluation/thresholds.toml
    python evaluation/run.py --freeze         set the thresholds a hair below the scores of this run
    python evaluation/run.py --errors dates   what a layer missed and invented in the development articles

The gold standard, its seeds and its scorer stand in a folder beside the checkout (``--shared``); the own articles in
evaluation/own, where only pledges and norms are annotated. The articles of the two files held_out.txt were kept aside
while the rules were written: they are scored and their errors never shown.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import scorecard
from netralitas_nlp.extractor import Extractor

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OWN = HERE / "own"
BEGIN, END = "<!-- scores: written by evaluation/run.py -->", "<!-- end of scores -->"
OWN_BEGIN, OWN_END = "<!-- own articles: written by evaluation/run.py -->", "<!-- end of own articles -->"
FOLDS = ("development", "held_out", "all")
OWN_LAYERS = ("pledges", "pledges/detected", "pledges/themes", "norms", "norms/addressed", "norms/violation")
EXTRACTED = frozenset(
    [
        "people", "officials", "regions", "organizations", "dates", "references", "quotes", "indirect", "pledges",
        "norms", "furniture", "headline", "dateline", "offsets",
    ]
)  # fmt: skip


@dataclass(slots=True)
class Scored:
    """What the scorer counted in one article: true positives, predicted and gold records of each layer."""

    id: str
    counts: dict[str, tuple[int, ...]]
    means: dict[str, float]
    errors: list[str] = field(default_factory=list)


def main() -> int:
    options = _options()
    scorer = _scorer(options.shared / "eval" / "score.py")
    folds = _folds(score(_gold_rows(options.shared), scorer), HERE / "held_out.txt")
    own = {f"own_{fold}": rows for fold, rows in _folds(score_own(scorer), OWN / "held_out.txt").items()}
    development = folds["development"]
    if options.errors:
        print("\n".join(_errors([*development, *own["own_development"]], options.errors)) or "no errors")
        return 0
    scores = {fold: f1(rows) for fold, rows in (folds | own).items()}
    limits = scorecard.thresholds()
    if options.check:
        drops = list(scorecard.drops(scores, limits))
        print("\n".join(drops) or "no score has dropped")
        return 1 if drops else 0
    table, own_table = _table(folds, scores, limits["goals"]), _table(own, scores, limits["goals"])
    print(f"{table}\n\nOwn articles\n{own_table}")
    print("\nErrors in the seeds, layers not extracted yet left out")
    print("\n".join(_seed_errors(development)))
    scorecard.put(table, BEGIN, END)
    scorecard.put(own_table, OWN_BEGIN, OWN_END)
    if options.freeze:
        scorecard.freeze(scores, strict=[layer for layer, goal in limits["goals"].items() if goal == 1.0])
    return 0


def score(rows: Iterable[Mapping[str, Any]], scorer: Any, extractor: Extractor | None = None) -> list[Scored]:
    """Extract every article of these gold rows and count what is right, article by article."""
    extractor = extractor or Extractor()
    scored = []
    for gold in rows:
        published = dt.date.fromisoformat(gold["published"]) if gold["published"] else None
        article = extractor.extract(gold["text"], id=gold["id"], published=published)
        for store in (scorer.tallies, scorer.means, scorer.errors):
            store.clear()
        scorer.article(gold, article.to_dict())
        counts: dict[str, tuple[int, ...]] = {
            name: (tally.tp, tally.tp + tally.fp, tally.tp + tally.fn) for name, tally in scorer.tallies.items()
        }
        means = {name: values[0][2] for name, values in scorer.means.items()}
        scored.append(Scored(gold["id"], counts | classes(gold, article.to_dict()), means, list(scorer.errors)))
    return scored


def classes(gold: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """Count what the scorer does not judge: themes of clauses and classes of prohibitions whose spans are right."""
    themes, violations = [0, 0, 0], [0, 0, 0]
    clauses = {tuple(clause["span"]): clause for pledge in found["pledges"] for clause in pledge["clauses"]}
    for clause in (clause for pledge in gold["pledges"] for clause in pledge["clauses"]):
        if (other := clauses.get(tuple(clause["span"]))) is not None:
            mine, theirs = set(other["themes"]), set(clause["themes"])
            themes = [themes[0] + len(mine & theirs), themes[1] + len(mine), themes[2] + len(theirs)]
    norms = {tuple(norm["span"]): norm for norm in found["norms"]}
    for norm in gold["norms"]:
        other = norms.get(tuple(norm["span"]))
        if norm.get("violation") and other is not None and other["modality"] == norm["modality"]:
            right = int(other["violation"] == norm["violation"])
            violations = [violations[0] + right, violations[1] + 1, violations[2] + 1]
    return {"pledges/themes": tuple(themes), "norms/violation": tuple(violations)}


def score_own(scorer: Any, extractor: Extractor | None = None) -> list[Scored]:
    """Score the own articles in the layers that are annotated there."""
    lines = (OWN / "own.jsonl").read_text(encoding="utf-8").splitlines()
    articles = score(map(json.loads, lines), scorer, extractor)
    for article in articles:
        article.counts = {name: counts for name, counts in article.counts.items() if name in OWN_LAYERS}
        article.errors = [error for error in article.errors if error.split("\t")[0] in OWN_LAYERS]
    return articles


def f1(articles: Sequence[Scored]) -> dict[str, float]:
    """Return the scorer's figure for each layer that has gold or predicted records in these articles."""
    sums: dict[str, list[int]] = {}
    means: dict[str, list[float]] = {}
    for article in articles:
        for name, counts in article.counts.items():
            total = sums.setdefault(name, [0, 0, 0])
            for i, count in enumerate(counts):
                total[i] += count
        for name, value in article.means.items():
            means.setdefault(name, []).append(value)
    scores = {name: 2 * right / (found + gold) for name, (right, found, gold) in sums.items() if found + gold}
    return scores | {name: sum(values) / len(values) for name, values in means.items()}


def _scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None or not path.is_file():
        message = f"no scorer at {path}"
        raise FileNotFoundError(message)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Scorer()


def _gold_rows(shared: Path) -> Iterator[dict[str, Any]]:
    for line in (shared / "gold" / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        yield gold | {"text": _text(shared, gold["id"])}


def _text(shared: Path, id: str) -> str:
    seed = shared / "seeds" / f"{id}.txt"
    path = seed if seed.is_file() else shared / "gold" / "texts" / f"{id}.txt"
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _folds(articles: Sequence[Scored], held_out: Path) -> dict[str, list[Scored]]:
    """Part the articles by the file that names those kept aside."""
    lines = (line.strip() for line in held_out.read_text(encoding="utf-8").splitlines())
    held = {line for line in lines if line and not line.startswith("#")}
    if missing := held - {article.id for article in articles}:
        sys.exit(f"{held_out} names articles that are not there: {', '.join(sorted(missing))}")
    parts = [a for a in articles if a.id not in held], [a for a in articles if a.id in held], [*articles]
    return dict(zip(FOLDS, parts, strict=True))


def _errors(articles: Iterable[Scored], layer: str) -> Iterable[str]:
    for article in articles:
        yield from (error for error in article.errors if error.split("\t")[0].split("/")[0] == layer)


def _seed_errors(articles: Iterable[Scored]) -> Iterable[str]:
    for article in articles:
        if article.id.startswith("seed-"):
            errors = [error for error in article.errors if error.split("\t")[0] in EXTRACTED]
            yield f"{article.id}: {len(errors)}"
            yield from (f"  {error}" for error in errors)


def _table(
    folds: Mapping[str, Sequence[Scored]], scores: Mapping[str, Mapping[str, float]], goals: Mapping[str, float]
) -> str:
    ranges = {fold: scorecard.intervals(rows, f1) for fold, rows in folds.items()}
    heads = [f"{_name(fold).replace('_', ' ')} ({len(rows)} articles)" for fold, rows in folds.items()]
    lines = [f"| layer | goal | {' | '.join(heads)} | gold records |", "| --- | --- | --- | --- | --- | --- |"]
    for layer in _layers([article for rows in folds.values() for article in rows]):
        cells = []
        for fold in folds:
            low, high = ranges[fold].get(layer, (0.0, 0.0))
            cells.append(f"{scores[fold][layer]:.3f} ({low:.2f} to {high:.2f})" if layer in scores[fold] else "none")
        goal = f"{goals[layer]:.2f}" if layer in goals else ""
        lines.append(f"| {layer} | {goal} | {' | '.join(cells)} | {_gold(folds, layer)} |")
    return "\n".join(lines)


def _layers(articles: Sequence[Scored]) -> list[str]:
    """Return the layers of which anything is predicted, in the scorer's order."""
    found: dict[str, int] = {}
    for article in articles:
        for name, (_, predicted, _) in article.counts.items():
            found[name] = found.get(name, 0) + predicted
        for name in article.means:
            found[name] = 1
    return [name for name, predicted in found.items() if predicted]


def _gold(folds: Mapping[str, Sequence[Scored]], layer: str) -> str:
    counts = []
    for fold, rows in folds.items():
        if _name(fold) != "all":
            counts.append(sum(a.counts.get(layer, (0, 0, 0))[2] + (layer in a.means) for a in rows))
    return " + ".join(map(str, counts))


def _name(fold: str) -> str:
    return fold.removeprefix("own_")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of gold, seeds and eval")
    parser.add_argument("--check", action="store_true", help="fail when a score is below evaluation/thresholds.toml")
    parser.add_argument("--freeze", action="store_true", help="write evaluation/thresholds.toml from this run")
    parser.add_argument("--errors", metavar="LAYER", help="list the errors of the development articles")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
