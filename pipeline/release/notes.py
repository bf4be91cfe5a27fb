"""CHANGELOG.md and README.md of a release."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.release.compare import Comparison
from pipeline.release.facts import CREATOR, Facts
from pipeline.release.inventory import CHANGELOG, HTML_DICTIONARY, SUMS, ReleaseFile
from pipeline.release.report import as_markdown

HEAD = "# 更新记录 / Changelog\n"
# Whether it is the first is not known here: the folder of releases may be anywhere.
ALONE = "没有给出可比较的上一版。 No earlier release was given to compare with."
_SECTION = "\n## "


def changelog(facts: Facts, comparison: Comparison | None, previous: Path | None) -> str:
    """This version's section, then the sections of the previous release; a release of the same version adds none."""
    earlier = _earlier(previous)
    if f"{_SECTION}{facts.version}" in f"\n{earlier}":
        return HEAD + earlier
    date = f" ({facts.date})" if facts.date else ""
    return f"{HEAD}{_SECTION}{facts.version}{date}\n\n{_contents(facts)}\n{_since(comparison)}{earlier}"


def _since(comparison: Comparison | None) -> str:
    return as_markdown(comparison) if comparison else f"{ALONE}\n"


def _contents(facts: Facts) -> str:
    counts = ", ".join(f"`{name}` {rows:,}" for name, rows in facts.counts)
    years = ", ".join(map(str, facts.years)) or "–"
    return f"年度 fiscal years: {years}; 行数 rows: {counts}.\n"


def _earlier(previous: Path | None) -> str:
    path = previous / CHANGELOG if previous else None
    if path is None or not path.is_file():
        return ""
    return path.read_text(encoding="utf-8").removeprefix(HEAD)


def readme(facts: Facts, files: Sequence[ReleaseFile], archive: str) -> str:
    """What the release is, how to cite it, what each file is."""
    rows = "".join(f"| [{file.name}]({file.link}) | {file.title} | {file.size:,} |\n" for file in files)
    cite = f"{facts.title}, {CREATOR}, {facts.version}, {facts.licence.name}"
    return (
        f"# {facts.title}\n\n{facts.about.zh}\n\n{facts.about.en}\n\n"
        f"- 版本 version: `{facts.version}`{f' ({facts.date})' if facts.date else ''}\n"
        f"- 数据许可 data licence: [{facts.licence.title}]({facts.licence.path})\n"
        f"- 引用 cite as: {cite}\n"
        f"- 各列含义 what the columns mean: [{HTML_DICTIONARY}]({HTML_DICTIONARY})\n"
        f"- 全部文件 everything in one: [{archive}]({archive}); 校验 verify: `sha256sum -c {SUMS}`\n\n"
        f"| 文件 file | 内容 what it is | 字节 bytes |\n|---|---|---:|\n{rows}"
    )
