"""Detection measured from outside: one printed digit altered, the checks run anew. ``make bench-altered`` runs it.

``make bench-detection`` reckons which changes of a digit the identities would notice. Here nothing is reckoned: a
digit of a figure in the tidy tables, at a random place, becomes another one, all checks of the document run again, and
the change is found when a check that did not fail before, or a finding that was not there, names the altered cell. What
the text was found to say of the cell, for being equal to it, is forgotten, since it would not have been found. Both
answers are told for the very same changes, with those on which they differ. The interim folder is left as it is.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # measures this checkout, whatever else is installed

from bench.interim import folders_to_read, tables_of  # noqa: E402
from pipeline.garbage import collect_seldom  # noqa: E402
from pipeline.normalize import reference_tables  # noqa: E402
from pipeline.schema import BUDGET_LINES, NARRATIVE_FIGURES, PUBLISHED  # noqa: E402
from pipeline.tables import Dataset, to_arrow  # noqa: E402
from pipeline.validate import Checked, Identities, check_document, load_identities  # noqa: E402
from pipeline.validate.detection import GROUPS, group_of  # noqa: E402
from pipeline.validate.evaluate import evaluate  # noqa: E402
from pipeline.validate.linear import linear  # noqa: E402
from pipeline.validate.locate import Locator  # noqa: E402
from pipeline.validate.rows.derived import read_all  # noqa: E402

Row = dict[str, object]
_SHOWN = 12


@dataclass(frozen=True)
class Change:
    """One digit of the figure in row ``number`` of ``budget_lines``: its place (1: the last one) and the new digit."""

    number: int
    place: int
    digit: str


@dataclass(frozen=True)
class Answer:
    """What became of a change: whether the identities were reckoned to notice it, and whether the checks did."""

    change: Change
    group: str
    cell_id: str
    printed: str
    altered: str
    reckoned: bool
    found: bool


def changes(lines: Sequence[Row], wanted: int, seed: int) -> Iterator[Change]:
    """So many changes of random digits, every digit of every amount as likely as any other; the same for one seed."""
    places = [
        (number, place)
        for number, row in enumerate(lines)
        if row["amount"] is not None
        for place in range(1, sum(letter.isdigit() for letter in str(row["amount_printed"])) + 1)
    ]
    chosen = random.Random(seed)
    for number, place in chosen.choices(places, k=wanted):
        old = _digits(lines[number])[-place]
        yield Change(number, place, chosen.choice([digit for digit in "0123456789" if digit != old]))


def _digits(row: Row) -> str:
    return "".join(letter for letter in str(row["amount_printed"]) if letter.isdigit())


def altered(row: Row, change: Change) -> Row:
    """The row with the digit changed in what is printed and in the amount."""
    printed = str(row["amount_printed"])
    at = [place for place, letter in enumerate(printed) if letter.isdigit()][-change.place]
    step = (Decimal(str(row["half_unit"])) * 2).scaleb(change.place - 1).copy_sign(Decimal(str(row["amount"])))
    amount = Decimal(str(row["amount"])) + (int(change.digit) - int(printed[at])) * step
    return {**row, "amount_printed": f"{printed[:at]}{change.digit}{printed[at + 1 :]}", "amount": amount}


def answers(dataset: Dataset, wanted: int, seed: int, identities: Identities) -> Iterator[Answer]:
    """Every change of one document, made by itself and checked anew."""
    lines: list[Row] = dataset["budget_lines"].to_pylist()
    locator = Locator(linear(evaluate(read_all(dataset, identities), identities)).deciding.believed)
    printed = ((name, figure) for name, figure in locator.figures.items() if not figure.key)
    bound = {cell: name for name, figure in printed for cell in figure.cell_ids}
    told: list[Row] = dataset["narrative_figures"].to_pylist()
    before = _named(check_document(dataset, identities))
    for change in changes(lines, wanted, seed):
        row = lines[change.number]
        new, cell = altered(row, change), str(row["cell_id"])
        table = to_arrow(BUDGET_LINES, [*lines[: change.number], new, *lines[change.number + 1 :]])
        text = to_arrow(NARRATIVE_FIGURES, _untied(told, cell))
        changed = {**dataset, "budget_lines": table, "narrative_figures": text}
        after = _named(check_document(changed, identities))
        within = locator.allowed(bound[cell]) if cell in bound else None
        amount = Decimal(str(new["amount"]))
        yield Answer(
            change,
            group_of(row),
            cell,
            str(row["amount_printed"]),
            str(new["amount_printed"]),
            within is not None and not within.low <= amount <= within.high,
            any(cell in cells for name, cells in after.items() if name not in before),
        )


def _untied(figures: Sequence[Row], cell: str) -> list[Row]:
    """The figures of the text; those that were found to restate the cell for being equal would not have been."""
    return [{**row, "restates_cell_id": None} if row["restates_cell_id"] == cell else row for row in figures]


def _named(checked: Checked) -> Mapping[str, frozenset[str]]:
    """The failing checks that assert, and the findings, by name, with the cells that each names.

    That a document follows a definition of its own (verdict ``definition``) calls no figure wrong.
    """
    failing = [row for row in checked.checks.to_pylist() if row["outcome"] == "fails" and row["kind"] == "assert"]
    findings = [row for row in checked.findings.to_pylist() if row["verdict"] != "definition"]
    told = [(row["check_id"], row) for row in failing] + [(f"finding {row['finding_id']}", row) for row in findings]
    return {name: frozenset(row["cell_ids"] or ()) for name, row in told}


def report(name: str, found: Sequence[Answer]) -> list[str]:
    """Lines for the document and its kinds of table by place, and the changes on which the two answers differ."""
    lines = [f"{name}: {_by_place(found)}"]
    kinds = [(kind, [answer for answer in found if answer.group == kind]) for kind in GROUPS]
    lines += [f"    {kind}: {_by_place(each)}" for kind, each in kinds if 0 < len(each) < len(found)]
    differ = [answer for answer in found if answer.reckoned != answer.found]
    for answer in differ[:_SHOWN]:
        said = "reckoned, not found" if answer.reckoned else "found, not reckoned"
        lines.append(f"    {said}: {answer.cell_id} {answer.printed} -> {answer.altered}")
    return [*lines, *([f"    … {len(differ) - _SHOWN} more"] if len(differ) > _SHOWN else [])]


def _by_place(found: Sequence[Answer]) -> str:
    last = [answer for answer in found if answer.change.place == 1]
    above = [answer for answer in found if answer.change.place > 1]
    return f"{_shares(found)}; last digit {_shares(last)}; above it {_shares(above)}"


def _shares(found: Sequence[Answer]) -> str:
    if not found:
        return "none tried"
    reckoned, seen = (sum(flags) for flags in zip(*((each.reckoned, each.found) for each in found), strict=True))
    return f"{len(found)} tried, reckoned {reckoned / len(found):.2%}, found {seen / len(found):.2%}"


def main() -> int:
    """Alter, check, print; the exit code does not judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interim", type=Path, default=ROOT / "data" / "interim", help="the interim folder of a build")
    parser.add_argument("--only", nargs="*", metavar="DOCUMENT_ID", help="these documents alone")
    parser.add_argument("--changes", type=int, default=200, help="changes of a document")
    parser.add_argument("--seed", type=int, default=0, help="another seed makes other changes")
    asked = parser.parse_args()
    collect_seldom()
    identities, reference = load_identities(), reference_tables()
    for folder in folders_to_read(asked.interim):
        if folder.source is None or (asked.only and folder.source.document_id not in asked.only):
            continue
        dataset: dict[str, pa.Table] = {**tables_of(folder, "normalize", PUBLISHED.values()), **reference}
        if not dataset["budget_lines"].num_rows:
            continue
        found = list(answers(dataset, asked.changes, asked.seed, identities))
        print("\n".join(report(folder.source.document_id, found)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
