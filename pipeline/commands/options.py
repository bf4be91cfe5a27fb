"""How a command is declared, and the options that several of them take."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.jobs import EXPECTATIONS, TIMEOUT_S
from pipeline.workers import available_cores

Command = Callable[[argparse.Namespace], int]
Commands = Any  # argparse's own type for it is private
DATA, RAW = Path("data/processed"), Path("data/raw")


def add_command(commands: Commands, name: str, command: Command, about: str) -> argparse.ArgumentParser:
    """Add a command that runs ``command``, which returns the exit code; ``about`` is its help in both languages."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(command=command)
    return parser


def add_folder(parser: argparse.ArgumentParser, option: str, about: str, default: Path | str | None = "needed") -> None:
    """Add an option that names a folder: one that must be given, unless it has a default (None: none is needed)."""
    required = default == "needed"
    where = f" (default: {default})" if isinstance(default, Path) else ""
    parser.add_argument(
        option, metavar="DIR", type=Path, help=about + where, required=required, default=None if required else default
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add which dataset is asked, and how the answer is printed."""
    add_folder(parser, "--data", "发布数据 / the published dataset", DATA)
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="输出 / output")


def add_expectations(parser: argparse.ArgumentParser) -> None:
    """Add where the identities and the suites stand."""
    add_folder(parser, "--expectations", "恒等式和检验套件 / the identities and the suites", EXPECTATIONS)


def add_how(parser: argparse.ArgumentParser) -> None:
    """Add how documents are worked on: how many at once, how long each may take, and whether all are done anew."""
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
