"""Who said what: rows of cases/quotes.jsonl, verbs of speaking, generated news, and what holds for any text."""

from __future__ import annotations

import json
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counting import work
from marking import marked
from netralitas_nlp import Article, Extractor, QuoteKind
from netralitas_nlp._rules import builtin

EXTRACTOR = Extractor()
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "quotes.jsonl").read_text(encoding="utf-8").splitlines()
]
VERBS = tomllib.loads(builtin("speech.toml").read_text(encoding="utf-8"))["verb"]
SPEAKER = "Ulfan Rombela"


def _shown(text: str) -> list[dict[str, Any]]:
    article = EXTRACTOR.extract(text)
    names = {person.id: person.name for person in article.people}
    return [
        {
            "kind": quote.kind.value,
            "speaker": names[quote.speaker] if quote.speaker else None,
            "speaker_text": quote.speaker_text,
            "cue": quote.cue,
            "part_of": quote.part_of,
            "span": tuple(quote.span),
        }
        for quote in article.quotes
    ]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["id"], marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [])
        for case in CASES
    ],
)
def test_cases(case: dict[str, Any]) -> None:
    """What a row leaves out is direct, has no known speaker and continues nothing; other keys are then not compared."""
    text, spans = marked(case["text"])
    found = _shown(text)
    assert [quote["span"] for quote in found] == spans
    for quote, expected in zip(found, case["expect"], strict=True):
        row = {"kind": "direct", "speaker": None, "part_of": None, **expected}
        assert {key: quote[key] for key in row} == row


def test_rows_are_in_order() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))
    assert sum(not case["expect"] for case in CASES) >= 80
    for case in CASES:
        assert len(marked(case["text"])[1]) == len(case["expect"]), case["id"]
        assert case.keys() <= {"id", "text", "expect", "xfail"}


def test_rows_cut_anywhere_keep_their_order() -> None:
    for case in CASES[::4]:
        text, _ = marked(case["text"])
        for i, char in enumerate(text):
            if not char.isalnum():
                check(text[: i + 1])
                check(text[i:])


# -- verbs of speaking -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", VERBS, ids=[row["id"] for row in VERBS])
def test_every_form_of_a_verb(verb: dict[str, Any]) -> None:
    for word in verb.get("bare", ()):
        direct = {"kind": "direct", "cue": word, "speaker": SPEAKER, "speaker_text": SPEAKER}
        [quote] = _shown(f"“Semua pegawai harus netral,” {word} {SPEAKER}.")
        assert quote.items() >= direct.items(), word
        [_, second] = _shown(f"“Kami siap,” kata {SPEAKER}. “Semua harus netral,” {word}nya.")
        assert second.items() >= {**direct, "cue": f"{word}nya", "speaker_text": None}.items(), word
    for word in verb.get("passive", ()):
        found = _shown(f"“Semua pegawai harus netral,” demikian {word} {SPEAKER}.")
        if verb["class"] == "source":
            continue  # who is cited for it may be a newspaper
        assert [quote["speaker"] for quote in found] == [SPEAKER], word
        [_, second] = _shown(f"“Kami siap,” kata {SPEAKER}. {word.capitalize()}nya, semua pegawai harus netral.")
        assert second.items() >= {"kind": "indirect", "cue": f"{word}nya".capitalize(), "speaker": SPEAKER}.items()
        [quote] = _shown(f"Lalu {word} {SPEAKER}, semua pegawai harus netral.")
        assert quote.items() >= {"kind": "indirect", "cue": word, "speaker": SPEAKER}.items(), word
        assert _shown(f"Hal itu {word} {SPEAKER} saat membuka rapat.") == [], word
        assert _shown(f"Hal itu {word} oleh {SPEAKER} saat membuka rapat.") == [], word
    content = verb.get("content", "clause")
    for word in verb.get("active", ()):
        indirect = {"kind": "indirect", "cue": word, "speaker": SPEAKER, "speaker_text": SPEAKER}
        found = _shown(f"{SPEAKER} {word} bahwa semua pegawai harus netral.")
        assert [quote["kind"] for quote in found] == ["indirect"] * (content != "none"), word
        assert all(quote.items() >= indirect.items() for quote in found), word
        found = _shown(f"{SPEAKER} {word} semua pegawai harus netral.")
        assert [quote["kind"] for quote in found] == ["indirect"] * (content in {"clause", "open"}), word
        assert _shown(f"{SPEAKER} tidak {word} bahwa semua pegawai harus netral.") == [], word
        assert _shown(f"Peraturan itu {word} bahwa semua pegawai harus netral.") == [], word
        if verb["class"] == "document":
            continue
        [quote] = _shown(f"{SPEAKER} {word}: “Semua pegawai harus netral.”")
        assert quote.items() >= {**indirect, "kind": "direct"}.items(), word


