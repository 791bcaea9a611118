"""Score the tokenizer on Universal Dependencies treebanks of Indonesian: tokens, syntactic words, sentences.

    python evaluation/treebanks.py                     score, print, rewrite the tables in docs/tokenizer.md
    python evaluation/treebanks.py --check             write nothing; fail when a score is below [treebanks] in
                                                       thresholds.toml
    python evaluation/treebanks.py --freeze            set those thresholds a hair below the scores of this run
    python evaluation/treebanks.py --errors            what differs in the development parts
    python evaluation/treebanks.py --system Stanza=DIR a column more, from DIR/csui.conllu, pud.conllu, dev.conllu,
                                                       test.conllu: the output of another system on the raw texts that
    python evaluation/treebanks.py --raw DIR           writes (csui.txt, ...)

The treebanks stand in a folder beside the checkout (``--shared``). The raw text is rebuilt as in the CoNLL 2018 task,
and scored as there (`conllu.score`). Tokens and sentences are those of the tokenizer as it is, words those with the
option `clitics`. The rules were tuned on CSUI, PUD and the dev part of GSD; errors of its test part are never shown.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path

import conllu
import scorecard
from conllu import Analysis, Token, Word
from netralitas_nlp.layers.sentences import SentenceRules
from netralitas_nlp.layers.tokens import Splitter, TokenRules, Tokens, sentence_starts

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "tokenizer.md"
SCORES = ("<!-- scores: written by evaluation/treebanks.py -->", "<!-- end of scores -->")
CONFLICTS = ("<!-- differences: written by evaluation/treebanks.py -->", "<!-- end of differences -->")
#: Files, and what they are called in the tables.
PARTS = {
    "csui": ("id_csui/id_csui-ud-train.conllu", "CSUI train"),
    "pud": ("id_pud/id_pud-ud-test.conllu", "PUD"),
    "dev": ("id_gsd/id_gsd-ud-dev.conllu", "GSD dev"),
    "test": ("id_gsd/id_gsd-ud-test.conllu", "GSD test"),
}
READABLE = ("csui", "pud", "dev")
#: Stanza's published figures, on the test parts; that of CSUI is withheld here, so its train part stands beside it.
PUBLISHED = {
    ("test", "tokens"): "99.88",
    ("test", "words"): "99.64",
    ("csui", "tokens"): "99.65*",
    ("csui", "words"): "99.26*",
}
FIGURES = ("tokens", "words", "sentences")
#: What a token that differs has, in this order.
KINDS: dict[str, Callable[[str], bool]] = {
    "full stop of an abbreviation or initial": lambda token: token.endswith(".") and any(map(str.isalnum, token)),
    "hyphen": lambda token: "-" in token,
    "slash": lambda token: "/" in token,
    "hashtag, address": lambda token: token[0] in "#@" and len(token) > 1,
}

Scores = dict[str, float]


def main() -> int:
    options = _options()
    folder = options.shared / "data" / "ud"
    gold = {part: conllu.read(folder / file) for part, (file, _) in PARTS.items()}
    texts = {part: conllu.text_of(sentences) for part, sentences in gold.items()}
    if options.raw:
        options.raw.mkdir(parents=True, exist_ok=True)
        for part, text in texts.items():
            options.raw.joinpath(f"{part}.txt").write_text(text, encoding="utf-8")
        return 0
    analyses = {part: conllu.analysis(sentences) for part, sentences in gold.items()}
    ours = System()
    if options.errors:
        for part in READABLE:
            print(f"== {PARTS[part][1]}")
            print("\n".join(errors(analyses[part], ours.read(texts[part]), ours.read(texts[part], clitics=True))))
        return 0
    scores = {part: ours.score(analyses[part], texts[part]) for part in PARTS}
    flat = {"treebanks": {f"{part}/{name}": value for part in PARTS for name, value in scores[part].items()}}
    if options.check:
        drops = list(scorecard.drops(flat, scorecard.thresholds()))
        print("\n".join(drops) or "no score has dropped")
        return 1 if drops else 0
    columns: dict[str, Mapping[str, Scores]] = {"netralitas_nlp": scores, '`spacy.blank("id")`': blank(analyses, texts)}
    for name, where in (pair.split("=", 1) for pair in options.system):
        files = {part: Path(where) / f"{part}.conllu" for part in PARTS}
        columns[name] = {
            part: _figures(conllu.score(analyses[part], conllu.analysis(conllu.read(file))))
            for part, file in files.items()
            if file.is_file()
        }
    table = _table(columns)
    differences = _differences({part: (analyses[part], ours.read(texts[part])) for part in READABLE})
    print(f"{table}\n\n{differences}")
    scorecard.put(table, *SCORES, page=PAGE)
    scorecard.put(differences, *CONFLICTS, page=PAGE)
    if options.freeze:
        scorecard.freeze(flat)
    return 0


class System:
    """The tokenizer, without and with clitics."""

    def __init__(self) -> None:
        rules = TokenRules.load()
        self._whole, self._clitics = Splitter(rules), Splitter(rules, clitics=True)
        self._stops = SentenceRules.load()

    def read(self, text: str, clitics: bool = False) -> Analysis:
        """Return the analysis of a text."""
        tokens = (self._clitics if clitics else self._whole)(text)
        return conllu.analysis(_sentences(tokens, sentence_starts(text, tokens, self._stops)))

    def score(self, gold: Analysis, text: str) -> Scores:
        """Return the F1 of tokens and sentences, of words with clitics, and of tokens with full stops apart."""
        whole = conllu.score(gold, self.read(text))
        words = conllu.score(gold, self.read(text, clitics=True))["words"]
        tokens = self._whole(text)
        apart = conllu.score(gold, conllu.analysis([[*chain.from_iterable(map(_apart, _tokens(tokens)))]]))
        return _figures(whole | {"words": words}) | {"tokens, full stops apart": apart["tokens"].value}


def _tokens(tokens: Tokens) -> list[Token]:
    return [
        Token(text, (Word(1, text),), space)
        for text, space in zip(tokens.texts, tokens.spaces, strict=True)
        if not text.isspace()
    ]


def _sentences(tokens: Tokens, starts: Sequence[int]) -> list[list[Token]]:
    bounds = pairwise([*starts, len(tokens.texts)])
    return [_tokens(Tokens(tokens.texts[a:b], tokens.spaces[a:b])) for a, b in bounds]


def _apart(token: Token) -> Iterator[Token]:
    """Split the full stop off an abbreviation, as GSD does."""
    form = token.form
    if form.endswith(".") and form[-2:-1].isalnum():
        yield Token(form[:-1], (Word(1, form[:-1]),), False)
        yield Token(".", (Word(1, "."),), token.space_after)
    else:
        yield token


def _figures(scores: Mapping[str, conllu.F1]) -> Scores:
    return {name: scores[name].value for name in FIGURES}


def blank(gold: Mapping[str, Analysis], texts: Mapping[str, str]) -> dict[str, Scores]:
    """Score spaCy's tokenizer, which knows no sentences and no clitics."""
    import spacy

    nlp = spacy.blank("id")
    nlp.max_length = max(map(len, texts.values())) + 1
    scores = {}
    for part, text in texts.items():
        doc = nlp.make_doc(text)
        tokens = Tokens([token.text for token in doc], [bool(token.whitespace_) for token in doc])
        figures = conllu.score(gold[part], conllu.analysis([_tokens(tokens)]))
        scores[part] = {name: figures[name].value for name in ("tokens", "words")}
    return scores


