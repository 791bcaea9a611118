"""Stanza as an engine. Only the columns are tested where Stanza is not installed."""

from __future__ import annotations

import os
import pickle
import shutil
import socket
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from netralitas_nlp import extract
from netralitas_nlp._alignment import Columns, align

BLANK = spacy.blank("id")
HERE = Path(__file__).parent
SENTENCES = HERE / "data/sentences.conllu"
TRAIN = HERE.parent / "models/stanza/train.py"
ARTICLE = """ Pjs Bupati Lamandau Ajak ASN Netral

NANGA BULIK – Pjs Bupati Lamandau, Hernowo Saputra, membuka  rapatnya, Senin (7/10/2024).
"Kami menjaga netralitas," kata Hernowo.\tIa mengatakannya kemarin. """


def row(number: int | tuple[int, int], text: str, start: int | None = None, **known: Any) -> dict[str, Any]:
    """Make a row; a token stands at `start`, a word inside one has no offsets."""
    place = {} if start is None else {"start_char": start, "end_char": start + len(text)}
    return {"id": number, "text": text, **place, **known}


def check(columns: Columns, text: str) -> Doc:
    """Make a ``Doc`` of columns that say something of every token, and of trees that are ones."""
    starts = None if columns.heads else columns.sent_starts
    doc = Doc(
        BLANK.vocab, columns.words, columns.spaces, pos=columns.pos, tags=columns.tags, morphs=columns.morphs,
        lemmas=columns.lemmas, heads=columns.heads, deps=columns.deps, sent_starts=starts,
    )  # fmt: skip
    assert doc.text == text
    assert [token.is_sent_start for token in doc] == columns.sent_starts
    return doc


def test_a_token_of_several_words_is_cut() -> None:
    text = "Rapatnya  usai."
    rows = [
        row((1, 2), "Rapatnya", 0),
        row(1, "Rapat", upos="NOUN", lemma="rapat", head=3, deprel="nsubj", feats="Number=Sing"),
        row(2, "nya", upos="PRON", lemma="_", head=1, deprel="nmod:poss", feats="_"),
        row(3, "usai", 10, upos="VERB", lemma="usai", head=0, deprel="root"),
        row(4, ".", 14, upos="PUNCT", lemma=".", head=3, deprel="punct"),
    ]
    columns = align(text, [rows])
    assert columns.words == ["Rapat", "nya", " ", "usai", "."]
    assert columns.spaces == [False, True, False, False, False]
    assert columns.pos == ["NOUN", "PRON", "SPACE", "VERB", "PUNCT"]
    assert columns.lemmas == ["rapat", "nya", " ", "usai", "."]
    assert columns.heads == [3, 0, 1, 3, 3]
    assert columns.deps == ["nsubj", "nmod:poss", "dep", "ROOT", "punct"]
    assert columns.morphs == ["Number=Sing", "", "", "", ""]
    assert columns.tags is None
    assert not columns.joined
    check(columns, text)


def test_case_does_not_keep_a_token_whole() -> None:
    assert align("RAPATNYA", [[row((1, 2), "RAPATNYA", 0), row(1, "rapat"), row(2, "nya")]]).words == ["RAPAT", "NYA"]


def test_a_token_that_is_not_its_words_stays_whole() -> None:
    text = "Dia takkan hadir"
    rows = [
        row(1, "Dia", 0, upos="PRON", head=4, deprel="nsubj"),
        row((2, 3), "takkan", 4),
        row(2, "tak", upos="PART", head=3, deprel="advmod"),
        row(3, "akan", upos="AUX", head=4, deprel="aux"),
        row(4, "hadir", 11, upos="VERB", head=0, deprel="root"),
    ]
    columns = align(text, [rows])
    assert columns.words == ["Dia", "takkan", "hadir"]
    assert columns.pos == ["PRON", "AUX", "VERB"]
    assert columns.heads == [2, 2, 2]
    assert columns.joined == [(4, 10, ["tak", "akan"])]
    bare = [{key: value for key, value in found.items() if key in {"id", "text", "start_char", "end_char"}}
            for found in rows]  # fmt: skip
    assert align(text, [bare]).words == columns.words


def test_sentences_without_trees() -> None:
    text = " \nAda.\n\nTidak ada. "
    columns = align(text, [
        [row(1, "Ada", 2), row(2, ".", 5)], [row(1, "Tidak", 8), row(2, "ada", 14), row(3, ".", 17)],
    ])  # fmt: skip
    assert columns.words == [" \n", "Ada", ".", "\n\n", "Tidak", "ada", "."]
    assert columns.sent_starts == [True, False, False, False, True, False, False]
    assert (columns.heads, columns.pos, columns.lemmas) == (None, None, None)
    check(columns, text)


