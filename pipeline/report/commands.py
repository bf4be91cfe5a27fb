"""The commands of the reports, for ``pipeline/cli.py``: ``scoreboard``, ``unknown`` and ``report``.

    yusuan scoreboard --data DIR [--format text|csv|html] [--out FILE]
    yusuan unknown --data DIR [--format text|csv] [--out FILE]
    yusuan report --data DIR --raw DIR --out DIR

Exit 0: written. 2: wrong usage, such as a folder without a build in it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.schema import Table
    from pipeline.tables import Dataset

OK, WRONG_USAGE = 0, 2
Commands = Any  # argparse's own type for it is private
_DATA = Path("data/processed")


class NotBuiltError(Exception):
    """What the report is made from is not there; the message says what to do."""


def add_parsers(commands: Commands) -> None:
    """Add the three commands; each sets ``command`` to ``run``, as the other commands of the command line do."""
    parser = _add(
        commands, "scoreboard", _scoreboard, "记分板：各文件、各地、全部 / per document, place and in all, worst first"
    )
    _output(parser, ("text", "csv", "html"))
    parser = _add(commands, "unknown", _unknown, "不认识的说法，按频次 / what no vocabulary knows, by frequency")
    _output(parser, ("text", "csv"))
    parser = _add(commands, "report", _report, "质量报告（网页）/ the quality report, offline HTML pages")
    _folder(parser, "--raw", "原始 PDF，取图用 / the PDFs, for the pictures", Path("data/raw"))
    _folder(parser, "--out", "网页所在 / where the pages go", None)  # fmt: skip


def run(asked: argparse.Namespace) -> int:
    """Run the command that was asked for; returns the exit code. Raises OSError when a file cannot be written."""
    making: Callable[[argparse.Namespace], None] = asked.report
    try:
        making(asked)
    except NotBuiltError as error:
        print(f"yusuan: {error}", file=sys.stderr)
        return WRONG_USAGE
    return OK


def _scoreboard(asked: argparse.Namespace) -> None:
    from pipeline.report import scoreboard  # noqa: PLC0415  (pyarrow: only when a report is made)
    from pipeline.report.scoreboard_html import as_html  # noqa: PLC0415
    from pipeline.report.scores import TABLES, score  # noqa: PLC0415

    writers = {"text": scoreboard.as_text, "csv": scoreboard.as_csv, "html": as_html}
    _put(writers[asked.format](score(_dataset(asked.data, TABLES))), asked.out)


def _unknown(asked: argparse.Namespace) -> None:
    from pipeline.report import worklist  # noqa: PLC0415

    writers = {"text": worklist.as_text, "csv": worklist.as_csv}
    _put(writers[asked.format](worklist.unknown(_dataset(asked.data, worklist.TABLES))), asked.out)


def _report(asked: argparse.Namespace) -> None:
    from pipeline.report.quality import write_report  # noqa: PLC0415
    from pipeline.report.records import TABLES  # noqa: PLC0415

    if not asked.raw.is_dir():
        raise NotBuiltError(f"{asked.raw}: 没有这个文件夹 / there is no such folder; give the PDFs' with --raw")
    written = write_report(_dataset(asked.data, TABLES), asked.raw, asked.out)
    for name in written.without_pictures:
        print(f"! {name}: 不在 --raw 中或打不开，其问题没有图 / not in --raw or cannot be opened: no pictures")
    print(f"{written.index}: {written.documents:,} 份文件 documents")


def _dataset(data: Path, tables: Sequence[Table]) -> Dataset:
    from pipeline.tables import OtherVersionError, read_dataset  # noqa: PLC0415

    try:
        return read_dataset(data, tables)
    except OtherVersionError as error:
        raise NotBuiltError(str(error)) from error
    except FileNotFoundError as error:
        raise NotBuiltError(
            f"{data}: 没有数据，请先运行 build / there is no dataset, run build first: {error}"
        ) from error


def _put(text: str, out: Path | None) -> None:
    """Print the text, or write it to the file that was asked for."""
    from pipeline.tables import replacing  # noqa: PLC0415

    if out is None:
        print(text, end="")
        return
    with replacing(out) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def _add(
    commands: Commands, name: str, report: Callable[[argparse.Namespace], None], about: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(command=run, report=report)
    _folder(parser, "--data", "发布数据 / the published dataset", _DATA)
    return parser


def _output(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0], help=f"格式 / format; default: {formats[0]}")
    parser.add_argument("--out", metavar="FILE", type=Path, help="写到文件，缺省打印 / write to a file; default: print")


def _folder(parser: argparse.ArgumentParser, option: str, about: str, default: Path | None) -> None:
    where = f" (default: {default})" if default else ""
    parser.add_argument(option, metavar="DIR", type=Path, help=about + where, required=default is None, default=default)
