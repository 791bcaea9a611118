"""The grammar inside a citation: numbers, years, pinpoints, titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from netralitas_nlp._text import Words

__all__ = [
    "Number",
    "Pinpoint",
    "Stop",
    "further",
    "identify",
    "is_verb",
    "months",
    "number",
    "pinpoints",
    "subject",
    "year_at",
]

#: What may stand between two parts of a citation; a paragraph's end may not.
BLANK = r"[ ]{0,3}\n?[ ]{0,3}"
_YEAR_WORD = r"(?i:tahun|thn?\.?)"
_YEAR = re.compile(rf"{BLANK},?{BLANK}{_YEAR_WORD}{BLANK}((?:1[89]|20)\d\d|[4-9]\d)(?!\d)")
_BARE_YEAR = re.compile(r" ((?:19|20)\d\d)(?![\d/])")
_ANY = (
    r"(?:[A-Z]{1,6}(?: ?[–-] ?|\.? )(?=\d)|\d{1,5} (?=(?:K|P|PK|B|Pdt|Pid)\b[./]))?"
    r"[^\W_][\w.&–-]{0,60}(?:(?: ?/ ?(?=[A-Z\d.-])|/)[\w.&–-]{1,60}){0,12}"
)
_CUE_WORD = r"(?i:(?:yang )?(?:ber|dengan )?nomor|nomer|nmr|no)(?![^\W_])\.?"
_CUED = re.compile(rf"{BLANK}[.,()]?{BLANK}{_CUE_WORD}(?: {_CUE_WORD})?{BLANK}[:.]?{BLANK}({_ANY})")
_UNCUED_LAW = re.compile(
    rf"{BLANK}-?(\d{{1,4}}[A-Z]?"
    rf"(?= ?/ ?(?:19|20)\d\d(?![\d/])|{BLANK}{_YEAR_WORD} ?\d{{4}}| dan \d{{1,4}} {_YEAR_WORD} \d{{4}})"
    r"|\d{1,4}/[A-Z][\w.-]{1,20}/(?:\d{1,2}/)?(?:19|20)\d\d)"
)
_UNCUED_LETTER = re.compile(
    r" ((?=[^ ]{0,60}[A-Z])[A-Z\d][\w.-]{0,20}(?:/[\w.&-]{1,30}){2,10}|\d{3}(?:\.\d{1,2}){0,4}-\d{2,5}(?![\w/-]))"
)
_SLASHED_YEAR = re.compile(r" ?/ ?((?:1[89]|20)\d\d)(?![\d/])")
_AND = re.compile(
    rf"(?:{BLANK},{BLANK}(?:dan |serta |& )?| dan | serta | & |{BLANK}(?i:jo|juncto|junto)\.?{BLANK})(?=[^\W_])"
)
_NUMERALS = {
    numeral: month
    for month, numeral in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], 1)
}
_MONTHS = {*_NUMERALS, *(f"{month:02}" for month in range(1, 13))}
_YEAR_SEGMENT = re.compile(r"(?:19|20)\d\d")
#: Where the next sentence is glued to a number: "94 Tahun 2021.Kemudian".
_GLUED = re.compile(r"(?<=\d)\.(?=[A-Z][a-z]{2})")
#: The court after the number of a ruling: "9/Pdt.P/2021/PN Wates".
_COURT = re.compile(
    r"(?<=/P[NAT]|PTA)(?: [A-Z][a-z]{1,12}(?:\.[A-Z][a-z]{1,4})?|\. ?[A-Z][a-z]{1,4}\.[A-Z][a-z]{1,4})(?![^\W_])"
)
_COURT_PART = re.compile(r"/P(?:N|A|T|TA|TUN)(?:[. -][\w. -]+)?$")
_LISTED = re.compile(r"(\d{1,4}(?:/P)?)(?![\w/])")
_MOST_SUBJECT = 45
_MOST_LISTED = 12
#: Numbers that name a case or a report to the police.
_CASES = ("LP/", "STTLP", "STPL", "TBL/", "LI/")


@dataclass(frozen=True, slots=True)
class Number:
    """The number of an instrument.

    Attributes
    ----------
    text
        The number, white space removed.
    year
        Its year, None where none stands there.
    start, end
        The offsets from the number's cue, or the number itself, to its end, the year included.
    cued
        Whether a word for "number" stands before it.
    """

    text: str
    year: int | None
    start: int
    end: int
    cued: bool


def number(view: str, at: int, *, letter: bool) -> Number | None:
    """Read the number at an offset.

    Parameters
    ----------
    view
        The view of the text.
    at
        Where the words before it end.
    letter
        Whether numbers of letters are to be expected without a word for "number".

    Returns
    -------
    Number or None
        None where none stands there.

    Examples
    --------
    >>> found = number("PP Nomor 94 Tahun 2021 tentang Disiplin", 2, letter=False)
    >>> found.text, found.year
    ('94', 2021)
    >>> found = number("SE nomor 800.1/ BKPSDM-UM/VIII/2023 tanggal", 2, letter=True)
    >>> found.text, found.year
    ('800.1/BKPSDM-UM/VIII/2023', 2023)
    """
    match = _CUED.match(view, at)
    cued = match is not None
    if match is None:
        match = _UNCUED_LAW.match(view, at) or (_UNCUED_LETTER.match(view, at) if letter else None)
    if match is None:
        return None
    raw = _GLUED.split(match[1], maxsplit=1)[0].rstrip(".,-–:&_/ ")
    text = "".join(raw.split())
    if not any(sign.isdigit() for sign in text) or text.upper().startswith(_CASES):
        return None
    end = match.start(1) + len(raw)
    court = _COURT.match(view, end)
    if court is not None:
        text, end = text + court[0], court.end()
    slashed = re.fullmatch(r"(\d{1,4}[A-Z]?)/((?:1[89]|20)\d\d)", text)
    start = match.start() + len(match[0]) - len(match[0].lstrip(" \n,("))
    if slashed:
        return Number(slashed[1], int(slashed[2]), start, end, cued)
    year = _YEAR.match(view, end) or (_SLASHED_YEAR.match(view, end) if text.isalnum() else None)
    if year is None and cued and len(text) < 4 and text.isdigit():
        year = _BARE_YEAR.match(view, end)
    if year is not None:
        value = int(year[1])
        return Number(text, value if value > 99 else 1900 + value, start, year.end(), cued)
    if match[0].lstrip()[:1] == ".":
        return None  # another sentence
    return Number(text, _own_year(text), start, end, cued)


def year_at(view: str, at: int) -> tuple[int, int] | None:
    """Return the year at an offset, and where it ends: " Tahun 2019"."""
    match = _YEAR.match(view, at)
    return (int(match[1]), match.end()) if match is not None and len(match[1]) == 4 else None


def further(view: str, one: Number, *, letter: bool) -> Iterator[Number]:
    """Yield the numbers that a list goes on with: "91 dan 92 Tahun 2024", "74/2016 jo. 1/2018"."""
    last = one
    for _ in range(_MOST_LISTED):
        joint = _AND.match(view, last.end)
        if joint is None:
            return
        found = number(view, joint.end(), letter=letter)
        bare = _LISTED.match(view, joint.end())
        if found is None and bare is not None and last.year is None:
            year = _YEAR.match(view, bare.end())
            if year is not None:
                found = Number(bare[1], int(year[1]), bare.start(), year.end(), cued=False)
        if found is None or (found.year is None and not found.cued):
            return
        yield found
        last = found


def _own_year(text: str) -> int | None:
    """Return the year inside a letter's number: its last part, or the one after the Roman month."""
    parts = _COURT_PART.sub("", text).split("/")
    if len(parts) > 1:
        for k in range(len(parts) - 1, 0, -1):
            part = parts[k].rsplit("-")[-1]
            if _YEAR_SEGMENT.fullmatch(part) and (k == len(parts) - 1 or parts[k - 1] in _MONTHS):
                return int(part)
    return None


