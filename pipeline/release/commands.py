"""The commands ``release`` and ``diff``. Exit 0: done, or nothing changed; 1: something changed; 2: wrong usage.

The command line hooks them in with ``add_parsers``; each parser's ``command`` is ``run``.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OK, DIFFERENT, WRONG_USAGE = 0, 1, 2
FORMATS = ("text", "csv", "markdown")
_DATA, _DIST, _RAW = Path("data/processed"), Path("dist"), Path("data/raw")


def add_parsers(subparsers: Any) -> None:
    """Adds ``release`` and ``diff`` to argparse's sub-commands."""
    _add_release(subparsers)
    _add_diff(subparsers)


def run(args: argparse.Namespace) -> int:
    """Runs the command that was asked for; returns the exit code. A folder that is no dataset is wrong usage."""
    from pipeline.release.facts import NotPublishedError  # noqa: PLC0415

    commands = {"release": _release, "diff": _diff}
    try:
        return commands[args.release_command](args)
    except NotPublishedError as error:
        print(f"yusuan: {error}", file=sys.stderr)
        return WRONG_USAGE


def _release(args: argparse.Namespace) -> int:
    from pipeline.release.assemble import Order, release  # noqa: PLC0415

    with _report_for(args) as report:
        order = Order(args.data, args.dist, args.url or "", args.date or "", args.previous, report)
        done = release(order, say=_say)
    state = "完成 done" if done.new else "没有变化 nothing changed"
    print(f"{done.folder}: {state}; {done.files} 个文件 files, {done.size:,} 字节 bytes")
    if not args.previous:
        _hint_at_others(done.folder)
    return OK


def _hint_at_others(folder: Path) -> None:
    """Which of the releases beside this one came before it, nothing in them says: whoever releases does."""
    folders = (path for path in folder.parent.iterdir() if path.is_dir() and path != folder)
    others = sorted(path.name for path in folders if not path.name.startswith("."))
    if others:
        _say(
            f"{folder.parent} 中还有 {', '.join(others)}；要写明变化，请用 --previous 指明上一版 / "
            "also holds these: give the one before this with --previous, and the changelog says what changed"
        )


@contextmanager
def _report_for(args: argparse.Namespace) -> Iterator[Path | None]:
    """The quality report to put in: the one given, else one made now of the data and the raw files."""
    if args.report or args.no_report:
        yield args.report
        return
    with tempfile.TemporaryDirectory(prefix="yusuan-report-") as folder:
        made = Path(folder) / "quality-report"
        yield made if _make_report(args.data, args.raw, made) else None


def _make_report(data: Path, raw: Path, out: Path) -> bool:
    """Whether a report could be made; a folder that is no dataset is told by what comes after."""
    from pipeline.report.quality import write_report  # noqa: PLC0415
    from pipeline.report.records import TABLES  # noqa: PLC0415
    from pipeline.tables import read_dataset  # noqa: PLC0415

    _say("质量报告 / quality report")
    try:
        dataset = read_dataset(data, TABLES)
    except FileNotFoundError:
        return False
    written = write_report(dataset, raw, out)
    for name in written.without_pictures:
        _say(f"! {name}: 不在 --raw 中，质量报告没有它的图 / not in --raw: no pictures of it in the quality report")
    return True


def _say(step: str) -> None:
    print(step, file=sys.stderr)


def _diff(args: argparse.Namespace) -> int:
    from pipeline.release.compare import compare  # noqa: PLC0415
    from pipeline.release.report import as_csv, as_markdown, as_text  # noqa: PLC0415

    comparison = compare(args.old, args.new)
    if args.format == "csv":
        print(as_csv(comparison), end="")
    else:
        written = as_markdown if args.format == "markdown" else as_text
        print(written(comparison, args.limit), end="")
    return OK if comparison.same else DIFFERENT


# --- options ---------------------------------------------------------------------------------------------------------


def _add_release(subparsers: Any) -> None:
    parser = _add(subparsers, "release", "发布数据打包成一版 / the published dataset as a release in DIST/<version>/")
    _folder(parser, "--data", f"发布数据 / the published dataset (default: {_DATA})", _DATA)
    _folder(parser, "--dist", f"各版所在 / where releases stand (default: {_DIST})", _DIST)
    _folder(parser, "--previous", "上一版，用于更新记录 / the previous release, for the changelog", None)
    _folder(parser, "--report", "收入这份质量报告，缺省现做 / put in this quality report; default: one made now", None)
    parser.add_argument("--no-report", action="store_true", help="不收质量报告 / put in no quality report")
    _folder(parser, "--raw", f"原始 PDF，质量报告取图用 / the PDFs, for its pictures (default: {_RAW})", _RAW)
    parser.add_argument("--url", metavar="URL", type=_address, help="将发布在 / where it will be published")
    parser.add_argument("--date", metavar="YYYY-MM-DD", type=_day, help="发布日期 / day of issue")


def _add_diff(subparsers: Any) -> None:
    about = "两版数据的差别 / what changed between two datasets (exit 0 same, 1 different)"
    parser = _add(subparsers, "diff", about)
    parser.add_argument("old", metavar="OLD", type=Path, help="旧的发布数据或一版 / the old dataset or release")
    parser.add_argument("new", metavar="NEW", type=Path, help="新的 / the new one")
    parser.add_argument("--format", choices=FORMATS, default="text", help="输出；csv 列出全部 / output; csv has it all")
    parser.add_argument("--limit", metavar="N", type=int, default=50, help="每类列出的条数 / lines listed a heading")


def _add(subparsers: Any, name: str, about: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = subparsers.add_parser(name, help=about, description=about)
    parser.set_defaults(command=run, release_command=name)
    return parser


def _folder(parser: argparse.ArgumentParser, option: str, about: str, default: Path | None) -> None:
    parser.add_argument(option, metavar="DIR", type=Path, default=default, help=about)


def _day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: 应为 YYYY-MM-DD / not a date") from None


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"{text}: 应为 http(s) 地址 / not an http(s) address")
    return text
