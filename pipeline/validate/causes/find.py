"""The causes of a document's failures, among what is supposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import zip_longest

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.tables import Dataset, rows_of
from pipeline.validate.causes.codes import lost_rows, misprinted_codes
from pipeline.validate.causes.columns import changed_cells, stray_figures, wrong_columns
from pipeline.validate.causes.groups import Group, apart, in_turn
from pipeline.validate.causes.lacking import lacking_rows
from pipeline.validate.causes.levels import lacking_levels
from pipeline.validate.causes.model import Cause, Known, Printed, Supposition
from pipeline.validate.causes.rows import changed_names, changed_places, printed_twice, whole_and_part
from pipeline.validate.causes.trial import Trial, failing
from pipeline.validate.causes.units import wrong_units
from pipeline.validate.check import Check
from pipeline.validate.identities import Identities
from pipeline.validate.locate import Repair
from pipeline.validate.rows.model import Record, Records
from pipeline.validate.words import Sentence

_TWO = 2
_SURE = (printed_twice, stray_figures, lacking_rows, whole_and_part)  # where one figure would mend all that fails too
_MAKERS = (
    wrong_units, changed_places, stray_figures, wrong_columns, changed_cells, lost_rows, lacking_rows, lacking_levels,
    printed_twice, misprinted_codes, changed_names,
)  # fmt: skip


def find_causes(
    dataset: Dataset, identities: Identities, records: Records, checks: Sequence[Check], repairs: Mapping[str, Repair]
) -> list[Cause]:
    """The suppositions that explain two failures or more, and more than any single figure does; none twice.

    Where two about different figures explain the same failures none is told, as nothing shows which is right.
    """
    failed = failing(checks)
    if not _speak_of_lines(failed, dataset):
        return []
    lines = rows_of(dataset["budget_lines"])
    titles = {row["table_no"]: str(row["printed_title"] or "") for row in dataset["source_tables"].to_pylist()}
    known = Known(titles, _names(dataset), identities.bridges, _units_meant(records), partial(_texts, dataset))
    printed = Printed(lines, failed, known)
    groups = [_group(printed, together, repairs) for together in apart(printed)]
    return _chosen(_tried(groups, Trial(dataset, identities, checks, records, lines)), repairs)


def _speak_of_lines(failed: Sequence[Check], dataset: Dataset) -> bool:
    """Whether any is about a figure of the tables; asked before their rows are made, of which there are many."""
    cells = pa.array(sorted({cell for check in failed for cell in check.cell_ids}), pa.string())
    return bool(pc.any(pc.is_in(cells, dataset["budget_lines"]["cell_id"])).as_py())


def _group(printed: Printed, failed: Sequence[Check], repairs: Mapping[str, Repair]) -> Group:
    """What may have caused failures of the same tables; those that speak of no table may tell which row it is."""
    of_none = [check for check in printed.failing if not printed.tables_of(check)]
    about = printed.about([*failed, *of_none])
    makers = _SURE if _is_one_figure(failed, repairs) else _MAKERS
    return Group(failed, _in_turn([_distinct(make(about)) for make in makers]))


def _names(dataset: Dataset) -> Mapping[tuple[str, str], str]:
    """The names of subjects and of the department's economic items in the reference, by column and code."""
    names = {("subject_code", str(row["code"])): str(row["name"]) for row in _rows(dataset, "subjects")}
    items = (row for row in _rows(dataset, "economic_subjects") if row["scheme"] == "department")
    return names | {("economic_code", str(row["code"])): str(row["name"]) for row in items}


def _units_meant(records: Records) -> list[tuple[int, str]]:
    """The tables that all that prints their figures again contradicts, and the units that would be right."""
    rows = (*records.of("scales"), *records.of("public_units"))
    told = (each for row in rows if row["contradicts"] for each in _pairs(row["meant"]))
    return [(int(str(table_no)), str(unit)) for table_no, unit in told]


