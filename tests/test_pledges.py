"""Pledges: rows of cases/pledges.jsonl, the examples of the rule file, a grammar of articles, and any text."""

from __future__ import annotations

import json
import random
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pledge_grammar
from marking import marked
from netralitas_nlp import Extractor
from netralitas_nlp._rules import builtin
from netralitas_nlp.errors import RuleError
from netralitas_nlp.layers.promises import PledgeRules
from netralitas_nlp.types import Article, Pledge, PledgeKind, Polarity, Theme

EXTRACTOR = Extractor()
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "pledges.jsonl").read_text(encoding="utf-8").splitlines()
]
SHOWN = ("declared_count", "pledgor", "date", "occasion")


def shown(pledge: Pledge, asked: dict[str, Any]) -> dict[str, Any]:
    """Return what a row says of a pledge; flags always, the rest where the row names it."""
    found: dict[str, Any] = {
        "kind": pledge.kind.value,
        "polarities": [clause.polarity.value for clause in pledge.clauses],
        "flags": list(pledge.flags),
        "ordinals": [clause.ordinal for clause in pledge.clauses],
    }
    return found | {name: getattr(pledge, name) for name in SHOWN if name in asked}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["id"], marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [])
        for case in CASES
    ],
)
def test_cases(case: dict[str, Any]) -> None:
    text, spans = marked(case["text"])
    pledges = EXTRACTOR.extract(text).pledges
    assert [tuple(clause.span) for pledge in pledges for clause in pledge.clauses] == spans
    expected = [
        {"flags": [], "ordinals": list(range(1, len(row["polarities"]) + 1)), **row} for row in case["expect"]
    ]
    assert [shown(*pair) for pair in zip(pledges, case["expect"], strict=True)] == expected


def test_a_third_of_the_rows_are_look_alikes() -> None:
    assert sum("⟦" not in case["text"] for case in CASES) * 3 >= len(CASES) >= 3 * 30


DATA = tomllib.loads(builtin("pledges.toml").read_text(encoding="utf-8"))


def pledge(point: str) -> Pledge:
    [found] = EXTRACTOR.extract(f"Isi ikrar itu: 1. {point}; 2. hadir tepat waktu.").pledges
    return found


