"""The work list of whoever adds a place: what no vocabulary knows, by frequency (``worklist.yaml`` says what counts).

Also every other finding whose verdict is ``extraction``: what we did not read is on the list, whatever its kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import yaml

from pipeline.report.scoreboard import in_columns, written
from pipeline.report.words import both_languages
from pipeline.schema import CELLS, FINDINGS
from pipeline.tables import Dataset

TABLES = (FINDINGS, CELLS)
LONGEST_PHRASE = 60  # characters shown
MOST_PLACES = 3  # of a phrase's pages, shown in text
_FILE = Path(__file__).with_name("worklist.yaml")
_FIGURE = re.compile(r"[-+\d.,，%％()（） ]+")
_A_FIGURE = "（数字 a figure）"  # figures that differ are one entry: there is no word to add
_QUOTED = re.compile(r"“(.*?)”")
_CELLS = "cells"
Row = Mapping[str, object]


@dataclass(frozen=True)
class Kind:
    """A kind of finding: where its phrase stands, where to add it, what it is."""

    code: str
    phrase: str
    add_to: str
    zh: str
    en: str

    @property
    def about(self) -> str:
        """Both languages."""
        return f"{self.zh} {self.en}".strip()


@dataclass(frozen=True)
class Unknown:
    """A phrase that is not known: how often, in which documents, on which pages (document_id, page or None)."""

    kind: Kind
    phrase: str
    times: int
    seen: tuple[tuple[str, int | None], ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that it occurs in."""
        return tuple(dict.fromkeys(document for document, _ in self.seen))


def unknown(dataset: Dataset) -> list[Unknown]:
    """The phrases of a dataset that holds at least ``TABLES``, the most frequent first."""
    kinds = _kinds()
    findings = [
        row
        for row in dataset["findings"].select(
            ["document_id", "verdict", "code", "explanation", "page", "cell_ids"]
        ).to_pylist()
        if row["code"] in kinds or row["verdict"] == "extraction"
    ]  # fmt: skip
    texts = _texts(dataset["cells"], findings)
    seen: dict[tuple[str, str], list[tuple[str, int | None]]] = defaultdict(list)
    for row in findings:
        kind = kinds.get(str(row["code"]))
        for phrase, page in _phrases(kind, row, texts):
            seen[str(row["code"]), phrase].append((row["document_id"], page))
    listed = [_unknown(kinds, code, phrase, places) for (code, phrase), places in seen.items()]
    return sorted(listed, key=lambda found: (-found.times, found.kind.code, found.phrase))


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Kind]:
    rows = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["codes"]
    return {row["code"]: Kind(**row) for row in rows}


def _unknown(kinds: Mapping[str, Kind], code: str, phrase: str, places: Sequence[tuple[str, int | None]]) -> Unknown:
    kind = kinds.get(code) or Kind(code, "", "", "", "")
    return Unknown(kind, phrase, len(places), tuple(sorted(set(places), key=lambda place: (place[0], place[1] or 0))))


def _texts(cells: pa.Table, findings: Iterable[Row]) -> dict[str, tuple[str, int]]:
    """Text and page of the cells that the findings name, by cell_id."""
    wanted = sorted({cell_id for row in findings for cell_id in _ids(row)})
    rows = cells.filter(pc.is_in(cells["cell_id"], pa.array(wanted, pa.string())))
    return {row["cell_id"]: (row["text"], row["page"]) for row in rows.select(["cell_id", "text", "page"]).to_pylist()}


def _ids(row: Row) -> list[str]:
    ids = row["cell_ids"]
    return ids if isinstance(ids, list) else []


def _phrases(kind: Kind | None, row: Row, texts: Mapping[str, tuple[str, int]]) -> Iterator[tuple[str, int | None]]:
    """The phrases that a finding names, each with its page."""
    page = row["page"] if isinstance(row["page"], int) else None
    cells = [texts[cell_id] for cell_id in _ids(row) if cell_id in texts]
    if kind is not None and kind.phrase == _CELLS and cells:
        yield from ((_short(text), at) for text, at in cells)
        return
    chinese, _ = both_languages(str(row["explanation"]))
    pattern = re.compile(kind.phrase) if kind is not None and kind.phrase != _CELLS else _QUOTED
    found = pattern.search(chinese)
    yield _short(found[1] if found else chinese), page


def _short(text: str) -> str:
    line = " ".join(text.split())
    if _FIGURE.fullmatch(line):
        return _A_FIGURE
    return line if len(line) <= LONGEST_PHRASE else f"{line[:LONGEST_PHRASE]}…"


# --- shown -----------------------------------------------------------------------------------------------------------


def as_text(phrases: Sequence[Unknown]) -> str:
    """One line a phrase. Ends in a line break."""
    if not phrases:
        return "没有不认识的说法 / nothing is unknown\n"
    head = ["次数 times", "文件 documents", "种类 code", "说法 phrase", "出处 seen in", "应加到 add to"]
    rows = [[f"{p.times:,}", f"{len(p.documents):,}", p.kind.code, p.phrase, _where(p), p.kind.add_to] for p in phrases]
    counted = f"({len(phrases):,} 种说法 phrases, {sum(p.times for p in phrases):,} 次 times)"
    return f"{in_columns([head, *rows], left=len(head))}\n{counted}\n"


def _where(phrase: Unknown) -> str:
    shown = [f"{document} p.{page}" if page else document for document, page in phrase.seen[:MOST_PLACES]]
    rest = len(phrase.seen) - MOST_PLACES
    return "; ".join(shown) + (f" +{rest}" if rest > 0 else "")


def as_csv(phrases: Sequence[Unknown]) -> str:
    """One row a phrase, with every page it was seen on (``document_id:page`` joined by ``;``)."""
    rows = [
        {
            "times": phrase.times,
            "documents": len(phrase.documents),
            "code": phrase.kind.code,
            "phrase": phrase.phrase,
            "add_to": phrase.kind.add_to,
            "about": phrase.kind.about,
            "pages": ";".join(f"{document}:{page or ''}" for document, page in phrase.seen),
        }
        for phrase in phrases
    ]
    return written(rows) or "times,documents,code,phrase,add_to,about,pages\n"
