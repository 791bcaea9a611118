from __future__ import annotations

import copy
import json
import pickle
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.id import Indonesian
from spacy.language import Language
from spacy.tokens import DocBin

from counting import work
from netralitas_nlp._rules import Entry, builtin, load
from netralitas_nlp.errors import RuleError
from netralitas_nlp.layers import tokens
from netralitas_nlp.layers.sentences import SentenceRules
from netralitas_nlp.layers.tokens import Splitter, TokenRules, sentence_starts
from netralitas_nlp.tokenizer import Tokenizer, create_tokenizer

RULES = TokenRules.load()
WHOLE, CLITICS = Splitter(RULES), Splitter(RULES, clitics=True)
ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("cases").joinpath("tokens.jsonl").read_text("utf-8").splitlines()
]
#: Texts that spaCy can hold: no lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
#: Pieces that patterns meet in.
PIECES = """
Pj. M.Si S. 1/10 2024 / . - nya lah ' ’s @ # www. http:// .com a Kab Rp % 👍 🏽 \u0301 \u200d _ “ sebelum buku itu
Komisi : 09 ,
"""
NEWS = st.lists(st.sampled_from([*PIECES.split(), " ", "  ", "\n", "\t", "\x00", "\u2028"])).map("".join)


def pipeline(**settings: object) -> Language:
    tokenizer = {"@tokenizers": "netralitas_nlp.Tokenizer.v1", **settings}
    return Indonesian.from_config({"nlp": {"lang": "id", "tokenizer": tokenizer}})


NLP = pipeline()
ENGLISH = spacy.blank("en")


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_cases(row: dict[str, object]) -> None:
    text = str(row["text"])
    found = (CLITICS if row.get("clitics") else WHOLE)(text)
    assert found.texts == row["expect"]
    assert found.text() == text


def entries(table: str) -> list[Entry]:
    return load([builtin("tokens.toml")], tokens._TABLES)[table]


@pytest.mark.parametrize("entry", entries("pattern"), ids=lambda entry: entry.id)
def test_patterns(entry: Entry) -> None:
    for example in entry.texts("examples"):
        found = RULES.pattern.match(example)
        assert found is not None
        assert (found[0], RULES.patterns[str(found.lastgroup)]) == (example, entry.id)
        assert WHOLE(f"({example},").texts == ["(", example, ","]
    for reject in entry.texts("rejects"):
        found = RULES.pattern.match(reject)
        assert found is None or found[0] != reject or RULES.patterns[str(found.lastgroup)] != entry.id


@pytest.mark.parametrize("entry", entries("apart"), ids=lambda entry: entry.id)
def test_words_apart(entry: Entry) -> None:
    for example in entry.texts("examples"):
        assert len(WHOLE(example).texts) > 1
    for reject in entry.texts("rejects"):
        assert WHOLE(reject).texts == [reject]


@pytest.mark.parametrize("entry", entries("clitic"), ids=lambda entry: entry.id)
def test_clitics(entry: Entry) -> None:
    for example in entry.texts("examples"):
        assert CLITICS(example.replace("|", "")).texts == example.split("|")
    for reject in entry.texts("rejects"):
        assert CLITICS(reject).texts == [reject]


@pytest.mark.parametrize("entry", entries("whole"), ids=lambda entry: entry.id)
def test_whole_words(entry: Entry) -> None:
    for example in [*entry.texts("examples"), *entry.texts("variants")]:
        assert CLITICS(example).texts == [example]
    for reject in entry.texts("rejects"):
        assert len(CLITICS(reject).texts) == 2


@pytest.mark.parametrize(
    ("file", "table"),
    [("abbreviations.toml", "abbreviation"), ("abbreviations.toml", "degree"), ("names.toml", "degree")],
)
def test_the_words_of_other_files_keep_their_full_stop(file: str, table: str) -> None:
    rows = tomllib.loads(builtin(file).read_text(encoding="utf-8"))[table]
    forms = [form.removesuffix(".") for row in rows for form in row["variants"]]
    for form in forms:
        if table == "abbreviation" or ("." in form and not set(form) & set(" -(")):
            assert WHOLE(f"{form}., hadir").texts[0] == f"{form}."