@pytest.mark.parametrize(
    "heads",
    [(0, 0, 0), (2, 3, 1), (2, 1, 0), (None, 1, 9), (2, 2, 2), (0, 3, 2)],
    ids=["three roots", "circle", "root beside a circle", "no root", "own head", "circle beside a root"],
)
def test_what_is_no_tree_becomes_one(heads: tuple[int | None, ...]) -> None:
    rows = [
        row(number, word, 2 * number, head=head, deprel="root" if head == 0 else "dep")
        for number, (word, head) in enumerate(zip("abc", heads, strict=True), start=1)
    ]
    columns = align("  a b c", [rows])
    doc = check(columns, "  a b c")
    assert len(list(doc.sents)) == 1
    assert [token.dep_ for token in doc].count("ROOT") == 1


def test_what_the_engine_leaves_out_stays() -> None:
    columns = align("a bcd e", [[row(1, "bc", 2, head=0, deprel="root"), row(2, "b", 2, head=1), row(3, "x")]])
    assert columns.words == ["a", "bc", "d", "e"]
    check(columns, "a bcd e")


def test_odd_values_are_put_right() -> None:
    columns = align("a b", [[row((1,), "a", 0, upos="QQ", xpos="_", feats="Foo|A=b|=c"), row(2, "b", 2, xpos="NN")]])  # type: ignore[arg-type]
    assert (columns.pos, columns.tags, columns.morphs) == (["X", ""], ["", "NN"], ["A=b", ""])


@st.composite
def engines(draw: st.DrawFn) -> tuple[str, list[list[dict[str, Any]]]]:
    """Draw a text and what some engine might make of it, right or wrong."""
    text = draw(st.text(st.sampled_from("ab. \n\t\u00a0é"), max_size=30))
    cuts = sorted(draw(st.lists(st.integers(-1, len(text) + 1), max_size=12)))
    rows: list[list[dict[str, Any]]] = [[]]
    for start, end in pairwise(cuts):
        if draw(st.booleans()) and rows[-1]:
            rows.append([])
        known = {"head": draw(st.none() | st.integers(0, 6)), "deprel": draw(st.sampled_from(["root", "obj"]))}
        rows[-1].append({"id": len(rows[-1]) + 1, "text": "x", "start_char": start, "end_char": end, **known})
    return text, rows


@given(engines())
def test_any_columns_make_a_doc(drawn: tuple[str, list[list[dict[str, Any]]]]) -> None:
    text, rows = drawn
    check(align(text, rows), text)


@given(st.text(st.sampled_from("ab \n\t\u00a0\u2003"), max_size=20))
def test_blanks_are_those_of_spacy(text: str) -> None:
    expected = BLANK.make_doc(text)
    columns = align(text, [])
    assert columns.words == [token.text for token in expected]
    assert columns.spaces == [bool(token.whitespace_) for token in expected]


# What follows needs Stanza, and trains models on a few sentences.


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of small models, trained here unless the environment names one."""
    pytest.importorskip("stanza")
    if given := os.environ.get("NETRALITAS_STANZA_MODELS"):
        return Path(given)
    folder = tmp_path_factory.mktemp("stanza")
    sample = str(SENTENCES)
    arguments = ["--size", "tiny", "--train", sample, "--dev", sample, "--test", sample, "--output", str(folder)]
    # Another process: Stanza's trainers set seeds and loggers, and leave files open.
    command = [sys.executable, str(TRAIN), *arguments, "--floor", "97"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every try to reach a network fail."""

    def refuse(*_: object) -> None:
        message = "a network was asked"
        raise AssertionError(message)

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def nlp(models: Path) -> Language:
    from netralitas_nlp.stanza_engine import load_stanza

    return load_stanza(models)


def test_the_layers_of_an_article(nlp: Language) -> None:
    doc = nlp(ARTICLE)
    assert doc.text == ARTICLE
    assert doc._.article == extract(ARTICLE)
    assert {span.text for span in doc.spans["netralitas_officials"]} == {"Pjs Bupati Lamandau"}
    for attribute in ("POS", "MORPH", "LEMMA", "DEP", "SENT_START"):
        assert doc.has_annotation(attribute), attribute
    for sentence in doc.sents:
        assert [token for token in sentence if token.head == token] == [sentence.root]


def test_clitics_and_sentences(nlp: Language) -> None:
    sentences = ["Rumahnya jauh dari kantor camat.", "Ia mengatakannya kemarin."]
    doc = nlp(" ".join(sentences))
    assert [token.text for token in doc][:4] == ["Rumah", "nya", "jauh", "dari"]
    assert [sentence.text for sentence in doc.sents] == sentences
    assert doc[0].lemma_ == "rumah"


