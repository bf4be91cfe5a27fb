"""Stages in miniature, for tests of what stands around them: a "PDF" is a text file that says what is to happen.

``pages=3`` has three pages; ``unreadable``, ``raises``, ``full`` (the disk), ``dies`` and ``gap`` do what they say;
``slow`` takes its time. Every call leaves a line in a log file, which works across processes.
"""

from __future__ import annotations

import errno
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline import extract, normalize, publish, validate
from pipeline.collect import DIMENSIONS, NORMALIZED
from pipeline.schema import CHECKS, FINDINGS, INTERIM, PAGES
from pipeline.sources import Source
from pipeline.tables import Dataset, Tables, to_arrow, write_tables


@dataclass(frozen=True)
class Checked:
    checks: pa.Table
    findings: pa.Table
    jointly_feasible: bool | None

    @property
    def proof(self) -> dict[str, object]:
        return {"jointly_feasible": self.jointly_feasible}


@dataclass(frozen=True)
class Suite:
    table: str = "documents"
    success: bool = True
    failures: Sequence[str] = ()
    warnings: Sequence[str] = ()


class UnreadableDocument(Exception):
    def __init__(self, reason_code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason_code, self.zh, self.en = reason_code, zh, en


class Stages:
    """The fakes, and what they were called for."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.suites: list[Suite] = [Suite()]

    def calls(self) -> list[str]:
        """What was called since the last time, in the order of the names."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return sorted(lines)

    def read_document(self, path: Path, document_id: str) -> Dataset:
        self._note(f"extract {document_id}")
        said = path.read_text()
        if said.startswith("unreadable"):
            raise UnreadableDocument("not_a_pdf", "不是 PDF", "not a PDF")
        if said.startswith("raises"):
            raise RuntimeError("a fault of ours")
        if said.startswith("full"):
            raise OSError(errno.ENOSPC, "No space left on device")
        if said.startswith("dies"):
            os.kill(os.getpid(), signal.SIGKILL)
        if said.startswith("slow"):
            time.sleep(60)
        count = int(said.partition("=")[2] or 1) if said.startswith("pages") else 1
        sizes = {
            "width": 1.0,
            "height": 1.0,
            "glyphs": 0,
            "watermark_glyphs": 0,
            "table_digits": 0,
            "damaged_places": 0,
        }
        problem = "gap" if said.startswith("gap") else None
        pages = [{"document_id": document_id, "page": i + 1, "problem": problem, **sizes} for i in range(count)]
        return {name: to_arrow(table, pages if table is PAGES else []) for name, table in INTERIM.items()}

    def normalize_document(self, source: Source, interim: Dataset) -> Dataset:
        self._note(f"normalize {source.document_id}")
        gap = interim["pages"]["problem"][0].as_py() == "gap"
        tables = [{"document_id": source.document_id, "table_no": None if gap else 1}]
        return self._document(source, interim["pages"].num_rows, {"source_tables": tables if gap else []})

    def unreadable_document(self, source: Source, reason_code: str, zh: str, en: str) -> Dataset:
        finding = {
            "document_id": source.document_id,
            "finding_id": reason_code,
            "severity": "error",
            "verdict": "extraction",
            "code": reason_code,
            "explanation": f"{zh} / {en}",
        }
        return self._document(source, 0, {"findings": [finding]})

    def reference_tables(self) -> Dataset:
        return {table.name: to_arrow(table, []) for table in DIMENSIONS}

    def load_identities(self, path: Path) -> str:
        text = path.read_text()
        if text == "wrong":
            raise ValueError("family X: unknown word")
        return text

    def check_document(self, dataset: Dataset, identities: str) -> Checked:
        assert identities in ("first", "second")
        document_id = dataset["documents"]["document_id"][0].as_py()
        self._note(f"validate {document_id}")
        check = dict.fromkeys(("family", "statement"), "x") | {
            "document_id": document_id,
            "check_id": "c1",
            "scope": "document",
            "kind": "assert",
            "outcome": "exact",
        }
        finding = {
            "document_id": document_id,
            "finding_id": "from-c1",
            "check_id": "c1",
            "severity": "info",
            "verdict": "publisher_error",
            "code": "x",
            "explanation": "x",
        }
        return Checked(to_arrow(CHECKS, [check]), to_arrow(FINDINGS, [finding]), True)

    def run_suites(self, data: Path, expectations: Path, identities: str) -> list[Suite]:
        self._note("suites")
        return self.suites

    def publish(self, tables: Tables, out: Path, *, version: str) -> list[Path]:
        self._note("publish")
        write_tables(out, tables)
        for name in ("documents", "findings", "checks"):
            rows = [row for part in tables[name] for row in part.to_pylist()]
            (out / f"{name}.json").write_text(str(rows), encoding="utf-8")
        return sorted(out.iterdir())

    def _document(self, source: Source, pages: int, rows: dict[str, list[dict[str, object]]]) -> Dataset:
        document = {
            "document_id": source.document_id,
            "source_file": source.path.name,
            "sha256": source.sha256,
            "page_count": pages,
            "publisher": source.publisher,
            "is_facsimile": source.is_facsimile,
            "table_count": 0,
            "figure_count": 0,
        }
        made = {"documents": [document], **rows}
        return {table.name: to_arrow(table, made.get(table.name, [])) for table in NORMALIZED}

    def _note(self, line: str) -> None:
        with self.log.open("a") as file:
            file.write(f"{line}\n")


@pytest.fixture
def stages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stages:
    """The stages in miniature in place of the real ones, for this test."""
    fakes = Stages(tmp_path / "log")
    where = {
        extract: ("read_document",),
        normalize: ("normalize_document", "unreadable_document", "reference_tables"),
        validate: ("load_identities", "check_document", "run_suites"),
        publish: ("publish",),
    }
    for package, names in where.items():
        for name in names:
            monkeypatch.setattr(package, name, getattr(fakes, name), raising=False)
    monkeypatch.setattr(extract, "UnreadableDocument", UnreadableDocument, raising=False)
    monkeypatch.setattr("pipeline.build._HEAVY", ())
    return fakes


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw folder with two documents, ``a`` of two pages and ``b`` of three."""
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.pdf").write_text("pages=2")
    (folder / "b.pdf").write_text("pages=3")
    return folder
