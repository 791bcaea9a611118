"""Classes of forbidden acts: the examples of the rule file and of the codebook, and the user's own classes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from counting import work
from netralitas_nlp import Extractor, RuleError
from netralitas_nlp._rules import builtin
from netralitas_nlp.layers.violations import OTHER, ViolationRules

EXTRACTOR = Extractor()
RULES = ViolationRules.load()
ENTRIES = tomllib.loads(builtin("violations.toml").read_text(encoding="utf-8"))["violation"]
CODEBOOK = (Path(__file__).parent.parent / "docs" / "codebook.md").read_text(encoding="utf-8")
SECTION = CODEBOOK[CODEBOOK.index("## 4. Violations") : CODEBOOK.index("## 5.")]
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in re.findall(r"^\| `.*$", SECTION, re.M)]
KNOWN_GAPS = {"Baju Korpri haram dipakai ke kampanye."}


def _classes(sentence: str) -> list[str | None]:
    return [norm.violation for norm in EXTRACTOR.extract(sentence).norms]


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])
def test_examples_of_the_classes(entry: dict[str, Any]) -> None:
    for example in entry["examples"]:
        assert _classes(f"ASN dilarang {example}.") == [entry["id"]], example
    for reject in entry["rejects"]:
        assert _classes(f"ASN dilarang {reject}.") not in ([], [entry["id"]]), reject


@pytest.mark.parametrize("row", ROWS, ids=[row[0].strip("`") for row in ROWS])
def test_examples_of_the_codebook(row: list[str]) -> None:
    name, _, _, inside, outside = row
    for sentence in set(re.findall("“([^”]*)”", inside)) - KNOWN_GAPS:
        assert _classes(sentence) == [name.strip("`")], sentence
    for sentence, instead in re.findall("“([^”]*)” → ([^<]*)", outside):
        other = re.match(r"`(\w+)`", instead)
        assert _classes(sentence) == [other[1] if other else None], sentence


def test_the_codebook_has_every_class() -> None:
    assert sorted(row[0].strip("`") for row in ROWS) == sorted([*(entry["id"] for entry in ENTRIES), OTHER])


def test_variants_are_used_once() -> None:
    variants = [variant for entry in ENTRIES for variant in [*entry["variants"], *entry.get("pairs", [])]]
    assert sorted(variants) == sorted(set(variants))


@pytest.mark.parametrize(
    ("act", "name"),
    [
        ("memihak dan memasang baliho", "campaign_material"),  # an umbrella gives way to an act
        ("memasang baliho dan berkampanye", "campaign_material"),  # the first act
        ("mengunggah foto bersama calon", "photo_with_candidate"),  # a pair counts before its first word
        ("foto calon disebarkan", "other"),  # a pair has an order
        ("merokok di kantor", "other"),
        ("", "other"),
    ],
)
def test_which_act_decides(act: str, name: str) -> None:
    assert RULES.classify(act.split()) == name


def test_only_prohibitions_have_a_class() -> None:
    text = "ASN boleh ikut kampanye. ASN wajib netral. ASN yang berkampanye akan dijatuhi sanksi. Warga dilarang orasi."
    assert _classes(text) == [None, None, None, "campaigning"]


def test_own_classes(tmp_path: Path) -> None:
    (tmp_path / "violations.toml").write_text(
        '[[violation]]\nid = "karaoke"\nbasis = "own list"\nvariants = ["karaoke"]\npairs = ["menyanyi* + kantor"]\n',
        encoding="utf-8",
    )
    text = "Pegawai dilarang karaoke. Guru dilarang menyanyikan lagu di kantor."
    assert [norm.violation for norm in Extractor(rules=tmp_path).extract(text).norms] == ["karaoke", "karaoke"]


def test_every_problem_of_own_classes_is_told(tmp_path: Path) -> None:
    (tmp_path / "violations.toml").write_text(
        '[[violation]]\nid = "a"\nvariants = ["a"]\n[[violation]]\nid = "b"\nbasis = "own"\nvariants = 3\n',
        encoding="utf-8",
    )
    (tmp_path / "pledges.toml").write_text(
        '[[theme]]\nid = "yells"\ntheme = "noise"\nvariants = ["yel-yel"]\n', encoding="utf-8"
    )
    with pytest.raises(RuleError) as error:
        Extractor(rules=tmp_path)
    assert len(error.value.problems) == 3
    assert [problem.split(": ")[1] for problem in error.value.problems] == [
        "[[theme]] 'yells'",
        "[[violation]] 'a'",
        "[[violation]] 'b'",
    ]


def test_half_a_pair_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "violations.toml").write_text(
        '[[violation]]\nid = "a"\nbasis = "own"\nvariants = ["a"]\npairs = ["menyanyi +", "menari"]\n', encoding="utf-8"
    )
    with pytest.raises(RuleError) as error:
        Extractor(rules=tmp_path)
    assert [problem.split(": ", 1)[1] for problem in error.value.problems] == [
        "[[violation]] 'a': 'menyanyi +' in 'pairs' has no '+' inside",
        "[[violation]] 'a': 'menari' in 'pairs' has no '+' inside",
    ]


def _classified(text: str) -> str:
    return RULES.classify(text.split())


@pytest.mark.parametrize("unit", ["menyebar foto ", "menyebar ", "foto ", "memihak "])
def test_twice_the_words_are_twice_the_work(unit: str) -> None:
    assert work(_classified, unit * 4_000) < 2.5 * work(_classified, unit * 2_000)


def test_a_single_file_of_rules(tmp_path: Path) -> None:
    path = tmp_path / "violations.toml"
    path.write_text('[[violation]]\nid = "karaoke"\nbasis = "own"\nvariants = ["karaoke"]\n', encoding="utf-8")
    [norm] = Extractor(rules=path).extract("Pegawai dilarang karaoke.").norms
    assert norm.violation == "karaoke"
    with pytest.raises(RuleError, match=r"bans\.toml: adds to no built-in file"):
        Extractor(rules=path.rename(tmp_path / "bans.toml"))
    with pytest.raises(FileNotFoundError, match="no folder or file of rules at"):
        Extractor(rules=path)
