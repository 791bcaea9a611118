"""Quotation marks and which of them belong together: every style, what is missing, and any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counting import work
from netralitas_nlp._text import make_view
from netralitas_nlp.layers import quotation
from netralitas_nlp.layers.quotation import Stretch
from netralitas_nlp.types import Span

#: What opens and what closes in the styles that news uses.
STYLES = {
    "curly": ("“", "”"),
    "straight": ('"', '"'),
    "right": ("”", "”"),
    "left": ("“", "“"),
    "low": ("„", "“"),
    "low and right": ("„", "”"),
    "guillemets": ("«", "»"),
    "doubled singles": ("‘‘", "’’"),
    "doubled right singles": ("’’", "’’"),
    "doubled straight singles": ("''", "''"),
    "backticks": ("``", "''"),
    "singles": ("‘", "’"),
    "straight singles": ("'", "'"),
    "curly, then straight": ("“", '"'),
    "doubled singles, then right": ("’’", "”"),
    "HTML": ("&quot;", "&quot;"),
    "HTML, left and right": ("&ldquo;", "&rdquo;"),
    "HTML by number": ("&#8220;", "&#8221;"),
}
SINGLE = {"singles", "straight singles"}
MARKS = ("“", "”", '"', "„", "«", "»", "‘", "’", "'", "‘‘", "’’", "''", "``", "&quot;", "&ldquo;", "&rdquo;")


def paragraphs(view: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"[^\n]*\S[^\n]*", view)]


def pair(text: str) -> list[Stretch]:
    view = make_view(text)
    return quotation.pair(view, paragraphs(view))


def inside(text: str) -> list[str]:
    return [text[stretch.start : stretch.end] for stretch in pair(text)]


every_style = pytest.mark.parametrize(("opening", "closing"), STYLES.values(), ids=STYLES.keys())


@every_style
def test_a_pair(opening: str, closing: str) -> None:
    text = f"Rapat dibuka. {opening}Kami siap,{closing} kata camat."
    [stretch] = pair(text)
    assert text[stretch.start : stretch.end] == "Kami siap,"
    assert text[stretch.before : stretch.after] == f"{opening}Kami siap,{closing}"
    assert stretch.closed
    assert stretch.opened
    assert not stretch.continued


@every_style
def test_two_pairs_in_one_paragraph(opening: str, closing: str) -> None:
    text = f"{opening}Kami siap,{closing} kata camat. {opening}Ayo mulai!{closing}"
    assert inside(text) == ["Kami siap,", "Ayo mulai!"]


@pytest.mark.parametrize("name", sorted(set(STYLES) - SINGLE))
def test_a_blank_inside_double_marks_belongs_to_no_stretch(name: str) -> None:
    opening, closing = STYLES[name]
    assert inside(f"{opening} Kami siap, {closing} kata camat.") == ["Kami siap,"]


@every_style
def test_the_comma_may_stand_behind_the_mark(opening: str, closing: str) -> None:
    assert inside(f"{opening}Kami siap{closing}, kata camat.") == ["Kami siap"]


def test_single_marks_are_told_from_double_ones() -> None:
    for name, (opening, closing) in STYLES.items():
        [stretch] = pair(f"{opening}Kami siap,{closing} kata camat.")
        assert stretch.single is (name in SINGLE), name


def test_a_pair_may_hold_a_line_break() -> None:
    assert inside("“Kami siap.\n\nAyo mulai,” kata camat.") == ["Kami siap.\n\nAyo mulai,"]


def test_a_pair_too_far_apart_is_none() -> None:
    text = "“Kami siap.\n" + "Rapat berjalan lancar.\n" * 200 + "Ayo mulai,” kata camat."
    assert [(stretch.closed, stretch.opened) for stretch in pair(text)][:1] == [(False, True)]
    assert inside(text)[0] == "Kami siap."


def test_paragraphs_that_each_open_with_a_mark() -> None:
    stretches = pair("“Kami siap.\n“Semua sudah tiba.\n“Ayo mulai,” kata camat.\n“Selesai,” katanya.")
    assert [stretch.continued for stretch in stretches] == [False, True, True, False]
    assert [stretch.closed for stretch in stretches] == [False, False, True, True]


def test_nothing_is_continued_by_nothing() -> None:
    assert [stretch.continued for stretch in pair("“\n“Kami siap,” kata camat.")] == [False]


def test_a_mark_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "“Kami siap, kata camat.\nRapat ditutup."
    [stretch] = pair(text)
    assert text[stretch.start : stretch.end] == "Kami siap, kata camat."
    assert stretch.opened
    assert not stretch.closed


def test_a_mark_that_is_never_opened_reaches_back_to_its_paragraph() -> None:
    text = "Rapat dibuka.\nKami siap,” kata camat."
    [stretch] = pair(text)
    assert text[stretch.start : stretch.end] == "Kami siap,"
    assert stretch.closed
    assert not stretch.opened


def test_a_mark_that_is_never_opened_reaches_no_further_than_the_pair_before() -> None:
    assert inside("“Kami siap,” kata camat. Ayo mulai,” katanya.") == ["Kami siap,", "kata camat. Ayo mulai,"]


@pytest.mark.parametrize("mark", ['""', "””", "”“", '”"', '"“'])
def test_a_seam_closes_one_stretch_and_opens_the_next(mark: str) -> None:
    assert inside(f"“Kami siap.{mark}Ayo mulai,” kata camat.") == ["Kami siap.", "Ayo mulai,"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Slogan “Maju” itu baik,” kata camat.", ["Slogan “Maju” itu baik,"]),
        ("“Slogan kita “Maju”,” kata camat.", ["Slogan kita “Maju”,"]),
        ("“Mereka bilang ‘tunggu’ saja,” kata camat.", ["Mereka bilang ‘tunggu’ saja,"]),
        ("\"Mereka bilang 'tunggu' saja,\" kata camat.", ["Mereka bilang 'tunggu' saja,"]),
        ("‘Kami siap,’ kata camat, “lalu mulai,” katanya.", ["Kami siap,", "lalu mulai,"]),
    ],
)
def test_marks_inside_marks(text: str, expected: list[str]) -> None:
    assert inside(text) == expected


@pytest.mark.parametrize("word", ["Jum'at", "Ma’ruf", "Qur‘an", "ba'da", "Al-Qur'an", "N’Douassell"])
def test_an_apostrophe_is_no_mark(word: str) -> None:
    assert inside(f"Pada {word} itu, kata {word}, warga datang.") == []
    assert inside(f"‘Warga datang pada {word} itu,’ kata camat.") == [f"Warga datang pada {word} itu,"]


@pytest.mark.parametrize("text", ["", "\n", "Rapat dibuka.", "“”", '""', "“ ”", "''", "&quot;&quot;", "” “", "‘ ’"])
def test_nothing_stands_between_the_marks(text: str) -> None:
    assert pair(text) == []


@pytest.mark.parametrize("mark", [m for m in MARKS if len(m) == 1])
@pytest.mark.parametrize("form", ["{} ", " {} ", "{}", "a{} ", " {}a", "a{}a ", "{}\n", "a {}a.\n", ".{}A"])
def test_a_flood_of_marks_never_raises(mark: str, form: str) -> None:
    check(form.format(mark) * 2_000)


@pytest.mark.parametrize("mark", ["“", "”", '"', "«", "»", "„", "''", "’’", "``", "&quot;", "‘", "’", "'"])
def test_ten_thousand_lost_marks_between_real_pairs(mark: str) -> None:
    pairs = ["“Kami siap,” kata camat.", "“Ayo mulai,” katanya."]
    text = pairs[0] + f"\nSatu {mark}dua." * 10_000 + "\n" + pairs[1]
    found = check(text)
    assert found[0] == "Kami siap,"
    assert found[-1] == "Ayo mulai,"


def check(text: str) -> list[str]:
    """Check what holds for the stretches of any text; return what they hold."""
    stretches = pair(text)
    end = 0
    for stretch in stretches:
        assert end <= stretch.before <= stretch.start < stretch.end <= stretch.after <= len(text)
        assert text[stretch.start : stretch.end].strip()
        assert stretch.opened or stretch.closed
        end = stretch.after
    return [text[stretch.start : stretch.end] for stretch in stretches]


_PIECES = st.sampled_from([*MARKS, " ", "\n", "\n\n", ".", ",", "(", ")", "kata ", "Kami ", "siap", "a", "1", "—", "?"])


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=60).map("".join)))
def test_any_text(text: str) -> None:
    check(text)


@given(st.lists(_PIECES, max_size=40).map("".join), st.data())
def test_any_paragraphs(text: str, data: st.DataObject) -> None:
    """Paragraphs may leave out parts of the text: furniture is none."""
    spans = [span for span in paragraphs(text) if data.draw(st.booleans())]
    end = 0
    for stretch in quotation.pair(text, spans):
        assert end <= stretch.start < stretch.end <= stretch.after
        end = stretch.after


@given(
    st.lists(st.sampled_from(sorted(set(STYLES) - SINGLE)), min_size=1, max_size=8),
    st.sampled_from([" ", "\n", "\n\n", " Rapat lalu ditutup. "]),
)
def test_pairs_of_mixed_styles_are_all_found(names: list[str], between: str) -> None:
    said = [f"Kami siap nomor {number}," for number in range(len(names))]
    marked = [STYLES[name][0] + text + STYLES[name][1] for name, text in zip(names, said, strict=True)]
    text = between.join(f"{quote} kata camat." for quote in marked)
    assert inside(text) == said


@pytest.mark.parametrize(
    "unit",
    [*(f"{mark}{end}" for mark in MARKS for end in (" ", "a ", "\n")), "“Kami siap,” kata camat. ", "“a\n“b” c\n"],
)
def test_twice_the_marks_are_twice_the_work(unit: str) -> None:
    assert work(pair, unit * 2_000) < 2.2 * work(pair, unit * 1_000) + 500
