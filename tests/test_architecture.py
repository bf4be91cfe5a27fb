"""The plan of the house, held by tests: who imports whom, what is imported when, and that everything is described."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.schema import ARROW_TYPES, INTERIM, PUBLISHED, Table
from pipeline.stamps import PACKAGE, Stage, files_of

STAGES = {"extract", "normalize", "validate", "publish"}
SHARED = {"directions", "garbage", "punctuation", "schema", "tables", "sources", "sql", "spreadsheet"}
KNOWS_ALL_STAGES = {"build", "document", "stages"}
HEAVY = ("pyarrow", "pandas", "numpy", "scipy", "duckdb", "great_expectations", "camelot", "pypdfium2", "tqdm", "yaml")
LONGEST_MODULE = 260
LONGER = {
    "schema.py": "data: every published table and column, once",
}  # and why
MODULES = sorted(PACKAGE.rglob("*.py"))
PACKAGES = [module.parent for module in MODULES if module.name == "__init__.py"]
TABLES = [*PUBLISHED.values(), *INTERIM.values()]


def _room(module: Path) -> str:
    """The stage that the module belongs to, or its own name when it stands at the top."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _name(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def _imports(module: Path) -> Iterator[str]:
    """Full names of what the module imports, wherever in it."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _rooms_imported(module: Path) -> set[str]:
    return {name.split(".")[1] for name in _imports(module) if name.startswith("pipeline.")}


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_stage_imports_no_other_stage_and_only_what_stages_share(stage: str) -> None:
    modules = [module for module in MODULES if _room(module) == stage]
    assert modules
    for module in modules:
        assert _rooms_imported(module) <= {stage, *SHARED}, module


def test_only_the_build_knows_the_stages() -> None:
    for module in MODULES:
        if _room(module) not in STAGES | KNOWS_ALL_STAGES:
            assert not _rooms_imported(module) & STAGES, module


def test_what_stages_share_imports_nothing_but_itself() -> None:
    for module in MODULES:
        if _room(module) in SHARED:
            assert _rooms_imported(module) <= SHARED, module


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_change_of_whatever_a_stage_imports_makes_its_results_stale(stage: Stage) -> None:
    known = set(files_of(stage))
    shared = {
        PACKAGE / f"{name}.py"
        for module in known
        if module.suffix == ".py" and _room(module) == stage
        for name in _rooms_imported(module) - STAGES
    }
    assert shared
    assert shared <= known


@pytest.mark.parametrize(
    ("stage", "stranger"),
    [("normalize", "pypdfium2"), ("normalize", "camelot"), ("validate", "pypdfium2"), ("publish", "pypdfium2")],
)
def test_only_extraction_knows_pdf(stage: str, stranger: str) -> None:
    for module in MODULES:
        if _room(module) == stage:
            assert not [name for name in _imports(module) if name.split(".")[0] == stranger], module


def test_the_command_line_is_up_before_anything_heavy_is_imported() -> None:
    code = f"import sys, pipeline.cli; print(*(set(sys.modules) & set({HEAVY!r})))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == []


def test_every_module_says_what_it_is_for_and_fits_in_the_head() -> None:
    for module in MODULES:
        source = module.read_text(encoding="utf-8")
        doc = ast.get_docstring(ast.parse(source))
        assert doc, f"{module} has no docstring"
        assert "TODO" not in doc, f"{module} is not written yet"
        lines = len(source.splitlines())
        assert lines <= LONGEST_MODULE or _name(module) in LONGER, f"{module} has {lines} lines"


def _reading_order(package: Path) -> list[str]:
    """The modules and packages that a package's docstring names, in its order."""
    doc = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    own = {path.stem for path in package.iterdir() if path.suffix == ".py" or path.is_dir()}
    named = re.findall(r"``([a-z_]+)``", doc.rpartition("Reading order")[2])
    return [name for name in dict.fromkeys(named) if name in own]


@pytest.mark.parametrize("package", PACKAGES, ids=_name)
def test_a_package_names_all_its_modules_in_an_order_in_which_each_is_built_on_those_before_it(package: Path) -> None:
    order = _reading_order(package)
    rooms = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert set(order) == {room for room in rooms if not room.startswith("__")}
    for place, name in enumerate(order):
        modules = [package / f"{name}.py", *(package / name).rglob("*.py")]
        inside = ".".join(("pipeline", *package.relative_to(PACKAGE).parts))
        used = {each.removeprefix(f"{inside}.").split(".")[0] for m in modules if m.exists() for each in _imports(m)}
        assert not used & set(order[place + 1 :]), f"{package.name}/{name}"


@pytest.mark.parametrize("name", sorted(LONGER))
def test_a_module_that_may_be_longer_is_there(name: str) -> None:
    assert name in {_name(module) for module in MODULES}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_and_column_is_described_in_both_languages(table: Table) -> None:
    for described in (table, *table.columns):
        assert described.title
        assert any("\u4e00" <= character <= "\u9fff" for character in described.zh), described
        assert described.en.isascii() or any(character.isascii() for character in described.en), described
        assert described.en, described


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_has_a_key_that_is_required_and_references_that_exist(table: Table) -> None:
    assert table.key
    assert all(table.column(name).required for name in table.key)
    assert len(set(table.names)) == len(table.names)
    for reference in table.foreign_keys:
        other = PUBLISHED[reference.table]
        assert reference.references == other.key
        kinds = [
            (table.column(a).kind, other.column(b).kind) for a, b in zip(reference.columns, other.key, strict=True)
        ]
        assert all(mine == theirs for mine, theirs in kinds)


def test_no_amount_is_a_binary_float() -> None:
    for table in PUBLISHED.values():
        for column in table.columns:
            is_money = column.unit == "元" or "amount" in column.name
            assert not (is_money and str(ARROW_TYPES[column.kind]) == "double"), f"{table.name}.{column.name}"
