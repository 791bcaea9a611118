"""Varies training sentences as news pages vary them: case, typing errors, dashes, glued text, furniture.

``netralitas_nlp.Typography.v1`` is a spaCy augmenter. It keeps the words' count
and annotation where it changes their letters, and copies the annotation over
where it puts words around them, so heads, tags and names stay right.
"""

import random
from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import registry

# Furniture that scrapers leave in the text; phrases of our own.
_BEFORE = (
    ("Baca", "Juga", ":"),
    ("BACA", "JUGA", ":"),
    ("Baca", "juga", ":"),
    ("Simak", "Video", ":"),
    ("Foto", ":"),
    ("ADVERTISEMENT",),
    ("Scroll", "Untuk", "Lanjut", "Membaca"),
    ("Iklan",),
    ("Berita", "Terkait", ":"),
    ("Lihat", "Juga", ":"),
)
_AFTER = (
    ("Baca", "Juga"),
    ("(", "*", ")"),
    ("(", "red", ")"),
    ("Editor", ":"),
    ("Penulis", ":"),
    ("[", "Gambas", ":", "Video", "]"),
    ("Selengkapnya",),
    ("(", "adv", ")"),
    ("Halaman", "Selanjutnya"),
    ("Bagikan",),
)
_DASHES = ("-", "–", "—")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _typo(word: str, chance: random.Random) -> str:
    """Swap, drop, double or replace a letter inside a word."""
    if len(word) < 5 or not word.isalpha():
        return word
    at = chance.randrange(1, len(word) - 2)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + chance.choice(_LETTERS) + word[at + 1 :]


def _title_case(word: str) -> str:
    return word[:1].upper() + word[1:] if word.islower() else word


def rewritten(example: Example, words: list[str]) -> Example:
    """Put other words in place of an example's, one for one.

    Parameters
    ----------
    example
        The example.
    words
        As many words as its reference has.

    Returns
    -------
    Example
        The same annotation over the new words.
    """
    reference = example.reference
    spaces = [bool(token.whitespace_) for token in reference]
    row = example.to_dict()
    row["token_annotation"]["ORTH"] = words
    row["token_annotation"]["SPACY"] = spaces
    changed = Example.from_dict(Doc(reference.vocab, words=words, spaces=spaces), row)
    # The way through a dict calls unannotated words "outside".
    missing = [changed.reference[token.i : token.i + 1] for token in reference if token.ent_iob == 0]
    if missing and len(missing) < len(words):
        changed.reference.set_ents(list(changed.reference.ents), missing=missing, default="outside")
    return changed


def framed(example: Example, before: tuple[str, ...], after: tuple[str, ...], *, glue: bool) -> Example:
    """Put unannotated furniture around the words of an example that has names alone.

    Parameters
    ----------
    example
        The example.
    before, after
        Words to put in front and behind.
    glue
        Whether no blank parts the last word from what is put behind it.

    Returns
    -------
    Example
        Names at their new places; nothing else is carried over.
    """
    reference = example.reference
    words = [*before, *(token.text for token in reference), *after]
    own = [bool(token.whitespace_) for token in reference]
    own[-1] = not (glue and after)
    spaces = [True] * len(before) + own + [True] * len(after)
    if before[-1:] == (":",) and len(before) > 1:
        spaces[len(before) - 2] = False
    doc = Doc(reference.vocab, words=words, spaces=spaces)
    target = Doc(reference.vocab, words=words, spaces=spaces)
    shift = len(before)
    target.set_ents(
        [Span(target, ent.start + shift, ent.end + shift, ent.label_) for ent in reference.ents],
        missing=[target[token.i + shift : token.i + shift + 1] for token in reference if token.ent_iob == 0],
        default="outside",
    )
    return Example(doc, target)


def names_only(doc: Doc) -> bool:
    """Tell whether a reference has no annotation besides names."""
    return not (doc.has_annotation("DEP") or doc.has_annotation("POS") or doc.has_annotation("LEMMA"))


@registry.augmenters("netralitas_nlp.Typography.v1")  # type: ignore[untyped-decorator]
def make_typography(
    lower: float, upper: float, title: float, typo: float, dash: float, furniture: float, seed: int
) -> Callable[[Language, Example], Iterator[Example]]:
    """Make the augmenter; each number is the share of sentences that are changed so.

    Parameters
    ----------
    lower, upper, title
        Whole sentences in small letters, in capitals, and with a capital at every word.
    typo
        Sentences with one or two typing errors.
    dash
        Sentences whose lone dashes become others.
    furniture
        Sentences with scraped furniture around them; only where names are the only annotation.
    seed
        Where chance starts.

    Returns
    -------
    callable
        The augmenter.
    """
    chance = random.Random(seed)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        words = [token.text for token in example.reference]
        draw = chance.random()
        if not words:
            yield example
            return
        if draw < lower:
            yield rewritten(example, [word.lower() for word in words])
            return
        draw -= lower
        if 0 <= draw < upper:
            yield rewritten(example, [word.upper() for word in words])
            return
        draw -= upper
        if 0 <= draw < title:
            yield rewritten(example, [_title_case(word) for word in words])
            return
        draw -= title
        if 0 <= draw < typo:
            for _ in range(chance.randint(1, 2)):
                at = chance.randrange(len(words))
                words[at] = _typo(words[at], chance)
            yield rewritten(example, words)
            return
        draw -= typo
        if 0 <= draw < dash and any(word in _DASHES for word in words):
            yield rewritten(example, [chance.choice(_DASHES) if word in _DASHES else word for word in words])
            return
        draw -= dash
        if 0 <= draw < furniture and names_only(example.reference):
            before = chance.choice(_BEFORE) if chance.random() < 0.6 else ()
            after = chance.choice(_AFTER) if not before or chance.random() < 0.3 else ()
            yield framed(example, before, after, glue=chance.random() < 0.3)
            return
        yield example

    return augment
