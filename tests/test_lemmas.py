"""Attested lemmas go before the trained ones, and their table survives every journey."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from netralitas_nlp.lemmas import FILE, TAGS, AttestedLemmas, Row, read_rows, write_rows

ROWS = [
    ("anggota", "", "anggota"),
    ("berikut", "", "ikut"),
    ("berikut", "ADP", "berikut"),
    ("kira-kira", "", "kira-kira"),
    ("pembangunan", "NOUN", "bangun"),
    ("pegawai", "NOUN", "pegawai"),
]
#: Words as they may stand in a column: no lone surrogates, no tabs, no line breaks.
_WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t\r\n"), min_size=1, max_size=8)
_LOW = _WORDS.map(str.lower).filter(lambda word: word == word.lower())
TABLES = st.dictionaries(st.tuples(_LOW, st.sampled_from(["", *sorted(TAGS)])), _WORDS, max_size=8).map(
    lambda table: sorted(Row(*key, lemma) for key, lemma in table.items())
)


def attested(*rows: tuple[str, str, str], whole: tuple[str, ...] = ()) -> AttestedLemmas:
    lemmas = AttestedLemmas(whole=whole)
    lemmas.set_rows(rows)
    return lemmas


def pipeline() -> Language:
    nlp = spacy.blank("id")
    component = nlp.add_pipe("netralitas_lemmas", config={"whole": ["PROPN"]})
    cast(AttestedLemmas, component).set_rows(ROWS)
    return nlp


LEMMAS = attested(*ROWS, whole=("PROPN",))


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("pembangunan", "NOUN", "bangun"),
        ("Pembangunan", "NOUN", "bangun"),
        ("pembangunan", "VERB", ""),
        ("pembangunan", "", ""),
        ("Pembangunan", "PROPN", "pembangunan"),
        ("berikut", "ADP", "berikut"),
        ("berikut", "VERB", "ikut"),
        ("Berikut", "", "ikut"),
        ("Berikut", "PROPN", "berikut"),
        ("anggota-anggota", "NOUN", "anggota"),
        ("Pegawai-pegawai", "NOUN", "pegawai"),
        ("pegawai-pegawai", "VERB", ""),
        ("kira-kira", "ADV", "kira-kira"),
        ("anggota-pegawai", "NOUN", ""),
        ("anggota-anggota-anggota", "NOUN", ""),
        ("-", "PUNCT", ""),
        ("", "", ""),
        ("sayur", "NOUN", ""),
    ],
)
def test_what_decides(form: str, tag: str, lemma: str) -> None:
    assert LEMMAS.lemma(form, tag) == lemma


def test_the_table_goes_before_the_trained_lemmas_and_leaves_the_others() -> None:
    words = ["Pembangunan", "gedung", "anggota-anggota", "Delang", "\n", "pembangunan"]
    doc = Doc(
        spacy.blank("id").vocab,
        words=words,
        pos=["NOUN", "NOUN", "NOUN", "PROPN", "SPACE", "X"],
        lemmas=["pembangun", "gedung!", "anggota-anggota", "lang", "\n", ""],
    )
    assert LEMMAS(doc) is doc
    assert [token.lemma_ for token in doc] == ["bangun", "gedung!", "anggota", "delang", "\n", ""]


def test_an_empty_table_says_nothing() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("netralitas_lemmas")
    assert [token.lemma_ for token in nlp("Anggota hadir")] == ["", ""]


def test_what_it_needs() -> None:
    analysis = pipeline().analyze_pipes() or {}
    assert analysis["summary"]["netralitas_lemmas"]["assigns"] == ["token.lemma"]
    assert analysis["problems"] == {"netralitas_lemmas": ["token.pos"]}


def through_bytes(lemmas: AttestedLemmas) -> AttestedLemmas:
    return AttestedLemmas(whole=["PROPN"]).from_bytes(lemmas.to_bytes())


def through_pickle(lemmas: AttestedLemmas) -> AttestedLemmas:
    return cast(AttestedLemmas, pickle.loads(pickle.dumps(lemmas)))


@pytest.mark.parametrize("journey", [through_bytes, through_pickle, copy.deepcopy])
def test_the_table_survives(journey: Callable[[AttestedLemmas], AttestedLemmas]) -> None:
    again = journey(LEMMAS)
    assert again.rows == sorted(ROWS)
    assert again.lemma("Delang", "PROPN") == "delang"


def test_a_pipeline_on_disk(tmp_path: Path) -> None:
    pipeline().to_disk(tmp_path / "alur")
    file = tmp_path / "alur" / "netralitas_lemmas" / FILE
    assert file.read_bytes().decode() == "".join(f"{form}\t{tag}\t{lemma}\n" for form, tag, lemma in sorted(ROWS))
    again = spacy.load(tmp_path / "alur")
    assert cast(AttestedLemmas, again.get_pipe("netralitas_lemmas")).rows == sorted(ROWS)
    assert [token.lemma_ for token in again("Anggota berikut")] == ["anggota", "ikut"]


def test_a_pipeline_as_bytes() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("netralitas_lemmas")
    nlp.from_bytes(pipeline().to_bytes())
    assert nlp("berikut")[0].lemma_ == "ikut"


@given(TABLES)
def test_any_table_comes_back(rows: list[Row]) -> None:
    lemmas = attested(*rows)
    data = lemmas.to_bytes()
    assert lemmas.rows == AttestedLemmas().from_bytes(data).rows == rows
    assert AttestedLemmas().from_bytes(data.replace(b"\n", b"\r\n")).rows == rows
    assert all(lemmas.lemma(row.form, row.tag) == row.lemma for row in rows)


def test_a_file_of_rows(tmp_path: Path) -> None:
    write_rows(reversed(ROWS), tmp_path / "rows.tsv")
    assert read_rows(tmp_path / "rows.tsv") == sorted(ROWS)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"berikut\tADP", "form, tag and lemma are 3 columns, not 2"),
        (b"berikut\tADP\tikut\t1", "form, tag and lemma are 3 columns, not 4"),
        (b"berikut\tADP\t", "no lemma"),
        (b"\tADP\tikut", "no form"),
        (b"Berikut\tADP\tikut", "the form 'Berikut' is not in lower case"),
        (b"berikut\tKATA\tikut", "'KATA' is no part of speech"),
        (b"anggota\t\tgota", "'anggota'  is 'anggota' in an earlier row and 'gota' here"),
        (b"a\rb\t\ta", "a tab or a line break in a column"),
        (b"\xff\t\ta", "not UTF-8"),
    ],
)
def test_a_bad_row_is_told_with_its_place(line: bytes, problem: str, tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_bytes(b"anggota\t\tanggota\n\n" + line + b"\n")
    lemmas = attested(*ROWS)
    with pytest.raises(ValueError, match="lemmas") as error:
        lemmas.from_disk(tmp_path)
    assert f"{file}:3: {problem}" in str(error.value)
    with pytest.raises(ValueError, match=f"{FILE}:3: "):
        lemmas.from_bytes(file.read_bytes())
    assert lemmas.rows == sorted(ROWS), "what was there stays"


def test_all_bad_rows_are_told_but_not_without_end() -> None:
    with pytest.raises(ValueError, match=r"row 2: no lemma\nrow 3: no form$"):
        AttestedLemmas().set_rows([("a", "", "a"), ("b", "", ""), ("", "", "c")])
    with pytest.raises(ValueError, match=r"row 10: no lemma\nand 90 more$"):
        AttestedLemmas().set_rows([("a", "", "")] * 100)


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="lemmas"):
        AttestedLemmas().from_disk(tmp_path)


def test_a_part_of_speech_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="whole of the component 'lema': no parts of speech: KATA"):
        spacy.blank("id").add_pipe("netralitas_lemmas", name="lema", config={"whole": ["KATA", "NOUN"]})


def test_a_program_that_imports_nothing_of_ours() -> None:
    code = """
