"""The commands ``build``, ``extract``, ``normalize``, ``validate`` and ``publish``: all stages, or one alone."""

from __future__ import annotations

import argparse

from pipeline.build import Report, Settings, build, default_interim
from pipeline.commands.exits import NOT_OK, OK
from pipeline.commands.options import Commands, add_command, add_expectations, add_folder, add_how
from pipeline.summary import text


def add_parsers(commands: Commands) -> None:
    """Add the five commands."""
    _add_build(commands)
    _add_reading_stages(commands)
    _add_closing_stages(commands)


def _build(asked: argparse.Namespace) -> int:
    interim = asked.interim or default_interim(asked.out)
    report = build(Settings(asked.raw, asked.out, interim, asked.expectations, asked.jobs, asked.force, asked.timeout))
    return _close(report, f"{asked.out}")


def _extract(asked: argparse.Namespace) -> int:
    from pipeline.stages import extract  # noqa: PLC0415

    report = extract(asked.raw, asked.interim, asked.jobs, force=asked.force, timeout=asked.timeout)
    return _close(report, f"{asked.interim}")


def _normalize(asked: argparse.Namespace) -> int:
    from pipeline.stages import normalize  # noqa: PLC0415

    report = normalize(asked.interim, asked.out, asked.jobs, force=asked.force, timeout=asked.timeout)
    return _close(report, f"{asked.out}")


def _validate(asked: argparse.Namespace) -> int:
    from pipeline.stages import validate  # noqa: PLC0415

    return _close(validate(asked.data, asked.expectations), f"{asked.data}")


def _publish(asked: argparse.Namespace) -> int:
    from pipeline.stages import publish  # noqa: PLC0415

    return _close(publish(asked.data), f"{asked.data}")


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


def _add_build(commands: Commands) -> None:
    about = "原始文件到发布数据，只做需要做的 / raw files to the published dataset"
    parser = add_command(commands, "build", _build, about)
    add_folder(parser, "--raw", "原始 PDF 和 sources.csv / the PDFs and sources.csv")
    add_folder(parser, "--out", "发布数据 / the published dataset")
    add_folder(parser, "--interim", "中间数据，缺省在 OUT 旁 / what lies between the stages; default: beside OUT", None)
    add_expectations(parser)
    add_how(parser)


def _add_reading_stages(commands: Commands) -> None:
    parser = add_command(commands, "extract", _extract, "单独抽取 / extraction alone: PDF to tables of cells")
    add_folder(parser, "--raw", "原始 PDF 和 sources.csv / the PDFs and sources.csv")
    add_folder(parser, "--interim", "抽取结果 / what extraction leaves")
    add_how(parser)
    parser = add_command(commands, "normalize", _normalize, "单独整理 / normalization alone: cells to tidy tables")
    add_folder(parser, "--interim", "抽取结果 / what extraction left")
    add_folder(parser, "--out", "规整的数据表 / the tidy tables")
    add_how(parser)


def _add_closing_stages(commands: Commands) -> None:
    parser = add_command(commands, "validate", _validate, "单独检验 / validation alone: identities and suites")
    add_folder(parser, "--data", "规整的数据表 / the tidy tables")
    add_expectations(parser)
    parser = add_command(commands, "publish", _publish, "单独发布 / publishing alone: CSV, Parquet, DuckDB")
    add_folder(parser, "--data", "检验过的数据表 / the tidy tables with their checks")
