"""The spaCy components read what `extract` reads, in anybody's pipeline, and what they write survives every journey."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import re
import subprocess
import sys
from dataclasses import fields
from functools import reduce
from importlib.metadata import entry_points
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import netralitas_nlp as nn
from netralitas_nlp import factories
from netralitas_nlp._text import make_view
from netralitas_nlp.factories import COMPONENTS, DATA, ID, LAYERS

SAMPLE = files("netralitas_nlp").joinpath("data", "sample.txt").read_text(encoding="utf-8")
OWN = sorted((Path(__file__).parents[1] / "evaluation" / "own" / "texts").glob("*.txt"))
SHORT = "Plt Camat Delang, Ruslan Gani, membuka rapat kemarin. “ASN harus netral,” kata Ruslan."
FRAGMENTS = (
    "Pjs Bupati ", "Bupati ", "Kepala Dinas ", "Berau", "Kota ", "Rahmat ", "H. ", ", M.Si", "KPU ", "Senin ",
    "(7/10/2024)", "27 November", "kemarin", "pukul 09.00 WIB", "kata ", "ujarnya. ", " dan ", ", ", ". ", "\n", "\n\n",
    "\r\n", " – ", "“", "”", '"', "(", ")", "Baca Juga: Camat Lantik Panitia\n", "Editor: Tono\n", "(Foto: Tono)",
    "ADVERTISEMENT\n", "UU ASN", "PP Nomor 94 Tahun 2021 ", "ikrar: ", "1. Menjaga netralitas", "b) ", "; ",
    "dilarang ", "warga.Kali ini ", "\u00a0", "\u200b", "\u202e", "\0", "\u2028", "🙂", "e\u0301", "  ",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join),
)


def pipeline(*names: str, **config: Any) -> Language:
    nlp = spacy.blank("xx")
    for name in names or ["netralitas"]:
        nlp.add_pipe(name, config=config)
    return nlp


EXTRACTOR = nn.Extractor()
NLP = pipeline()
SENTENCES = pipeline("netralitas_sentences")
#: The factories that write on the tokens, and no span groups.
ON_TOKENS = ("netralitas_entities", "netralitas_lemmas", "netralitas_sentences")


def facts(doc: Doc) -> object:
    """Return all that the components wrote on a document."""
    groups = {
        key: (
            [(s.start_char, s.end_char, s.label_, s.id_, s.kb_id_) for s in group],
            [list(path) for path in group.attrs["paths"]],
        )
        for key, group in doc.spans.items()
    }
    return doc.text, groups, doc._.article, doc._.published


def run(code: str, tmp_path: Path) -> str:
    """Run a program in a fresh process and return what it printed."""
    script = tmp_path / "program.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_entry_points_are_the_factories() -> None:
    ours = {entry.name: entry for entry in entry_points(group="spacy_factories") if entry.name.startswith("netralitas")}
    assert set(ours) == {*COMPONENTS, *ON_TOKENS}
    for name, entry in ours.items():
        assert entry.load().__qualname__ in {f"make_{name}", f"make_{name.removeprefix('netralitas_')}"}
        assert Language.has_factory(name)


def test_every_list_of_records_has_a_component() -> None:
    lists = {item.name for item in fields(nn.Article) if str(item.type).startswith("tuple")}
    in_zones = {"credits", "furniture", "captions", "paragraphs"}
    assert set(LAYERS) - {"zones", "clauses"} == lists - in_zones - {"notes"}
    page = (Path(__file__).parents[1] / "docs" / "spacy.md").read_text(encoding="utf-8")
    assert [name for name in (*COMPONENTS, *ON_TOKENS) if f"| `{name}` |" not in page] == []


def test_a_pipeline_of_somebody_who_imports_nothing_of_ours(tmp_path: Path) -> None:
    code = f"""
import multiprocessing, socket
import spacy

def no_socket(*args, **options):
    raise AssertionError("a socket was opened")

if __name__ == "__main__":
    socket.socket.connect = no_socket
    nlp = spacy.blank("xx")
    nlp.add_pipe("netralitas_quotes")
    text = {SHORT!r}
    doc = nlp(text)
    print([span.text for span in doc.spans["netralitas_quotes"]])
    multiprocessing.set_start_method("spawn")
    for doc in nlp.pipe([text] * 3, n_process=2, batch_size=1):
        print(len(doc._.article.quotes), [span.id_ for span in doc.spans["netralitas_quotes"]])