def _pairs(value: object) -> Sequence[tuple[object, object]]:
    return value if isinstance(value, list) else ()


def _texts(dataset: Dataset, table_no: int, row_no: int) -> Mapping[int, str]:
    """The texts of a printed row by column: asked for a few rows only."""
    cells = dataset.get("cells")
    if cells is None:
        return {}
    here = cells.filter(pc.and_(pc.equal(cells["table_no"], table_no), pc.equal(cells["row_no"], row_no)))
    return dict(zip(here["column_no"].to_pylist(), here["text"].to_pylist(), strict=True))


def _rows(dataset: Dataset, name: str) -> list[Record]:
    table = dataset.get(name)
    return [] if table is None else table.to_pylist()


def _tried(groups: Sequence[Group], trial: Trial) -> list[Cause]:
    causes: list[Cause] = []
    for group, each in in_turn(groups):
        cause = trial.cause(each)
        if cause is not None:
            causes.append(cause)
            group.remember(each, cause)
    return causes


def _is_one_figure(failed: Sequence[Check], repairs: Mapping[str, Repair]) -> bool:
    figures = {repairs[check.check_id].figure.name if check.check_id in repairs else None for check in failed}
    return len(figures) == 1 and None not in figures


def _is_one_slip(failed: Sequence[Check], repairs: Mapping[str, Repair]) -> bool:
    """Whether the sums among the failures, two or more, hold when one figure is what a slip of the pen made of it: two
    rows that changed places then explain no more, whatever else the one wrong figure upsets."""
    found = [repairs.get(check.check_id) for check in failed if check.left and check.right]
    figures = {repair.figure.name for repair in found if repair is not None and repair.slip}
    return len(found) >= _TWO and len(figures) == 1 and all(repair is not None for repair in found)


def _distinct(supposed: Iterable[Supposition]) -> list[Supposition]:
    """Each once, those first for which most speaks."""
    seen: dict[str, Supposition] = {}
    for each in supposed:
        seen.setdefault(each.said.zh, each)
    return sorted(seen.values(), key=lambda each: -each.rank)


def _in_turn(supposed: Sequence[Sequence[Supposition]]) -> list[Supposition]:
    """The first of every kind, then the second: the kinds by what speaks for their first."""
    kinds = sorted((each for each in supposed if each), key=lambda each: -each[0].rank)
    return [each for turn in zip_longest(*kinds) for each in turn if each is not None]


def _chosen(causes: Sequence[Cause], repairs: Mapping[str, Repair]) -> list[Cause]:
    chosen: list[Cause] = []
    taken: set[str] = set()
    for cause in sorted(causes, key=lambda each: (-len(each.explains), not each.sure)):
        names = {check.check_id for check in cause.explains}
        if names & taken or not (cause.sure or (len(names) >= _TWO and not _is_one_figure(cause.explains, repairs))):
            continue
        if cause.names and _is_one_slip(cause.explains, repairs):
            continue
        taken |= names
        rivals = [each for each in causes if _rivals(cause, each)]
        if not rivals:
            chosen.append(cause)
        elif all(each.names and each.names == cause.names for each in rivals):
            chosen.append(_either(cause, rivals[0]))
    return chosen


def _either(cause: Cause, other: Cause) -> Cause:
    """Two rows that stand the other way round in two tables: one of the tables is wrong, and nothing tells which."""
    said = Sentence(f"{cause.said.zh}；或者{other.said.zh}", f"{cause.said.en}; or else {other.said.en}")
    return replace(cause, said=said, about=(*cause.about, *other.about))


def _rivals(cause: Cause, other: Cause) -> bool:
    """Whether another supposition, about other figures, explains the same failures as well."""
    same = {check.check_id for check in cause.explains} == {check.check_id for check in other.explains}
    cells, others = set(cause.cell_ids), set(other.cell_ids)
    return same and not (cells <= others or others <= cells) and (other.sure or not cause.sure)