@pytest.mark.parametrize("row", DATA["theme"], ids=lambda row: row["id"])
def test_themes(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        assert row["theme"] in pledge(example).clauses[0].themes, example
    for reject in row["rejects"]:
        assert row["theme"] not in pledge(reject).clauses[0].themes, reject


@pytest.mark.parametrize("row", DATA["polarity"], ids=lambda row: row["id"])
def test_polarity(row: dict[str, Any]) -> None:
    for example in row.get("examples", []):
        assert pledge(example).clauses[0].polarity == row["polarity"], example
    for reject in row.get("rejects", []):
        assert pledge(reject).clauses[0].polarity != row["polarity"], reject


@pytest.mark.parametrize("row", [row for row in DATA["cue"] if "examples" in row], ids=lambda row: row["id"])
def test_cues(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        assert [found.kind for found in EXTRACTOR.extract(example).pledges] == [row["kind"]], example
    for reject in row.get("rejects", []):
        assert EXTRACTOR.extract(reject).pledges == (), reject


def test_every_theme_of_the_record_but_other_has_words() -> None:
    assert {row["theme"] for row in DATA["theme"]} == {theme.value for theme in Theme} - {"other"}


OFFICIAL = """Ada empat poin penting dalam ikrar netralitas pegawai Kecamatan Melati.

Pertama menjaga dan menegakkan netralitas dalam pelayanan publik. Baik sebelum selama maupun sesudah pemilihan.

Kedua menghindari konflik kepentingan tidak melakukan intimidasi dan ancaman serta tidak memihak kepada calon tertentu.

Baca Juga: Harga Cabai Naik di Pasar Melati

Ketiga bijak bermedia sosial, tidak menyebarkan ujaran kebencian serta kabar bohong, Keempat menolak politik uang \
serta hadiah apa pun.
"""


def test_commitments_themes_and_phases() -> None:
    [found] = EXTRACTOR.extract(OFFICIAL).pledges
    first, second, third, fourth = ([theme.value for theme in clause.themes] for clause in found.clauses)
    assert first == ["neutrality", "public_service"]
    assert fourth == ["money_politics", "gratification"]
    assert second == ["conflict_of_interest", "intimidation", "partisanship"]
    assert third == ["social_media", "hate_speech", "disinformation"]
    assert [[phase.value for phase in clause.phases] for clause in found.clauses] == [
        ["before", "during", "after"], [], [], [],
    ]  # fmt: skip
    assert [[(part.text, part.polarity.value) for part in clause.commitments] for clause in found.clauses[1:3]] == [
        [
            ("menghindari konflik kepentingan", "refrain"),
            ("tidak melakukan intimidasi dan ancaman", "refrain"),
            ("tidak memihak kepada calon tertentu", "refrain"),
        ],
        [("bijak bermedia sosial", "do"), ("tidak menyebarkan ujaran kebencian serta kabar bohong", "refrain")],
    ]


@pytest.mark.parametrize(
    ("point", "phases"),
    [
        ("bersikap netral sebelum dan selama masa kampanye", ["before", "during"]),
        ("netral sejak sekarang, pada hari pencoblosan, hingga penetapan hasil", ["before", "during", "after"]),
        ("netral selama tahapan pilkada", ["during"]),
        ("tidak menghadiri acara calon setelah jam kerja", []),
        ("melapor sebelum pukul delapan pagi", []),
    ],
)
def test_phases(point: str, phases: list[str]) -> None:
    assert [phase.value for phase in pledge(point).clauses[0].phases] == phases


def test_a_pledge_printed_twice_is_one() -> None:
    body = "Ikrar itu memuat dua poin. Pertama, menjaga netralitas. Kedua, menolak politik uang."
    assert len(EXTRACTOR.extract(f"{body}\n\nCamat hadir.\n\n{body}").pledges) == 1


def test_a_count_that_does_not_agree_is_a_note() -> None:
    article = EXTRACTOR.extract("Ikrar itu memuat tiga poin. Pertama, menjaga netralitas. Kedua, menolak suap.")
    [note] = [note for note in article.notes if note.code == "count_mismatch"]
    assert note.message == "3 points are announced, 2 are given"
    assert note.span == article.pledges[0].span


def test_explain_tells_why_a_list_is_none() -> None:
    text = "Ikrar itu punya dua tujuan. Pertama, menjaga netralitas. Kedua, menolak politik uang."
    found = [candidate for candidate in EXTRACTOR.explain(text).candidates if candidate.layer == "pledges"]
    assert [(candidate.kept, candidate.rule, candidate.reason) for candidate in found] == [
        (False, "pledge.ikrar", "nobody makes the pledge here"),
        (False, "list.word", "the points are tujuan"),
    ]


def test_themes_of_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "pledges.toml").write_text(
        'theme = [{ id = "yells", theme = "campaigning", variants = ["yel-yel", "arak arakan"] }]', encoding="utf-8"
    )
    text = "Isi ikrar itu: 1. tidak ikut arak-arakan; 2. menolak politik uang."
    [found] = Extractor(tmp_path).extract(text).pledges
    assert found.clauses[0].themes == (Theme.CAMPAIGNING,)
    assert found.clauses[0].commitments[0].rule == "theme.yells"
    assert EXTRACTOR.extract(text).pledges[0].clauses[0].themes == (Theme.OTHER,)


def test_all_problems_of_a_users_file_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "pledges.toml").write_text(
        """
        [[theme]]
        id = "yells"
        theme = "noise"
        variants = ["yel"]
        [[theme]]
        id = "flags"
        theme = "partisanship"
        [[cue]]
        id = "sesanti"
        kind = "sesanti"
        part = "noun"
        variants = ["sesanti"]
        [[banner]]
        id = "x"
        """,
        encoding="utf-8",
    )
    with pytest.raises(RuleError) as raised:
        Extractor(tmp_path)
    problems = "\n".join(raised.value.problems)
    assert len(raised.value.problems) == 4
    for part in ("'yells'", "'flags'", "'sesanti'", "[[banner]]"):
        assert part in problems


def test_a_cue_of_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "pledges.toml"
    path.write_text(
        'cue = [{ id = "sesanti", kind = "ikrar", part = "noun", variants = ["sesanti"] }]', encoding="utf-8"
    )
    [found] = Extractor(tmp_path).extract("Bunyi sesanti itu: 1. netral; 2. tidak memihak.").pledges
    assert (found.kind, found.rule) == (PledgeKind.IKRAR, "pledge.sesanti")
    assert PledgeRules.load([path]).vocabulary > PledgeRules.load().vocabulary