def months(text: str) -> tuple[int | None, int | None]:
    """Return the month and the year that a letter's number bears.

    Examples
    --------
    >>> months("800.1/BKPSDM-UM/VIII/2023"), months("P-20/PKAP/800.1.10/10/2024"), months("94")
    ((8, 2023), (10, 2024), (None, None))
    """
    parts = text.split("/")
    if len(parts) < 3:
        return None, None
    year = _own_year(text)
    roman = [_NUMERALS[part] for part in parts[1:] if part in _NUMERALS]
    if roman:
        return (roman[-1] if len(roman) == 1 else None), year
    if year is not None and len(parts) > 3 and re.fullmatch(r"0?[1-9]|1[0-2]", parts[-2]):
        return int(parts[-2]), year
    return None, year


def identify(text: str) -> str:
    """Return a number or name as a part of an identifier.

    Examples
    --------
    >>> identify("B/71/M.SM.00.00/2017"), identify("Kepala Dinas Sosial")
    ('b-71-m-sm-00-00-2017', 'kepala-dinas-sosial')
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """The provisions that stand together: "Pasal 70 ayat (1) dan Pasal 71".

    Attributes
    ----------
    start, end
        The indices of their words, end exclusive.
    provisions
        Each in one form: "Pasal 70 ayat (1)".
    """

    start: int
    end: int
    provisions: tuple[str, ...]


_ARTICLE = frozenset({"pasal", "ps", "psl"})
_PARTS = {"bab": "Bab", "lampiran": "Lampiran"}
_JOINTS = frozenset({"dan", "atau", "serta", "jo", "juncto", "junto", "subsider", "maupun"})
#: Words between the ends of a range, the longest first: "Pasal 35 sampai dengan Pasal 39".
_UNTIL = (("sampai", "dengan"), ("s", "d"), ("sampai",), ("hingga",), ("sd",))
_LETTER = re.compile(r"[a-z]{1,2}")
_COUNT = re.compile(r"\d{1,4}[a-z]{0,2}")
_LINKED = frozenset({"", ",", "-", "–", "/", "."})
_MOST_PARTS = 60


def pinpoints(words: Words, i: int) -> Pinpoint | None:
    """Read the provisions that start at a word.

    Examples
    --------
    >>> from netralitas_nlp._text import split_words
    >>> pinpoints(split_words("Pasal 70 ayat (1) dan (2) huruf a jo. Pasal 71"), 0).provisions
    ('Pasal 70 ayat (1) dan (2) huruf a', 'Pasal 71')
    >>> pinpoints(split_words("Pasal 57 sampai dengan Pasal 66"), 0).provisions
    ('Pasal 57 sampai 66',)
    """
    lowers, gaps = words.lowers, words.gaps
    if lowers[i] in _PARTS:
        value = words.texts[i + 1] if i + 1 < len(lowers) and gaps[i + 1] == " " else ""
        if not value or not (value.isdigit() or set(value) <= set("IVX")):
            return None
        return Pinpoint(i, i + 2, (f"{_PARTS[lowers[i]]} {value}",))
    if lowers[i] not in _ARTICLE or i + 1 >= len(lowers) or not _COUNT.fullmatch(lowers[i + 1]):
        return None
    if gaps[i + 1].strip(" .") or (lowers[i] == "ps" and gaps[i + 1] == " "):
        return None
    provisions = [f"Pasal {words.texts[i + 1]}"]
    k, slot, joint = i + 2, "pasal", ""
    for _ in range(_MOST_PARTS):
        if k >= len(lowers) or gaps[k].strip(" ()") not in _LINKED:
            break
        word, listed = lowers[k], gaps[k].strip(" ()") == ","
        if word in _JOINTS:
            joint, k = word, k + 1
            continue
        to = _until(words, k)
        if to is not None:
            at = to + (lowers[to] in (_ARTICLE if slot == "pasal" else {slot}))
            if at >= len(lowers) or not _is_value(slot, lowers[at]) or not (at > to or _ends_listed(words, at, slot)):
                break
            provisions[-1] += f" sampai {_value(slot, words.texts[at])}"
            joint, k = "", at + 1
            continue
        here = "dan" if listed and not joint else joint
        following = lowers[k + 1] if k + 1 < len(lowers) else ""
        if word in _ARTICLE and _COUNT.fullmatch(following) and not gaps[k + 1].strip(" ."):
            provisions.append(f"Pasal {words.texts[k + 1]}")
            slot, joint, k = "pasal", "", k + 2
        elif word in {"ayat", "huruf", "hurup", "angka", "butir", "poin", "ke"} and _is_value(word, following):
            name = {"hurup": "huruf", "butir": "angka", "poin": "angka"}.get(word, word)
            if name == "angka" and not following[:1].isdigit():
                name = "huruf"
            glue = f" {here}" if here else ""
            provisions[-1] += f"{glue} {_valued(name, words.texts[k + 1])}"
            slot, joint, k = name, "", k + 2
        elif here and _is_value(slot, word) and _ends_listed(words, k, slot):
            if slot == "pasal":
                provisions.append(f"Pasal {words.texts[k]}")
            else:
                provisions[-1] += f"{',' if listed and not joint else f' {here}'} {_value(slot, words.texts[k])}"
            joint, k = "", k + 1
        else:
            break
    while k > i + 2 and lowers[k - 1] in _JOINTS:
        k -= 1
    return Pinpoint(i, k, tuple(dict.fromkeys(provisions)))


def _until(words: Words, k: int) -> int | None:
    """Return the word after the sign of a range that stands before or at a word."""
    if words.gaps[k].strip() in {"-", "–"}:
        return k
    for until in _UNTIL:
        if tuple(words.lowers[k : k + len(until)]) == until and k + len(until) < len(words.lowers):
            return k + len(until)
    return None


def _is_value(slot: str, word: str) -> bool:
    if slot == "huruf":
        return bool(_LETTER.fullmatch(word)) and word not in {"di", "ke", "uu", "pp", "se", "jo", "sk", "rp"}
    return bool(_COUNT.fullmatch(word)) or (slot in {"butir", "poin"} and len(word) == 1)


def _ends_listed(words: Words, k: int, slot: str) -> bool:
    """Return whether a bare number or letter in a list is a part of the citation and counts nothing."""
    if slot == "ayat" and words.gaps[k].endswith("("):
        return True
    if slot == "huruf":
        return len(words.lowers[k]) == 1
    following = words.lowers[k + 1] if k + 1 < len(words.lowers) else ""
    if not following or words.gaps[k + 1].strip(" ") or words.texts[k + 1][0].isupper():
        return True
    return following in _JOINTS | _ARTICLE | {"ayat", "huruf", "angka", "undang", "tentang", "dalam", "pada", "kuhp"}


def _value(slot: str, text: str) -> str:
    return f"({text})" if slot == "ayat" else text


def _valued(slot: str, text: str) -> str:
    return f"ke-{text}" if slot == "ke" else f"{slot} {_value(slot, text)}"


@dataclass(frozen=True, slots=True)
class Stop:
    """The words that end a title, those that look as if they did, and those that open a citation."""

    ends: Set[str]
    nouns: Set[str]
    opening: Set[str]


_VERB = re.compile(r"(?:me(?:m|n|ng|ny|l|r|w|y)[a-z]{3,}|di[a-z]{4,})")
_SMALL = frozenset(
    {
        "dan", "atas", "dalam", "bagi", "untuk", "dengan", "pada", "oleh", "antara", "terhadap", "dari",
        "sebagai", "serta", "tentang", "melalui", "atau", "di", "kepada", "secara", "menuju", "yang",
    }
)  # fmt: skip
#: Small words after which a title in capitals may go on in lower case: "Pembatasan Lalu Lintas dengan sistem …".
_FREE = frozenset({"atas", "dengan", "bagi", "antara", "terhadap"})
#: Words that follow "di" inside a title.
_PLACES = frozenset(
    {
        "lingkungan", "wilayah", "bidang", "daerah", "luar", "kawasan", "perairan", "kala", "jalan", "provinsi",
        "kabupaten", "kota", "indonesia", "atas", "bawah", "dalam", "sektor", "desa", "kecamatan", "rumah", "tempat",
    }
)  # fmt: skip
#: Words after which a verb is a part of a title.
_FREEING = frozenset({"yang", "untuk", "dengan", "tidak", "dan", "dalam"})
_ANDS = frozenset({"dan", "serta", "atau", "maupun"})
_WEEKDAYS = frozenset({"senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"})


def subject(words: Words, i: int, stop: Stop, *, numbered: bool) -> int:
    """Return the word at which a title ends that starts at a word.

    A title in capitals goes on over small words; one in lower case ends at a verb or a word that no title holds.

    Parameters
    ----------
    words
        The words of the text.
    i
        The word after "tentang".
    stop
        What ends a title.
    numbered
        Whether the number stands before the title; else one may follow it.
    """
    lowers, texts, gaps = words.lowers, words.texts, words.gaps
    if i >= len(lowers) or gaps[i].strip(" \"“'") or lowers[i] in stop.ends - {"di"}:
        return i
    titled = texts[i][0].isupper()
    last = i
    nested = False
    for k in range(i, min(i + _MOST_SUBJECT, len(lowers))):
        word, small = lowers[k], texts[k].islower()
        if k > i and not _goes_on(words, k, titled=titled, stop=stop):
            break
        before = lowers[k - 1]
        if word in stop.opening and not small and k > i:
            if before in _ANDS:
                break
            nested = True
        if word in {"nomor", "no"} and not numbered and not nested and before != "tahun":
            break
        if word in stop.ends and _ends(words, k, titled=titled, small=small):
            break
        after = texts[k + 1] if k + 1 < len(texts) else ""
        if word in _WEEKDAYS and after.isdigit():
            break  # "… Firli Bahuri Jumat (24/11)"
        if word == "menjadi" and after[:1].isupper():
            continue
        if k > i and small and is_verb(word, stop) and (titled or before not in _FREEING):
            break
        if k > i and titled and small and word not in _SMALL and before in _SMALL and before not in _FREE:
            break
        if word == "sebagai" and before in _ANDS:
            break
        if word not in _SMALL:
            last = k + 1
    return last


def is_verb(word: str, stop: Stop) -> bool:
    """Return whether a word in lower case looks like a verb."""
    return word not in stop.nouns and _VERB.fullmatch(word) is not None


def _ends(words: Words, k: int, *, titled: bool, small: bool) -> bool:
    """Return whether a word that seldom stands in titles ends this one."""
    word = words.lowers[k]
    if not titled:
        return word not in _ANDS | {"di"}
    if not small:
        return word in {"pasal", "advertisement", "jo", "juncto", "junto"}
    after = words.texts[k + 1] if k + 1 < len(words.texts) else ""
    if word == "di":
        return after.lower() not in _PLACES
    return not (word in {"serta", "atau", "yang"} and after[:1].isupper())


def _goes_on(words: Words, k: int, *, titled: bool, stop: Stop) -> bool:
    """Return whether a title can go on over the gap before a word."""
    gap = words.gaps[k]
    if gap in {" ", "  ", "-", "/", " - ", " & ", "'", " / ", "/ ", ". ", "."}:
        before = words.texts[k - 1]
        digits = before.isdigit() and words.texts[k].isdigit()
        return "." not in gap or (gap == "." if digits else len(before) < 3 and not before.isdigit())
    if gap.strip(" ") == "," and titled:
        return _lists(words, k, stop)
    return gap == "\n" and words.texts[k].islower()


def _lists(words: Words, k: int, stop: Stop) -> bool:
    """Return whether a comma stands inside a title: "Gubernur, Bupati, dan Wali Kota"."""
    texts, lowers, gaps = words.texts, words.lowers, words.gaps
    for j in range(k, min(k + 8, len(texts))):
        if lowers[j] in stop.opening or lowers[j] in stop.ends:
            return lowers[j] in {"serta", "atau"} and j > k
        if j > k and gaps[j].strip(" ") not in {"", ",", "-", "/"}:
            return False
        if lowers[j] == "dan":
            return j + 1 < len(texts) and texts[j + 1][0].isupper() and lowers[j + 1] not in stop.opening
        if not texts[j][0].isupper() and lowers[j] not in _SMALL:
            return False
    return False
