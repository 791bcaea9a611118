from __future__ import annotations

import doctest
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


def test_the_readme_is_tested() -> None:
    assert doctest.testfile(str(PAGES[0]), module_relative=False, optionflags=FLAGS, encoding="utf-8").attempted >= 10
