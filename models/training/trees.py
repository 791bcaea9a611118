"""From the Indonesian treebanks of Universal Dependencies to spaCy's training data.

Three treebanks follow the current guidelines (CSUI, PUD, and GSD's dev and test part); the only training part of GSD at
hand is that of release 2.0, of 2017, which differs: no clitics split off, reduplications in three tokens, no lemmas or
features, and older tags and relations. :func:`modernize` brings it up to date, as far as that can be done without
annotating anew:

1. tokens: reduplications ("kota - kota"), ordinals ("ke - 5") and decades ("1980 - an") become one word, and clitics
   ("kotanya") words of their own;
2. tags and relations: a classifier that learnt from the current annotation chooses among those that an old one may
   have become (``flat`` is now ``flat:name``, ``nmod`` or ``compound``); heads stay;
3. features and lemmas: what the current treebanks have for the same form and tag, and for features else what a
   classifier says. A lemma that nobody attests stays unknown, and the lemmatizer learns nothing from that word.

What the classifiers learn from is named by the caller, so that GSD's test part is in nothing but the final scores.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

import conllu
from netralitas_nlp.layers.tokens import Splitter
from netralitas_nlp.lemmas import TAGS, Row

__all__ = ["WHOLE", "Lemmas", "Modernizer", "Sentence", "Word", "bin_of", "read", "tokenized"]

#: What tags and relations of release 2.0 may have become; itself always. Counted on the pairs that the data's README
#: gives, and widened by what the current treebanks allow for the same words.
_TAGS = {
    "ADP": "ADP SCONJ ADV",
    "ADV": "ADV AUX PART PRON ADJ SCONJ ADP",
    "ADJ": "ADJ NUM DET ADV",
    "AUX": "AUX VERB ADP",
    "CCONJ": "CCONJ SCONJ ADV",
    "DET": "DET NUM PRON ADJ ADV NOUN",
    "NOUN": "NOUN PRON ADP SCONJ ADV",
    "NUM": "NUM ADJ",
    "PART": "PART ADV AUX",
    "PRON": "PRON DET",
    "SCONJ": "SCONJ ADP CCONJ ADV",
    "SYM": "SYM PUNCT",
    "VERB": "VERB AUX ADP",
}
_RELATIONS = {
    "acl": "acl acl:relcl advcl xcomp",
    "advcl": "advcl acl acl:relcl",
    "advmod": "advmod aux advmod:emph case:adv mark amod cc det",
    "amod": "amod compound advmod nmod acl:relcl flat:name nummod",
    "appos": "appos flat:name parataxis nmod conj",
    "aux": "aux advmod cop",
    "case": "case mark advmod cc case:adv",
    "cc": "cc mark advmod cc:preconj",
    "compound": "compound nmod flat:name flat amod nmod:poss",
    "conj": "conj parataxis",
    "cop": "cop case advmod",
    "csubj": "csubj advcl",
    "dep": "dep appos parataxis punct nmod flat obl",
    "det": "det nmod:poss nummod advmod nmod nsubj amod",
    "fixed": "fixed flat compound",
    "flat": "flat:name nmod compound flat appos flat:foreign nmod:tmod nmod:lmod",
    "mark": "mark case cc advmod",
    "nmod": "nmod nmod:poss nmod:tmod nmod:lmod compound flat:name appos obl",
    "nsubj": "nsubj nsubj:pass",
    "nsubj:pass": "nsubj:pass nsubj",
    "nummod": "nummod flat amod flat:name nmod nmod:tmod compound",
    "obj": "obj xcomp obl",
    "obl": "obl obl:tmod obl:agent nmod",
    "xcomp": "xcomp advcl obj ccomp",
}
#: A noun beside a noun is a compound in GSD and a modifier like any other in CSUI and PUD.
_COMPOUNDS = ("nmod", "compound")
_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "«": "»"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_QUOTES = frozenset("\"'")
_LONGEST_ABBREVIATION = 3
_OFTEN = 3
#: The person that a clitic is of, and its lemma.
_PRONOUNS = {"nya": ("3", "dia"), "ku": ("1", "aku"), "mu": ("2", "kamu")}
#: Tags of words that lose their affixes in the lemma.
_OPEN = frozenset({"ADJ", "ADV", "NOUN", "VERB", "X"})
#: Those of words that keep them.
WHOLE = tuple(sorted(TAGS - _OPEN))


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; `head` counts from one within the sentence, 0 is the root, and "" is not known."""

    form: str
    lemma: str
    tag: str
    features: str
    head: int
    relation: str
    space: bool

    @property
    def low(self) -> str:
        """The form in lower case."""
        return self.form.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words, and for each whether it is glued to the one before as a part of one token."""

    words: Sequence[Word]
    glued: frozenset[int] = field(default_factory=frozenset)


def read(path: Path) -> list[Sentence]:
    """Read a CoNLL-U file; a word inside a multiword token has no space behind it unless it is the last."""
    return [_sentence(sentence) for sentence in conllu.read(path)]


def _sentence(sentence: conllu.Sentence) -> Sentence:
    words: list[Word] = []
    glued: set[int] = set()
    for token in sentence.tokens:
        for word in token.words:
            if word is not token.words[0]:
                glued.add(word.id)
            words.append(
                Word(
                    form=word.form,
                    lemma="" if word.lemma == "_" != word.form else word.lemma,
                    tag=word.upos,
                    features="" if word.feats == "_" else word.feats,
                    head=int(word.head),
                    relation=word.deprel,
                    space=token.space_after and word is token.words[-1],
                )
            )
    return Sentence(words, frozenset(glued))


class Choice:
    """A classifier that chooses among a few labels by features that are strings.

    Parameters
    ----------
    rows
        Pairs of features and the right label.
    """

    def __init__(self, rows: Iterable[tuple[dict[str, str], str]]) -> None:
        features, labels = zip(*rows, strict=True)
        self._vectorizer = DictVectorizer()
        self._model = LogisticRegression(C=3.0, max_iter=300)
        self._model.fit(self._vectorizer.fit_transform(features), labels)
        self._index = {label: i for i, label in enumerate(self._model.classes_)}

    def among(self, rows: Sequence[dict[str, str]], allowed: Sequence[Collection[str]]) -> list[str | None]:
        """Return for each row the likeliest of the labels that are allowed; None where none of them is known."""
        scores: Any = self._model.decision_function(self._vectorizer.transform(rows))
        chosen: list[str | None] = []
        for row, labels in zip(scores, allowed, strict=True):
            known = [label for label in labels if label in self._index]
            chosen.append(max(known, key=lambda label: row[self._index[label]], default=None))
        return chosen

    def all(self, rows: Sequence[dict[str, str]]) -> list[str]:
        """Return the likeliest label of each row."""
        return list(self._model.predict(self._vectorizer.transform(rows)))


def _shape(form: str) -> str:
    if form.isdigit():
        return "9"
    return "X" if form.isupper() else "Xx" if form[:1].isupper() else "x"


def _around(words: Sequence[Word], i: int, children: Sequence[list[int]]) -> dict[str, str]:
    """Return what both versions of an annotation agree on: the words, the coarse tags, and the tree."""
    word = words[i]
    head = words[word.head - 1] if word.head else None
    low = word.low
    features = {
        "form": low,
        "first": low[:3],
        "last": low[-3:],
        "shape": _shape(word.form),
        "before": words[i - 1].low if i else "",
        "after": words[i + 1].low if i + 1 < len(words) else "",
        "direction": "root" if head is None else "left" if word.head - 1 > i else "right",
        "near": "" if head is None else str(min(4, abs(word.head - 1 - i))),
    }
    if head is not None:
        features |= {
            "head": head.low,
            "head tag": head.tag,
            "head last": head.low[-3:],
            "head first": head.low[:3],
            "head shape": _shape(head.form),
            "form + head tag": f"{low} {head.tag} {features['direction']}",
        }
    for child in children[i][:3] + children[i][-2:]:
        features[f"child {words[child].low}"] = "left" if child < i else "right"
        features[f"child tag {words[child].tag}"] = "left" if child < i else "right"
    return features


def _children(words: Sequence[Word]) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in words]
    for i, word in enumerate(words):
        if word.head:
            children[word.head - 1].append(i)
    return children


def _tag_rows(words: Sequence[Word]) -> list[dict[str, str]]:
    children = _children(words)
    return [_around(words, i, children) for i in range(len(words))]


def _relation_rows(words: Sequence[Word]) -> list[dict[str, str]]:
    children = _children(words)
    rows = []
    for i, word in enumerate(words):
        head = words[word.head - 1].tag if word.head else "root"
        rows.append(
            _around(words, i, children)
            | {"tag": word.tag, "tags": f"{word.tag} {head}", "tags, shape": f"{word.tag} {head} {_shape(word.form)}"}
        )
    return rows


def _feature_row(word: Word) -> dict[str, str]:
    low = word.low
    row = {f"first {n}": low[:n] for n in (1, 2, 3, 4)} | {f"last {n}": low[-n:] for n in (1, 2, 3)}
    hyphened, _, half = low.partition("-")
    doubled = "yes" if half and hyphened[-3:] == half[-3:] else "no"
    return {
        key: f"{word.tag} {value}" for key, value in (row | {"shape": _shape(word.form), "doubled": doubled}).items()
    } | {"tag": word.tag}


class Lemmas:
    """Lemmas as GSD has them: in lower case, affixes off, function words whole ("sebagai"), clitics as pronouns.

    CSUI and PUD keep the capitals of names and strip function words too ("sebagai" is "bagai" there).

    Parameters
    ----------
    own
        Sentences of GSD that have lemmas.
    others
        Those of the other treebanks.
    table
        Forms in lower case and their lemmas, for words that no treebank has.
    """

    def __init__(self, own: Iterable[Sentence], others: Iterable[Sentence], table: dict[str, str]) -> None:
        self._own = _lemmas(own)
        self._others = _lemmas(others)
        self._table = table

    def of(self, word: Word) -> str:
        """Return the lemma of a word, or "" where nobody attests it."""
        low = word.low
        found = self._own.get((low, word.tag))
        if found is None and word.tag not in _OPEN:
            found = self._own.get((low, ""), low)
        found = found or self._others.get((low, word.tag)) or self._table.get(low, "")
        half, _, rest = low.partition("-")
        if rest and word.tag in _OPEN and (not found or found == low):
            return self.of(replace(word, form=half)) if half == rest else low
        return found

    def rows(self) -> Iterator[Row]:
        """Yield the rows of a table with which ``netralitas_lemmas`` says what :meth:`of` says of attested words.

        Words of the tags in :data:`WHOLE` have rows only where their lemma is not the form. A row for any tag stands
        for the other tags, where each of them has a lemma; those with another lemma have rows of their own.
        """
        for form in sorted({form for form, _ in (*self._own, *self._others)} | self._table.keys()):
            lemmas = {tag: self.of(_bare(form, tag)) for tag in sorted(TAGS)}
            told = [lemma for tag, lemma in lemmas.items() if tag in _OPEN and lemma]
            usual = Counter(told).most_common(1)[0][0] if len(told) == len(_OPEN) else ""
            if usual:
                yield Row(form, "", usual)
            for tag, lemma in lemmas.items():
                if lemma and lemma != (usual if tag in _OPEN else form):
                    yield Row(form, tag, lemma)


def _bare(form: str, tag: str) -> Word:
    """Return a word of which nothing else is known."""
    return Word(form=form, lemma="", tag=tag, features="", head=0, relation="", space=True)


def _lemmas(sentences: Iterable[Sentence]) -> dict[tuple[str, str], str]:
    """Return the most frequent lemma of each form with a tag, and with any tag, which is "" then."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word in sentence.words:
            if word.lemma:
                for tag in (word.tag, ""):
                    counts[word.low, tag][word.lemma.lower()] += 1
    return {key: lemmas.most_common(1)[0][0] for key, lemmas in counts.items()}


