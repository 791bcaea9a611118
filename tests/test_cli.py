from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import netralitas_nlp
from netralitas_nlp.cli import netralitas
from netralitas_nlp.export import schema

SAMPLE = files("netralitas_nlp").joinpath("data", "sample.txt").read_text(encoding="utf-8")
TEXT = "Plt Camat Delang, Rusdi Halim, hadir kemarin."


def run(*arguments: object, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(netralitas, [str(argument) for argument in arguments], input=given)


def articles(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "rapat.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def lines(folder: Path, *rows: object) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_extract_writes_a_line_for_each_file(article: Path) -> None:
    result = run("extract", article, article, "--published", "2024-10-02")
    first, second = articles(result)
    assert (result.exit_code, first) == (0, second)
    assert (first["id"], first["text"], first["published"]) == ("rapat", TEXT, "2024-10-02")
    assert first["dates"][0]["value"] == "2024-10-01"


def test_the_text_of_a_file_keeps_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfsatu\r\ndua\rtiga\n")
    assert articles(run("extract", path))[0]["text"] == "\ufeffsatu\r\ndua\rtiga\n"


def test_the_sample() -> None:
    [data] = articles(run("extract", "--sample"))
    assert data == netralitas_nlp.extract(SAMPLE, id="sample").to_dict()
    assert "\n  " in run("extract", "--sample", "--indent", 2).stdout


def test_standard_input_is_one_article_or_lines() -> None:
    assert [data["id"] for data in articles(run("extract", "-", given=TEXT))] == [None]
    rows = json.dumps({"text": TEXT, "id": "a"}) + "\n\n" + json.dumps({"text": "Rapat."})
    assert [data["id"] for data in articles(run("extract", "-", "--format", "jsonl", given=rows))] == ["a", None]


def test_fields_of_json_lines(tmp_path: Path) -> None:
    path = lines(
        tmp_path,
        {"isi": TEXT, "nomor": 7, "terbit": "2024-10-02T08:00:00+07:00"},
        {"isi": TEXT, "terbit": None},
        {"isi": TEXT, "terbit": ""},
    )
    options = ["--text-field", "isi", "--id-field", "nomor", "--published-field", "terbit"]
    found = articles(run("extract", path, *options, "--published", "2024-11-01"))
    assert [(data["id"], data["published"]) for data in found] == [
        ("7", "2024-10-02"),
        (None, "2024-11-01"),
        (None, "2024-11-01"),
    ]


def test_what_is_wrong_is_told_and_the_rest_is_read(tmp_path: Path, article: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Jum’at".encode("cp1252"))
    path = lines(
        tmp_path, {"text": TEXT}, "{", [1], {"body": TEXT}, {"text": TEXT, "published": 5},
        {"text": TEXT, "published": "besok"}, "[" * 100_000, {"text": TEXT, "id": "last"},
    )  # fmt: skip
    result = run("extract", path, latin, tmp_path / "none.txt", tmp_path, article)
    assert result.exit_code == 1
    assert [data["id"] for data in articles(result)] == [None, "last", "rapat"]
    told = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in told] == [
        *(f"{path}:{number}" for number in range(2, 8)),
        *map(str, (latin, tmp_path / "none.txt", tmp_path)),
    ]
    assert told[2].endswith("field 'text' must be a string; there are 'body'")
    assert told[6].endswith("not UTF-8: invalid start byte at byte 3")


def test_an_error_of_the_library_does_not_stop_the_batch(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("netralitas_nlp.cli.Extractor.extract", fail)
    result = run("extract", article, article)
    assert (result.exit_code, result.stderr) == (1, f"{article}: ZeroDivisionError: oops\n" * 2)


def test_lone_surrogates_pass(tmp_path: Path) -> None:
    path = lines(tmp_path, '{"text": "Rapat \\ud83d digelar."}')
    assert articles(run("extract", path))[0]["text"] == "Rapat \ud83d digelar."
    assert "Rapat ? digelar." in run("show", path).stdout


def test_nothing_to_read_is_misuse() -> None:
    result = run("extract")
    assert result.exit_code == 2
    assert "nothing to read" in result.stderr


def test_show_marks_in_colour_or_brackets(article: Path) -> None:
    plain = run("show", article)
    assert "⟦Plt Camat Delang|officials⟧, ⟦Rusdi Halim|people⟧, hadir kemarin." in plain.stdout
    assert "Official(person='p1', status=plt, tenure=current, role=camat" in plain.stdout
    coloured = run("show", article, "--color", "--no-records")
    assert "\x1b[33mPlt Camat Delang\x1b[0m" in coloured.stdout
    assert "Official(" not in coloured.stdout


def test_show_keeps_the_article_from_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Rapat \x1b]0;judul\x07 \xc2\x9b31m selesai.\r\n")
    shown = run("show", path, "--color", "--no-records").stdout.split("\n\n", 1)[1]
    assert shown.startswith("Rapat ␛]0;judul␇ \ufffd31m selesai.\n")


def test_show_and_explain_the_sample() -> None:
    shown = run("show", "--sample").stdout
    text = shown[: shown.index("\nid: sample")]
    for layer in ("headline", "dateline", "people", "officials", "organizations", "dates", "furniture", "credits"):
        assert f"|{layer}⟧" in text
    explained = run("explain", "--sample").stdout.splitlines()
    assert any(line.startswith("+ officials") for line in explained)
    assert any(line.startswith("- people") for line in explained)


def test_schema() -> None:
    assert json.loads(run("schema").stdout) == schema()


def test_check(tmp_path: Path) -> None:
    assert run("check").exit_code == 0
    assert run("check", tmp_path / "none").exit_code == 2
    (tmp_path / "titles.toml").write_text('[[office]]\nid = "x"\nfoo = 1\n', encoding="utf-8")
    (tmp_path / "dates.toml").write_text('[[dates]]\nid = "x"\n', encoding="utf-8")
    (tmp_path / "tokens.toml").write_text('[[pattern]]\nid = "x"\npattern = "("\n', encoding="utf-8")
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert "tokens.toml: [[pattern]] 'x': missing )" in result.stderr
    assert "titles.toml: [[office]] 'x': unknown key 'foo'" in result.stderr
    assert "dates.toml: unknown table [[dates]]" in result.stderr
    assert run("extract", "--sample", "--rules", tmp_path).exit_code == 1


def test_rules_of_your_own(tmp_path: Path) -> None:
    (tmp_path / "titles.toml").write_text(
        '[[office]]\nid = "juru-kunci"\nrole = "other"\nvariants = ["Juru Kunci"]\n', encoding="utf-8"
    )
    result = run("extract", "-", "--rules", tmp_path, given="Juru Kunci Makam Delang, Rusdi Halim, hadir.")
    assert [official["role"] for official in articles(result)[0]["officials"]] == ["other"]


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["extract", "--help"]])
def test_help(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 0


def test_without_click_the_command_says_what_to_install() -> None:
    code = "import sys; sys.modules['click'] = None; from netralitas_nlp.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "the command line needs click: pip install netralitas-nlp[cli]\n")


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "netralitas_nlp", "extract", "-"],
        input=TEXT.encode(), capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["text"] == TEXT
