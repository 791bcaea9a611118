from __future__ import annotations

import doctest
import json
import re
import tomllib
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest

import netralitas_nlp

ROOT = Path(__file__).parent.parent
SOURCE = Path(netralitas_nlp.__file__).parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]
MODULES = [
    ".".join(["netralitas_nlp", *path.relative_to(SOURCE).with_suffix("").parts]).removesuffix(".__init__")
    for path in sorted(SOURCE.rglob("*.py"))
]
FLAGS = doctest.NORMALIZE_WHITESPACE


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_examples_of_the_pages(page: Path) -> None:
    assert doctest.testfile(str(page), module_relative=False, optionflags=FLAGS, encoding="utf-8").failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_the_modules(name: str) -> None:
    assert doctest.testmod(import_module(name), optionflags=FLAGS).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = {str(page.relative_to(ROOT / "docs")) for page in ROOT.glob("docs/**/*.md")} - {"index.md"}
    assert {page for page in pages if f"({page})" not in index} == set()


def test_every_module_is_in_the_architecture() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    names = {name.rpartition(".")[2] for name in MODULES} - {"netralitas_nlp", "__init__"}
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_the_rule_of_the_contributing_page(tmp_path: Path) -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    entry, row = (re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL)[0] for kind in ("toml", "json"))
    [office] = tomllib.loads(entry)["office"]
    (tmp_path / "titles.toml").write_text(entry, encoding="utf-8")
    extractor = netralitas_nlp.Extractor(tmp_path)

    before, marked, after = re.split("[⟦⟧]", json.loads(row)["text"])
    article = extractor.extract(before + marked + after)
    [official] = article.officials
    assert [mention.text for mention in official.mentions] == [marked]
    assert official.area is not None
    assert json.loads(row)["expect"] == [
        {
            "person": article.people[0].name,
            "role": official.role.value,
            "title": official.title,
            "area": official.area.name,
        }
    ]
    for example in office["examples"]:
        assert extractor.extract(f"{example}, Ruslan Gani, hadir.").officials[0].mentions[0].text == example
    for reject in office["rejects"]:
        assert extractor.extract(f"Acara dihadiri {reject}.").officials == ()
    assert netralitas_nlp.extract(before + marked + after).officials == ()


RECORDS = [
    "Person", "Official", "Organization", "Place", "DateMention", "Reference", "Quote", "Pledge", "Clause", "Norm",
]  # fmt: skip


@pytest.mark.parametrize("name", [*RECORDS, "Note"])
def test_the_readme_lists_the_fields(name: str) -> None:
    [row] = re.findall(rf"^\| `{name}` \| (.*) \|$", PAGES[0].read_text(encoding="utf-8"), re.MULTILINE)
    shown = [item.name for item in fields(getattr(netralitas_nlp, name)) if item.name not in {"rule", "flags"}]
    assert re.findall(r"`(\w+)`", row) == shown


@pytest.mark.parametrize("name", ["Article", *RECORDS])
def test_the_api_page_describes_every_field(name: str) -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    kind = getattr(netralitas_nlp, name)
    assert [item.name for item in fields(kind) if f"`{item.name}`" not in page] == []


def test_the_readme_is_tested() -> None:
    assert doctest.testfile(str(PAGES[0]), module_relative=False, optionflags=FLAGS, encoding="utf-8").attempted >= 10
