"""The command line: ``python -m pipeline`` or ``yusuan``. How it ends stands in ``commands.exits``.

Its commands are those of ``commands``, and those that ``report``, ``release`` and ``portal`` add.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pipeline.commands.asking import add_parsers as add_asking
from pipeline.commands.building import add_parsers as add_building
from pipeline.commands.exits import INTERRUPTED, NOT_OK, OK, WRONG_USAGE
from pipeline.commands.options import Command
from pipeline.document import FULL
from pipeline.inputs import UsageError
from pipeline.interim import LockedError
from pipeline.portal.commands import add_parsers as add_portal
from pipeline.release.commands import add_parsers as add_release
from pipeline.report.commands import add_parsers as add_reports

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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="yusuan", description=_ABOUT, epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(title="命令 commands", metavar="COMMAND", required=True)
    add_building(commands)
    add_asking(commands)
    add_reports(commands)
    add_release(commands)
    add_portal(commands)
    return parser
