"""Score quotes and their speakers on the development parts of PFSA-ID, an annotated corpus of newspaper articles.

    python evaluation/pfsa.py                       score, print, rewrite the tables in docs/evaluation.md
    python evaluation/pfsa.py --check               write nothing; fail when a score is below [pfsa] in thresholds.toml
    python evaluation/pfsa.py --freeze              set those thresholds a hair below the scores of this run
    python evaluation/pfsa.py --errors 20 --seed 1  show errors of development articles (``--only spurious`` of a class)

The corpus (CC BY-NC-SA, articles of one newspaper of 2020 to 2022, for evaluation only) stands in a folder beside the
checkout (``--shared``). It is tokens with labels; `biluo` makes articles of running text of them.

What is compared
----------------
Statements. All but 4 of the 1,283 STATEMENT spans of the development articles are a pair of quotation marks with all
that stands inside, several sentences or one, followed at once by its tag ("kata X", "katanya"), one for each. So a
STATEMENT is a `direct` quote of ours with its marks; a quote broken by its tag counts as two on both sides. Reported
speech is never annotated: nothing can be said here about `indirect` quotes, they are only counted. Only public figures
are quoted in the annotation, and only where the tag follows. About one tagged quotation in six, of citizens mostly,
has no label at all. Hence two precisions:

- *in scope* (the one to go by): quotations that the annotation leaves out although the text shows that somebody speaks
  (a comma before the closing mark, or a word of the annotators' own CUEs behind it) count neither for nor against;
- *strict*: every direct quote without a STATEMENT is wrong. Who reads all the quotations without fail gets the figure
  "strict, at best". The published label scorers were scored so, and could learn who is a public figure; but theirs are
  means over all eleven labels and read the tokens, so 0.82 is a landmark rather than a rival.

A quote finds a statement when the tokens of the two, marks left out, have an intersection over union of 0.5 or more,
one to one, best pairs first. Beside it: the same borders (`exact`), single tokens, and the same after joining direct
quotes with nothing but marks between them.

Speakers. Labels have no ids. Whose words a statement holds is read from its tag: the PERSON of the tag; a PERSONCOREF
("kata Budi", "kata Presiden") is the latest PERSON that shares a word with it or stands behind a ROLE that it shortens;
"katanya" and "kata dia" mean the latest PERSON or PERSONCOREF, and only if the latest name of an annotated person in
the text is the same person's; else it is undecidable and left out. Ours is right when the person of `speaker` shares a
word with that name (or its first four letters or more: Joko, Jokowi) and with no other annotated person more; where the
annotation has no full name, or we have no person, the words of the tag ("Presiden", "Risma") must come back in
`speaker_text` or the person's names and titles. (Of 53 disagreements about "katanya" that were read, the derivation was
at fault in four or five.)

Texts. One line for each article, since paragraphs are unknown; and, as a second reading, one line for each sentence
(quotations kept whole). Articles are cut at datelines and, where there is none, at the ISSUE label.

Two parts. Development: the articles of dev-40 that share no sentence with dev-dl-20; their errors may be read. Held
out: all of dev-dl-20; its errors are never shown.
"""

from __future__ import annotations

import argparse
import random
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import biluo
import scorecard
from biluo import Labelled
from netralitas_nlp.extractor import Extractor
from netralitas_nlp.types import Article, Quote, QuoteKind

ROOT = Path(__file__).resolve().parent.parent
FILES = {"development": "pfsa_id/dev-40.txt.gz", "held out": "pfsa_id_med/dev-dl-20-v2.txt.gz"}
SCORES = ("<!-- pfsa: written by evaluation/pfsa.py -->", "<!-- end of pfsa -->")
GOALS = {"F1": 0.93, "speaker": 0.92}
LEAST_OVERLAP = 0.5
#: A segment this long says where it comes from; shorter ones ("Semoga.") are anybody's.
TELLING = 8
SHORT = 4
SHORT_FORM = 4
AROUND = 160

