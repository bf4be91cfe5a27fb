"""The same disclosures printed another way: what is read or told otherwise? ``make bench-reprinted`` runs it.

Each variant (``variants``) changes how words, numbers or punctuation are printed and nothing that they say, throughout
what extraction read of a document; all that comes after extraction runs anew. Of what was read before, figures of the
tables and of the text may be *lost*, or have another meaning (*otherwise*; of the text its cell too); checks may be
*unasked*; and what is told newly as an error or a warning is *false*. The interim folder is left as it is.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # measures this checkout, whatever else is installed

from bench.injected import Document, Row, documents  # noqa: E402
from bench.interim import parser_of, write_told  # noqa: E402
from bench.variants import VARIANTS, Variant  # noqa: E402
from pipeline.garbage import collect_seldom  # noqa: E402
from pipeline.punctuation import in_one_width  # noqa: E402
from pipeline.schema import INTERIM  # noqa: E402
from pipeline.tables import Dataset, to_arrow  # noqa: E402
from pipeline.validate import load_identities  # noqa: E402

_TABLES = {"lines": "lines", "cells": "raw_cells"}
_PLACE = ("table_no", "row_no", "column_no")
_MEANING = (
    "amount", "table_id", "side", "fund", "expenditure_type", "origin", "period", "subject_code", "economic_code",
)  # fmt: skip
_SAID = ("page", "kind", "direction", "value", "restates_cell_id")
_GRAVE = ("error", "warning")


@dataclass(frozen=True)
class Reading:
    """What was read of a document: the meaning of its tables' figures by place, the figures of its text, its checks by
    family and outcome, and what is told gravely, as code, family and page."""

    figures: Mapping[Hashable, Hashable]
    said: Counter[Hashable]
    checks: Counter[Hashable]
    told: Counter[Hashable]
    explanations: Mapping[Hashable, str]


@dataclass(frozen=True)
class Told:
    """What became of one document under one variant: how many texts it changed, and how much is no longer the same."""

    document: str
    variant: str
    texts: int
    lost: int
    otherwise: int
    said: int
    unasked: int
    false: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return not (self.lost or self.otherwise or self.said or self.unasked or self.false)


def reading_of(document: Document, changed: Dataset) -> Reading:
    """What normalization and checks make of a document with these tables of the extraction in the place of its own."""
    published, checks, told = document.run(changed)
    grave = [row for row in told if row["severity"] in _GRAVE]
    return Reading(
        {_of(row, _PLACE): _of(row, _MEANING) for row in published["budget_lines"].to_pylist()},
        Counter((*_of(row, _SAID), _plain(row["subject"])) for row in published["narrative_figures"].to_pylist()),
        Counter(zip(checks["family"].to_pylist(), checks["outcome"].to_pylist(), strict=True)),
        Counter(map(_name, grave)),
        {_name(row): str(row["explanation"]) for row in grave},
    )


def _of(row: Row, names: Sequence[str]) -> tuple[Hashable, ...]:
    return tuple(str(row[name]) for name in names)


def _plain(subject: object) -> str:
    return in_one_width("".join(str(subject or "").split()))


def _name(finding: Row) -> Hashable:
    return finding["code"], str(finding["check_id"]).partition("/")[0], finding["page"]


def told_of(document: Document, before: Reading, name: str, variant: Variant) -> Told | None:
    """What a variant changes in a document; None where it has no such words."""
    rows = document.extracted.lines if variant.of == "lines" else document.extracted.cells
    texts = [variant.change(str(row["text"])) for row in rows]
    changed = sum(text != row["text"] for row, text in zip(rows, texts, strict=True))
    if not changed:
        return None
    table = _TABLES[variant.of]
    new = [{**row, "text": text} for row, text in zip(rows, texts, strict=True)]
    after = reading_of(document, {table: to_arrow(INTERIM[table], new)})
    kept = before.figures.keys() & after.figures.keys()
    return Told(
        document.document_id,
        name,
        changed,
        len(before.figures) - len(kept),
        sum(before.figures[place] != after.figures[place] for place in kept),
        (before.said - after.said).total(),
        (before.checks - after.checks).total(),
        tuple(after.explanations[each] for each in (after.told - before.told)),
    )


def table(told: Sequence[Told]) -> list[str]:
    """A line for each variant that is not read the same everywhere, and one for all."""
    by_variant: Mapping[str, list[Told]] = defaultdict(list)
    for each in told:
        by_variant[each.variant].append(each)
    lines = [f"{'documents':>9}{'same':>6}{'lost':>7}{'otherwise':>11}{'said':>6}{'unasked':>9}{'false':>7}  variant"]
    for name, group in [*by_variant.items(), ("all", list(told))]:
        same = sum(each.same for each in group)
        if same < len(group) or name == "all":
            sums = [sum(getattr(each, column) for each in group) for column in ("lost", "otherwise", "said", "unasked")]
            numbers = "".join(f"{value:>{width}}" for value, width in zip(sums, (7, 11, 6, 9), strict=True))
            lines.append(f"{len(group):>9}{same:>6}{numbers}{sum(len(each.false) for each in group):>7}  {name}")
    alike = sum(all(each.same for each in group) for group in by_variant.values())
    return [*lines, f"{alike} of {len(by_variant)} variants are read the same in every document"]


def main() -> int:
    """Print otherwise, read, compare; the exit code does not judge."""
    parser = parser_of(__doc__, "what changed, by document and variant")
    parser.add_argument("--variants", nargs="*", default=list(VARIANTS), metavar="VARIANT", help="these alone, by name")
    asked = parser.parse_args()
    if unknown := set(asked.variants) - set(VARIANTS):
        raise SystemExit(f"no such variant: {', '.join(sorted(unknown))}; there are: {'; '.join(VARIANTS)}")
    collect_seldom()
    told: list[Told] = []
    for document in documents(asked.interim, asked.only, load_identities()):
        before = reading_of(document, {})
        found = (told_of(document, before, name, VARIANTS[name]) for name in asked.variants)
        told += [each for each in found if each is not None]
        print(f"{document.document_id}: {len(told)} readings so far", file=sys.stderr, flush=True)
    if not told:
        raise SystemExit(f"{asked.interim}: no such document here, or none of these words in it")
    print("\n".join(table(told)))
    write_told(asked.json, told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