class Modernizer:
    """Brings the annotation of GSD's release 2.0 up to the current guidelines.

    Parameters
    ----------
    models
        Sentences that are annotated by the current guidelines; those of GSD itself count double.
    own
        Those of `models` that are of GSD.
    lemmas
        Attested lemmas.
    splitter
        The tokenizer of the pipeline, which knows the clitics.
    """

    def __init__(
        self, models: Sequence[Sentence], own: Sequence[Sentence], lemmas: Lemmas, splitter: Splitter
    ) -> None:
        weighted = [*models, *own]
        rows = [(row, w.tag) for s in weighted for row, w in zip(_tag_rows(s.words), s.words, strict=True)]
        self._tags = Choice(rows)
        self._tagged = Counter(word.low for s in own for word in s.words)
        # How nouns modify nouns is a matter of the treebank: relations are learnt from GSD alone.
        self._relations = Choice(
            (row, w.relation) for s in own for row, w in zip(_relation_rows(s.words), s.words, strict=True)
        )
        # Features too: GSD has no number for nouns before names, and others do.
        self._features = Choice((_feature_row(w), w.features or "_") for s in own for w in s.words)
        forms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for s in weighted:
            for w in s.words:
                forms[w.low, w.tag][w.features or "_"] += 1
        self._attested = {key: found.most_common(1)[0][0] for key, found in forms.items() if found.total() > 1}
        self._lemmas = lemmas
        self._splitter = splitter

    def __call__(self, sentence: Sentence) -> Sentence:
        """Return the sentence as today's guidelines have it."""
        words, glued = self._split_clitics(_punctuated(_join(sentence.words)))
        allowed = [_TAGS.get(w.tag, w.tag).split() if self._is_closed(w) else [w.tag] for w in words]
        tags = self._tags.among(_tag_rows(words), allowed)
        words = [replace(w, tag=t or w.tag) for w, t in zip(words, tags, strict=True)]
        kinds = [
            [w.relation] if i in glued else _RELATIONS.get(w.relation, w.relation).split()
            for i, w in enumerate(words, 1)
        ]
        relations = self._relations.among(_relation_rows(words), kinds)
        words = [replace(w, relation=r or w.relation) for w, r in zip(words, relations, strict=True)]
        guessed = self._features.all([_feature_row(w) for w in words])
        features = [w.features or self._attested.get((w.low, w.tag), g) for w, g in zip(words, guessed, strict=True)]
        words = [replace(w, features=f.replace("_", "")) for w, f in zip(words, features, strict=True)]
        return Sentence([replace(w, lemma=w.lemma or self._lemmas.of(w)) for w in words], frozenset(glued))

    def _is_closed(self, word: Word) -> bool:
        """Tell whether a word is one whose tag may have changed: GSD has it, and often where it was a noun or verb."""
        return self._tagged[word.low] >= (_OFTEN if word.tag in {"NOUN", "VERB"} else 1)

    def harmonize(self, sentence: Sentence) -> Sentence:
        """Return a sentence of another treebank with lemmas, compounds and punctuation as GSD has them."""
        words = [replace(w, lemma=self._lemmas.of(w) or w.lemma.lower()) for w in sentence.words]
        allowed = [_COMPOUNDS if w.relation == "nmod" else [w.relation] for w in words]
        relations = self._relations.among(_relation_rows(words), allowed)
        words = [replace(w, relation=r or w.relation) for w, r in zip(words, relations, strict=True)]
        return replace(sentence, words=_punctuated(words))

    def _split_clitics(self, words: Sequence[Word]) -> tuple[list[Word], set[int]]:
        """Make clitics words of their own, behind their hosts."""
        hosts = [self._clitic(word) for word in words]
        moved = [0]
        for clitic in hosts:
            moved.append(moved[-1] + 1 + bool(clitic))
        number = {i: moved[i - 1] + 1 for i in range(1, len(words) + 1)} | {0: 0}
        result: list[Word] = []
        glued: set[int] = set()
        for word, clitic in zip(words, hosts, strict=True):
            head = number[word.head]
            if not clitic:
                result.append(replace(word, head=head))
                continue
            result.append(replace(word, form=word.form[: -len(clitic)], head=head, space=False))
            host = len(result)
            result.append(_clitic_word(word, clitic, host))
            glued.add(len(result))
        return result, glued

    def _clitic(self, word: Word) -> str:
        host, *clitic = self._splitter(word.form).texts
        return clitic[0] if clitic and word.tag != "PROPN" and host + clitic[0] == word.form else ""