# -- generated news ----------------------------------------------------------------------------------------------------


class Tagged(NamedTuple):
    """A sentence with one quotation, or statement, and the speaker whom it names."""

    text: str
    quotes: list[tuple[str, str, str]]


STYLES = {
    "curly": ("“", "”"),
    "straight": ('"', '"'),
    "right": ("”", "”"),
    "left": ("“", "“"),
    "right, with a blank": ("” ", "”"),
    "low": ("„", "“"),
    "guillemets": ("«", "»"),
    "doubled singles": ("‘’", "’’"),
    "doubled straight singles": ("''", "''"),
    "backticks": ("``", "''"),
    "singles": ("‘", "’"),
    "mixed": ("“", '"'),
}
SAID = (
    "Kami siap menjaga suasana", "Semua pegawai harus netral", "Jangan memihak siapa pun", "Awasi bersama dana desa",
    "Tidak ada toleransi bagi pelanggar", "Laporkan bila ada pelanggaran di lapangan", "Logistik tiba pekan depan",
    "Kita bekerja sampai masa cuti usai", "Pada Jum'at itu pun kami melayani warga",
)  # fmt: skip
STATED = (
    "semua pegawai harus netral", "logistik sudah tiba di gudang", "dana itu belum cair", "warga mulai mengungsi",
    "tidak ada pegawai yang melanggar", "jalan itu akan diperbaiki tahun depan",
)  # fmt: skip
PEOPLE = {
    "Rusdi Halim": "Camat Kelay",
    "Marlina Hasni": "Ketua KPU Berau",
    "Yosef Karto": "Bupati Berau",
    "Wartini Lesmana": "Kepala Dinas Sosial Berau",
    "Bintoro Siregar": "Kapolsek Kelay Iptu",
}
BETWEEN = (
    "", "Rapat itu diikuti 40 peserta.", "Kegiatan berlangsung tertib sampai sore.",
    "Pos jaga ditambah di lima kecamatan.", "Peserta lalu menandatangani naskah ikrar.",
)  # fmt: skip
VERB = st.sampled_from(
    ["kata", "ujar", "ucap", "tutur", "ungkap", "tegas", "jelas", "papar", "tambah", "imbuh", "pungkas"]
)
ACTIVE = st.sampled_from(["mengatakan", "menyatakan", "menegaskan", "menjelaskan", "menyebut", "mengungkapkan"])
WHEN = st.sampled_from(
    ["", ", Senin", ", Selasa (1/10/2024)", " di Tanjung Redeb", " usai rapat", " saat ditemui di kantornya, Rabu",
     " kepada wartawan", " dalam sambutannya", " dikutip dari laman resmi, Kamis"]
)  # fmt: skip


@st.composite
def articles(draw: st.DrawFn, styles: st.SearchStrategy[str]) -> Tagged:
    """Draw an article: its marks are of one style, and people speak in every form, each by name at first."""
    opening, closing = STYLES[draw(styles)]
    news: list[str] = []
    quotes: list[tuple[str, str, str]] = []
    known: set[str] = set()
    last = ""

    def name(who: str) -> str:
        forms = [who, f"{PEOPLE[who]} {who}", f"{who}, {PEOPLE[who].removesuffix(' Iptu')},"]
        form = draw(st.sampled_from(forms[:2] if who not in known else [who, who.split()[0]]))
        known.add(who)
        return form

    for _ in range(draw(st.integers(1, 8))):
        said, stated = draw(st.sampled_from(SAID)), draw(st.sampled_from(STATED))
        verb, active, when = draw(VERB), draw(ACTIVE), draw(WHEN)
        who = draw(st.sampled_from(sorted(PEOPLE)))
        end = draw(st.sampled_from([",", "!", "?"]))
        quoted = f"{opening}{said}{end}{closing}"
        patterns = ["tag", "tag", "tag name first", "lead", "that", "according"]
        if last:
            patterns += ["nya", "nya", "dia", "ia", "menurutnya", "middle"]
        pattern = draw(st.sampled_from(patterns))
        if pattern in {"nya", "dia", "ia", "menurutnya", "middle"}:
            who = last
        match pattern:
            case "tag":
                news.append(f"{quoted} {verb} {name(who)}{when}.")
            case "tag name first":
                quoted = f"{opening}{said},{closing}"
                end = ","
                news.append(f"{quoted} {name(who)} {active}.")
            case "lead":
                end = "."
                news.append(f"{name(who)} {active}, {opening}{said}.{closing}")
            case "nya":
                news.append(f"{quoted} {verb}nya{when}.")
            case "dia":
                news.append(f"{quoted} {verb} dia{when}.")
            case "that":
                news.append(f"{name(who)} {active} bahwa {stated}.")
            case "according":
                news.append(f"Menurut {name(who)}, {stated}.")
            case "ia":
                news.append(f"Ia {active} {stated}.")
            case "menurutnya":
                news.append(f"Menurutnya, {stated}.")
            case "middle":
                stated = f"Hal itu, {draw(VERB)} dia, berlaku bagi semua pegawai"
                news.append(f"{stated}.")
        direct = pattern in {"tag", "tag name first", "lead", "nya", "dia"}
        quotes.append(("direct", said + end, who) if direct else ("indirect", stated, who))
        last = who
        # what follows a full stop and its mark at once may still be read as a tag: a gap that the rows hold
        news.append(draw(st.sampled_from(BETWEEN[pattern == "lead" :])))
        news.append(draw(st.sampled_from(["", "\n\n"])))
    return Tagged("Rapat digelar di aula kantor bupati.\n\n" + " ".join(part for part in news if part), quotes)


