from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import biluo
import pfsa
from netralitas_nlp.types import Article, Person, Quote, QuoteKind, Span

#: Invented, in the form of the corpus: tokens, some with a label, a line for each segment.
SNIPPET = """\
AMBAWANG , KOMPAS — Kebun|B-ISSUE bibit|I-ISSUE dibuka|L-ISSUE , Senin ( 5 / 10 / 2020 ) .
Kepala|U-ROLE Dinas|B-AFFILIATION Taman|L-AFFILIATION Rukmini|B-PERSON Sastro|L-PERSON bilang , cukup . ”|B-STATEMENT
Bibitnya|I-STATEMENT 1,5|I-STATEMENT ton|I-STATEMENT .|I-STATEMENT
Ambil|I-STATEMENT saja|I-STATEMENT ,|I-STATEMENT ”|L-STATEMENT kata|U-CUE Rukmini|U-PERSONCOREF . ”
Saya mau , ” ujar Wagiyo , pembeli . ”|B-STATEMENT
Besok|I-STATEMENT lagi|I-STATEMENT ,|I-STATEMENT ”|L-STATEMENT katanya|U-CUECOREF .
Acara bertajuk ” Hari Bibit ” itu usai .
"""


RUKMINI = pfsa.Speaker("short name", frozenset(["rukmini", "sastro"]), frozenset(["rukmini"]))


def segments(snippet: str = SNIPPET) -> list[biluo.Segment]:
    rows = [[pair.partition("|") for pair in line.split()] for line in snippet.splitlines()]
    return [[(token, label or "O") for token, _, label in row] for row in rows]


def article(text: str, quotes: tuple[Quote, ...] = (), people: tuple[Person, ...] = ()) -> Article:
    return Article(id=None, text=text, quotes=quotes, people=people)


def direct(text: str, words: str, person: str | None = None, named: str | None = None) -> Quote:
    start = text.index(words)
    span = Span(start, start + len(words))
    return Quote(span=span, text=words, kind=QuoteKind.DIRECT, speaker=person, speaker_text=named)


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("Rapat , Senin ( 5 / 10 / 2020 ) .", "Rapat, Senin (5/10/2020)."),
        ("Covid - 19 di jalur Kutoarjo - Solo", "Covid-19 di jalur Kutoarjo-Solo"),
        ("KOTA , KOMPAS - Hujan", "KOTA, KOMPAS - Hujan"),
        ("KOTA , KOMPAS — Hujan", "KOTA, KOMPAS — Hujan"),
        ("harga Rp 482,5 juta ; naik 3 %", "harga Rp 482,5 juta; naik 3%"),
        ("traffic cone -nya hilang", "traffic cone-nya hilang"),
        ("Usai . ” Mari , ” ajak dia .", "Usai. ”Mari,” ajak dia."),
        ("ia bilang , “ Mari . ” Lalu pergi", "ia bilang, “Mari.” Lalu pergi"),
        ("Mari , ” kata dia . ” Ayo . ”", "Mari,” kata dia. ”Ayo.”"),
        ("” Ada ’ pasar ’ baru , ” katanya", "”Ada ’pasar’ baru,” katanya"),
        ("“ Satu . “ Dua , ” ujar Wagiyo", "“Satu. “Dua,” ujar Wagiyo"),
        ("[ * ] ( baru )", "[*] (baru)"),
        ("", ""),
    ],
)
def test_blanks(tokens: str, text: str) -> None:
    found, spans = biluo.detokenize(tokens.split())
    assert found == text
    assert [found[start:end] for start, end in spans] == tokens.split()


@pytest.mark.parametrize("lines", [False, True])
def test_every_token_slices_back(lines: bool) -> None:
    document = pfsa.document(segments())
    text, spans = document.text(lines)
    assert [text[start:end] for start, end in spans] == list(document.tokens)
    assert "".join(text.split()) == "".join(document.tokens)
    assert ("\n" in text) is lines


def test_lines_keep_quotations_whole() -> None:
    text, _ = pfsa.document(segments()).text(lines=True)
    assert "\n”Bibitnya 1,5 ton. Ambil saja,” kata Rukmini.\n”Saya mau" in text


def test_a_lost_mark_does_not_turn_the_rest() -> None:
    tokens = ["”", "Mari", ",", *["kata"] * 300, ".", *["”", "Ayo", ",", "”", "kata", "dia", "."]]
    assert biluo.mark_roles(tokens) == {0: "open", 304: "open", 307: "close"}


def test_labels_become_runs() -> None:
    assert biluo.labelled(["O", "B-A", "I-A", "L-A", "U-B", "B-A", "O", "I-A", "I-B"]) == [
        (1, 4, "A"),
        (4, 5, "B"),
        (5, 6, "A"),
        (7, 8, "A"),
        (8, 9, "B"),
    ]


def test_files_are_read_by_segments(tmp_path: Path) -> None:
    path = tmp_path / "corpus.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\nSatu\tO\nDua\tU-CUE\n\n\nTiga\tO\n")
    assert biluo.segments(path) == [[("Satu", "O"), ("Dua", "U-CUE")], [("Tiga", "O")]]


def test_articles_begin_at_datelines_and_titles() -> None:
    titled = [[("Panen", "U-ISSUE"), ("tiba", "O")]]
    filler = [[("Hujan", "O"), (".", "O")]] * 9
    assert [len(found) for found in biluo.articles([*segments(), *segments()])] == [7, 7]
    assert [len(found) for found in biluo.articles([*titled, *filler, *titled, *filler])] == [10, 10]
    assert [len(found) for found in biluo.articles([*titled, *titled])] == [2]


