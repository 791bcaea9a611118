from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import conllu
from conllu import Token, Word

ROWS = """\
# sent_id = a
# text = Rumahnya kosong.
1-2\tRumahnya\t_\t_\t_\t_\t_\t_\t_\t_
1\tRumah\trumah\tNOUN\tNSD\tNumber=Sing\t3\tnsubj\t_\t_
2\tnya\tdia\tPRON\t_\t_\t1\tnmod:poss\t_\t_
3\tkosong\tkosong\tADJ\t_\t_\t0\troot\t_\tSpaceAfter=No
3.1\tkosong\t_\t_\t_\t_\t_\t_\t_\t_
4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\tSpaceAfter=No

1\tYa\tya\tINTJ\t_\t_\t0\troot\t_\t_
"""


def analysis(*sentences: str) -> conllu.Analysis:
    """Return the analysis of sentences whose tokens are apart, and the words of a token joined by +."""
    tokens = [
        [
            Token(token.replace("+", ""), tuple(Word(1, word) for word in token.split("+")))
            for token in sentence.split()
        ]
        for sentence in sentences
    ]
    return conllu.analysis(tokens)


def figures(gold: conllu.Analysis, system: conllu.Analysis) -> dict[str, tuple[int, ...]]:
    return {name: tuple(figure) for name, figure in conllu.score(gold, system).items()}


def test_sentences_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.conllu"
    file.write_text(ROWS, encoding="utf-8")
    first, second = conllu.read(file)
    assert first.comments == ("sent_id = a", "text = Rumahnya kosong.")
    assert [token.form for token in first.tokens] == ["Rumahnya", "kosong", "."]
    assert [word.form for word in first.words] == ["Rumah", "nya", "kosong", "."]
    assert first.words[0] == Word(1, "Rumah", "rumah", "NOUN", "NSD", "Number=Sing", "3", "nsubj")
    assert first.text == "Rumahnya kosong."
    assert conllu.text_of([first, second]) == "Rumahnya kosong. Ya"


def test_a_line_without_ten_columns() -> None:
    with pytest.raises(ValueError, match="line 2: 3 columns, not 10"):
        list(conllu.parse(["# a", "1\ta\tb"]))


def test_what_is_equal_is_right() -> None:
    gold = analysis("Rumah+nya kosong .", "Ya")
    assert figures(gold, gold) == {"tokens": (4, 4, 4), "words": (5, 5, 5), "sentences": (2, 2, 2)}


def test_clitics_as_tokens_are_words_of_a_multiword_token() -> None:
    gold, system = analysis("Rumah+nya kosong ."), analysis("Rumah nya kosong .")
    assert figures(gold, system) == {"tokens": (2, 4, 3), "words": (4, 4, 4), "sentences": (1, 1, 1)}
    assert figures(system, gold)["words"] == (4, 4, 4)


def test_a_clitic_that_is_missed_costs_both_words() -> None:
    gold, system = analysis("Rumah+nya kosong ."), analysis("Rumahnya kosong .")
    assert figures(gold, system)["words"] == (2, 3, 4)


def test_another_cut_in_a_multiword_token() -> None:
    gold, system = analysis("ke rumah+ku+lah ya"), analysis("kerumah kulah ya")
    assert figures(gold, system)["words"] == (1, 3, 5)


def test_sentences_that_are_joined() -> None:
    gold, system = analysis("Ya .", "Tidak ."), analysis("Ya . Tidak .")
    assert figures(gold, system)["sentences"] == (0, 1, 2)
    assert conllu.score(gold, system)["tokens"].value == 1.0


def test_other_texts_are_an_error() -> None:
    with pytest.raises(ValueError, match="the texts differ at character 2"):
        conllu.score(analysis("Ya ."), analysis("Ya !"))


SENTENCES = st.lists(st.lists(st.sampled_from(["a", "b+c", "d+e+f", "ab", "."]), min_size=1).map(" ".join), max_size=4)


@given(rows=SENTENCES, cut=st.integers(1, 3))
def test_no_figure_is_above_either_side(rows: list[str], cut: int) -> None:
    gold = analysis(*rows)
    text = gold.characters
    system = analysis(" ".join(text[at : at + cut] for at in range(0, len(text), cut)))
    for right, ours, theirs in figures(gold, system).values():
        assert 0 <= right <= min(ours, theirs)
    assert all(figure.value == 1.0 for figure in conllu.score(gold, gold).values())
