"""Reads the name corpora, repairs them by rule and rebuilds their spacing.

Every corpus becomes :class:`Sentence` records: a text with natural spacing, its
gold words as spans of that text, its entities as spans of that text, and the
spans about which the corpus says nothing.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

LABELS = ("PER", "ORG", "LOC", "DATE", "LAW")
NAME_LABELS = ("PER", "ORG", "LOC")

Span = tuple[int, int]
Entity = tuple[int, int, str]

_COARSE = {
    "PERSON": "PER",
    "PER": "PER",
    "ORGANISATION": "ORG",
    "ORGANIZATION": "ORG",
    "ORG": "ORG",
    "PLACE": "LOC",
    "LOCATION": "LOC",
    "LOC": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
    "DATE": "DATE",
    "TIME": "DATE",
    "LAW": "LAW",
}
_CLITICS = frozenset(("nya", "lah", "kah", "pun", "ku", "mu"))
_NO_SPACE_BEFORE = frozenset(".,;:?!)]}%”’…")
_NO_SPACE_AFTER = frozenset("([{“‘")
_MONTH = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
_DAY = "senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad"
_UNSURE_DATE = re.compile(
    rf"\b(?:(?:pada\s+)?(?:hari|tahun|abad|bulan|tanggal|pukul)\s+)?"
    rf"(?:(?:{_DAY}|{_MONTH})\b|\(?\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\)?|(?:1\d|20)\d\d\b|\d{{1,2}}[.:]\d\d\b"
    rf"|\d{{1,2}}(?=\s+(?:{_MONTH})\b))(?:\s*(?:-an|wib|wita|wit)\b)?",
    re.IGNORECASE,
)
_UNSURE_LAW = re.compile(
    r"\b(?:UUD?|RUU|Undang\s?-\s?Undang|Perppu|Perpu|Perda|Perpres|Inpres|Keppres|Pasal|KUHP|KUHAP|TAP MPR"
    r"|Peraturan Pemerintah|Peraturan Daerah|Peraturan Presiden|Peraturan Menteri|Keputusan Presiden)\b"
    r"(?:[^.,;()\"]{0,60})",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:(?:Wakil|Mantan|Calon|Capres|Cawapres|Bekas|Eks|Plt\.?|Pjs?\.?|Plh\.?)\s+)?"
    r"(?:Presiden|Wapres|Bupati|Gubernur|Wali\s?kota|Menteri|Menko|Ketua(?:\s+Umum)?|Kepala|Sekjen|Sekda|Jaksa|Hakim"
    r"|Jenderal|Jendral|Jend\.|Komjen|Irjen|Brigjen|Mayjen|Letjen|Kolonel|Kombes|AKBP|Kapten|Mayor|Laksamana|Marsekal"
    r"|Panglima|Kapolri|Direktur|Camat|Lurah|Perdana Menteri|Duta Besar|Prof\.?|Profesor|Bapak|Ibu|Pak|Bu|Tuan|Nyonya"
    r"|Ny\.|Saudara|Sdr\.|Aktor|Aktris|Penyanyi|Pelatih|Pemain|Kiper|Kanselir|Senator|Capres|Cawapres|Sersan|Letnan)"
    r"\s+(?=[A-Z])"
)
_SPACED = re.compile(r"\w [,.;:?!](?: |$)")
_WHERE = re.compile(
    r"\b(?:di|ke|dari|kota|ibu ?kota|wilayah|kawasan|daerah|desa|kecamatan|kabupaten|provinsi|propinsi|pulau|asal|dekat"
    r"|menuju|meninggalkan|negara|antara|sekitar|kelurahan|kampung|dusun|sungai|gunung|jalan|arah|utara|selatan|timur|barat"
    r"|dalam|luar)\s$",
    re.IGNORECASE,
)
_PLACE_TYPE = re.compile(
    r"(?:jalan|jl|kabupaten|kota|kecamatan|kelurahan|desa|dusun|kampung|provinsi|propinsi|pulau|kepulauan|gunung|sungai"
    r"|danau|laut|selat|teluk|pantai|bandara|bandar|stasiun|pelabuhan|gedung|hotel|rumah sakit|rs|masjid|gereja|museum"
    r"|stadion|taman|candi|gua|goa|hutan|bukit|lembah|tanjung|mal|mall|pasar|universitas|sma|smp|sd)\b",
    re.IGNORECASE,
)
_TYPE_BEFORE = re.compile(
    r"\b(?:Kabupaten|Kota|Kecamatan|Kelurahan|Desa|Provinsi|Propinsi|Pulau|Gunung|Sungai|Jalan|Kampung) $"
)
_LISTED = re.compile(r",? (?:dan |atau |serta |hingga |ke )?|[-/,(] ?| \(")
# At the start of a sentence and in a list of things it cannot be told.
_OPEN = re.compile(r"(?:^|[.,:;\"“(/-]\s*|\b(?:dan|atau|serta|seperti|pada|dengan|hingga)\s)$")
_PARTY = re.compile(r"(?:Partai|PDI|PKI|Golkar|Dewan)\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a corpus.

    Parameters
    ----------
    text
        The sentence with natural spacing.
    words
        Spans of the corpus's own words.
    entities
        Spans of ``text`` with one of :data:`LABELS`.
    unsure
        Spans about which the corpus says nothing.
    source
        The corpus.
    """

    text: str
    words: tuple[Span, ...]
    entities: tuple[Entity, ...]
    source: str
    unsure: tuple[Span, ...] = ()


