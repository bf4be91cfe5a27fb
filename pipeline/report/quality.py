"""The quality report: ``index.html`` for the build and ``documents/<document>.html`` for each disclosure.

Made from the published tables and, for the cut-outs, the raw PDFs. Findings stand with their explanation in both
languages and a picture of where they stand. Differences that rounding explains are listed apart and are no findings;
``inferred`` and ``heuristic`` checks that do not hold are told for information and never called errors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pipeline.report import scoreboard_html
from pipeline.report.cutouts import RawFile
from pipeline.report.frame import cell, heading, number, table, whole_page
from pipeline.report.markup import Html, tag
from pipeline.report.quality_page import document_page
from pipeline.report.records import records
from pipeline.report.scores import Scoreboard, score
from pipeline.report.words import SEVERITY, VERDICT
from pipeline.schema import SEVERITIES
from pipeline.tables import Dataset, replacing

_ABOUT = "各份文件：读到了什么，勾稽成立与否，有何问题。 Of each disclosure: what was read, what holds, what was found."
FOLDER = "documents"
INDEX = "index.html"
_LONGEST_NAME = 200  # bytes, so that a suffix still fits into a file name
_UNSAFE = re.compile(r"[^\w.\-]+")


@dataclass(frozen=True)
class Written:
    """What was written: the first page, how many documents, and the raw files that gave no pictures."""

    index: Path
    documents: int
    without_pictures: tuple[str, ...]


def write_report(dataset: Dataset, raw: Path, out: Path) -> Written:
    """Write the pages below ``out``; the dataset holds at least ``records.TABLES``, ``raw`` the disclosures."""
    board = score(dataset)
    names = file_names([document.document_id for document in board.documents])
    kinds: Counter[tuple[str, str, str]] = Counter()
    in_documents: Counter[tuple[str, str, str]] = Counter()
    pictureless = []
    for record in records(dataset, board.documents):
        # The name alone: what a table says must not lead out of the raw folder.
        with RawFile(raw / Path(record.score.source_file).name) as file:
            text = document_page(record, file, f"../{INDEX}")
            pictureless += [record.score.source_file] if file.problem and record.findings else []
        _write(out / FOLDER / names[record.score.document_id], text)
        found = Counter((finding.severity, finding.verdict, finding.code) for finding in record.findings)
        kinds.update(found)
        in_documents.update(found.keys())
    _write(out / INDEX, _index(board, names, _kinds(kinds, in_documents)))
    return Written(out / INDEX, len(board.documents), tuple(sorted(set(pictureless))))


def file_names(document_ids: Iterable[str]) -> dict[str, str]:
    """A file name for each document: its id as far as a file name can carry it, no two alike."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for document_id in sorted(document_ids):
        safe = _UNSAFE.sub("_", document_id).lstrip(".") or "_"
        stem = name = safe.encode()[:_LONGEST_NAME].decode(errors="ignore")
        again = 1
        while name.casefold() in taken:
            again += 1
            name = f"{stem}-{again}"
        taken.add(name.casefold())
        names[document_id] = f"{name}.html"
    return names


def _write(path: Path, text: str) -> None:
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def _index(board: Scoreboard, names: Mapping[str, str], kinds: Html) -> str:
    links = {document_id: f"{FOLDER}/{quote(name)}" for document_id, name in names.items()}
    return whole_page(
        "质量报告 quality report",
        heading("质量报告", "quality report", "h1"),
        tag("p", _ABOUT, class_="soft"),
        scoreboard_html.totals(board.total),
        heading("各文件", "documents, the worst first"),
        scoreboard_html.documents(board.documents, links),
        heading("各地", "places"),
        scoreboard_html.places(board.places),
        heading("问题种类", "kinds of findings"),
        kinds,
        scoreboard_html.missing(board.documents),
        heading("数字去向", "where the numbers inside tables went"),
        scoreboard_html.whereabouts(board.total),
        scoreboard_html.legend(),
    )  # fmt: skip


def _kinds(kinds: Mapping[tuple[str, str, str], int], in_documents: Mapping[tuple[str, str, str], int]) -> Html:
    """How often each kind of finding occurs, the gravest and most frequent first."""
    if not kinds:
        return tag("p", "没有问题。 No findings.", class_="right")
    order = sorted(kinds, key=lambda kind: (SEVERITIES.index(kind[0]), -kinds[kind], kind))
    rows = [
        [
            tag("td", tag("code", code)), cell(tag("span", SEVERITY[severity], class_=f"tag {severity}")),
            cell(VERDICT[verdict]), number(f"{kinds[severity, verdict, code]:,}"),
            number(f"{in_documents[severity, verdict, code]:,}"),
        ]
        for severity, verdict, code in order
    ]  # fmt: skip
    heads = [("种类", "code"), ("程度", "severity"), ("判断", "verdict"), ("次数", "times"), ("文件", "documents")]
    return table(heads, rows, numeric_from=3)