def _clitic_word(word: Word, clitic: str, host: int) -> Word:
    """Return a clitic behind its host: its relation goes by what the host is."""
    form, low = clitic, clitic.lower()
    if low not in _PRONOUNS:
        return Word(form, low, "PART", "", host, "advmod:emph", word.space)
    person, lemma = _PRONOUNS[low]
    polite = "" if low == "nya" else "|Polite=Infm"
    features = f"Number=Sing|Person={person}{polite}|PronType=Prs"
    if word.tag == "VERB":
        relation = "obj" if word.low.startswith("me") else "obl:agent" if word.low.startswith("di") else "nsubj"
        return Word(form, lemma, "PRON", features, host, relation, word.space)
    if word.tag in {"NOUN", "PRON", "NUM"}:
        return Word(form, lemma, "PRON", features, host, "nmod:poss", word.space)
    return Word(form, "nya", "DET", "Definite=Def|PronType=Art", host, "det", word.space)


def tokenized(sentence: Sentence, splitter: Splitter) -> Sentence:
    """Join the words that the pipeline's tokenizer holds together ("Dr." is two in GSD), where one of them leads."""
    words = sentence.words
    edges = [0]
    for word in words:
        edges.append(edges[-1] + len(word.form) + word.space)
    first = {edge: i for i, edge in enumerate(edges)}
    tokens = splitter("".join(word.form + " " * word.space for word in words))
    groups: list[list[int]] = []
    for start, text, space in zip(tokens.starts(), *tokens, strict=True):
        i, j = first.get(start), first.get(start + len(text) + space)
        if i is None or j is None or j - i < 2 or sum(not i <= w.head - 1 < j for w in words[i:j]) != 1:
            continue
        groups += [[k] for k in range(groups[-1][-1] + 1 if groups else 0, i)]
        groups.append([*range(i, j)])
    groups += [[k] for k in range(groups[-1][-1] + 1 if groups else 0, len(words))]
    return Sentence(_grouped(words, groups))


