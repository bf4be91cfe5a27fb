"""What a sheet calls its project beside what the project table calls it, as the selectors see it: a derived table.

sheet_names   one row a sheet that a row of the project table answers to: ``differs`` where the two call the project by
              other words. It stands on the page of the name that prints a piece twice where that is all, else on the
              sheet's
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.validate.rows.completeness import comparable
from pipeline.validate.rows.model import Record, cells_of
from pipeline.validate.rows.vocabulary import squeezed


def sheet_names(projects: Sequence[Record], rows: Sequence[Record], cells: Sequence[Record]) -> Iterator[Record]:
    """The names of the projects with a sheet; ``rows`` are those of the project tables, ``cells`` of the sheets."""
    texts = {cell["cell_id"]: cell["text"] for cell in cells}
    tabled = {row["project_id"]: row for row in rows}
    for row in projects:
        line = tabled.get(row["project_id"])
        if line is not None and row["sheet_name"]:
            yield _both(row, line, texts)


def _both(row: Record, line: Record, texts: Mapping[object, object]) -> Record:
    own, other = str(row["sheet_name"]), str(row["project_name"])
    pages = {"sheet": row["first_page"], "table": line["page"]}
    twice = {"sheet": _printed_twice(own, other), "table": _printed_twice(other, own)}
    where = "table" if twice["table"] else "sheet"
    piece = twice[where]
    more_zh = f"，第{pages[where]}页看来多印了“{piece}”" if piece else ""
    more_en = f"; page {pages[where]} seems to print “{piece}” twice" if piece else ""
    listed = row["cell_ids"] if isinstance(row["cell_ids"], list) else []
    named = [cell for cell in listed if squeezed(texts.get(cell)).endswith(squeezed(own))][:1]
    cells = [*cells_of(line), *named] if where == "table" else [*named, *cells_of(line)]
    return {
        **row,
        "project_name": own,
        "page": pages[where],
        "table_title": line["table_title"],
        "differs": _other_words(own, other),
        "cell_ids": cells,
        "note_zh": f"绩效目标表（第{pages['sheet']}页）印为“{own}”，项目支出表（第{pages['table']}页）印为"
        f"“{other}”{more_zh}",
        "note_en": f"the sheet (p. {pages['sheet']}) prints “{own}”, the project table (p. {pages['table']}) "
        f"“{other}”{more_en}",
    }


def _other_words(one: str, other: str) -> bool:
    """Whether two names differ in more than marks, and than what one of them has behind the other: a remark, or what
    the edge of a cell cut off."""
    names = comparable(one), comparable(other)
    return not (names[0].startswith(names[1]) or names[1].startswith(names[0]))


def _printed_twice(name: str, other: str) -> str:
    """The piece that a name prints twice, side by side, where the other name has it once; else nothing."""
    long, short = squeezed(name), squeezed(other)
    size = len(long) - len(short)
    for at in range(len(short) - size + 1 if size > 0 else 0):
        piece = short[at : at + size]
        if long == short[:at] + piece + short[at:]:
            return piece
    return ""