def test_speakers_are_read_from_the_tags() -> None:
    document = pfsa.document(segments())
    statements = [run for run in document.runs if run.label == "STATEMENT"]
    found = [pfsa.speaker(document, run) for run in statements]
    assert [(tag.kind, set(tag.names)) for tag in found] == [
        ("short name", {"rukmini", "sastro"}),
        ("katanya", {"rukmini", "sastro"}),
    ]


@pytest.mark.parametrize(
    ("before", "tag", "names"),
    [
        ("Presiden|U-ROLE Joko|B-PERSON Susilo|L-PERSON tiba", "kata|U-CUE Presiden|U-PERSONCOREF", "joko susilo"),
        ("Presiden|U-ROLE Joko|B-PERSON Susilo|L-PERSON tiba", "kata|U-CUE Jokowi|U-PERSONCOREF", "joko susilo"),
        ("Wakil|B-ROLE Presiden|L-ROLE Joko|U-PERSON tiba", "kata|U-CUE Presiden|U-PERSONCOREF", ""),
        ("Rukmini|U-PERSON tiba", "kata|U-CUE dia|U-PERSONCOREF", "rukmini"),
        ("Rukmini|U-PERSON tiba . Wagiyo|U-PERSON pergi", "kata|U-CUE Rukmini|U-PERSONCOREF", "rukmini"),
        ("Wagiyo|U-PERSON tiba . Rukmini|U-PERSON menunggu Wagiyo", "katanya|U-CUECOREF", ""),
        ("Rukmini|U-PERSON tiba . Wagiyo pergi", "katanya|U-CUECOREF", "rukmini"),
        ("", "katanya|U-CUECOREF", ""),
        ("", "ujar|U-CUE Ketua|U-ROLE Dewan|U-AFFILIATION Komisaris|B-PERSON Rukmini|L-PERSON", "rukmini"),
        ("", "ujar|U-CUE Ketua|U-ROLE . Wagiyo|U-PERSON", ""),
        ("Rukmini|U-PERSON berkata :", "lalu pergi", ""),
    ],
)
def test_who_is_meant(before: str, tag: str, names: str) -> None:
    document = pfsa.document(segments(f"{before} ”|B-STATEMENT Mari|I-STATEMENT ”|L-STATEMENT {tag} ."))
    statement = next(run for run in document.runs if run.label == "STATEMENT")
    assert pfsa.speaker(document, statement).names == frozenset(names.split())


def test_speech_without_a_label_is_set_aside() -> None:
    document = pfsa.document(segments())
    [aside] = pfsa.unlabelled_speech(document, frozenset(["kata", "ujar"]))
    assert document.tokens[slice(*aside)] == ("Saya", "mau")


def test_counts() -> None:
    document = pfsa.document(segments())
    people = (Person(id="p1", name="Rukmini Sastro"), Person(id="p2", name="Wagiyo"))

    def read(text: str) -> Article:
        quotes = (
            direct(text, "Bibitnya 1,5 ton. Ambil saja,", "p1", "Rukmini"),
            direct(text, "Saya mau,", "p2", "Wagiyo"),
            direct(text, "Besok lagi,", "p2", "-nya"),
            direct(text, "Hari Bibit"),
        )
        return article(text, quotes, people)

    counted = pfsa.count(document, read, frozenset(["kata", "ujar"]))
    scores = pfsa.figures([counted])
    assert {name: round(scores[name], 3) for name in pfsa.ROWS} == {
        "F1": 0.8,
        "precision": 0.667,
        "recall": 1.0,
        "exact": 0.8,
        "tokens": 0.875,
        "joined": 0.8,
        "strict precision": 0.5,
        "strict F1": 0.667,
        "strict best": 0.8,
        "speaker": 0.5,
        "speaker by id": 0.5,
        "speaker of all": 0.5,
    }
    assert [name for name, _ in counted.errors] == ["spurious: up to four words", "speaker, katanya: another person"]


def test_pairs_are_one_to_one_and_the_best_first() -> None:
    assert pfsa.matched([(0, 10), (20, 30)], [(0, 4), (1, 10), (0, 9), (22, 40)]) == [(0, 1)]
    assert pfsa.matched([(0, 10)], []) == []


@pytest.mark.parametrize(
    ("gold", "person", "named", "right"),
    [
        (pfsa.Speaker("katanya", frozenset(["joko", "susilo"])), "Jokowi", "-nya", True),
        (RUKMINI, "Wagiyo", "Rukmini", False),
        (RUKMINI, None, "Rukmini", True),
        (pfsa.Speaker("office or body", frozenset(), frozenset(["gubernur"])), None, "Gubernur", True),
        (pfsa.Speaker("office or body", frozenset(), frozenset(["gubernur"])), None, "dia", False),
        (pfsa.Speaker("katanya", frozenset(["rukmini", "sastro"])), None, None, False),
    ],
)
def test_who_is_right(gold: pfsa.Speaker, person: str | None, named: str | None, right: bool) -> None:
    people = (Person(id="p1", name=person),) if person else ()
    text = "Mari kita mulai"
    quote = direct(text, "kita", "p1" if person else None, named)
    assert pfsa.is_right(gold, quote, article(text, (quote,), people)) is right
