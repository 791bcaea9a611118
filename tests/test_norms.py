"""Norms: the examples of the rule file, addressees and classes of acts, and what holds for any text."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counting import work
from marking import marked
from netralitas_nlp import Extractor, Norm, RuleError
from netralitas_nlp._rules import builtin

EXTRACTOR = Extractor()
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "norms.jsonl").read_text(encoding="utf-8").splitlines()
]
DATA = tomllib.loads(builtin("norms.toml").read_text(encoding="utf-8"))


def _norms(text: str) -> list[Norm]:
    return list(EXTRACTOR.extract(text).norms)


@pytest.mark.parametrize("entry", DATA["trigger"], ids=[entry["id"] for entry in DATA["trigger"]])
def test_examples_of_triggers(entry: dict[str, Any]) -> None:
    for example in entry["examples"]:
        assert [(norm.rule, norm.modality.value) for norm in _norms(example)] == [
            (f"norm.{entry['id']}", entry["modality"])
        ], example
    for reject in entry["rejects"]:
        assert f"norm.{entry['id']}" not in {norm.rule for norm in _norms(reject)}, reject


def _params() -> list[Any]:
    """Return the rows as test cases; a row with `xfail` is right, and not read so yet."""
    return [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", _params())
def test_cases(case: dict[str, Any]) -> None:
    text, marks = marked(case["text"])
    found = _norms(text)
    assert [[norm.modality.value, norm.addressee, norm.action] for norm in found] == case["norms"]
    assert [norm.text for norm in found] == [text[slice(*mark)] for mark in marks]


def test_ids_of_cases_are_used_once() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))


def test_ids_and_variants_are_used_once() -> None:
    for table in ("trigger", "addressee"):
        ids = [entry["id"] for entry in DATA[table]]
        variants = [variant.lower() for entry in DATA[table] for variant in entry["variants"]]
        assert len(ids) == len(set(ids)), table
        assert len(variants) == len(set(variants)), table


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        ("“ASN wajib netral. Jangan memihak,” kata Camat.", ["ASN", "ASN"]),
        ("Kades diminta hadir. Mereka tidak boleh absen sampai rapat selesai.", ["Kades", "Kades"]),
        ("Guru boleh memilih, tetapi tidak boleh memihak.", ["Guru", "Guru"]),
        ("Setiap pegawai, termasuk honorer, wajib melapor.", ["Setiap pegawai, termasuk honorer"]),
        ("Pegawai yang melanggar, lanjutnya, dapat diberhentikan.", ["Pegawai yang melanggar"]),
        ("Netralitas harus dijaga.", [None]),
        ("Jika terbukti ASN akan dikenai sanksi.", ["ASN"]),
        ("Kalau ada warga yang melihat, jangan takut melapor.", ["warga"]),
        ("Kita harus solid.", ["Kita"]),
        ("Di rapat itu Camat meminta kepada seluruh lurah agar tidak memihak.", ["seluruh lurah"]),
    ],
)
def test_who_is_bound(text: str, addressees: list[str | None]) -> None:
    assert [norm.addressee for norm in _norms(text)] == addressees


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Selama masa kampanye, ASN dilarang mengunggah foto calon.", "Selama masa kampanye"),
        ("Warga boleh masuk asalkan melapor.", "asalkan melapor"),
        ("Perahu dilarang sandar, kecuali dalam keadaan darurat.", "kecuali dalam keadaan darurat"),
        ("Warga wajib menginap selama dua malam.", None),
        ("Tamu yang melapor boleh masuk.", None),
    ],
)
def test_conditions(text: str, condition: str | None) -> None:
    [norm] = _norms(text)
    assert norm.condition == condition


def test_conditions_speakers_and_sources() -> None:
    article = EXTRACTOR.extract(
        "Ketua Bawaslu Berau, Surya Lesmana, menegaskan bahwa berdasarkan PP Nomor 94 Tahun 2021, pegawai yang memihak "
        "akan dikenai sanksi. “Kades boleh hadir jika tidak memberi sambutan,” katanya."
    )
    sanction, permission = article.norms
    assert (sanction.source, sanction.speaker) == (0, article.people[0].id)
    assert article.references[sanction.source or 0].number == "94"
    assert (permission.condition, permission.action) == ("jika tidak memberi sambutan", "hadir")
    assert (permission.trigger.text, permission.source) == ("boleh", None)


def test_headlines_names_in_marks_and_clauses_of_pledges_hold_no_norms() -> None:
    assert _norms("ASN Wajib Netral, Kata Bupati\n\nBERAU, KABAR.COM – Rapat digelar kemarin.") == []
    assert _norms("Di pagar itu ada tulisan “Dilarang Parkir”.") == []
    text = "Kami pegawai Kecamatan Wera dengan ini berikrar:\n1. Wajib menjaga netralitas\n2. Tidak akan memihak"
    assert _norms(text) == []


def test_own_triggers(tmp_path: Path) -> None:
    (tmp_path / "norms.toml").write_text(
        '[[trigger]]\nid = "emoh"\nmodality = "prohibition"\nkind = "modal"\nvariants = ["emoh"]\n', encoding="utf-8"
    )
    [norm] = Extractor(rules=tmp_path).extract("Pegawai emoh karaoke di kantor.").norms
    assert (norm.rule, norm.action, norm.violation) == ("norm.emoh", "karaoke di kantor", "other")


def test_every_problem_of_own_rules_is_told(tmp_path: Path) -> None:
    (tmp_path / "norms.toml").write_text(
        '[[trigger]]\nid = "a"\nmodality = "wish"\nkind = "modal"\nvariants = ["a"]\n'
        '[[addressee]]\nid = "b"\npublic = "yes"\nvariants = ["b"]\n',
        encoding="utf-8",
    )
    with pytest.raises(RuleError) as error:
        Extractor(rules=tmp_path)
    assert [problem.split(": ", 1)[1] for problem in error.value.problems] == [
        "[[trigger]] 'a': key 'modality' is 'wish'; it must be one of obligation, permission, prohibition, sanction",
        "[[addressee]] 'b': key 'public' must be a bool, not str",
    ]


_WORDS = st.sampled_from(
    [
        "ASN ", "warga ", "harus ", "tidak ", "boleh ", "jangan ", "meminta ", "agar ", "untuk ", "bahwa ", "dan ",
        ", ", ". ", "“", "”", "jika ", "akan dikenai sanksi ", "kata Rusdi ", "mereka ", "yang ", "memihak ", "netral ",
        "(", ")",
    ]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=60).map("".join))
def test_any_mixture_has_true_spans(text: str) -> None:
    article = EXTRACTOR.extract(text)
    for norm in article.norms:
        assert text[slice(*norm.span)] == norm.text
        assert text[slice(*norm.trigger.span)] == norm.trigger.text
        assert norm.text.strip()
        assert norm.action.strip()
        assert norm.source is None or norm.source < len(article.references)
    assert [norm.span for norm in article.norms] == sorted(norm.span for norm in article.norms)


@pytest.mark.parametrize(
    "unit",
    [
        *("harus ", "tidak boleh ", "jangan ", "ASN wajib netral, ", "meminta ", "meminta ASN agar ", "agar ", "jika "),
        *("ASN, ", "dan harus ", "yang wajib ", "bukan berarti boleh ", "sanksi ", "akan menindak ", "mereka harus. "),
        *("bagi ", "jika maka harus ", "harus kita susun ", "sebaiknya ASN ", "menurut "),
    ],
)
def test_twice_the_triggers_are_twice_the_work(unit: str) -> None:
    assert work(EXTRACTOR.extract, unit * 2_000) < 2.5 * work(EXTRACTOR.extract, unit * 1_000)
