"""The level of government that a definition speaks of, as the selectors see it: a derived table.

levels   definitions of the glossary that say whose departments they are about (省直部门): ``other_level`` than the
         document's, as where a county took over the province's template
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.validate.rows.model import Record, Tables

_PROVINCE, _CITY = "0000", "00"  # what a GB/T 2260 code of a province, and of a prefecture, ends with


def level_tables(tables: Tables, pattern: re.Pattern[str]) -> dict[str, Sequence[Record]]:
    """The derived table of one document; none of its rows where the document's region is not known."""
    document = tables["documents"][0] if tables.get("documents") else {}
    own = _levels_of(str(document.get("region_code") or ""), str(document.get("region_name") or ""))
    return {"levels": list(_levels(tables.get("glossary", ()), own, pattern)) if own else []}


def _levels_of(code: str, name: str) -> frozenset[str]:
    """The words for a region's level: the last character of its name, beside the one for all of its level."""
    if not code or not name:
        return frozenset()
    common = "省" if code.endswith(_PROVINCE) else "市" if code.endswith(_CITY) else "县"
    return frozenset({name[-1], common})


def _levels(terms: Sequence[Record], own: frozenset[str], pattern: re.Pattern[str]) -> Iterator[Record]:
    for row in terms:
        for match in pattern.finditer(str(row["definition"] or "")):
            yield {**row, "item": row["term"], "other_level": match["level"] not in own, "text": match[0]}