"""
    assert run(code, tmp_path).splitlines() == ["['ASN harus netral,']", *["1 ['quote.tag']"] * 3]


def test_a_name_that_somebody_else_took_is_told(tmp_path: Path) -> None:
    code = """
from spacy.tokens import Doc
import spacy
Doc.set_extension("article", default=None)
nlp = spacy.blank("xx")
try:
    nlp.add_pipe("netralitas_dates")
except ValueError as error:
    print(error)
"""
    assert "Doc._.article is already taken" in run(code, tmp_path)


def test_documents_of_a_file(tmp_path: Path) -> None:
    DocBin(store_user_data=True, docs=[NLP(SHORT)]).to_disk(tmp_path / "docs.spacy")
    code = f"""
import spacy
from spacy.tokens import Doc, DocBin
import netralitas_nlp.factories
assert not Doc.has_extension("article")
netralitas_nlp.factories.register()
[doc] = DocBin().from_disk({str(tmp_path / "docs.spacy")!r}).get_docs(spacy.blank("xx").vocab)
print(doc._.article.people[0].name)
"""
    assert run(code, tmp_path) == "Ruslan Gani\n"


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_component_alone(name: str) -> None:
    doc = pipeline(name)(SAMPLE)
    assert set(doc.spans) == {f"netralitas_{layer}" for layer in COMPONENTS[name]}
    assert all(len(group) for group in doc.spans.values())
    assert doc._.article == nn.extract(SAMPLE)
    assert len(doc.ents) == 0


def test_together_they_read_once_and_write_what_the_one_writes() -> None:
    singles = [name for name in COMPONENTS if name != "netralitas"]
    nlp = pipeline(*singles)
    nlp(SHORT)
    with patch.object(nn.Extractor, "read", autospec=True, side_effect=nn.Extractor.read) as read:
        doc = nlp(SAMPLE)
    assert read.call_count == 1
    assert facts(doc) == facts(NLP(SAMPLE))


def record_at(article: nn.Article, path: list[Any]) -> Any:
    start: Any = article
    return reduce(lambda value, step: getattr(value, step) if isinstance(step, str) else value[step], path, start)


def check_spans(doc: Doc) -> None:
    article = doc._.article
    assert set(doc.spans) == {f"netralitas_{layer}" for layer in LAYERS}
    for key, group in doc.spans.items():
        assert len(group.attrs["paths"]) == len(group)
        places = [record_at(article, path) for path in group.attrs["paths"]]
        bounds = [getattr(place, "span", place) for place in places]
        assert bounds == sorted(bounds), key
        for span, (start, end), path in zip(group, bounds, group.attrs["paths"], strict=True):
            # A span is the tokens that the record touches: no token less, and none too many.
            assert span.start_char <= start
            assert end <= span.end_char
            assert span[0].idx + len(span[0]) > start
            assert span[-1].idx < end
            assert span.label_.isupper()
            record = record_at(article, path[:2])
            assert span.id_ == getattr(record_at(article, path), "rule", getattr(record, "rule", span.id_)) != ""
    assert len(doc.spans["netralitas_clauses"]) == sum(len(pledge.clauses) for pledge in article.pledges)
    for layer in ("people", "officials", "organizations", "references"):
        assert len(doc.spans[f"netralitas_{layer}"]) == sum(len(record.mentions) for record in getattr(article, layer))
    for layer in ("places", "dates", "quotes", "pledges", "norms"):
        assert len(doc.spans[f"netralitas_{layer}"]) == len(getattr(article, layer))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_an_article_is_the_same_either_way(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    doc = NLP(text)
    assert doc._.article == nn.extract(text)
    check_spans(doc)


@given(TEXTS)
def test_odd_text_is_the_same_either_way(text: str) -> None:
    doc = NLP(text)
    assert doc._.article == nn.extract(text)
    check_spans(doc)
    again = Doc(NLP.vocab).from_bytes(doc.to_bytes())
    assert facts(again) == facts(doc)


@given(st.data(), TEXTS.filter(bool))
def test_tokens_of_any_kind(data: st.DataObject, text: str) -> None:
    cuts = data.draw(st.sets(st.integers(1, max(1, len(text) - 1)), max_size=20))
    bounds = sorted({0, *cuts, len(text)})
    words = [text[start:end] for start, end in pairwise(bounds)]
    doc = pipeline("netralitas_sentences", "netralitas")(Doc(NLP.vocab, words=words, spaces=[False] * len(words)))
    assert doc._.article == nn.extract(text)
    check_spans(doc)
    assert facts(Doc(NLP.vocab).from_bytes(doc.to_bytes())) == facts(doc)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "."])
def test_a_text_with_nothing_in_it(text: str) -> None:
    doc = pipeline("netralitas_sentences", "netralitas")(text)
    assert doc._.article == nn.extract(text)
    check_spans(doc)


def test_labels_and_keys() -> None:
    doc = NLP(SAMPLE)
    shown = {
        layer: [(span.text, span.label_, span.id_, span.kb_id_) for span in doc.spans[f"netralitas_{layer}"]]
        for layer in LAYERS
    }
    assert shown["officials"][0] == ("Pjs Bupati Lamandau", "PJS", "official.beside.bupati", "")
    assert shown["places"][0] == ("Lamandau", "REGENCY", "place.name", "62.09")
    assert shown["references"][1][1:] == ("PP", "reference.pp", "pp-94-2021")
    assert {label for _, label, _, _ in shown["zones"]} == {
        "HEADLINE", "DATELINE", "CREDIT", "FURNITURE", "CAPTION", "PARAGRAPH",
    }  # fmt: skip
    assert [label for _, label, _, _ in shown["clauses"]] == ["DO", "REFRAIN", "MIXED", "REFRAIN"]
    assert {label for _, label, _, _ in shown["quotes"]} == {"DIRECT", "INDIRECT"}


def test_a_token_may_be_wider_than_a_mention() -> None:
    doc = Doc(NLP.vocab, words=["ASNharus", "netral,Senin(7/10/2024)."], spaces=[True, False])
    doc = NLP(doc)
    [span] = doc.spans["netralitas_dates"]
    assert span.text == "netral,Senin(7/10/2024)."
    assert doc._.article.dates[0].text == "Senin(7/10/2024)"


def journeys() -> dict[str, Any]:
    def through_bin(doc: Doc) -> Doc:
        content = DocBin(store_user_data=True, docs=[doc]).to_bytes()
        [again] = DocBin().from_bytes(content).get_docs(spacy.blank("xx").vocab)
        return again

    return {
        "to_bytes": lambda doc: Doc(spacy.blank("xx").vocab).from_bytes(doc.to_bytes()),
        "DocBin": through_bin,
        "pickle": lambda doc: pickle.loads(pickle.dumps(doc)),
        "copy": copy.copy,
        "deepcopy": copy.deepcopy,
    }


@pytest.mark.parametrize("journey", journeys().values(), ids=journeys())
def test_what_is_written_survives(journey: Any) -> None:
    doc = NLP.make_doc(SAMPLE)
    doc._.published = "2024-10-08"
    doc = NLP(doc)
    assert facts(journey(doc)) == facts(doc)
    assert facts(journey(journey(doc))) == facts(doc)
    assert doc._.article == nn.extract(SAMPLE, published=DAY)


def test_a_document_on_disk(tmp_path: Path) -> None:
    doc = NLP(SAMPLE)
    doc.to_disk(tmp_path / "doc")
    assert facts(Doc(spacy.blank("xx").vocab).from_disk(tmp_path / "doc")) == facts(doc)


# Python 3.12 and later warn of any fork beside the threads of a numeric library.
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_two_processes() -> None:
    nlp = pipeline("netralitas_sentences", "netralitas")
    texts = [SAMPLE, "", SHORT, "Rapat Selasa (1/10/2024)."]
    pairs: list[tuple[str, dict[str, Any]]] = [
        (text, {"id": str(number), "published": dt.date(2024, 10, 2)}) for number, text in enumerate(texts)
    ]
    docs = list(nlp.pipe(pairs, as_tuples=True, n_process=2, batch_size=1))
    for (doc, context), (text, given_context) in zip(docs, pairs, strict=True):
        assert context == given_context
        assert doc._.article == nn.extract(text, **context)
        assert doc.has_annotation("SENT_START") or len(doc) < 2


def test_a_pipeline_on_disk(tmp_path: Path) -> None:
    nlp = pipeline("netralitas_sentences", "netralitas_dates", "netralitas")
    nlp.to_disk(tmp_path / "nlp")
    for again in (
        spacy.load(tmp_path / "nlp"),
        spacy.blank("xx", config=nlp.config).from_bytes(nlp.to_bytes()),
        pickle.loads(pickle.dumps(nlp)),
        copy.deepcopy(nlp),
    ):
        assert again.pipe_names == nlp.pipe_names
        assert facts(again(SAMPLE)) == facts(nlp(SAMPLE))


def test_pipe_is_the_call() -> None:
    texts = [SHORT, SAMPLE, ""]
    assert [facts(doc) for doc in NLP.pipe(texts)] == [facts(NLP(text)) for text in texts]


def test_an_article_is_rebuilt_once() -> None:
    doc = NLP(SHORT)
    assert doc._.article is doc._.article
    again = copy.copy(doc)
    assert again._.article is again._.article == doc._.article
    again.user_data[DATA] = NLP(SAMPLE).user_data[DATA]
    assert again._.article.text == SAMPLE


def test_nothing_is_there_before_a_component_ran() -> None:
    doc = NLP.make_doc(SHORT)
    assert doc._.article is None
    assert doc._.published is None


DAY = dt.date(2024, 10, 8)
MORNING = dt.datetime(2024, 10, 8, 7, tzinfo=dt.UTC)


@pytest.mark.parametrize("value", [DAY, MORNING, "2024-10-08", "2024-10-08T07:00"])
def test_the_day_of_publication(value: Any) -> None:
    expected = nn.extract(SHORT, published=DAY)
    assert expected.dates[0].value == "2024-10-07"
    doc = NLP.make_doc(SHORT)
    doc._.published = value
    assert doc._.published == DAY
    assert NLP(doc)._.article == expected
    [(doc, _)] = NLP.pipe([(SHORT, {"published": value})], as_tuples=True)
    assert doc._.article == expected


def test_the_day_of_publication_of_a_whole_run() -> None:
    nlp = pipeline(published="2024-10-08")
    assert nlp(SHORT)._.article.dates[0].value == "2024-10-07"
    doc = nlp.make_doc(SHORT)
    doc._.published = "2024-11-01"
    assert nlp(doc)._.article.dates[0].value == "2024-10-31"
    doc._.published = None
    assert nlp(doc)._.article.dates[0].value == "2024-10-07"


def test_the_document_goes_before_what_stands_beside_it() -> None:
    doc = NLP.make_doc(SHORT)
    doc._.published = "2024-11-01"
    doc.user_data[ID] = "a"
    [(doc, _)] = NLP.pipe([(doc, {"id": "b", "published": "2024-10-08"})], as_tuples=True)
    assert doc._.article == nn.extract(SHORT, id="a", published=dt.date(2024, 11, 1))


@pytest.mark.parametrize("context", [None, "a", 1, {"kota": "Berau"}, {"id": None, "published": None}])
def test_what_stands_beside_a_text_may_be_anything(context: Any) -> None:
    [(doc, beside)] = NLP.pipe([(SHORT, context)], as_tuples=True)
    assert beside == context
    assert doc._.article == nn.extract(SHORT)


def test_a_number_as_id() -> None:
    [(doc, _)] = NLP.pipe([(SHORT, {"id": 7})], as_tuples=True)
    assert doc._.article.id == "7"


@pytest.mark.parametrize(("value", "error"), [("kemarin", ValueError), ("", ValueError), (20241008, TypeError)])
def test_a_day_that_is_none(value: Any, error: type[Exception]) -> None:
    doc = NLP.make_doc(SHORT)
    with pytest.raises(error, match=r"doc\._\.published must be"):
        doc._.published = value
    with pytest.raises(error, match="'published' beside the text must be"):
        list(NLP.pipe([(SHORT, {"published": value})], as_tuples=True))


def test_a_document_is_read_again_when_it_is_asked_otherwise() -> None:
    doc = NLP(SHORT)
    assert doc._.article.dates == ()
    doc._.published = "2024-10-08"
    assert NLP(doc)._.article == nn.extract(SHORT, published=DAY)
    assert [span.text for span in doc.spans["netralitas_dates"]] == ["kemarin"]


RULE = '[[office]]\nid = "wedana"\nrole = "other"\nlevel = "district"\nvariants = ["Wedana"]\nexamples = []\n'
WEDANA = "Acara dibuka Wedana Delang, Ruslan Gani."


def test_rules_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "titles.toml"
    file.write_text(RULE, encoding="utf-8")
    nlp = pipeline("netralitas_dates", "netralitas_officials", rules=str(tmp_path))
    doc = nlp(WEDANA)
    assert [span.text for span in doc.spans["netralitas_officials"]] == ["Wedana Delang"]
    assert doc._.article == nn.Extractor(tmp_path).extract(WEDANA)
    assert NLP(doc)._.article.officials == ()
    one, other = (nlp.get_pipe(component) for component in nlp.pipe_names)
    assert isinstance(one, factories.Component)
    assert isinstance(other, factories.Component)
    assert one._reader.extractor is other._reader.extractor
    # An edited file is read again by a new pipeline.
    file.write_text(RULE.replace("Wedana", "Patih"), encoding="utf-8")
    assert nlp(WEDANA)._.article.officials != ()
    assert pipeline(rules=str(tmp_path))(WEDANA)._.article.officials == ()
    assert nn.load(rules=file)(WEDANA.replace("Wedana", "Patih"))._.article.officials != ()


@pytest.mark.parametrize("name", ["netralitas", "netralitas_dates", "netralitas_sentences"])
def test_mistakes_in_a_config(name: str, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no folder or file of rules at 'tiada'") as raised:
        pipeline(name, rules="tiada")
    assert raised.value.__notes__ == [f"in the rules of the component '{name}'"]
    (tmp_path / "titles.toml").write_text('[[office]]\nid = "a"\n', encoding="utf-8")
    with pytest.raises(nn.RuleError, match=r"titles\.toml"):
        pipeline(name, rules=str(tmp_path))
    with pytest.raises(ValueError, match="rules"):
        pipeline(name, rules=3)
    with pytest.raises(ValueError, match="aturan"):
        pipeline(name, aturan="a")


def test_a_bad_day_in_a_config() -> None:
    with pytest.raises(ValueError, match="published of the component 'netralitas' must be a date like 2024-10-01"):
        pipeline(published="kemarin")


def test_the_names_of_the_span_groups() -> None:
    doc = pipeline("netralitas_pledges", prefix="janji/")(SAMPLE)
    assert set(doc.spans) == {"janji/pledges", "janji/clauses"}


def test_what_others_wrote_stays() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "Ruslan"}])  # type: ignore[attr-defined]
    nlp.add_pipe("netralitas")
    doc = nlp.make_doc(SHORT)
    doc.spans["sc"] = [doc[0:2]]
    doc.user_data["title"] = "a"
    doc = nlp(doc)
    assert [entity.text for entity in doc.ents] == ["Ruslan", "Ruslan"]
    assert [span.text for span in doc.spans["sc"]] == ["Plt Camat"]
    assert doc.user_data["title"] == "a"
    assert not doc[0:2].has_extension("article")


def test_the_analysis_of_a_pipeline() -> None:
    analysis = pipeline("netralitas_sentences", "netralitas").analyze_pipes() or {}
    assert analysis["summary"]["netralitas"]["assigns"] == ["doc._.article", "doc.spans"]
    assert analysis["problems"] == {"netralitas_sentences": [], "netralitas": []}


def test_sentences() -> None:
    text = (
        "“Mari, Pak M.Si. Saya ikut,” kata Plt. Camat Delang. (Baca pula hal. 2.) Kegiatan selesai.\n"
        "Baca Juga: Camat Lantik Panitia\n\n- Menjaga netralitas\n- Melayani warga (Foto: Tono)\n"
    )
    sents = [sent.text.strip() for sent in SENTENCES(text).sents]
    assert sents == [text[slice(*span)] for span in EXTRACTOR.sentences(text)]
    assert sents[-4:] == ["Baca Juga: Camat Lantik Panitia", "- Menjaga netralitas", "- Melayani warga", "(Foto: Tono)"]


@given(TEXTS)
def test_sentences_hold_all_that_is_not_blank(text: str) -> None:
    spans = EXTRACTOR.sentences(text)
    view = make_view(text)
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert not view[at:start].strip()
        at = end
    assert not view[at:].strip()
    doc = SENTENCES(text)
    assert len(list(doc.sents)) <= max(1, len(spans))


def test_sentences_that_are_there_stay() -> None:
    text = "Plt. Camat hadir. Ia pulang."
    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    before = [sent.text for sent in nlp(text).sents]
    nlp.add_pipe("netralitas_sentences")
    assert [sent.text for sent in nlp(text).sents] == before == ["Plt.", "Camat hadir.", "Ia pulang."]
    nlp.replace_pipe("netralitas_sentences", "netralitas_sentences", config={"overwrite": True})
    assert [sent.text for sent in nlp(text).sents] == ["Plt. Camat hadir.", "Ia pulang."]


def test_sentences_of_a_parsed_text() -> None:
    words = ["Plt", ".", "Camat", "hadir", ".", "Ia", "pulang", "."]
    doc = Doc(NLP.vocab, words=words, heads=[0, 0, 3, 3, 3, 6, 6, 6], deps=["dep"] * 8)
    assert len(list(doc.sents)) == 3
    assert len(list(SENTENCES(doc).sents)) == 3


@pytest.fixture(scope="module")
def loaded() -> Language:
    return nn.load()


def test_load(loaded: Language) -> None:
    assert loaded.lang == "id"
    assert loaded.pipe_names == ["netralitas_sentences", "netralitas"]
    doc = loaded(SAMPLE)
    assert doc._.article == nn.extract(SAMPLE)
    check_spans(doc)
    assert len(list(doc.sents)) > 20


def test_load_goes_to_disk(loaded: Language, tmp_path: Path) -> None:
    loaded.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert facts(again(SHORT)) == facts(loaded(SHORT))
    assert [token.text for token in again(SAMPLE)] == [token.text for token in loaded(SAMPLE)]


def test_load_another_pipeline(tmp_path: Path) -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "satu")
    assert nn.load(tmp_path / "satu").pipe_names == ["sentencizer", "netralitas"]
    assert nn.load(tmp_path / "satu", exclude="sentencizer").pipe_names == ["netralitas_sentences", "netralitas"]
    off = nn.load(tmp_path / "satu", disable=["sentencizer", "netralitas"])
    assert (off.pipe_names, off.disabled) == (["netralitas_sentences"], ["sentencizer", "netralitas"])
    assert nn.load(tmp_path / "satu", exclude=["netralitas"]).pipe_names == ["sentencizer"]
    nlp = nn.load(tmp_path / "satu", exclude="netralitas")
    nlp.add_pipe("netralitas", config={"prefix": "n/"})
    nlp.to_disk(tmp_path / "dua")
    again = nn.load(str(tmp_path / "dua"), published=DAY)
    assert again.pipe_names == ["sentencizer", "netralitas"]
    doc = again(SHORT)
    assert doc._.article == nn.extract(SHORT, published=DAY)
    assert "n/dates" in doc.spans


def test_clitics(tmp_path: Path) -> None:
    nlp = nn.load(clitics=True)
    assert [token.text for token in nlp("katanya")] == ["kata", "nya"]
    text = "“ASN netral,” katanya, Selasa (1/10/2024)."
    assert nlp(text)._.article == nn.extract(text)
    nlp.to_disk(tmp_path / "nlp")
    assert [token.text for token in spacy.load(tmp_path / "nlp")("katanya")] == ["kata", "nya"]
    with pytest.raises(ValueError, match="clitics: the tokenizer is that of"):
        nn.load(tmp_path / "nlp", clitics=True)


def test_load_what_is_not_there() -> None:
    with pytest.raises(OSError, match=r"no pipeline 'id_tiada_sm': .*pip install id_tiada_sm"):
        nn.load("id_tiada_sm")


def test_a_displayed_article_is_escaped() -> None:
    doc = NLP("<b>Bupati Berau</b>, <script>Rusdi Halim</script>, hadir Selasa (1/10/2024).")
    for layer in ("places", "dates"):
        page = displacy.render(doc, style="span", options={"spans_key": f"netralitas_{layer}"}, jupyter=False)
        assert not re.search(r"<b>|<script", page)
        assert "&lt; script &gt;" in page


def test_documents_joined() -> None:
    docs = [NLP(SHORT), NLP("Rapat Selasa (1/10/2024).")]
    joined = Doc.from_docs(docs, exclude=["user_data"])  # type: ignore[call-arg]  # missing in spaCy's stub
    assert [span.text for span in joined.spans["netralitas_dates"]] == ["Selasa (1/10/2024)"]
    assert joined._.article is None
    assert NLP(joined)._.article == nn.extract(joined.text)


def test_part_of_a_document() -> None:
    part = NLP(SAMPLE)[0:20].as_doc()
    assert part._.article is None
    assert NLP(part)._.article == nn.extract(part.text)


def test_the_module_may_be_reloaded() -> None:
    factories.register()
    factories._register_factories()
    assert NLP(SHORT)._.article is not None
