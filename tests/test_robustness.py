"""Odd text never raises, offsets stay true, and the time grows with the length of the text."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counting import work
from netralitas_nlp import Article, Extractor

EXTRACTOR = Extractor()
ARTICLE = (
    "Pjs Bupati Ingatkan ASN Netral\n\nSANGATTA, KABARPAGI.CO – Penjabat Sementara (Pjs) Bupati Kutai Timur, Drs. H. "
    "Rahmat Wibisana, M.Si, memimpin apel di halaman kantor bupati, Senin (7/10/2024) pukul 08.00 WITA. Ia didampingi "
    "Kepala Dinas Komunikasi dan Informatika (Diskominfo) Kutim, Sri Lestari Handayani, serta Dandim 0909.\n\n"
    "“ASN harus netral,” kata Rahmat.Kali ini, menurut Lestari, Pemkab akan mengirim surat edaran Nomor 800/12/BKPSDM. "
    "Baca Juga: Camat Lantik Panitia\nPemungutan suara berlangsung 27 November mendatang.(ndi)\n\nEditor: Tono\n"
)
FRAGMENTS = (
    "Pj. ", "Pjs Bupati ", "Bupati ", "Wakil Gubernur ", "Kepala Dinas ", "Plt. Sekda ", "mantan ", "calon ",
    "Berau", "Kutim", "Kota ", "Kabupaten ", "DKI Jakarta", "Rahmat ", "Sri Lestari", "H. ", "Hj. ", "Dr. ",
    "AKBP ", ", S.Sos", ", M.Si", "KPU ", "PT ", "Dinas ", "Partai ", "(KPU) ", "Senin ", "(7/10/2024)", "(7/10)",
    "27 November", "besok", "2024-2029", "pukul 09.00 WIB", "kata ", "katanya", "ujar", "itu ", " yang juga ",
    " dan ", ", ", ". ", "\n", "\n\n", "\r\n", " – ", "“", "”", '"', "(", ")", "Baca Juga: ", "Editor: ", "Foto: ",
    "ADVERTISEMENT", "Halaman 1 2", "Pasal 71", "Nomor 5 Tahun 2014", "Surat Edaran ", "PP ", "UU ASN", "tentang ",
    "tanggal ", "tersebut ", "nomor 800/1/BKPSDM/IX/2024", "Rp1.500",
    "Pertama, ", "kedua ", "1. ", "b) ", "(iii) ", "\n• ", "; ", "Isi ikrar: ", "Kami berjanji ", "menjaga netralitas",
    "tidak ", "\u00a0", "\u200b", "\u202e", "\ud800", "\0",
)  # fmt: skip
LENGTH = 1_000_000
LINE_ENDS = frozenset(["\r\n", "\r", "\u2028"])
#: One line each: a text that a careless rule would read again and again.
REPEATED = {
    "brackets": "(", "closed brackets": ")", "pairs": "()", "quotes": '"', "digits": "1", "blanks": " ",
    "line breaks": "\n", "no-break spaces": "\u00a0", "letters": "a", "capitals": "A", "dots": ".", "dashes": "- ",
    "slashes": "1/", "commas": "Budi, ", "opening marks": "“", "closing marks": "”", "single marks": "'",
    "tags": "kata ", "what is left of HTML": "&quot;",
}  # fmt: skip
#: What a careless layer would compare with all that stands before it.
GROWING = {
    "article": ARTICLE,
    "one line": ARTICLE.replace("\n", " "),
    "honorifics": "H. ",
    "names": "Budi ",
    "glued": "kataBudi",
    "office": "Bupati ",
    "open office": "Bupati (",
    "two offices": "Bupati Budi, Wakil Bupati ",
    "heads": "Kepala Dinas Sosial dan ",
    "dates": "Senin, 1 Oktober 2024 ",
    "numbers": "1/10/2024 ",
    "links": "Baca Juga: ",
    "bodies": "Dinas Sosial, ",
    "regions": "Kabupaten Berau ",
    "citations": "PP Nomor 94 Tahun 2021 tentang Disiplin ",
    "bare citations": "surat edaran itu ",
    "letters": "Surat Edaran Bupati nomor 800/1/BKPSDM/IX/2024, ",
    "pinpoints": "Pasal 5 ayat (1), (2) dan ",
    "nicknames": "UU ASN (",
    "numbers of letters": "100.3/",
    "senders": "Bupati Berau menerbitkan surat edaran ",
    "titles": "Perda tentang Pajak, ",
    "open quotations": "“Kami ",
    "closed quotations": "siap” ",
    "marks on both sides": "“Kami” ",
    "lost marks": "Kami ” siap “ ",
    "single marks": "'Kami ' siap ",
    "open paragraphs": "“Kami siap menjaga suasana.\n",
    "tags": "“Kami siap,” kata Budi. ",
    "tags without a speaker": "“Kami siap,” ujarnya. ",
    "tags without marks": "kata ",
    "verbs of speaking": "mengatakan ",
    "verbs and their cues": "mengatakan bahwa menurut ",
    "one long naming": "kata Ketua dan ",
    "statements": "Budi mengatakan bahwa dana sudah cair. ",
    "statements in one sentence": "Budi mengatakan dana cair, ",
    "parentheses": "itu, kata dia, ",
    "circumstances": "menurut Budi, di Berau, Senin, ",
    "seraya": "“Siap,” kata Budi seraya menambahkan ",
    "pledges": "ASN mengucapkan ikrar. Pertama, menjaga netralitas. Kedua, tidak memihak. ",
    "ordinals": "Isi ikrar: Pertama, ",
    "list numbers": "Isi ikrar: 1. menjaga 2. menolak ",
    "semicolons": "Isi ikrar: menjaga; menolak; ",
    "promises": "Kami berjanji netral, tidak memihak, ",
    "norms": "ASN dilarang memihak. ",
    "requests": "Budi meminta ASN agar ",
    "open norms": "tidak boleh ",
    "conditions": "jika ASN harus, ",
    "forbidden acts": "ASN dilarang menyebar foto, ",
    "points behind": "menjaga netralitas menjadi poin pertama, ",
    "connected points": "ASN menolak suap. Selanjutnya, menjaga netralitas. ",
    "connectives": "Isi ikrar. Pertama, menjaga. Kemudian menolak. ",
    "bullets": "\n• menjaga ikrar",
}


def spanned(node: Any) -> Iterator[tuple[list[int], str]]:
    if isinstance(node, dict):
        if "span" in node and isinstance(node.get("text"), str):
            yield node["span"], node["text"]
        for value in node.values():
            yield from spanned(value)
    elif isinstance(node, list):
        for value in node:
            yield from spanned(value)


def check(text: str) -> Article:
    article = EXTRACTOR.extract(text)
    assert article.text == text
    for (start, end), part in spanned(article.to_dict()):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == part
    return article


@pytest.mark.parametrize("text", ["", "a", "A", " ", "\n", "(", "”", "1", "\0", "\ud83d", "\u202e", "ß", "的"])
def test_a_text_of_one_character_or_none_has_no_records(text: str) -> None:
    article = check(text)
    assert not any([article.people, article.officials, article.organizations, article.places, article.dates])


@pytest.mark.parametrize("value", [b"Bupati Berau", None, 5, ["a"]], ids=str)
def test_what_is_no_text_is_refused_with_its_type(value: Any) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        EXTRACTOR.extract(value)


@pytest.mark.parametrize("value", [b"Bupati Berau", bytearray(b"Bupati Berau")])
def test_bytes_are_told_to_be_decoded(value: Any) -> None:
    with pytest.raises(TypeError, match="decode"):
        EXTRACTOR.extract(value)


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED.keys())
def test_a_million_characters_in_one_line(unit: str) -> None:
    check(unit * (LENGTH // len(unit)))


def test_a_million_characters_of_news_in_one_line() -> None:
    text = GROWING["one line"] * (LENGTH // 4 // len(ARTICLE))
    assert check(text).people


@pytest.mark.parametrize("new", ["\r\n", "\r", "\u2028", "\u00a0", "\u202f", "\u2009", "\u3000"])
def test_another_blank_or_line_end_changes_no_record(new: str) -> None:
    old = "\n" if new in LINE_ENDS else " "
    there = check(ARTICLE.replace(old, new))
    assert [person.name.replace(new, old) for person in there.people] == [p.name for p in check(ARTICLE).people]
    assert [mention.value for mention in there.dates] == [mention.value for mention in check(ARTICLE).dates]


@pytest.mark.parametrize("odd", ["\0", "\ud800", "\u202e", "\u200f", "\u200b", "\ufeff", "\ufffc", "\U0001f600", "é"])
def test_an_odd_character_anywhere_keeps_the_offsets(odd: str) -> None:
    for step in (3, 17, 101):
        check(odd.join(ARTICLE[i : i + step] for i in range(0, len(ARTICLE), step)))


@pytest.mark.parametrize(
    "text",
    [
        "The governor of California spoke on Monday, 7 October 2024, in Sacramento.",
        "Le maire de Lyon a présenté son budget lundi.",
        "知事は月曜日に記者会見を開いた。",
        "أعلن المحافظ القرار يوم الاثنين 7/10/2024.",
        "नगर आयुक्त ने सोमवार को बैठक की।",
        "Мэр города выступил в понедельник.",
        "<div class='x'>{\"a\": [1, 2, 3]}</div>\n\tfor (;;) { x[i]++ }",
        "Dr Müller & Söhne GmbH – \u202bשלום\u202c – İstanbul",
    ],
)
def test_other_languages_and_code_are_read_without_complaint(text: str) -> None:
    check(text)
    check(text.upper())


@given(st.text(st.characters(), max_size=300))
def test_any_text(text: str) -> None:
    check(text)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(st.characters(), max_size=4), max_size=60).map("".join))
def test_any_text_glued_together_from_the_news(text: str) -> None:
    check(text)


@given(st.data())
def test_an_article_cut_anywhere(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(ARTICLE)))
    check(ARTICLE[start : data.draw(st.integers(start, len(ARTICLE)))])


def people(count: int) -> str:
    """Return a text with ever new names."""
    draw = random.Random(count)
    syllables = ("ba", "di", "ku", "la", "mo", "ne", "ri", "sa", "tu", "wi")
    names = ["".join(draw.choices(syllables, k=3)).title() for _ in range(2 * count)]
    pairs = zip(names[::2], names[1::2], strict=True)
    return " ".join(f"{first} {last} mengatakan setuju kepada Camat {last} {first}." for first, last in pairs)


def seconds(text: str) -> float:
    begin = time.perf_counter()
    EXTRACTOR.extract(text)
    return time.perf_counter() - begin


@pytest.mark.parametrize("unit", GROWING.values(), ids=GROWING.keys())
def test_twice_the_text_is_twice_the_work(unit: str) -> None:
    once = unit * max(2, 3_000 // len(unit))
    assert work(EXTRACTOR.extract, once * 2) < 2.6 * work(EXTRACTOR.extract, once) + 2_000


def test_twice_the_people_are_twice_the_work() -> None:
    assert work(EXTRACTOR.extract, people(200)) < 2.6 * work(EXTRACTOR.extract, people(100))


@pytest.mark.parametrize("unit", GROWING.values(), ids=GROWING.keys())
def test_four_times_the_text_takes_no_sixteen_times_as_long(unit: str) -> None:
    """See what the calls don't tell: loops that call nothing. The bound is wide, for the machine may be busy."""
    once = unit * (15_000 // len(unit))
    assert any(seconds(once * 4) < 8 * seconds(once) + 0.02 for _ in range(3))