def _join(words: Sequence[Word]) -> list[Word]:
    """Join what hyphens hold together: reduplications, ordinals, decades."""
    groups: list[list[int]] = []
    at = 0
    while at < len(words):
        end = at + 3
        if end <= len(words) and words[at + 1].form == "-" and _holds(words[at], words[at + 2], at):
            groups.append([at, at + 1, at + 2])
            at = end
        else:
            groups.append([at])
            at += 1
    return _grouped(words, groups)


def _grouped(words: Sequence[Word], groups: Sequence[Sequence[int]]) -> list[Word]:
    """Make one word of each group; the part whose head is outside leads."""
    number = {i + 1: n for n, group in enumerate(groups, 1) for i in group} | {0: 0}
    result = []
    for n, group in enumerate(groups, 1):
        inside = {number[i + 1] for i in group}
        leader = next((words[i] for i in group if number[words[i].head] not in inside), words[group[0]])
        form = "".join(words[i].form for i in group)
        ordinal = len(group) > 1 and words[group[0]].low == "ke"
        tag = "ADJ" if ordinal else leader.tag
        head = number[leader.head]
        result.append(replace(leader, form=form, tag=tag, head=head if head != n else 0, space=words[group[-1]].space))
    return result


def _holds(first: Word, last: Word, at: int) -> bool:
    if last.relation == "compound:plur" and last.head == at + 1:
        return True
    if first.low == "ke":
        return last.form[:1].isdigit() or last.form.isupper()
    return first.form.isdigit() and last.low == "an"