CODEBOOK = (Path(__file__).parent.parent / "docs" / "codebook.md").read_text(encoding="utf-8")
THEMES = re.findall(r"^\| `(\w+)` \| .* \| (.*) \| (.*) \|$", CODEBOOK.split("### 2.6")[1].split("### 2.7")[0], re.M)
UNKNOWN_THEMES = {
    "tidak memakai perahu dinas untuk calon", "menutup gudang kantor bagi tim sukses", "merawat kendaraan dinas",
    "melapor bila ada tekanan",
}  # fmt: skip


@pytest.mark.parametrize("row", THEMES, ids=[row[0] for row in THEMES])
def test_themes_of_the_codebook(row: tuple[str, str, str]) -> None:
    name, inside, outside = row
    pairs = [(point, name) for point in re.findall("“([^”]*)”", inside)]
    for point, theme in [*pairs, *re.findall("“([^”]*)” → `(\\w+)`", outside)]:
        text = f"Para guru mengucapkan ikrar netralitas:\n1. {point.capitalize()}\n2. Menolak politik uang"
        first = EXTRACTOR.extract(text).pledges[0].clauses[0]
        assert (first.themes[0].value == theme) is (point not in UNKNOWN_THEMES), point


def missed(sample: pledge_grammar.Sample) -> list[str]:
    found = {clause.text for pledge in EXTRACTOR.extract(sample.text).pledges for clause in pledge.clauses}
    return [point for point in sample.points if point not in found]


def test_points_of_two_thousand_articles_are_found_back() -> None:
    draw = random.Random(2024)
    samples = [pledge_grammar.sample(draw) for _ in range(2_000)]
    misses = [(sample.style, point, sample.text) for sample in samples for point in missed(sample)]
    total = sum(len(sample.points) for sample in samples)
    shown = "\n\n".join(f"{style}: {point!r} in\n{text}" for style, point, text in misses)
    assert 1 - len(misses) / total >= 0.98, f"{len(misses)} of {total} points are missed:\n{shown}"


@given(st.randoms(use_true_random=False))
def test_articles_of_the_grammar(draw: random.Random) -> None:
    sample = pledge_grammar.sample(draw)
    pledges = EXTRACTOR.extract(sample.text).pledges
    polarity = dict(pledge_grammar.POINTS)
    for found in pledges:
        numbers = [clause.ordinal for clause in found.clauses]
        assert numbers == sorted(set(numbers))
        for clause in found.clauses:
            assert clause.text in sample.points, "a point was invented"
            point = clause.text.partition(". ")[0]
            assert clause.polarity == polarity[point[0].lower() + point[1:]]


PIECES = st.sampled_from(
    [
        "Pertama, ", "Kedua ", "kedua, ", "dan ketiga ", "Yang keempat ", "poin ", "1. ", "2) ", "(3) ", "a. ", "(ii) ",
        "\n• ", "\n- ", "; ", ", ", ". ", ": ", "\n", "\n\n", "Selanjutnya, ", "Terakhir, ", "satu, ", "ikrar ",
        "deklarasi netralitas ", "pakta integritas ", "komitmen bersama ", "berikrar ", "Kami ", "berjanji ", "berisi ",
        "memuat empat poin", "Isinya ", "yaitu ", "menjaga netralitas", "tidak memihak", "menolak politik uang ",
        "dan ", "serta ", "tidak akan ", "larangan", "Demikian ikrar ini ", "sebelum, selama, sesudah pilkada ",
        "Senin (7/10/2024) ", "“", "”", '"', "(", ")", "ujar Rusdi Halim", "Baca Juga: X\n", "\u00a0", "\x00", "\ud800",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80).map(lambda text: f"Isi ikrar: {text}"))
def test_any_text(text: str) -> None:
    check(EXTRACTOR.extract(text))


def check(article: Article) -> None:
    for found in article.pledges:
        assert bool(found.clauses) != ("no_text" in found.flags)
        assert found.pledgor is None or found.pledgor in article.text
        assert found.date is None or re.fullmatch(r"\d{4}-\d\d-\d\d", found.date)
        commitments = [commitment for clause in found.clauses for commitment in clause.commitments]
        parts = [(found.span, found.text), *((clause.span, clause.text) for clause in found.clauses)]
        parts += [(commitment.span, commitment.text) for commitment in commitments]
        for span, text in parts:
            assert text == article.text[span.start : span.end]
            assert text.strip()
        for clause in found.clauses:
            assert clause.commitments
            polarities = {commitment.polarity for commitment in clause.commitments}
            assert clause.polarity is (Polarity.MIXED if len(polarities) > 1 else polarities.pop())
            assert found.span.start <= clause.span.start < clause.span.end <= found.span.end
