"""The disclosure's own completeness as the selectors see it (财预〔2016〕143号 and its successors): derived tables.

required      the tables that the rule asks of a document of its type, from identities.yaml
placeholders  texts in which a template's placeholder was left (XX, ××, 某某): cells, sentences, definitions
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.validate.identities import Identities
from pipeline.validate.records import Record

Tables = Mapping[str, Sequence[Record]]
_TEXTS = (("narrative_figures", "sentence"), ("glossary", "definition"))
_SHOWN = 40


def completeness_tables(tables: Tables, cells: Iterable[Record], identities: Identities) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``cells`` are those that may hold a placeholder."""
    document = tables["documents"][0] if tables.get("documents") else {}
    required = identities.required_tables.get(str(document.get("document_type")), {})
    said = [
        (row, str(row[column] or ""))
        for table, column in _TEXTS
        for row in tables.get(table, ())
    ]  # fmt: skip
    texts = [*((cell, str(cell["text"] or "")) for cell in cells), *said]
    return {
        "required": [{"table_id": name, "printed_title": title} for name, title in required.items()],
        "placeholders": list(_placeholders(texts, identities)),
    }


def _placeholders(texts: Iterable[tuple[Record, str]], identities: Identities) -> Iterator[Record]:
    seen: set[str] = set()
    for row, text in texts:
        found = identities.placeholders.search(text) if identities.placeholders else None
        if found and text not in seen:
            seen.add(text)
            start = max(0, found.start() - _SHOWN // 2)
            yield {
                "document_id": row["document_id"],
                "page": row["page"],
                "item": text[start : start + _SHOWN],
                "cell_ids": [row["cell_id"]] if "cell_id" in row else [],
            }