def _punctuated(words: Sequence[Word]) -> list[Word]:
    """Attach punctuation as today's guidelines say, which agrees with GSD's dev part in 92 of 100 cases.

    Marks in pairs go to the head of what they enclose, final ones to the root; what stands between two phrases goes to
    the one that depends on the other. Release 2.0 mostly attached marks to the word before (63 of 100), and CSUI does
    not attach commas so.
    """
    root = next((i for i, word in enumerate(words) if word.head == 0), None)
    if root is None or words[root].tag == "PUNCT":
        return list(words)
    heads = _paired(words)
    last = len(words) - 1
    while words[last].tag == "PUNCT":
        heads.setdefault(last, _final(words, last, root))
        last -= 1
    for i, word in enumerate(words):
        if word.tag == "PUNCT" and i not in heads:
            heads[i] = _between(words, i, root)
    return [replace(w, head=heads[i] + 1) if i in heads else w for i, w in enumerate(words)]


def _paired(words: Sequence[Word]) -> dict[int, int]:
    """Return the heads of brackets and quotation marks that have a partner."""
    heads: dict[int, int] = {}
    opened: dict[str, list[int]] = defaultdict(list)
    for i, word in enumerate(words):
        if word.tag != "PUNCT":
            continue
        mark = _CLOSING.get(word.form, word.form)
        if word.form in _PAIRS or (word.form in _QUOTES and not opened[mark]):
            opened[mark].append(i)
        elif (word.form in _CLOSING or word.form in _QUOTES) and opened[mark]:
            first = opened[mark].pop()
            for k in range(first + 1, i):
                if words[k].tag != "PUNCT" and not first < words[k].head - 1 < i:
                    heads[first] = heads[i] = k
                    break
    return heads


