"""The commands ``query``, ``findings`` and ``show``: what was built, asked by SQL, by finding, by page."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from pipeline.commands.exits import OK
from pipeline.commands.options import DATA, RAW, Commands, add_command, add_folder, add_output
from pipeline.inputs import UsageError

DATABASE = "budget.duckdb"

_FINDINGS = """SELECT document_id, page, severity, verdict, code, explanation FROM findings WHERE {where}
ORDER BY document_id, array_position(['error', 'warning', 'info'], severity), page, finding_id"""


def add_parsers(commands: Commands) -> None:
    """Add the three commands. Each raises UsageError for what is not there or cannot be answered."""
    _add_query(commands)
    _add_findings(commands)
    _add_show(commands)


def _query(asked: argparse.Namespace) -> int:
    return _print_rows(asked, asked.sql, {})


def _findings(asked: argparse.Namespace) -> int:
    wanted = {"document_id": asked.document, "severity": asked.severity, "verdict": asked.verdict}
    given = {column: value for column, value in wanted.items() if value}
    where = " AND ".join(["true", *(f"{column} = ${column}" for column in given)])
    return _print_rows(asked, _FINDINGS.format(where=where), given)


def _print_rows(asked: argparse.Namespace, sql: str, values: Mapping[str, str]) -> int:
    import duckdb  # noqa: PLC0415

    from pipeline.query import FORMATS, rows_of  # noqa: PLC0415

    database = asked.data / DATABASE
    if not database.is_file():
        raise UsageError(f"{database}: 没有数据库，请先运行 build / there is no database: run build first")
    try:
        print(FORMATS[asked.format](*rows_of(database, sql, values)))
    except duckdb.Error as error:
        raise UsageError(f"查询有误 / the query cannot be answered: {error}") from error
    return OK


def _show(asked: argparse.Namespace) -> int:
    from pypdfium2 import PdfiumError  # noqa: PLC0415

    from pipeline.show import NotThereError, boxes_of, draw, source_file  # noqa: PLC0415

    try:
        document_id, file = source_file(asked.data, asked.document)
        out = asked.out or Path(f"{document_id}-p{asked.page}.png")
        boxes = boxes_of(asked.data, document_id, asked.page)
        draw(asked.raw / file, asked.page, boxes, out)
    except (NotThereError, FileNotFoundError, PdfiumError) as error:
        raise UsageError(f"{error}") from error
    print(f"{out}: {file} 第 {asked.page} 页 page {asked.page}, {len(boxes)} 个单元格 cells")
    return OK


# --- options ---------------------------------------------------------------------------------------------------------


def _add_query(commands: Commands) -> None:
    parser = add_command(commands, "query", _query, "用 SQL 查询 / one SQL query on the dataset, read only")
    parser.add_argument("sql", metavar="SQL", help="DuckDB SQL")
    add_output(parser)


def _add_findings(commands: Commands) -> None:
    about = "列出问题 / what is wrong or doubtful, the gravest first"
    parser = add_command(commands, "findings", _findings, about)
    parser.add_argument("--document", metavar="ID", help="只列一份文件 / of one document")
    parser.add_argument("--severity", choices=("error", "warning", "info"), help="程度 / of one severity")
    parser.add_argument("--verdict", metavar="WORD", help="判断 / of one verdict, such as publisher_error")
    add_output(parser)


def _add_show(commands: Commands) -> None:
    about = "画出一页及其单元格 / a page as a picture with its cells drawn on it"
    parser = add_command(commands, "show", _show, about)
    parser.add_argument("document", metavar="DOCUMENT", help="文件标识或其一部分 / the document_id, or a part of it")
    parser.add_argument("page", metavar="PAGE", type=int, help="页码，从1起 / page, from 1")
    parser.add_argument("--out", metavar="PNG", type=Path, help="图片，缺省 / picture, default: DOCUMENT-pPAGE.png")
    add_folder(parser, "--data", "发布数据 / the published dataset", DATA)
    add_folder(parser, "--raw", "原始 PDF / the PDFs", RAW)
