from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import netralitas_nlp
from netralitas_nlp import types

SOURCE = Path(netralitas_nlp.__file__).parent

#: A module imports from its own tier and those above it in this list. The package itself loads names on first use.
TIERS = [
    ["errors", "_alignment", "_calendar", "_text", "_records", "_rules"],
    ["types"],
    ["engines"],
    ["_context", "_gazetteer", "_laws", "regions"],
    ["layers"],
    ["_reading"],
    ["_reading", "dates", "explain", "laws"],
    ["extractor"],
    ["export"],
    ["entities", "lemmas", "spacy_engine", "tokenizer"],
    ["factories"],
    ["pipeline", "stanza_engine"],
    ["cli"],
    ["__main__"],
]
TIER = {name: tier for tier, names in enumerate(TIERS) for name in names}
#: Packages beyond the standard library that a module may import.
FOREIGN = {
    "cli": {"click"}, "export": {"pandas"}, "entities": {"spacy"}, "factories": {"numpy", "spacy"},
    "lemmas": {"spacy"}, "pipeline": {"spacy"},
"spacy_engine": {"spacy"}, "stanza_engine": {"spacy", "stanza"}, "tokenizer": {"spacy"},
}  # fmt: skip


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        if name != "__init__":
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield the absolute names that a module imports, those for type checkers left out."""
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                todo += node.orelse
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                assert node.level == 0, "imports are absolute"
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            case _:
                todo += ast.iter_child_nodes(node)


def own(name: str, known: set[str]) -> str | None:
    """Return the module of the package that an imported name belongs to."""
    parts = name.removeprefix("netralitas_nlp.").split(".")
    return next((found for n in (2, 1) if (found := ".".join(parts[:n])) in known), None)


def test_public_names() -> None:
    records = set(types.__all__) - {"SCHEMA_VERSION"}
    others = {
        "Candidate", "Explanation", "Extractor", "RuleError", "__version__", "dates", "extract", "laws", "load",
        "regions", "to_frames",
    }  # fmt: skip
    assert netralitas_nlp.__all__ == sorted(records | others)
    assert set(netralitas_nlp.__all__) <= set(dir(netralitas_nlp))
    for name in netralitas_nlp.__all__:
        assert getattr(netralitas_nlp, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        netralitas_nlp.nothing  # noqa: B018


def test_extract_is_that_of_an_extractor_with_the_built_in_rules() -> None:
    text = "Plt Camat Delang, Rusdi Halim, membuka rapat, Selasa (1/10/2024)."
    assert netralitas_nlp.extract(text, id="a") == netralitas_nlp.Extractor().extract(text, id="a")


@pytest.mark.parametrize(
    ("statement", "banned", "most"),
    [
        ("import netralitas_nlp", {"dataclasses", "json", "netralitas_nlp.types"}, 40),
        ("from netralitas_nlp import Article, dates, regions", {"netralitas_nlp.extractor"}, 110),
        ("import netralitas_nlp; netralitas_nlp.extract('Rapat Selasa (1/10/2024).')", {"netralitas_nlp.cli"}, 145),
    ],
)
def test_what_an_import_loads(statement: str, banned: set[str], most: int) -> None:
    code = f"import sys; bare = set(sys.modules); {statement}; print(*sorted(set(sys.modules) - bare))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & (banned | {"spacy", "click", "pandas", "numpy", "regex"})
    assert len(loaded) <= most, sorted(loaded)


def test_imports_point_one_way() -> None:
    trees = dict(modules())
    known = set(trees)
    graph: dict[str, set[str]] = {}
    for name, tree in trees.items():
        assert name.split(".")[0] in TIER, f"give {name} a tier"
        found = {own(target, known) for target in imports(tree) if target.startswith("netralitas_nlp.")}
        graph[name] = {target for target in found if target is not None} - {name}
        for target in graph[name]:
            assert TIER[target.split(".")[0]] <= TIER[name.split(".")[0]], f"{name} imports {target}"
    list(TopologicalSorter(graph).static_order())


def test_foreign_imports() -> None:
    for name, tree in modules():
        foreign = {target.split(".")[0] for target in imports(tree)} - sys.stdlib_module_names - {"netralitas_nlp"}
        assert foreign <= FOREIGN.get(name, set()), f"{name} imports {foreign}"
