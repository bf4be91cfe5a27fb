"""Which tables the rule asks of a disclosure: ``expected_tables.yaml``, by document type and fiscal year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from pipeline.schema import DOCUMENTS, TABLE_IDS

_FILE = Path(__file__).with_name("expected_tables.yaml")
Rules = dict[str, tuple["Expected", ...]]


@dataclass(frozen=True)
class Expected:
    """A table that the rule asks for, under the rule's own title; ``from_year`` is the first year that it does."""

    table_id: str
    title: str
    from_year: int | None = None

    def asked_in(self, fiscal_year: int | None) -> bool:
        """Whether the rule asks for it in that year; of an unknown year only what it always asked."""
        return self.from_year is None or (fiscal_year is not None and fiscal_year >= self.from_year)


def expected_tables(document_type: str | None, fiscal_year: int | None) -> tuple[Expected, ...]:
    """What the rule asks of a document; of an unknown type what it asks of every type."""
    rules = load_rules(_FILE)
    if document_type is not None:
        asked = rules[document_type]
    else:
        common = set.intersection(*({table.table_id for table in tables} for tables in rules.values()))
        asked = tuple(table for table in next(iter(rules.values())) if table.table_id in common)
    return tuple(table for table in asked if table.asked_in(fiscal_year))


@lru_cache(maxsize=4)
def load_rules(path: Path) -> Rules:
    """The rules of a file. Raises ValueError for a document type or table that pipeline/schema.py does not know."""
    rules = yaml.safe_load(path.read_text(encoding="utf-8"))
    types = DOCUMENTS.column("document_type").enum
    if set(rules) != set(types):
        raise ValueError(f"{path.name}: names {', '.join(rules)}; wanted are {', '.join(types)}")
    loaded = {name: tuple(Expected(**row) for row in rows) for name, rows in rules.items()}
    unknown = {table.table_id for tables in loaded.values() for table in tables} - set(TABLE_IDS)
    if unknown:
        raise ValueError(f"{path.name}: no such table_id: {', '.join(sorted(unknown))}")
    return loaded