@dataclass(slots=True)
class Repairs:
    """How often each rule repaired or masked something."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, source: str, rule: str) -> None:
        """Count one repair."""
        self.counts[f"{source}: {rule}"] += 1


def spacing(words: list[str], *, dashes: bool) -> list[bool]:
    """Tell after which words a blank stood.

    Parameters
    ----------
    words
        The words of a sentence.
    dashes
        Whether a lone hyphen or slash was cut out of a word by the corpus's tokenizer.

    Returns
    -------
    list of bool
        One flag a word.

    Examples
    --------
    >>> spacing(["Ia", "(", "Ani", ")", "."], dashes=False)
    [True, False, False, False, False]
    """
    blanks = [True] * len(words)
    inside = {'"': False, "'": False}
    for at, word in enumerate(words):
        if word in inside:
            if inside[word]:
                if at:
                    blanks[at - 1] = False
            else:
                blanks[at] = False
            inside[word] = not inside[word]
        elif word[0] in _NO_SPACE_BEFORE and (len(word) < 3 or word[0] not in ".’"):
            if at:
                blanks[at - 1] = False
        elif word in _NO_SPACE_AFTER:
            blanks[at] = False
        elif (
            dashes
            and word in "-/"
            and 0 < at < len(words) - 1
            and words[at - 1][-1].isalnum()
            and words[at + 1][0].isalnum()
        ):
            blanks[at - 1] = blanks[at] = False
    # A figure such as "2 . 500" was one word.
    for at in range(1, len(words) - 1):
        if words[at] in ".," and words[at - 1].isdigit() and words[at + 1].isdigit() and dashes:
            blanks[at] = False
    blanks[-1] = False
    return blanks


def _blocks(path: Path, separator: str) -> Iterator[list[list[str]]]:
    """Yield the rows of each sentence of a column file."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        yield [line.split(separator) for line in block.split("\n") if line.strip()]


def _letters(text: str) -> str:
    return re.sub(r"\W|_", "", text).lower()