def _final(words: Sequence[Word], i: int, root: int) -> int:
    """Return the root, or what leads the last of several sentences that are annotated as one."""
    k = i - 1
    while k > 0 and words[k].tag == "PUNCT":
        k -= 1
    while words[k].head and words[k].relation != "dep":
        k = words[k].head - 1
    return k if words[k].head and words[k].head - 1 < k else root


def _between(words: Sequence[Word], i: int, root: int) -> int:
    left, right = i - 1, i + 1
    while left >= 0 and words[left].tag == "PUNCT":
        left -= 1
    while right < len(words) and words[right].tag == "PUNCT":
        right += 1
    if right == len(words):
        return root
    if left >= 0:
        abbreviated = len(words[left].form) <= _LONGEST_ABBREVIATION and words[left].form[:1].isupper()
        if words[i].form == "/" or (words[i].form == "." and abbreviated):
            return left
        while words[left].head and words[left].head - 1 < i:
            left = words[left].head - 1
        if words[i].form == ".":
            return left
    while words[right].head and words[right].head - 1 > i:
        right = words[right].head - 1
    if left < 0 or (words[right].head and words[right].head - 1 < i):
        return right
    return left if words[left].head and words[left].head - 1 > i else root


def bin_of(
    sentences: Sequence[Sentence],
    *,
    group: int = 1,
    seed: int = 0,
    change: Callable[[Sentence], Sentence] | None = None,
) -> DocBin:
    """Pack sentences for spaCy, several to a document, so that sentence borders are learnt too.

    Parameters
    ----------
    sentences
        What to pack, in their order.
    group
        How many sentences a document has at most; the number is drawn between 1 and this.
    seed
        For the draw.
    change
        Applied to each sentence, say an augmentation.
    """
    draw = random.Random(seed)
    vocab = Vocab()
    packed = DocBin(attrs=["ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START"])
    at = 0
    while at < len(sentences):
        size = draw.randint(1, group)
        part = [change(s) if change else s for s in sentences[at : at + size]]
        packed.add(_doc(vocab, part))
        at += size
    return packed


def _doc(vocab: Vocab, sentences: Sequence[Sentence]) -> Doc:
    words: list[Word] = []
    heads: list[int] = []
    starts: list[bool] = []
    for sentence in sentences:
        first = len(words)
        words += sentence.words
        starts += [True] + [False] * (len(sentence.words) - 1)
        heads += [first + (word.head - 1 if word.head else i) for i, word in enumerate(sentence.words)]
    spaces = [word.space for word in words]
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=spaces,
        pos=[word.tag for word in words],
        morphs=[word.features for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=["ROOT" if word.relation == "root" else word.relation for word in words],
        sent_starts=starts,  # type: ignore[arg-type]
    )


def read_table(path: Path) -> dict[str, str]:
    """Read UniMorph's rows of lemma, form and features; the shortest lemma of a form, which is nearest the root."""
    table: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        lemma, form, *_ = line.split("\t")
        if " " in form:
            continue
        low = form.lower()
        if low not in table or len(lemma) < len(table[low]):
            table[low] = lemma.lower()
    return table


def parts(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name and the file of each part of the treebanks."""
    for name, file in {
        "csui": "ud/id_csui/id_csui-ud-train.conllu",
        "pud": "ud/id_pud/id_pud-ud-test.conllu",
        "gsd_old": "ud/id_gsd/id_gsd-ud-train.v2.0.conllu",
        "gsd_dev": "ud/id_gsd/id_gsd-ud-dev.conllu",
        "gsd_test": "ud/id_gsd/id_gsd-ud-test.conllu",
    }.items():
        yield name, folder / file
