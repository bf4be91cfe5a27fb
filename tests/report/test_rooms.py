"""What the reports know: the published tables, and in one module only PDF."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pipeline.report

MODULES = sorted(Path(pipeline.report.__file__).parent.glob("*.py"))


def _imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{node.module}"


def test_the_reports_are_made_from_the_published_tables_only() -> None:
    rooms = {name.split(".")[1] for module in MODULES for name in _imports(module) if name.startswith("pipeline.")}
    assert rooms == {"report", "schema", "tables", "punctuation"}


def test_only_the_cut_outs_know_pdf() -> None:
    knowing = {module.stem for module in MODULES if {"pypdfium2", "PIL"} & {*_imports(module)}}
    assert knowing == {"cutouts"}