def _table(columns: Mapping[str, Mapping[str, Scores]]) -> str:
    lines = [f"| part | F1 of | {' | '.join(columns)} | Stanza, published |", "| --- " * (len(columns) + 3) + "|"]
    for part, (_, title) in PARTS.items():
        for name in columns["netralitas_nlp"][part]:
            cells = [f"{100 * s[part][name]:.2f}" if name in s.get(part, {}) else "–" for s in columns.values()]
            lines.append(f"| {title} | {name} | {' | '.join(cells)} | {PUBLISHED.get((part, name), '–')} |")
    return "\n".join(lines)


def _groups(gold: Analysis, system: Analysis) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the tokens of both sides where they differ, those that overlap together."""
    ours, theirs = {span[:2] for span in system.tokens}, {span[:2] for span in gold.tokens}
    end, group = -1, ([], [])  # type: tuple[int, tuple[list[str], list[str]]]
    for start, stop, side in sorted([(*span, 0) for span in theirs - ours] + [(*span, 1) for span in ours - theirs]):
        if start >= end and end >= 0:
            yield group
            group = ([], [])
        end = max(end, stop)
        group[side].append(gold.characters[start:stop])
    if end >= 0:
        yield group


def _kind(group: tuple[list[str], list[str]]) -> str:
    longest = max(chain(*group), key=len)
    return next((name for name, holds in KINDS.items() if holds(longest)), "other")


def _differences(parts: Mapping[str, tuple[Analysis, Analysis]]) -> str:
    counts = {part: Counter(map(_kind, _groups(*both))) for part, both in parts.items()}
    lines = [f"| places that differ in | {' | '.join(PARTS[part][1] for part in parts)} |", "| --- " * 4 + "|"]
    for kind in [*KINDS, "other"]:
        lines.append(f"| {kind} | {' | '.join(str(counts[part][kind]) for part in parts)} |")
    return "\n".join(lines)


def errors(gold: Analysis, tokens: Analysis, words: Analysis) -> Iterable[str]:
    """Yield what differs, most frequent first: gold | ours."""
    found = Counter(f"{' '.join(theirs)} | {' '.join(ours)}" for theirs, ours in _groups(gold, tokens))
    theirs = Counter((span[:2], span.multi) for span in gold.words)
    ours, whole = ({span[:2] for span in side.tokens} for side in (words, tokens))
    for span, multi in theirs:
        if multi == (span in ours) and (multi or span in whole):
            found[f"{gold.characters[slice(*span)]}: {'a clitic' if multi else 'no clitic'}"] += 1
    return [f"{count:3} {text}" for text, count in found.most_common()]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder of the treebanks")
    parser.add_argument("--check", action="store_true", help="fail when a score is below evaluation/thresholds.toml")
    parser.add_argument("--freeze", action="store_true", help="set [treebanks] of evaluation/thresholds.toml anew")
    parser.add_argument("--errors", action="store_true", help="show what differs in the development parts")
    parser.add_argument("--system", action="append", default=[], metavar="NAME=DIR", help="another system's output")
    parser.add_argument("--raw", type=Path, metavar="DIR", help="write the raw texts")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
