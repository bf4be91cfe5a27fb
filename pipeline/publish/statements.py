"""What every release says of itself: its licences, what it is made from, whether its sources are the originals."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

LISTED = 20  # documents named in a statement; all are marked in documents.is_facsimile
TITLE = ("中国政府部门预算公开数据", "Budget disclosures of Chinese government departments")


@dataclass(frozen=True)
class Licence:
    """A licence: its SPDX name, its title and its address."""

    name: str
    title: str
    path: str


DATA_LICENCE = Licence(
    "CC-BY-4.0", "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"
)


@dataclass(frozen=True)
class Statement:
    """One statement about the release in both languages, under the name that ``_about`` gives it."""

    item: str
    zh: str
    en: str


LICENCES = (
    Statement("licence_data", "整理后的数据：CC BY 4.0", "Compiled data: CC BY 4.0"),
    Statement("licence_code", "程序：MIT", "Code: MIT"),
    Statement(
        "disclosures",
        "所据预决算公开文件系政府依法公开的文件，不在上述许可之内",
        "The disclosures themselves are government publications; neither licence covers them",
    ),
)


def statements(documents: pa.Table, version: str) -> tuple[Statement, ...]:
    """Version, licences and the origin of the documents, in the order that ``_about`` shows them."""
    return (
        Statement("version", version, version),
        *LICENCES,
        Statement("documents", f"{documents.num_rows} 份文件", f"{documents.num_rows} documents"),
        facsimiles(documents),
    )


def facsimiles(documents: pa.Table) -> Statement:
    """Which documents are facsimiles: typeset from the published text, not the original files."""
    rows = documents.select(["document_id", "is_facsimile"]).to_pylist()
    named = [row["document_id"] for row in rows if row["is_facsimile"]]
    if not named:
        return Statement("facsimiles", "没有标为仿制件的文件", "No document is marked as a facsimile")
    listed = ", ".join(named[:LISTED]) + (" …" if len(named) > LISTED else "")
    share = f"{len(named)}/{len(rows)}"
    return Statement(
        "facsimiles",
        f"{share} 份文件是按公布文字重排的仿制件，并非原件：{listed}",
        f"{share} documents are facsimiles typeset from the published text, not the original files: {listed}",
    )