@pytest.mark.parametrize("status", ["Pj", "Pjs", "Plt", "Plh", "Pgs", "PLT", "plh"])
def test_acting_titles_keep_their_full_stop(status: str) -> None:
    found = WHOLE(f"{status}. Bupati ({status}.) {status}").texts
    assert found == [f"{status}.", "Bupati", "(", f"{status}.", ")", status]


@pytest.mark.parametrize("split", [WHOLE, CLITICS], ids=["whole", "clitics"])
@given(text=st.one_of(st.text(), NEWS))
def test_tokens_joined_are_the_text(split: Splitter, text: str) -> None:
    found = split(text)
    assert found.text() == text
    assert all(found.texts)
    assert [text[at : at + len(token)] for at, token in zip(found.starts(), found.texts, strict=True)] == found.texts


@given(text=st.one_of(st.text(), NEWS))
def test_clitics_only_refine(text: str) -> None:
    coarse, fine = WHOLE(text), CLITICS(text)
    assert set(coarse.starts()) <= set(fine.starts())


@given(text=st.one_of(st.text(), NEWS))
def test_what_is_remembered_changes_nothing(text: str) -> None:
    assert Splitter(RULES)(text) == WHOLE(text)


@given(text=st.one_of(TEXT, NEWS))
def test_documents_hold_the_text(text: str) -> None:
    assert NLP.make_doc(text).text == text


@given(text=st.text(" \n\tab"))
def test_blanks_are_tokens_as_in_spacy(text: str) -> None:
    other = ENGLISH.make_doc(text)
    doc = NLP.make_doc(text)
    assert [(t.text, t.whitespace_) for t in doc] == [(t.text, t.whitespace_) for t in other]


@given(text=st.one_of(st.text(), NEWS))
def test_sentences_start_at_tokens(text: str) -> None:
    found = WHOLE(text)
    starts = sentence_starts(text, found, SentenceRules.load())
    assert starts == sorted(set(starts))
    assert starts[:1] == ([0] if found.texts else [])
    assert all(start < len(found.texts) for start in starts)


def test_opening_marks_belong_to_the_sentence_that_they_open() -> None:
    text = 'Camat datang. "Siapa tinggal?" tanya camat. (Ruslan) pergi.” Selesai.“Kami netral.” Ya.'
    found = WHOLE(text)
    starts = sentence_starts(text, found, SentenceRules.load())
    assert [found.texts[start] + found.texts[start + 1] for start in starts] == [
        "Camatdatang", '"Siapa', "(Ruslan", "Selesai.", "“Kami", "Ya.",
    ]  # fmt: skip


UNITS = """
a 1 . / - a. a/ 1/ a- 1. @ a@ a.b@ www. http:// ' S. _ nya se ( # #a ` Rp1 x_ 1/a a.com 👍 👍\u200d \u0301 -a 1-
"""