def _found(text: str) -> list[tuple[str, str, str | None]]:
    article = check(text)
    names = {person.id: person.name for person in article.people}
    return [(quote.kind.value, quote.text, names.get(quote.speaker or "")) for quote in article.quotes]


@given(articles(st.sampled_from(sorted(STYLES))))
def test_generated_news_is_read_in_full(article: Tagged) -> None:
    assert _found(article.text) == article.quotes


# -- any text ----------------------------------------------------------------------------------------------------------


def check(text: str) -> Article:
    """Check what holds for the quotes of any text."""
    article = EXTRACTOR.extract(text)
    people = {person.id for person in article.people}
    quotes = article.quotes
    spans = [quote.span for quote in quotes]
    assert spans == sorted(spans)
    for i, quote in enumerate(quotes):
        assert quote.text == text[quote.span.start : quote.span.end]
        assert quote.text.strip() == quote.text != ""
        assert quote.speaker is None or quote.speaker in people
        assert quote.part_of is None or 0 <= quote.part_of < i
        assert quote.rule
        assert quote.speaker_text is None or quote.speaker_text.strip()
        assert quote.cue is None or quote.cue in text
        if quote.kind is QuoteKind.INDIRECT:
            assert quote.cue
            assert quote.part_of is None
        if article.headline:
            assert quote.span.start >= article.headline.span.end
    for before, after in pairwise(spans):
        assert before.end <= after.start
    return article


_PIECES = st.sampled_from(
    [
        "“", "”", '"', "'", "‘", "’’", "''", "«", "&quot;", "Rusdi Halim", "Marlina", "Camat Kelay", "KPU Berau",
        "kata ", "ujarnya", "katanya,", " mengatakan ", "bahwa ", "agar ", "Menurut ", "menurutnya", "seraya ",
        "menambahkan ", "dia", "Ia ", " itu", "Hal itu ", "disampaikan ", "demikian ", "saat ", "yang ", "tidak ",
        "pegawai ", "harus ", "netral", ", ", ". ", ": ", "\n", "\n\n", "(", ")", " – ", "Baca Juga: ", "Senin (7/10)",
        "seorang warga", "Dikatakan", "lanjut ", "meminta ", "mengaku ", "!", "?",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=60).map("".join), st.lists(_PIECES, max_size=60).map(" ".join)))
def test_any_text(text: str) -> None:
    check(text)


@given(articles(st.sampled_from(sorted(STYLES))), st.data())
def test_news_cut_anywhere(article: Tagged, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(article.text)))
    check(article.text[start : data.draw(st.integers(start, len(article.text)))])


@given(articles(st.sampled_from(sorted(STYLES))), st.data())
def test_news_without_some_of_its_marks(article: Tagged, data: st.DataObject) -> None:
    marks = frozenset("“”„«»\"'‘’`")
    kept = [char for char in article.text if char not in marks or data.draw(st.integers(0, 9))]
    check("".join(kept))


def test_pipe_reads_as_extract_does() -> None:
    texts = [marked(case["text"])[0] for case in CASES[::5]]
    assert [article.quotes for article in EXTRACTOR.pipe(texts)] == [EXTRACTOR.extract(t).quotes for t in texts]
    assert list(EXTRACTOR.pipe(texts)) == [EXTRACTOR.extract(text) for text in texts]


@pytest.mark.parametrize(
    "unit",
    [
        *("kata ", "katanya ", "katanya, ", "kata Rusdi Halim, ", "mengatakan juga ", "juga mengatakan "),
        *("Menurut ", "menurut juga ", "seraya menambahkan ", "itu ini ", "kata seorang warga itu ", "bahwa agar "),
        *("“Kami siap menjaga suasana.” ", "“Kami, kata ", "tulisan itu “Kami siap maju.” ", "disebut Rusdi bisa "),
        *("tegas ", "lanjut "),
    ],
)
def test_twice_the_cues_are_twice_the_work(unit: str) -> None:
    assert work(EXTRACTOR.extract, unit * 2_000) < 2.5 * work(EXTRACTOR.extract, unit * 1_000)