import sys, spacy
nlp = spacy.blank("xx")
nlp.add_pipe("netralitas_lemmas").set_rows([("mengikuti", "", "ikut")])
print(nlp("Mengikuti")[0].lemma_, "netralitas_nlp.extractor" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["ikut", "False"]


def test_the_rows_say_what_the_attested_lemmas_say() -> None:
    pytest.importorskip("sklearn")
    import trees

    def sentence(*words: tuple[str, str, str]) -> trees.Sentence:
        return trees.Sentence([trees.Word(form, lemma, tag, "", 0, "", True) for form, tag, lemma in words])

    known = trees.Lemmas(
        [sentence(("Menulis", "VERB", "tulis"), ("sebagai", "ADP", "sebagai"), ("sekali", "ADV", "sekali"))],
        [sentence(("sebagai", "NOUN", "bagai"), ("bukunya", "NOUN", "Buku"), ("rumah-rumah", "NOUN", "rumah-rumah"))],
        {"sekali": "kali", "ditulis": "tulis"},
    )
    lemmas = attested(*known.rows(), whole=trees.WHOLE)
    forms = {"menulis", "sebagai", "sekali", "bukunya", "rumah-rumah", "ditulis", "ditulis-ditulis", "entah"}
    asked = [trees.Word(form, "", tag, "", 0, "", True) for form in sorted(forms) for tag in sorted(TAGS)]
    assert [lemmas.lemma(word.form, word.tag) for word in asked] == [known.of(word) for word in asked]
    assert ("ditulis", "", "tulis") in lemmas.rows
