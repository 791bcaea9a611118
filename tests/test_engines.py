from __future__ import annotations

from pathlib import Path

import pytest
import spacy

import netralitas_nlp as nn
from netralitas_nlp.engines import NOTHING, Analysis, NamedSpan, ParsedWord
from netralitas_nlp.pipeline import load
from netralitas_nlp.spacy_engine import SpacyEngine, analysis_of

#: Nothing in this sentence shows the rules that somebody is meant.
UNSEEN = "Tas itu milik Zoltan Fermat dan dibawa ke Delang."


class Marks:
    """An engine that finds words in a text, each with its label, and remembers what it was asked."""

    def __init__(self, **labels: str) -> None:
        self._labels = {word.replace("_", " "): label for word, label in labels.items()}
        self.asked: list[str] = []

    def analyze(self, text: str) -> Analysis:
        self.asked.append(text)
        places = sorted((text.find(word), word, label) for word, label in self._labels.items() if word in text)
        return Analysis(tuple(NamedSpan(at, at + len(word), label) for at, word, label in places))


def names(text: str, engine: Marks | None = None) -> list[str]:
    return [person.name for person in nn.Extractor(engine=engine).extract(text).people]


def test_a_name_that_no_rule_sees() -> None:
    assert names(UNSEEN) == []
    assert names(UNSEEN, Marks(Zoltan_Fermat="PER")) == ["Zoltan Fermat"]
    [person] = nn.Extractor(engine=Marks(Zoltan_Fermat="PER")).extract(UNSEEN).people
    assert person.rule == "person.model"


@pytest.mark.parametrize(
    "engine", [Marks(), Marks(Zoltan_Fermat="ORG"), Marks(Zoltan_Fermat="LOC"), Marks(Zoltan="PER"), Marks(milik="PER")]
)
def test_what_makes_nobody_of_it(engine: Marks) -> None:
    assert names(UNSEEN, engine) == []


def test_a_region_stays_one() -> None:
    text = "Rombongan singgah di Delang lalu ke Berau."
    assert names(text, Marks(Delang="PER", Berau="PER")) == []


class Parse(Marks):
    """An engine that makes the word before a name its head."""

    def __init__(self, relation: str, **labels: str) -> None:
        super().__init__(**labels)
        self._relation = relation

    def analyze(self, text: str) -> Analysis:
        [name] = super().analyze(text).names
        before = text.rindex(" ", 0, name.start - 1) + 1
        head = ParsedWord(before, name.start - 1, "NOUN", 0, "obl")
        return Analysis((name,), words=(head, ParsedWord(name.start, name.end, "PROPN", 0, self._relation)))


@pytest.mark.parametrize(
    ("before", "relation", "found"),
    [
        ("Jalur pendakian", "compound", []),
        ("Jalur pendakian", "flat:name", []),
        ("Tas itu milik", "nmod", ["Zoltan Fermat"]),
        ("Ada seorang warga", "flat:name", ["Zoltan Fermat"]),
    ],
)
def test_a_part_of_another_name_is_nobody(before: str, relation: str, found: list[str]) -> None:
    assert names(f"{before} Zoltan Fermat dibuka lagi.", Parse(relation, Zoltan_Fermat="PER")) == found


def test_what_the_rules_see_needs_no_model() -> None:
    text = "Plt Camat Delang, Rusdi Halim, hadir."
    assert names(text) == names(text, Marks(Rusdi_Halim="ORG")) == ["Rusdi Halim"]


def test_it_is_asked_once_for_the_view() -> None:
    engine = Marks()
    text = "Rapat dimulai.\n\nBaca Juga: Jembatan Delang Diperbaiki\n\nRapat selesai."
    nn.Extractor(engine=engine).extract(text)
    [asked] = engine.asked
    assert len(asked) == len(text)
    assert "Baca Juga" not in asked


def test_an_analysis_of_the_caller_comes_first() -> None:
    engine = Marks(Zoltan_Fermat="PER")
    assert nn.Extractor(engine=engine).read(UNSEEN, analysis=NOTHING).article.people == ()
    assert engine.asked == []


def ruler(**labels: str) -> spacy.language.Language:
    nlp = spacy.blank("xx")
    patterns = [{"label": label, "pattern": word.replace("_", " ")} for word, label in labels.items()]
    nlp.add_pipe("entity_ruler", config={"validate": True}).add_patterns(patterns)  # type: ignore[attr-defined]
    return nlp


def test_a_spacy_pipeline() -> None:
    engine = SpacyEngine(ruler(Zoltan_Fermat="PERSON", Delang="GPE", Tas="PRODUCT"))
    assert engine.analyze(UNSEEN).names == (NamedSpan(14, 27, "PER"), NamedSpan(42, 48, "LOC"))
    assert [person.name for person in nn.Extractor(engine=engine).extract(UNSEEN).people] == ["Zoltan Fermat"]
    assert analysis_of(spacy.blank("xx")(UNSEEN)) == NOTHING


def test_a_parse_without_its_blanks() -> None:
    doc = spacy.tokens.Doc(
        spacy.blank("xx").vocab,
        words=["Camat", "\n\n", "hadir", "."],
        spaces=[False, False, False, False],
        pos=["NOUN", "SPACE", "VERB", "PUNCT"],
        heads=[2, 0, 2, 2],
        deps=["nsubj", "dep", "ROOT", "punct"],
    )
    analysis = analysis_of(doc)
    assert [(word.start, word.end, word.head, word.relation) for word in analysis.words] == [
        (0, 5, 1, "nsubj"),
        (7, 12, 1, "ROOT"),
        (12, 13, 1, "punct"),
    ]
    assert analysis.sentences == (0,)


def test_components_use_it_when_told_to() -> None:
    for engine, expected in ((False, []), (True, ["Zoltan Fermat"])):
        nlp = ruler(Zoltan_Fermat="PERSON")
        nlp.add_pipe("netralitas", config={"engine": engine})
        assert [person.name for person in nlp(UNSEEN)._.article.people] == expected


def test_load_uses_it_unless_told_not_to(tmp_path: Path) -> None:
    ruler(Zoltan_Fermat="PERSON").to_disk(tmp_path / "model")
    assert [person.name for person in load(tmp_path / "model")(UNSEEN)._.article.people] == ["Zoltan Fermat"]
    assert load(tmp_path / "model", engine=False)(UNSEEN)._.article == nn.extract(UNSEEN)