def _inline(path: Path) -> Iterator[tuple[str, list[Entity]]]:
    """Yield the text and the tagged spans of each line of a file with inline tags."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        text = ""
        spans: list[Entity] = []
        opened: tuple[int, str] | None = None
        for part in re.split(r"(</?[A-Z]+>)", line.strip()):
            if part.startswith("</"):
                if opened:
                    spans.append((opened[0], len(text), opened[1]))
                opened = None
            elif re.fullmatch(r"<[A-Z]+>", part):
                opened = (len(text), part[1:-1])
            else:
                text += part
        if text:
            yield text, spans


def _locate(words: list[str], text: str) -> list[Span] | None:
    """Find the words in a text, in order; None unless nothing else is left in it."""
    at = 0
    spans: list[Span] = []
    for word in words:
        found = text.find(word, at)
        if found < 0 or text[at:found].strip():
            return None
        spans.append((found, found + len(word)))
        at = found + len(word)
    return None if text[at:].strip() else spans


def _by_letters(source: str, target: str, spans: list[Entity]) -> list[Entity]:
    """Carry spans to a text with the same letters and other blanks and punctuation."""
    index = dict(enumerate(at for at, sign in enumerate(target) if _letters(sign)))
    before = 0
    counts = []
    for sign in source:
        counts.append(before)
        before += bool(_letters(sign))
    counts.append(before)
    moved = []
    for start, end, label in spans:
        if counts[end] > counts[start]:
            last = index[counts[end] - 1] + 1
            if source[end - 1] == ")" and target[last : last + 1] == ")":
                last += 1
            moved.append((index[counts[start]], last, label))
    return moved


def _join(words: list[str], blanks: list[bool]) -> tuple[str, list[Span]]:
    text = ""
    spans: list[Span] = []
    for word, blank in zip(words, blanks, strict=True):
        spans.append((len(text), len(text) + len(word)))
        text += word + (" " if blank else "")
    return text, spans


def _entities(tags: list[str], spans: list[Span]) -> list[Entity]:
    found: list[Entity] = []
    for at, tag in enumerate(tags):
        if tag == "O":
            continue
        label = _COARSE[tag[2:]]
        if tag.startswith("I-") and at and tags[at - 1] != "O" and found and found[-1][2] == label:
            found[-1] = (found[-1][0], spans[at][1], label)
        else:
            found.append((*spans[at], label))
    return found


def idner(data: Path, part: str) -> Iterator[Sentence]:
    """Yield the news sentences of idner, with the times of syaifudin's tagging of the same text.

    Parameters
    ----------
    data
        The data folder.
    part
        ``"train"`` or ``"dev"``.

    Yields
    ------
    Sentence
        With the spacing of the untokenised text where that is the same text.
    """
    folder = data / "ner/syaifudin_ner/data_train.txt"
    natural = {_letters(text): (text, spans) for text, spans in _inline(folder)}
    for rows in _blocks(data / f"ner/idner_news_2k/{part}.txt", " "):
        words = [row[0] for row in rows]
        text, times = natural.get(_letters("".join(words)), ("", []))
        located = None if _SPACED.search(text) else _locate(words, text)
        if (
            located
            and part == "train"
            and any(words[at] == "-" and located[at - 1][1] == start for at, (start, _) in enumerate(located) if at)
        ):
            # "Prabowo-Hatta" is one word of the pipeline; with blanks around the dash both names can be learnt from.
            located = None
        unsure: list[Span] = []
        if located is None:
            tagged = text
            text, located = _join(words, spacing(words, dashes=False))
            times = _by_letters(tagged, text, times) if tagged else []
            if not tagged:
                unsure.extend(match.span() for match in _UNSURE_DATE.finditer(text))
        dates = [(start, end, "DATE") for start, end, label in times if label == "TIME"]
        named = _entities([row[-1] for row in rows], located)
        dates = [date for date in dates if not any(_touch(date, other) for other in named)]
        unsure.extend(match.span() for match in _UNSURE_LAW.finditer(text))
        yield Sentence(text, tuple(located), tuple(sorted(named + dates)), f"idner-{part}", tuple(unsure))


def nergrit(data: Path, part: str) -> Iterator[Sentence]:
    """Yield the sentences of NERGRIT, whose dates and laws are not marked.

    Parameters
    ----------
    data
        The data folder.
    part
        ``"train"``, ``"valid"`` or ``"test"``.

    Yields
    ------
    Sentence
        With rebuilt spacing.
    """
    for rows in _blocks(data / f"ner/nergrit_indonlu/{part}.txt", "\t"):
        words = [row[0] for row in rows]
        text, spans = _join(words, spacing(words, dashes=True))
        unsure = [match.span() for rule in (_UNSURE_DATE, _UNSURE_LAW) for match in rule.finditer(text)]
        named = _entities([row[-1] for row in rows], spans)
        yield Sentence(text, tuple(spans), tuple(named), f"nergrit-{part}", tuple(unsure))


def gsd(data: Path, part: str) -> Iterator[Sentence]:
    """Yield the encyclopaedic sentences of gsd_ner, its many types mapped to :data:`LABELS`.

    Parameters
    ----------
    data
        The data folder.
    part
        ``"train"``, ``"dev"`` or ``"test"``.

    Yields
    ------
    Sentence
        With hyphens closed up; peoples and works, which other corpora mark otherwise or not at all, are unsure.
    """
    with (data / f"ner/gsd_ner/{part}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text, moved = _close_hyphens(row["text"])
            named: list[Entity] = []
            unsure: list[Span] = []
            for start, end, kind in sorted(row["entities"]):
                span = (moved[start], moved[end - 1] + 1)
                if named and span[0] < named[-1][1]:
                    continue
                if kind in _COARSE:
                    named.append((*span, _COARSE[kind]))
                elif kind == "NORP" and _PARTY.match(text[span[0] : span[1]]):
                    named.append((*span, "ORG"))
                elif kind in {"NORP", "EVENT", "WORK_OF_ART", "PRODUCT"}:
                    unsure.append(span)
            words = [match.span() for match in re.finditer(r"\w+(?:[-.'’/]\w+)*|[^\w\s]", text)]
            yield Sentence(text, tuple(words), tuple(named), f"gsd-{part}", tuple(unsure))


def _close_hyphens(text: str) -> tuple[str, list[int]]:
    """Close up spaced hyphens between letters, with the new place of every character."""
    dropped: set[int] = set()
    for match in re.finditer(r"(?<=\w)( )[-/]( )(?=\w)", text):
        dropped.update((match.start(1), match.start(2)))
    moved: list[int] = []
    kept: list[str] = []
    for at, character in enumerate(text):
        moved.append(len(kept))
        if at not in dropped:
            kept.append(character)
    return "".join(kept), moved


def _touch(left: tuple[int, ...] | Entity, right: tuple[int, ...] | Entity) -> bool:
    return int(left[0]) < int(right[1]) and int(right[0]) < int(left[1])


def trim(text: str, start: int, end: int) -> Span:
    """Drop punctuation and blanks from the rims of a span, but no bracket that closes one inside.

    Parameters
    ----------
    text
        The text.
    start, end
        The span.

    Returns
    -------
    tuple of int
        The span without rims; empty where it holds nothing else.

    Examples
    --------
    >>> trim("(PDIP),", 0, 7)
    (1, 5)
    >>> trim("PT Pertamina (Persero)", 0, 22)
    (0, 22)
    """
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        if text[end - 1] in ")]" and re.search(r"[(\[]", text[start : end - 1]):
            break
        end -= 1
    return start, end


def repair(sentence: Sentence, repairs: Repairs) -> Sentence:
    """Repair entities by rule: no rims of punctuation, no title in a person's name, no open bracket.

    Parameters
    ----------
    sentence
        The sentence as read.
    repairs
        Counts what was done.

    Returns
    -------
    Sentence
        The repaired sentence.
    """
    kept: list[Entity] = []
    for first, last, label in sentence.entities:
        start, end = trim(sentence.text, first, last) if label != "DATE" else (first, last)
        if (start, end) != (first, last):
            repairs.add(sentence.source, f"{label} rim of punctuation")
        if label == "PER":
            title = _TITLE.match(sentence.text, start, end)
            if title and title.end() < end:
                repairs.add(sentence.source, "title in PER")
                start = title.end()
            bracket = re.search(r"\s*[(\[]", sentence.text[start:end])
            if bracket and bracket.start():
                repairs.add(sentence.source, "bracket in PER")
                end = start + bracket.start()
        if start < end:
            kept.append((start, end, label))
        else:
            repairs.add(sentence.source, "nothing but punctuation")
    return replace(sentence, entities=tuple(kept))


def follow_news(sentence: Sentence, repairs: Repairs) -> Sentence:
    """Bring a sentence of another corpus closer to idner's rules.

    A short form in brackets is part of the body before it; a place that acts, owns or describes ("Gubernur Jawa
    Barat", "tentara Jepang") is unmarked there and marked elsewhere, so only places where something is stay marked;
    a word of type with a capital ("Kabupaten") belongs to the name.

    Parameters
    ----------
    sentence
        The sentence.
    repairs
        Counts what was joined or masked.

    Returns
    -------
    Sentence
        The same sentence, with fewer entities and more unsure spans.
    """
    kept: list[Entity] = []
    unsure = list(sentence.unsure)
    last_place = -1
    for start, end, label in sorted(sentence.entities):
        before = sentence.text[:start]
        if kept and label == kept[-1][2] == "ORG" and sentence.text[kept[-1][1] : start] == " (" \
                and sentence.text[end : end + 1] == ")" and " " not in sentence.text[start:end]:  # fmt: skip
            repairs.add(sentence.source, "short form joined to its ORG")
            kept[-1] = (kept[-1][0], end + 1, "ORG")
            continue
        if label == "LOC":
            kind = _TYPE_BEFORE.search(before)
            if kind:
                repairs.add(sentence.source, "word of type joined to its LOC")
                start = kind.start()
                before = sentence.text[:start]
            listed = last_place >= 0 and _LISTED.fullmatch(sentence.text[last_place:start])
            if not (listed or _WHERE.search(before) or _PLACE_TYPE.match(sentence.text, start, end)):
                if _OPEN.search(before):
                    repairs.add(sentence.source, "place that may act: masked")
                    unsure.append((start, end))
                else:
                    repairs.add(sentence.source, "place that acts, owns or describes: unmarked")
                last_place = -1
                continue
            last_place = end
        kept.append((start, end, label))
    return replace(sentence, entities=tuple(kept), unsure=tuple(unsure))


def mask_doubts(sentences: Iterable[Sentence], repairs: Repairs) -> list[Sentence]:
    """Mask names that a corpus marks elsewhere many times, always alike, and here otherwise or not at all.

    Parameters
    ----------
    sentences
        The sentences of one corpus.
    repairs
        Counts what was masked.

    Returns
    -------
    list of Sentence
        The same sentences, with more unsure spans.
    """
    rows = list(sentences)
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for start, end, label in row.entities:
            seen[row.text[start:end]][label] += 1
    sure: dict[str, str] = {}
    for name, labels in seen.items():
        label, count = labels.most_common(1)[0]
        if (
            label in NAME_LABELS
            and count >= 5
            and count >= 0.85 * labels.total()
            and len(name) > 2
            and name[0].isupper()
        ):
            sure[name] = label
    if not sure:
        return rows
    longest_first = sorted(sure, key=lambda name: (-len(name), name))
    finder = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])")
    out: list[Sentence] = []
    for row in rows:
        unsure = list(row.unsure)
        kept: list[Entity] = []
        for start, end, label in row.entities:
            expected = sure.get(row.text[start:end], label)
            if label in NAME_LABELS and label != expected and "PER" in (label, expected):
                repairs.add(row.source, f"{label} elsewhere {expected}: masked")
                unsure.append((start, end))
            else:
                kept.append((start, end, label))
        for match in finder.finditer(row.text):
            # What idner leaves unmarked ("tim Indonesia", "Gubernur DKI Jakarta") is its rule and no oversight.
            if sure[match.group()] == "LOC" and row.source.startswith("idner"):
                continue
            if not any(_touch(match.span(), entity) for entity in row.entities):
                repairs.add(row.source, f"unmarked, elsewhere {sure[match.group()]}: masked")
                unsure.append(match.span())
        out.append(replace(row, entities=tuple(kept), unsure=tuple(unsure)))
    return out