@pytest.mark.parametrize("unit", [*UNITS.split(), " ", "\n", " \n", "Pj. ", "S.H. ", "a b"])
def test_work_is_linear(unit: str) -> None:
    """Calls and time: a pattern that tries again and again makes no calls."""
    for split in (WHOLE, CLITICS):
        text = unit * (20_000 // len(unit))
        begin = time.process_time()
        assert split(text).text() == text
        assert time.process_time() - begin < 3
        text = text[: len(text) // 10]
        assert work(split, text) < 60 * len(text) + 1000


def test_long_chunks_are_not_remembered() -> None:
    split = Splitter(RULES)
    split("a" * 100 + " " + "b" * 10)
    assert list(split._chunks) == ["b" * 10]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_MOST_CHUNKS", 10)
    split = Splitter(RULES)
    text = " ".join(f"a{number} Pj." for number in range(100))
    assert split(text) == WHOLE(text)
    assert len(split._chunks) <= 10


def test_a_pipeline_comes_back_from_disk_and_bytes(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    rules.joinpath("tokens.toml").write_text('[[pattern]]\nid = "own"\npattern = "xx/yy"\n', encoding="utf-8")
    rules.joinpath("abbreviations.toml").write_text(
        '[[abbreviation]]\nid = "own"\nvariants = ["Kabag"]\n', encoding="utf-8"
    )
    nlp = pipeline(clitics=True, rules=str(rules))
    text = "Kabag. Ruslan: xx/yy, rumahnya"
    expected = ["Kabag.", "Ruslan", ":", "xx/yy", ",", "rumah", "nya"]
    nlp.to_disk(tmp_path / "nlp")
    rules.rename(tmp_path / "elsewhere")
    loaded = spacy.load(tmp_path / "nlp")
    copies = [
        nlp,
        loaded,
        pickle.loads(pickle.dumps(loaded)),
        pipeline().from_bytes(nlp.to_bytes()),
        pickle.loads(pickle.dumps(nlp)),
        copy.deepcopy(nlp),
    ]
    for other in copies:
        assert [token.text for token in other(text)] == expected
        assert isinstance(other.tokenizer, Tokenizer)
        assert other.tokenizer.clitics
    assert [token.text for token in NLP(text)] != expected


@given(text=st.one_of(TEXT, NEWS))
def test_documents_come_back_from_bytes(text: str) -> None:
    doc = NLP.make_doc(text)
    (other,) = DocBin(docs=[doc]).get_docs(NLP.vocab)
    assert [token.text_with_ws for token in other] == [token.text_with_ws for token in doc]


def test_texts_of_a_memory_zone_may_be_forgotten() -> None:
    nlp = pipeline()
    for _ in range(2):
        with nlp.memory_zone():
            assert [token.text for token in nlp("Pj. Camat Qwxyz datang.")] == ["Pj.", "Camat", "Qwxyz", "datang", "."]


def test_pipe_is_lazy_and_in_order() -> None:
    def texts() -> Iterator[str]:
        yield "Camat datang."
        yield "Warga pulang."
        raise AssertionError

    found = Tokenizer(NLP.vocab).pipe(texts())
    assert [next(found).text, next(found).text] == ["Camat datang.", "Warga pulang."]


def test_a_lone_surrogate_is_what_spacy_cannot_hold() -> None:
    assert WHOLE("a \ud800").texts == ["a", "\ud800"]
    with pytest.raises(UnicodeEncodeError):
        NLP.make_doc("a \ud800")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('[[pattern]]\nid = "a"\npattern = "("\n', "missing"),
        ('[[pattern]]\nid = "a"\npattern = "(a)"\n', "a group must be"),
        ('[[pattern]]\nid = "a"\npattern = "a*"\n', "matches nothing at all"),
        ('[[pattern]]\nid = "a"\npattern = "$NONE"\n', "unknown fragment"),
        ('[[whole]]\nid = "a"\npattern = "("\n', "missing"),
        ('[[clitic]]\nid = "a"\nkind = "odd"\n', "it must be one of"),
        ('[[nothing]]\nid = "a"\n', "unknown table"),
    ],
)
def test_mistakes_are_rule_errors(tmp_path: Path, content: str, problem: str) -> None:
    file = tmp_path / "tokens.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=problem):
        TokenRules.load([file])
    with pytest.raises(RuleError, match=problem):
        create_tokenizer(rules=str(file))


def test_files_that_say_nothing_of_tokens(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no folder or file of rules"):
        pipeline(rules=str(tmp_path / "none"))("Camat datang.")
    with pytest.raises(RuleError, match="holds neither"):
        create_tokenizer(rules=str(tmp_path))
