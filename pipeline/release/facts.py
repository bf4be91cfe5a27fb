"""What a release says of itself, all read from the published folder: nothing from the clock, nothing typed twice."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.schema import BUDGET_LINES, CHECKS, DOCUMENTS, PUBLISHED, SUBJECTS
from pipeline.tables import read_parquet

Json = dict[str, Any]

PACKAGE, DICTIONARY, DATABASE = "datapackage.json", "data-dictionary.md", "budget.duckdb"
HASH_LENGTH = 8
_RELEASED = re.compile(rf"-d[0-9a-f]{{{HASH_LENGTH}}}$")
SEPARATOR = " / "  # between Chinese and English in everything that publishing writes


class NotPublishedError(Exception):
    """The folder is not a whole published dataset. The message says, in both languages, what is missing or torn."""


@dataclass(frozen=True)
class Both:
    """One text in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh}{SEPARATOR}{self.en}"


@dataclass(frozen=True)
class Licence:
    """The licence of the compiled data: SPDX name, title, address."""

    name: str
    title: str
    path: str


@dataclass(frozen=True)
class Source:
    """One disclosure that the data come from. ``url`` is where it is published, ``where_from`` how it came to the
    project; both "" when the manifest does not say.
    """

    document_id: str
    title: str
    sha256: str
    publisher: str
    year: int | None
    url: str = ""
    where_from: str = ""


@dataclass(frozen=True)
class Facts:
    """A release in a nutshell. ``url`` is where it will be published ("" when unknown), ``date`` the day of issue
    (ISO 8601, "" when unknown); both are told by whoever releases. ``years`` are fiscal years, ascending; ``regions``
    pairs of GB/T 2260 code and name.
    """

    version: str
    title: Both
    about: Both
    licence: Licence
    sources: tuple[Source, ...]
    years: tuple[int, ...]
    regions: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    url: str = ""
    date: str = ""

    @property
    def base(self) -> str:
        """What stands before a file's name in a link: the address with one slash, or nothing."""
        return f"{self.url.rstrip('/')}/" if self.url else ""

    def count(self, table: str) -> int:
        """Rows of one table."""
        return dict(self.counts)[table]


CREATOR = Both("本项目的贡献者", "The project's contributors")
KEYWORDS = (
    Both("部门预算", "departmental budget"),
    Both("部门决算", "final accounts"),
    Both("财政", "public finance"),
    Both("预算公开", "budget transparency"),
    Both("中国", "China"),
)


def facts_of(data: Path, url: str = "", date: str = "") -> Facts:
    """Read them from the published folder ``data``. Raises NotPublishedError when it is not whole."""
    package = read_package(data)
    tables = {table.name: _read(data, table.name) for table in (DOCUMENTS, BUDGET_LINES, CHECKS, SUBJECTS)}
    documents = tables[DOCUMENTS.name].to_pylist()
    said, counts = package["description"], tuple((name, rows.num_rows) for name, rows in tables.items())
    years = tuple(sorted({row["fiscal_year"] for row in documents if row["fiscal_year"]}))
    return Facts(
        version_of(package),
        _split(package["title"]),
        _split(said) if _is_release(package) else _about(len(documents), counts, years, said),
        Licence(**{name: package["licenses"][0][name] for name in ("name", "title", "path")}),
        tuple(_source(row) for row in documents),
        years,
        _regions(documents),
        counts,
        url,
        date,
    )


def read_package(data: Path) -> Json:
    """``datapackage.json`` of a published folder. Raises NotPublishedError when there is none, or none of ours."""
    path = data / PACKAGE
    try:
        package: Json = json.loads(path.read_text(encoding="utf-8"))
        _ = (package["version"], package["title"], package["licenses"][0]["path"], package["resources"][0]["hash"])
    except FileNotFoundError:
        raise NotPublishedError(
            f"{data}: 不是发布数据（缺 {PACKAGE}），请先运行 build / not a published dataset ({PACKAGE} is missing): "
            "run build first"
        ) from None
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise NotPublishedError(f"{path}: 内容不合规 / not one of ours: {error!r}") from error
    return package


def version_of(package: Json) -> str:
    """``<version of the code>-d<hash of the data>``, a semantic version: the same tables always have the same one.

    The hash covers every CSV's hash, and so the documents' sums and all that was read from them. A release's own
    package has its version already.
    """
    version = str(package["version"])
    if _is_release(package):
        return version
    lines = sorted(f"{resource['path']} {resource['hash']}\n" for resource in package["resources"])
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    return f"{version}-d{digest[:HASH_LENGTH]}"


def _is_release(package: Json) -> bool:
    """Whether it is a release's: that one has its version, and its description is what ``_about`` said."""
    return bool(_RELEASED.search(str(package["version"])))


def _read(data: Path, name: str) -> pa.Table:
    try:
        return read_parquet(data / f"{name}.parquet", PUBLISHED[name])
    except (FileNotFoundError, pa.ArrowInvalid, ValueError, KeyError) as error:
        reason = f"{name}.parquet: {error}"
        raise NotPublishedError(
            f"{data}: 缺数据表或与当前表结构不符，请重新 build / a table is missing or of another schema, build "
            f"again: {reason}"
        ) from error


def _split(text: str) -> Both:
    chinese, _, english = text.partition(SEPARATOR)
    return Both(chinese, english or chinese)


def _about(documents: int, counts: Iterable[tuple[str, int]], years: Sequence[int], said: str) -> Both:
    """What the data are, then what publishing says of licences and facsimiles (one bilingual line each)."""
    rows = dict(counts)
    figures, checks = rows[BUDGET_LINES.name], rows[CHECKS.name]
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(str(year) for year in years)
    disclosures = "disclosure" if documents == 1 else "disclosures"
    statements = [_split(line) for line in said.splitlines() if line]
    zh = (
        f"{documents:,} 份{span}年部门预算、决算公开文件中的 {figures:,} 个数字：金额一律为元，每个数字记有所在页和"
        f"单元格，并附 {checks:,} 项勾稽检验和问题登记。"
    )
    en = (
        f"{figures:,} figures of {documents:,} budget and final-accounts {disclosures} ({span}): amounts in yuan, "
        f"every figure with the page and cell that it was read from, with {checks:,} arithmetic checks and a register "
        "of findings."
    )
    return Both(zh + "".join(one.zh for one in statements), " ".join([en, *(one.en for one in statements)]))


def _source(row: Json) -> Source:
    printed = (row[name] for name in ("publisher", "fiscal_year", "document_type", "source_file"))
    title = " · ".join(str(part) for part in printed if part is not None)
    told = (row["publisher"] or "", row["fiscal_year"], row["source_url"] or "", row["where_from"] or "")
    return Source(row["document_id"], title, row["sha256"], *told)


def _regions(documents: Iterable[Json]) -> tuple[tuple[str, str], ...]:
    pairs = {(row["region_code"] or "", row["region_name"] or row["region_code"] or "") for row in documents}
    return tuple(sorted(pair for pair in pairs if pair[1]))
