"""The command line: ``python -m pipeline`` or ``yusuan``.

Exit 0: all was built, every document could be read and every suite holds. 1: something did not. 2: wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.build import Report, Settings, build, default_interim
from pipeline.document import FULL
from pipeline.inputs import UsageError
from pipeline.interim import LockedError
from pipeline.jobs import EXPECTATIONS, TIMEOUT_S
from pipeline.portal.commands import add_parsers as add_portal
from pipeline.release.commands import add_parsers as add_release
from pipeline.report.commands import add_parsers as add_reports
from pipeline.summary import text
from pipeline.workers import available_cores

OK, NOT_OK, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
DATABASE = "budget.duckdb"
Command = Callable[[argparse.Namespace], int]
Commands = Any  # argparse's own type for it is private
_DATA = Path("data/processed")

_FINDINGS = """SELECT document_id, page, severity, verdict, code, explanation FROM findings WHERE {where}
ORDER BY document_id, array_position(['error', 'warning', 'info'], severity), page, finding_id"""
_ABOUT = """部门预算公开（PDF）转为规整、可核验的开放数据。
Chinese departments' budget disclosures (PDF) to tidy, proven, open data."""
_REFUSED = "文件读写失败 / reading or writing failed"
_FULL = (
    "磁盘已满；原有数据未受影响，腾出空间后再运行，会接着做完 / "
    "the disk is full; the previous data is untouched: free some space and run again, and the build goes on from there"
)
_EXAMPLES = """例 examples:
  yusuan build --raw data/raw --out data/processed
  yusuan query "SELECT item, amount FROM budget_lines WHERE table_id = 'three_public_expenses'"
  yusuan show zezhou-org-dept-2026-budget 9 --out page9.png
  yusuan findings --severity error

退出码 exit codes: 0 全部完成且通过 all built and holds; 1 有未完成或未通过 something did not; 2 用法错误 wrong usage"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Only a fault of the pipeline itself ends in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot print Chinese still shows the rest
    asked = _parser().parse_args(arguments)
    command: Command = asked.command
    try:
        return command(asked)
    except UsageError as error:
        return _complain(error, WRONG_USAGE)
    except LockedError as error:
        return _complain(error, NOT_OK)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has enough; nothing is left to say it to
        return OK
    except OSError as error:
        return _complain(f"{_FULL if error.errno in FULL else _REFUSED}: {error}", NOT_OK)
    except KeyboardInterrupt:
        return _complain("已中断，下次构建会接着完成 / interrupted; the next build finishes the job", INTERRUPTED)


def _complain(what: object, code: int) -> int:
    print(f"yusuan: {what}", file=sys.stderr)
    return code


# --- commands --------------------------------------------------------------------------------------------------------


def _build(asked: argparse.Namespace) -> int:
    interim = asked.interim or default_interim(asked.out)
    report = build(Settings(asked.raw, asked.out, interim, asked.expectations, asked.jobs, asked.force, asked.timeout))
    return _close(report, f"{asked.out}")


def _extract(asked: argparse.Namespace) -> int:
    from pipeline.stages import extract  # noqa: PLC0415

    return _close(
        extract(asked.raw, asked.interim, asked.jobs, force=asked.force, timeout=asked.timeout), f"{asked.interim}"
    )


def _normalize(asked: argparse.Namespace) -> int:
    from pipeline.stages import normalize  # noqa: PLC0415

    return _close(
        normalize(asked.interim, asked.out, asked.jobs, force=asked.force, timeout=asked.timeout), f"{asked.out}"
    )


def _validate(asked: argparse.Namespace) -> int:
    from pipeline.stages import validate  # noqa: PLC0415

    return _close(validate(asked.data, asked.expectations), f"{asked.data}")


def _publish(asked: argparse.Namespace) -> int:
    from pipeline.stages import publish  # noqa: PLC0415

    return _close(publish(asked.data), f"{asked.data}")


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


def _close(report: Report, where: str) -> int:
    """Print what a run did, and return its exit code."""
    verdict = "完成 done" if report.holds else "有未通过项 something did not hold"
    done = "没有变化 nothing changed" if report.nothing_to_do else f"处理 {report.rebuilt:,} 份 done anew"
    if report.summary:
        print(text(report.summary, report.failures))
    else:
        print("".join(f"✗ {failure}\n" for failure in report.failures), end="")
    print(f"{where}: {verdict}; {done}; {report.seconds:.1f} s")
    return OK if report.holds else NOT_OK


# --- options ---------------------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="yusuan", description=_ABOUT, epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(title="命令 commands", metavar="COMMAND", required=True)
    _add_build(commands)
    _add_stages(commands)
    _add_readers(commands)
    add_reports(commands)
    add_release(commands)
    add_portal(commands)
    return parser


def _add_build(commands: Commands) -> None:
    parser = _add(commands, "build", _build, "原始文件到发布数据，只做需要做的 / raw files to the published dataset")
    _folder(parser, "--raw", "原始 PDF 和 sources.csv / the PDFs and sources.csv")
    _folder(parser, "--out", "发布数据 / the published dataset")
    _folder(parser, "--interim", "中间数据，缺省在 OUT 旁 / what lies between the stages; default: beside OUT", None)
    _expectations(parser)
    _how(parser)


def _add_stages(commands: Commands) -> None:
    parser = _add(commands, "extract", _extract, "单独抽取 / extraction alone: PDF to tables of cells")
    _folder(parser, "--raw", "原始 PDF 和 sources.csv / the PDFs and sources.csv")
    _folder(parser, "--interim", "抽取结果 / what extraction leaves")
    _how(parser)
    parser = _add(commands, "normalize", _normalize, "单独整理 / normalization alone: cells to tidy tables")
    _folder(parser, "--interim", "抽取结果 / what extraction left")
    _folder(parser, "--out", "规整的数据表 / the tidy tables")
    _how(parser)
    parser = _add(commands, "validate", _validate, "单独检验 / validation alone: identities and suites")
    _folder(parser, "--data", "规整的数据表 / the tidy tables")
    _expectations(parser)
    parser = _add(commands, "publish", _publish, "单独发布 / publishing alone: CSV, Parquet, DuckDB")
    _folder(parser, "--data", "检验过的数据表 / the tidy tables with their checks")


def _add_readers(commands: Commands) -> None:
    parser = _add(commands, "query", _query, "用 SQL 查询 / one SQL query on the dataset, read only")
    parser.add_argument("sql", metavar="SQL", help="DuckDB SQL")
    _output(parser)
    parser = _add(commands, "findings", _findings, "列出问题 / what is wrong or doubtful, the gravest first")
    parser.add_argument("--document", metavar="ID", help="只列一份文件 / of one document")
    parser.add_argument("--severity", choices=("error", "warning", "info"), help="程度 / of one severity")
    parser.add_argument("--verdict", metavar="WORD", help="判断 / of one verdict, such as publisher_error")
    _output(parser)
    parser = _add(commands, "show", _show, "画出一页及其单元格 / a page as a picture with its cells drawn on it")
    parser.add_argument("document", metavar="DOCUMENT", help="文件标识或其一部分 / the document_id, or a part of it")
    parser.add_argument("page", metavar="PAGE", type=int, help="页码，从1起 / page, from 1")
    parser.add_argument("--out", metavar="PNG", type=Path, help="图片，缺省 / picture, default: DOCUMENT-pPAGE.png")
    _folder(parser, "--data", "发布数据 / the published dataset", _DATA)
    _folder(parser, "--raw", "原始 PDF / the PDFs", Path("data/raw"))


def _add(commands: Commands, name: str, command: Command, about: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(command=command)
    return parser


def _folder(parser: argparse.ArgumentParser, option: str, about: str, default: Path | str | None = "needed") -> None:
    required = default == "needed"
    where = f" (default: {default})" if isinstance(default, Path) else ""
    parser.add_argument(
        option, metavar="DIR", type=Path, help=about + where, required=required, default=None if required else default
    )


def _output(parser: argparse.ArgumentParser) -> None:
    _folder(parser, "--data", "发布数据 / the published dataset", _DATA)
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="输出 / output")


def _expectations(parser: argparse.ArgumentParser) -> None:
    _folder(parser, "--expectations", "恒等式和检验套件 / the identities and the suites", EXPECTATIONS)


def _how(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=_positive,
        default=available_cores(),
        help="同时处理的文件数，缺省为核数 / documents at once; default: the number of cores",
    )
    parser.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=_positive,
        default=TIMEOUT_S,
        help=f"一份文件最多用时，缺省 {TIMEOUT_S:g} 秒 / seconds that one document may take; default: {TIMEOUT_S:g}",
    )
    parser.add_argument("--force", action="store_true", help="全部重做 / do everything anew")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text}: 应为正整数 / not a whole number above 0")
    return int(text)