ODD = ["", " ", "\n\n \t", "\u200b", "\x00\x1f", "😀" * 3, "a" * 3000, "_ _", "\u0301nya", "nya"]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=60) | st.text(st.sampled_from("Rapatnya .,\n\t\u00a0\"'-–\u2028\x0b"), max_size=60))
def test_any_text_comes_back(nlp: Language, text: str) -> None:
    doc = nlp.tokenizer(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_many_texts_at_a_time(nlp: Language) -> None:
    from netralitas_nlp.stanza_engine import StanzaTokenizer

    texts = [ARTICLE, "", "Ayahku bekerja di Sampit.", " \n", "  Dua orang datang.\n\n\nMereka setuju", "Ia hadir"]
    assert isinstance(nlp.tokenizer, StanzaTokenizer)
    batched = list(nlp.tokenizer.pipe(iter(texts), batch_size=4))
    assert [doc.text for doc in batched] == texts
    single = [nlp.tokenizer(text) for text in texts]
    assert [[token.text for token in doc] for doc in batched] == [[token.text for token in doc] for doc in single]
    assert [doc._.article for doc in nlp.pipe(batched)] == [extract(text) for text in texts]
    assert [doc.text for doc in nlp.pipe(texts)] == texts


def test_a_pipeline_is_saved_without_its_models(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    assert sum(file.stat().st_size for file in (tmp_path / "saved").rglob("*")) < 1_000_000
    text = "Rumahnya jauh dari kantor camat."
    words = [token.text for token in nlp(text)]
    assert [token.text for token in spacy.load(tmp_path / "saved")(text)] == words
    assert [token.text for token in nlp.from_bytes(nlp.to_bytes())(text)] == words
    assert [token.text for token in pickle.loads(pickle.dumps(nlp.tokenizer))(text)] == words


def test_processors(models: Path) -> None:
    from netralitas_nlp.stanza_engine import load_stanza, open_pipeline

    bare = load_stanza(models, processors="tokenize", published="2024-10-08")
    doc = bare("Rapat digelar Senin (7/10). Ia hadir.")
    assert not doc.has_annotation("POS")
    assert doc.has_annotation("SENT_START")
    assert doc._.article.dates[0].value == "2024-10-07"
    assert list(open_pipeline(models, processors=["lemma"]).processors) == ["tokenize", "mwt", "pos", "lemma"]
    with pytest.raises(ValueError, match="unknown processors ner"):
        load_stanza(models, processors=["ner"])


@pytest.mark.parametrize("place", ["{}/x.pt", "id/{}/x.pt"])
def test_other_layouts(models: Path, tmp_path: Path, place: str) -> None:
    from netralitas_nlp.stanza_engine import open_pipeline

    for name in ("tokenize", "mwt"):
        file = tmp_path / place.format(name)
        file.parent.mkdir(parents=True)
        shutil.copy(models / f"{name}.pt", file)
    assert list(open_pipeline(tmp_path).processors) == ["tokenize", "mwt"]
    shutil.copy(file, file.with_name("y.pt"))
    with pytest.raises(ValueError, match="several models for mwt"):
        open_pipeline(tmp_path)
    assert list(open_pipeline(tmp_path, package="y").processors) == ["tokenize", "mwt"]


def test_a_folder_that_stanza_downloaded(models: Path, tmp_path: Path) -> None:
    from netralitas_nlp.stanza_engine import open_pipeline

    names = ["tokenize", "mwt", "pos", "lemma"]
    for name in names:
        (tmp_path / "id" / name).mkdir(parents=True)
        shutil.copy(models / f"{name}.pt", tmp_path / "id" / name / "gsd.pt")
    listed = ", ".join(f'"{name}": {{"gsd": {{"md5": ""}}}}' for name in [*names, "depparse"])
    packages = ", ".join(f'"{name}": "gsd"' for name in [*names, "depparse"])
    (tmp_path / "resources.json").write_text(
        f'{{"id": {{"lang_name": "Indonesian", {listed}, "packages": {{"default": {{{packages}}}}}}}}}'
    )
    assert list(open_pipeline(tmp_path).processors) == names
    assert list(open_pipeline(tmp_path, processors="tokenize").processors) == ["tokenize", "mwt"]
    with pytest.raises(FileNotFoundError, match=r"depparse.*there: id/lemma/gsd.pt.*stanza.download\('id'"):
        open_pipeline(tmp_path, processors="depparse")


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    pytest.importorskip("stanza")
    from netralitas_nlp.stanza_engine import load_stanza

    with pytest.raises(FileNotFoundError, match=r"nowhere: the folder missing; there: no model files.*stanza.download"):
        load_stanza(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match=r"tokenize.pt missing.*models/stanza/train.py"):
        load_stanza(tmp_path)
    (tmp_path / "tokenize.pt").touch()
    with pytest.raises(FileNotFoundError, match=r"pos.pt, lemma.pt, depparse.pt missing; there: tokenize.pt"):
        load_stanza(tmp_path, processors="depparse")


def test_without_stanza(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from netralitas_nlp.stanza_engine import load_stanza

    monkeypatch.setitem(sys.modules, "stanza", None)
    with pytest.raises(ImportError, match=r"pip install 'netralitas-nlp\[stanza\]'"):
        load_stanza(tmp_path)


def test_a_pipeline_of_ones_own() -> None:
    from netralitas_nlp.stanza_engine import JOINED, StanzaTokenizer

    class Document:
        def to_dict(self) -> list[list[dict[str, Any]]]:
            return [[row((1, 2), "takkan", 0), row(1, "tak"), row(2, "akan")]]

    tokenizer = StanzaTokenizer(BLANK.vocab, lambda text: Document())
    doc = tokenizer("takkan")
    assert [token.text for token in doc] == ["takkan"]
    assert doc.user_data[JOINED] == [[0, 6, ["tak", "akan"]]]
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(tokenizer)