PRONOUNS = frozenset(["dia", "ia", "beliau", "mereka", "dirinya", "nya"])
#: Ranks and titles stand inside PERSON; they name nobody.
RANKS = frozenset([
    "komisaris", "besar", "ajun", "inspektur", "jenderal", "brigadir", "polisi", "letnan", "kolonel", "mayor",
    "kapten", "laksamana", "marsekal", "pertama", "muda", "madya", "satu", "dua", "tni", "brigjen", "irjen",
    "komjen", "kombes", "kompol", "akbp", "akp", "iptu", "ipda", "letkol", "letjen", "mayjen", "dokter", "dr",
    "drs", "prof", "hj", "kh", "pol",
])  # fmt: skip

#: Rows of the table: name of the figure, what it is called.
ROWS = {
    "F1": "statements, F1",
    "precision": "statements, precision in scope",
    "recall": "statements, recall",
    "exact": "F1, same borders",
    "tokens": "F1 of tokens",
    "joined": "F1, neighbours joined",
    "strict precision": "precision, strict",
    "strict F1": "F1, strict",
    "strict best": "F1, strict, at best",
    "speaker": "right speaker, of statements found",
    "speaker by id": "the same, by a person's record",
    "speaker of all": "found with the right speaker, of all statements",
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words a statement holds: the name's words, the tag's own words, and what kind of tag it is."""

    kind: str
    names: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Document:
    """An article of the corpus as tokens and as text."""

    tokens: tuple[str, ...]
    labels: tuple[str, ...]
    sizes: tuple[int, ...]
    runs: tuple[Labelled, ...]

    def text(self, lines: bool) -> tuple[str, list[tuple[int, int]]]:
        """Return running text, in one line or with a line for each sentence, and where the tokens stand in it."""
        starts = biluo.line_starts(self.tokens, self.sizes) if lines else []
        return biluo.detokenize(self.tokens, starts)


@dataclass(slots=True)
class Counted:
    """What was counted in one article, and its errors: class and where."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str]] = field(default_factory=list)


def main() -> int:
    options = _options()
    parts = documents(options.shared / "data" / "quotes")
    cues = cue_words([*parts["development"], *parts["held out"]])
    read = Extractor().extract
    rows = {part: [count(document, read, cues) for document in found] for part, found in parts.items()}
    if options.errors:
        _show(rows["development"], options)
        return 0
    scores = {part: figures(counted) for part, counted in rows.items()}
    flat = {"pfsa": {f"{part}/{name}": scores[part].get(name, 0.0) for part in FILES for name in GOALS}}
    if options.check:
        drops = list(scorecard.drops(flat, scorecard.thresholds()))
        print("\n".join(drops) or "no score has dropped")
        return 1 if drops else 0
    lines = {part: figures([count(document, read, cues, lines=True) for document in parts[part]]) for part in FILES}
    tables = f"{_table(rows, scores, lines)}\n\n{_error_table(rows['development'])}"
    print(tables)
    scorecard.put(tables, *SCORES)
    if options.freeze:
        scorecard.freeze(flat)
    return 0


def documents(folder: Path) -> dict[str, list[Document]]:
    """Return the articles of both parts, those of development without what the other part holds too."""
    corpora = {part: biluo.segments(folder / name) for part, name in FILES.items()}
    kept_aside = {_words_of(segment) for segment in corpora["held out"]}
    parts: dict[str, list[Document]] = {}
    for part, corpus in corpora.items():
        cut = list(biluo.articles(corpus))
        if part == "development":
            cut = [a for a in cut if not any(len(s) >= TELLING and _words_of(s) in kept_aside for s in a)]
        parts[part] = [document(article) for article in cut]
    return parts


def document(article: Sequence[biluo.Segment]) -> Document:
    tokens, labels = zip(*(pair for segment in article for pair in segment), strict=True)
    return Document(tokens, labels, tuple(len(segment) for segment in article), tuple(biluo.labelled(labels)))


def cue_words(found: Iterable[Document]) -> frozenset[str]:
    """Return the words that the annotators marked as cues more than once."""
    words = Counter(
        document.tokens[run.start].casefold()
        for document in found
        for run in document.runs
        if run.label in ("CUE", "CUECOREF")
    )
    return frozenset(word for word, n in words.items() if n > 1)


def count(document: Document, read: Callable[[str], Article], cues: frozenset[str], lines: bool = False) -> Counted:
    """Extract one article and compare its quotes with the statements."""
    text, spans = document.text(lines)
    article = read(text)
    result = Counted()
    gold = [trimmed(document, run.start, run.end) for run in document.runs if run.label == "STATEMENT"]
    tags = [speaker(document, run) for run in document.runs if run.label == "STATEMENT"]
    direct = [quote for quote in article.quotes if quote.kind is QuoteKind.DIRECT]
    reported = [_tokens(quote, spans) for quote in article.quotes if quote.kind is QuoteKind.INDIRECT]
    ours = [trimmed(document, *_tokens(quote, spans)) for quote in direct]
    asides = list(unlabelled_speech(document, cues))

    pairs = matched(gold, ours)
    taken = {j for _, j in pairs}
    left_out = {j for j in range(len(ours)) if j not in taken and any(_mostly(ours[j], aside) for aside in asides)}
    _count_statements(result.counts, document, gold, ours, pairs, left_out, asides)
    result.counts["indirect"] = len(reported)

    def where(span: tuple[int, int]) -> str:
        start, end = spans[min(span[0], len(spans) - 1)][0], spans[max(span[0], span[1]) - 1][1]
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        return " ".join(f"{before}⟦{text[start:end]}⟧{after}".split())

    loose = [j for j in range(len(ours)) if j not in taken and j not in left_out]
    missed = [i for i in range(len(gold)) if i not in dict(pairs)]
    for i in missed:
        what = "missed"
        if any(_overlap(gold[i], ours[j]) for j in loose):
            what = "borders"
        elif any(_overlap(gold[i], span) >= LEAST_OVERLAP for span in reported):
            what = "missed, found as indirect"
        result.errors.append((f"{what}: {tags[i].kind}", where(gold[i])))
    for j in loose:
        if not any(_overlap(gold[i], ours[j]) for i in missed):
            result.errors.append((f"spurious: {_oddity(document, ours[j], gold)}", where(ours[j])))
    for i, j in pairs:
        error = _count_speaker(result.counts, tags[i], direct[j], article, document)
        if error:
            result.errors.append((error[0], f"{error[1]}: {where(gold[i])}"))
    result.counts["decidable"] = sum(bool(tag.names or tag.own) for tag in tags)
    return result


def matched(gold: Sequence[tuple[int, int]], ours: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pair statements and quotes that overlap enough, one to one, best pairs first."""
    scored = sorted(
        ((_overlap(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(ours)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    pairs: dict[int, int] = {}
    for overlap, i, j in scored:
        if overlap >= LEAST_OVERLAP and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def speaker(document: Document, statement: Labelled) -> Speaker:
    """Return whose words a statement holds, as its tag says; without names and words when that is undecidable."""
    runs = document.runs
    place = runs.index(statement)
    after = runs[place + 1] if place + 1 < len(runs) else None
    if after is None or after.label not in ("CUE", "CUECOREF") or after.start > statement.end:
        return Speaker("no tag behind")
    if after.label == "CUECOREF":
        return _latest(document, statement.start, "katanya")
    chain = list(_chain(document, place + 2, after.end))
    if not chain:
        return Speaker("cue alone")
    own = _names(document, chain[0])
    if chain[0].label == "PERSONCOREF":
        if document.tokens[chain[0].start].casefold() in PRONOUNS:
            return _latest(document, statement.start, "kata dia")
        return Speaker("short name", _resolved(document, own, statement.start), own)
    named = next((run for run in chain if run.label == "PERSON"), None)
    if named is not None:
        return Speaker("full name", _names(document, named))
    return Speaker("office or body", frozenset(), own)


def is_right(gold: Speaker, quote: Quote, article: Article, others: Iterable[frozenset[str]] = ()) -> bool:
    """Tell whether a quote's speaker is the statement's; `others` are the names of all annotated persons."""
    said = _words((quote.speaker_text or "").split()) - PRONOUNS
    person = next((person for person in article.people if person.id == quote.speaker), None)
    ours = said
    if person is not None:
        ours = _words(" ".join([person.name, *(mention.text for mention in person.mentions)]).split())
    shared = _shared(ours, gold.names)
    if shared and all(_shared(ours, other) <= shared for other in others):
        return True
    if gold.names and person is not None:
        return False
    titles = [official.title for official in article.officials if person is not None and official.person == person.id]
    return bool(gold.own & (ours | said | _words(" ".join(titles).split())))


def unlabelled_speech(document: Document, cues: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the quotations that are speech by the text's own signs and have no label."""
    opened: int | None = None
    for i, role in sorted(biluo.mark_roles(document.tokens).items()):
        if document.tokens[i] not in biluo.DOUBLE:
            continue
        if role == "open":
            opened = i
        elif opened is not None:
            start, end = trimmed(document, opened, i + 1)
            labels = document.labels[opened:i]
            behind = document.tokens[i + 1 : i + 2]
            tagged = document.tokens[i - 1] == "," or (behind and behind[0].casefold() in cues)
            if tagged and end > start and not any(label.endswith("STATEMENT") for label in labels):
                yield start, end
            opened = None


def trimmed(document: Document, start: int, end: int) -> tuple[int, int]:
    """Cut marks and punctuation off both ends."""
    while start < end and not _is_word(document.tokens[start]):
        start += 1
    while start < end and not _is_word(document.tokens[end - 1]):
        end -= 1
    return start, end


def figures(articles: Sequence[Counted]) -> dict[str, float]:
    """Return the figures of some articles."""
    sums: dict[str, int] = {}
    for article in articles:
        for name, value in article.counts.items():
            sums[name] = sums.get(name, 0) + value
    n = Counter(sums)
    extra = n["left out"]
    return {
        "F1": _f1(n["right"], n["found"], n["gold"]),
        "precision": _ratio(n["right"], n["found"]),
        "recall": _ratio(n["right"], n["gold"]),
        "exact": _f1(n["exact"], n["found"], n["gold"]),
        "tokens": _f1(n["right tokens"], n["found tokens"], n["gold tokens"]),
        "joined": _f1(n["joined right"], n["joined"], n["gold"]),
        "strict precision": _ratio(n["right"], n["found"] + extra),
        "strict F1": _f1(n["right"], n["found"] + extra, n["gold"]),
        "strict best": _f1(n["gold"], n["gold"] + n["asides"], n["gold"]),
        "speaker": _ratio(n["speaker right"], n["speaker"]),
        "speaker by id": _ratio(n["speaker by id"], n["speaker"]),
        "speaker of all": _ratio(n["speaker right"], n["decidable"]),
    }


def _count_statements(
    counts: Counter[str],
    document: Document,
    gold: Sequence[tuple[int, int]],
    ours: Sequence[tuple[int, int]],
    pairs: Sequence[tuple[int, int]],
    left_out: set[int],
    asides: Sequence[tuple[int, int]],
) -> None:
    kept = [span for j, span in enumerate(ours) if j not in left_out]
    joined = list(_joined(document, kept))
    counts["gold"] = len(gold)
    counts["asides"] = len(asides)
    counts["found"] = len(kept)
    counts["left out"] = len(left_out)
    counts["right"] = len(pairs)
    counts["exact"] = sum(gold[i] == ours[j] for i, j in pairs)
    counts["joined"] = len(joined)
    counts["joined right"] = len(matched(gold, joined))
    theirs, mine = (_word_set(document, spans) for spans in (gold, kept))
    counts["gold tokens"], counts["found tokens"] = len(theirs), len(mine)
    counts["right tokens"] = len(theirs & mine)


def _oddity(document: Document, span: tuple[int, int], gold: Iterable[tuple[int, int]]) -> str:
    if any(_overlap(span, statement) for statement in gold):
        return "a second piece of a statement"
    if not biluo.DOUBLE.isdisjoint(document.tokens[slice(*span)]):
        return "marks inside"
    return "up to four words" if span[1] - span[0] <= SHORT else "longer"


def _count_speaker(
    counts: Counter[str], gold: Speaker, quote: Quote, article: Article, document: Document
) -> tuple[str, str] | None:
    """Count one speaker; return the class of the error and what is wrong."""
    if not gold.names and not gold.own:
        counts["undecidable"] += 1
        return None
    everybody = [_names(document, run) for run in document.runs if run.label == "PERSON"]
    counts["speaker"] += 1
    if is_right(gold, quote, article, everybody):
        counts["speaker right"] += 1
        counts["speaker by id"] += quote.speaker is not None
        return None
    answer = "another person" if quote.speaker else "other words" if quote.speaker_text else "nobody"
    names = {person.id: person.name for person in article.people}
    wanted, got = " ".join(sorted(gold.names or gold.own)), names.get(quote.speaker or "", "nobody")
    return f"speaker, {gold.kind}: {answer}", f"not {got} ({quote.speaker_text}) but {wanted}"


def _chain(document: Document, place: int, end: int) -> Iterator[Labelled]:
    """Yield the runs that name who speaks, one close behind the other in the same sentence."""
    for run in document.runs[place:]:
        between = document.tokens[end : run.start]
        if len(between) > 2 or "." in between or run.label not in ("PERSON", "PERSONCOREF", "ROLE", "AFFILIATION"):
            return
        yield run
        end = run.end


def _latest(document: Document, before: int, kind: str) -> Speaker:
    """Return the person of whom the text spoke last, if labels and names agree."""
    people = [run for run in document.runs if run.label in ("PERSON", "PERSONCOREF") and run.end <= before]
    marked = next((run for run in reversed(people) if document.tokens[run.start].casefold() not in PRONOUNS), None)
    if marked is None:
        return Speaker(kind)
    names = _names(document, marked)
    if marked.label == "PERSONCOREF":
        names = _resolved(document, names, before) or names
    known = _known(document)
    for i in range(before - 1, marked.end - 1, -1):
        word = document.tokens[i].casefold()
        if document.tokens[i][0].isupper() and word in known and not document.labels[i].endswith("STATEMENT"):
            return Speaker(kind, names if known[word] & names else frozenset())
    return Speaker(kind, names)


def _known(document: Document) -> dict[str, frozenset[str]]:
    """Return all words that name an annotated person, with the words of whom they may mean."""
    known: dict[str, frozenset[str]] = {}
    for run in document.runs:
        if run.label in ("PERSON", "PERSONCOREF"):
            names = _names(document, run) - PRONOUNS
            meant = names if run.label == "PERSON" else names | _resolved(document, names, run.start)
            known |= {word: known.get(word, frozenset()) | meant for word in names}
    return known


def _resolved(document: Document, own: frozenset[str], before: int) -> frozenset[str]:
    """Return the words of the person whom a short name or a title means, none if nobody fits."""
    people = [run for run in document.runs if run.label == "PERSON"]
    fitting = [run for run in people if _shared(own, _names(document, run))]
    if not fitting:
        titled = {run.end for run in document.runs if run.label == "ROLE" and _is_short_for(document, own, run)}
        fitting = [run for run in people if any(0 <= run.start - end <= 1 for end in titled)]
    earlier = [run for run in fitting if run.end <= before]
    chosen = earlier[-1:] or fitting[:1]
    return _names(document, chosen[0]) if chosen else frozenset()


def _is_short_for(document: Document, own: frozenset[str], role: Labelled) -> bool:
    """Tell whether words are an office's first ones, and no more: "Presiden" is not the Wakil Presiden."""
    return document.tokens[role.start].casefold() in own and own <= _names(document, role)


def _names(document: Document, run: Labelled) -> frozenset[str]:
    return _words(document.tokens[run.start : run.end])


def _words(tokens: Iterable[str]) -> frozenset[str]:
    bare = (token.strip(".,;:()\"“”'‘’").casefold() for token in tokens)
    return frozenset(word for word in bare if len(word) > 1 and word not in RANKS)


def _shared(ours: frozenset[str], theirs: frozenset[str]) -> int:
    """Count the words of one name that the other has too, whole or as a short form's beginning."""
    return sum(any(_same(word, other) for other in theirs) for word in ours)


def _same(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return word == other or (len(short) >= SHORT_FORM and long.startswith(short))


def _words_of(segment: biluo.Segment) -> tuple[str, ...]:
    return tuple(token for token, _ in segment)


def _word_set(document: Document, spans: Iterable[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if _is_word(document.tokens[i])}


def _is_word(token: str) -> bool:
    return any(char.isalnum() for char in token)


def _tokens(quote: Quote, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the tokens that a quote touches."""
    start = bisect_right(spans, quote.span.start, key=lambda span: span[1])
    return start, max(start, bisect_left(spans, quote.span.end, key=lambda span: span[0]))


def _joined(document: Document, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans, those with no word between them as one."""
    ordered = sorted(spans)
    if not ordered:
        return
    start, end = ordered[0]
    for _, (next_start, next_end) in pairwise(ordered):
        if any(_is_word(token) for token in document.tokens[end:next_start]):
            yield start, end
            start = next_start
        end = max(end, next_end)
    yield start, end


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def _mostly(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Tell whether at least half of the first span lies in the second."""
    return a[0] < a[1] and 2 * (min(a[1], b[1]) - max(a[0], b[0])) >= a[1] - a[0]


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(right: int, found: int, gold: int) -> float:
    return _ratio(2 * right, found + gold)


def _table(
    rows: Mapping[str, Sequence[Counted]],
    scores: Mapping[str, Mapping[str, float]],
    lines: Mapping[str, Mapping[str, float]],
) -> str:
    ranges = {part: scorecard.intervals(counted, figures) for part, counted in rows.items()}
    heads = [f"{part} ({len(counted)} articles)" for part, counted in rows.items()]
    table = [f"| figure | goal | {' | '.join(heads)} | a line for each sentence |", "| --- | --- | --- | --- | --- |"]
    for name, title in ROWS.items():
        cells = [
            f"{scores[part][name]:.3f} ({ranges[part][name][0]:.2f} to {ranges[part][name][1]:.2f})" for part in rows
        ]
        goal = f"{GOALS[name]:.2f}" if name in GOALS else ""
        other = " + ".join(f"{lines[part][name]:.3f}" for part in rows)
        table.append(f"| {title} | {goal} | {' | '.join(cells)} | {other} |")
    for name, title in (
        ("gold", "statements"),
        ("undecidable", "found, but the annotation doesn't tell the speaker"),
        ("asides", "tagged quotations without a label"),
        ("left out", "of these found, neither right nor wrong"),
        ("indirect", "indirect quotes, not scored"),
    ):
        cells = [str(sum(article.counts[name] for article in rows[part])) for part in rows]
        table.append(f"| {title} | | {' | '.join(cells)} | |")
    return "\n".join(table)


def _error_table(articles: Iterable[Counted]) -> str:
    classes = Counter(name for article in articles for name, _ in article.errors)
    lines = [f"| {name} | {n} |" for name, n in sorted(classes.items(), key=lambda item: (-item[1], item[0]))]
    return "\n".join(["| error, development articles | number |", "| --- | --- |", *lines])


def _show(articles: Iterable[Counted], options: argparse.Namespace) -> None:
    errors = [error for article in articles for error in article.errors if error[0].startswith(options.only)]
    print(f"{len(errors)} errors")
    for name, where in random.Random(options.seed).sample(errors, min(options.errors, len(errors))):
        print(f"\n{name}\n   {where}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of the data")
    parser.add_argument("--check", action="store_true", help="fail when a score is below evaluation/thresholds.toml")
    parser.add_argument("--freeze", action="store_true", help="set [pfsa] of evaluation/thresholds.toml anew")
    parser.add_argument("--errors", type=int, metavar="N", help="show N errors of the development articles")
    parser.add_argument("--only", default="", metavar="CLASS", help="errors whose class begins so")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
