"""What the portal shall hold: one dataset, a resource a table, a few files for people, and each version's zip for good.

The dataset always shows the latest release under the same addresses, so links and queries keep working; every release
that was ever published stays as its zip. Spreadsheet CSVs, Parquet files and metadata are in the zip and not listed one
by one: seventy resources are no help to a reader.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.portal.datastore import Json
from pipeline.release.facts import (
    CREATOR,
    DATABASE,
    KEYWORDS,
    PACKAGE,
    Both,
    Facts,
    NotPublishedError,
    facts_of,
    read_package,
    version_of,
)
from pipeline.release.inventory import CHANGELOG, HTML_DICTIONARY, SUMS, WORKBOOK, ReleaseFile, inventory, of_form
from pipeline.schema import CONVENIENCE, Table

_HASH = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"  # as DCAT names it
_FIRST, _LAST = (WORKBOOK,), (DATABASE, HTML_DICTIONARY, PACKAGE, CHANGELOG)
_FOR_READERS = {view.table.name for view in CONVENIENCE}  # shown before the tables that they are made from
_FORMATS = {".xlsx": "XLSX", ".duckdb": "DuckDB", ".html": "HTML", ".json": "JSON", ".md": "Markdown", ".zip": "ZIP"}
LICENCES = {"CC-BY-4.0": ("CC-BY-4.0", "cc-by")}  # the portal's names for a licence, the exact one first


@dataclass(frozen=True)
class Item:
    """One resource: the file that is uploaded, what is said of it, and the table that it can be queried as, if any."""

    path: Path
    told: Json
    table: Table | None = None

    @property
    def name(self) -> str:
        """The file's name: what the resource is recognised by."""
        return self.path.name

    @property
    def sha256(self) -> str:
        """The file's hash."""
        return str(self.told["hash"])

    @property
    def rows(self) -> Path:
        """The Parquet file that the table is filled from."""
        return self.path.with_suffix(".parquet")

    def resource_id(self, dataset_id: str) -> str:
        """The resource's identifier: the same on every run, so that nothing is ever made twice."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{dataset_id}/{self.name}"))


@dataclass(frozen=True)
class Plan:
    """The dataset: its version, what is said of it (CKAN's field names), its resources in the order shown."""

    version: str
    told: Json
    licences: Sequence[str]
    items: tuple[Item, ...]


def find_release(data: Path, dist: Path) -> Path:
    """``dist`` itself when it is a release, otherwise the release in it that was made from ``data``.

    Raises NotPublishedError when there is none.
    """
    if (dist / SUMS).is_file():
        return dist
    folder = dist / version_of(read_package(data))
    if not (folder / SUMS).is_file():
        raise NotPublishedError(
            f"{folder}: 没有这一版，请先运行 make publish / there is no such release: run make publish first"
        )
    return folder


def plan_of(release: Path) -> Plan:
    """Read it from the release's folder. Raises NotPublishedError when a file is not as its SHA256SUMS say."""
    files = inventory(release)
    _check(release, files)
    package = read_package(release)
    facts = facts_of(release, package.get("homepage", ""), package.get("created", "")[:10])
    licences = LICENCES.get(facts.licence.name, (facts.licence.name,))
    return Plan(facts.version, _told(facts), licences, tuple(_items(release, files, facts.version)))


def _check(release: Path, files: Sequence[ReleaseFile]) -> None:
    lines = (release / SUMS).read_text(encoding="utf-8").splitlines()
    told = {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}
    found = {file.name: file.sha256 for file in files}
    torn = sorted(name for name, sha256 in told.items() if found.get(name) != sha256)
    if torn:
        raise NotPublishedError(
            f"{release}: 与 {SUMS} 不符，请重新 make publish / not as it says, make publish again: {', '.join(torn)}"
        )


# --- the dataset -----------------------------------------------------------------------------------------------------


def _told(facts: Facts) -> Json:
    """CKAN's fields (docs.ckan.org, package_create), but for the version: that is set when all is in place."""
    extras = {
        "财政年度 / Fiscal years": ", ".join(map(str, facts.years)),
        "地区 / Regions": "、".join(f"{name} {code}".strip() for code, name in facts.regions),
        "文件数 / Documents": f"{len(facts.sources):,}",
        "发布日期 / Issued": facts.date,
    }
    return {
        "title": str(facts.title),
        "notes": _notes(facts),
        "author": str(CREATOR),
        "url": facts.url,
        "tags": [{"name": name} for word in KEYWORDS for name in (word.zh, word.en)],
        "extras": [{"key": key, "value": value} for key, value in extras.items() if value],
    }


def _notes(facts: Facts) -> str:
    """Markdown."""
    how = Both(
        "每张表是一个资源：可在线预览、筛选、按接口查询，也可下载 CSV；各列含义见资源页的数据字典。表中既有合计，"
        "也有其中项，相加之前请先选定一个级次。本页始终是最新一版，地址不变；历次版本的全部文件见各 ZIP。",
        "Each table is a resource: preview it, filter it, query it by API or download the CSV; its data dictionary "
        "explains the columns. Tables list totals and their parts: choose one level before you add up. This page "
        "always shows the latest release under the same addresses; every version's files are in its ZIP.",
    )
    licence = f"[{facts.licence.title}]({facts.licence.path})"
    return "\n\n".join([facts.about.zh, how.zh, facts.about.en, how.en, f"许可 / Licence: {licence}"])


# --- the resources ---------------------------------------------------------------------------------------------------


def _items(release: Path, files: Sequence[ReleaseFile], version: str) -> Iterator[Item]:
    named = {file.name: file for file in files}
    yield from (_file(release, named[name]) for name in _FIRST)
    tables = sorted(of_form(files, "csv"), key=lambda held: held[1].name not in _FOR_READERS)
    yield from (_table(release, file, table) for file, table in tables)
    yield from (_file(release, named[name]) for name in _LAST)
    archive = next(file for file in files if file.name.endswith(".zip"))
    yield _item(
        release,
        archive,
        Both(f"{version} 版全部文件（ZIP）", f"Everything of version {version} (ZIP)"),
        Both(
            "该版的全部文件：CSV（程序用、电子表格用）、Parquet、Excel、DuckDB、元数据、校验和",
            "Every file of that version: CSV for programs and for spreadsheets, Parquet, Excel, DuckDB, metadata, sums",
        ),
    )


def _table(release: Path, file: ReleaseFile, table: Table) -> Item:
    title = Both(table.title, table.title_en)
    key = Both(f"主键：{'、'.join(table.key)}", f"Key: {', '.join(table.key)}")
    return _item(release, file, title, Both(f"{table.zh}。{key.zh}。", f"{table.en}. {key.en}."), table)


def _file(release: Path, file: ReleaseFile) -> Item:
    return _item(release, file, file.title, Both("", ""))


def _item(release: Path, file: ReleaseFile, title: Both, about: Both, table: Table | None = None) -> Item:
    told = {
        "name": str(title),
        "description": str(about) if about.zh else "",
        "format": "CSV" if table else _FORMATS[Path(file.name).suffix],
        "mimetype": file.media_type,
        "hash": file.sha256,
        "hash_algorithm": _HASH,
        "size": str(file.size),
        "release_file": file.name,
    }
    return Item(release / file.name, told, table)
