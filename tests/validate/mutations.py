"""One change a family of the catalogue: what a disclosure would print if that identity were broken.

Each is made in the normalized tables of the Zezhou disclosure, to a figure (or name, code, count, date) that the
catalogue's statement speaks of. ``figure`` and ``said`` change the leading digit of one printed number, as a slip of
the pen does; ``change`` sets columns, ``lose`` takes rows out, ``add`` prints more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.schema import PUBLISHED
from pipeline.tables import Dataset, Row, to_arrow

Edit = Callable[[Row], Iterable[Row]]


@dataclass(frozen=True)
class Mutation:
    """A change for one entry of the catalogue; ``cell`` is the changed figure's, where it stands in one."""

    entry: str
    table: str
    where: Mapping[str, object]
    edit: Edit
    cell: str | None = None

    def of(self, dataset: Dataset) -> Dataset:
        """The dataset with the change made. Raises LookupError where no row is the one meant."""
        rows = dataset[self.table].to_pylist()
        picked = [row for row in rows if all(row[name] == value for name, value in self.where.items())]
        if not picked:
            raise LookupError(f"{self.entry}: no row of {self.table} with {dict(self.where)}")
        new = [each for row in rows for each in (self.edit(row) if row in picked else [row])]
        return {**dataset, self.table: to_arrow(PUBLISHED[self.table], new)}


def slipped(printed: str) -> str:
    """The number with its first digit that is not zero one higher (9 becomes 1)."""
    place = next(at for at, letter in enumerate(printed) if letter in "123456789")
    return f"{printed[:place]}{int(printed[place]) % 9 + 1}{printed[place + 1 :]}"


def _number(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))


def _slip(row: Row, value: str, printed: str) -> list[Row]:
    text = slipped(str(row[printed]))
    scale = Decimal(str(row[value])) / _number(str(row[printed]))
    return [{**row, value: _number(text) * scale, printed: text}]


def figure(entry: str, cell: str) -> Mutation:
    """A digit of the figure in a cell, named as in ``t1/r3/c4``."""
    table, row, column = (int(part[1:]) for part in cell.split("/"))
    where = {"table_no": table, "row_no": row, "column_no": column}
    return Mutation(entry, "budget_lines", where, lambda each: _slip(each, "amount", "amount_printed"), cell)


def said(entry: str, number: int) -> Mutation:
    """A digit of a figure of the text, by its number."""
    return Mutation(
        entry, "narrative_figures", {"figure_no": number}, lambda each: _slip(each, "value", "value_printed")
    )


def change(entry: str, table: str, where: Mapping[str, object], **to: object) -> Mutation:
    """Columns of the picked rows set to other values."""
    return Mutation(entry, table, where, lambda row: [{**row, **to}])


def lose(entry: str, table: str, where: Mapping[str, object]) -> Mutation:
    """The picked rows taken out."""
    return Mutation(entry, table, where, lambda _: [])


def add(entry: str, table: str, where: Mapping[str, object], *rows: Mapping[str, object]) -> Mutation:
    """More rows after the picked one, each like it but for the columns given."""
    return Mutation(entry, table, where, lambda row: [row, *({**row, **each} for each in rows)])


def _at(table_no: int, row_no: int, column_no: int) -> dict[str, object]:
    return {"table_no": table_no, "row_no": row_no, "column_no": column_no}


def _public(row_no: int, item: str, amount: int) -> dict[str, object]:
    """A figure of the “三公” table, which is empty in the disclosure."""
    printed = {"amount": Decimal(amount), "amount_printed": f"{Decimal(amount) / 10_000:.2f}"}
    where = {**_at(10, row_no, 2), "table_id": "three_public_expenses", "cell_id": f"t10/r{row_no}/c2"}
    return {**where, "item": item, "unit_name": None, **printed}


_AGENCY = _at(11, 4, 2)
_PROJECT = {"project_id": "p002"}
_STATIONS = {"project_id": "p024", "term": "annual"}
_VILLAGES = {"project_id": "p008", "term": "annual"}
_WHOLE_SHEET = {"project_id": None, "term": "annual"}

MUTATIONS = (
    lose("S01", "budget_lines", {"table_no": 2, "subject_code": "20132"}),
    change("S02", "budget_lines", {"table_no": 3, "subject_code": "2013202"}, subject_name="行政管理事务"),
    lose("S03", "budget_lines", {"table_no": 2, "subject_code": "2210201"}),
    lose("S04", "budget_lines", {"table_no": 5, "subject_code": "2130705"}),
    change("S05", "budget_lines", {"subject_code": "2013101"}, subject_name="一般行政管理事务"),
    change("S06", "cells", _at(4, 6, 3), text="三、外交支出"),
    change("S07", "budget_lines", {"table_no": 1, "subject_code": "213"}, subject_code="214"),
    change("S08", "budget_lines", {"table_no": 1, "subject_code": "213"}, subject_code="214"),
    figure("W01", "t1/r3/c5"),
    figure("W02", "t1/r15/c4"),
    figure("W03", "t1/r35/c4"),
    figure("W04", "t1/r3/c2"),
    figure("W05", "t1/r34/c2"),
    figure("W06", "t1/r35/c2"),
    figure("W07", "t1/r33/c5"),
    figure("W08", "t1/r33/c6"),
    figure("W10", "t2/r9/c4"),
    figure("W11", "t3/r4/c4"),
    figure("W12", "t5/r4/c5"),
    figure("W13", "t2/r4/c3"),
    figure("W14", "t3/r4/c3"),
    figure("W15", "t5/r4/c3"),
    lose("W16", "budget_lines", _at(3, 7, 5)),
    figure("W20", "t4/r4/c5"),
    figure("W21", "t4/r13/c4"),
    figure("W22", "t4/r39/c4"),
    figure("W23", "t4/r4/c2"),
    figure("W24", "t4/r36/c2"),
    figure("W25", "t4/r35/c2"),
    figure("W26", "t4/r39/c2"),
    figure("W27", "t4/r39/c5"),
    figure("W30", "t6/r17/c5"),
    figure("W31", "t6/r5/c3"),
    figure("W32", "t6/r23/c3"),
    figure("W33", "t6/r23/c4"),
    change("S10", "budget_lines", {"table_no": 6, "row_no": 17}, government_economic_code="50205"),
    figure("W40", "t11/r4/c2"),
    figure("W41", "t11/r4/c3"),
    figure("W42", "t12/r6/c3"),
    figure("W43", "t12/r5/c2"),
    figure("W44", "t12/r7/c2"),
    change(
        "W45", "budget_lines", {"project_name": "社区运转经费（三保）"},
        project_name="党员冬训款", item="党员冬训款",
    ),
    figure("X01", "t3/r23/c3"),
    figure("X02", "t5/r23/c3"),
    figure("X03", "t2/r23/c3"),
    figure("X04", "t2/r4/c9"),
    figure("X05", "t4/r16/c4"),
    figure("X06", "t2/r3/c3"),
    figure("X07", "t2/r3/c4"),
    figure("X08", "t2/r3/c9"),
    figure("X09", "t3/r3/c3"),
    figure("X10", "t3/r9/c3"),
    figure("X11", "t3/r13/c4"),
    figure("X12", "t3/r9/c5"),
    figure("X13", "t5/r25/c3"),
    figure("X14", "t6/r3/c3"),
    figure("X15", "t11/r3/c2"),
    figure("X16", "t12/r4/c2"),
    figure("X17", "t3/r3/c5"),
    figure("X18", "t13/r4/c2"),
    said("X24", 84),
    add(
        "W50", "budget_lines", _AGENCY,
        _public(3, "公务用车购置及运行费", 50_000),
        _public(4, "公务用车购置费", 20_000),
        _public(5, "公务用车运行费", 20_000),
    ),
    figure("X30", "t5/r13/c4"),
    figure("X31", "t5/r20/c4"),
    figure("X32", "t6/r5/c3"),
    figure("X40", "t6/r10/c3"),
    change("X50", "source_tables", {"table_no": 11}, state="empty"),
    change("X51", "budget_lines", _at(1, 3, 2), fund="government_fund"),
    change("X52", "budget_lines", _at(1, 3, 2), fund="state_capital"),
    said("N01", 46),
    said("N02", 47),
    said("N03", 53),
    said("N04", 36),
    said("N05", 50),
    said("N06", 17),
    change("N08", "name_lists", {"name": "印刷费"}, name="会议费"),
    add("N09", "budget_lines", _AGENCY, _public(3, "公务接待费", 50_000)),
    said("N10", 79),
    said("N11", 87),
    said("N12", 76),
    said("N13", 5),
    change("N15", "narrative_figures", {"figure_no": 94}, value=Decimal(1), value_printed="1"),
    change("N16", "department_profile", {"attribute_no": 22}, value=Decimal("7236.2")),
    change("C01", "contents", {"entry_no": 7}, body_title=None),
    change("C02", "contents", {"entry_no": 7}, body_title="2026年预算支出情况表"),
    change("C03", "source_tables", {"table_no": 2}, printed_caption="预算公开表3"),
    change("C04", "contents", {"entry_no": 8}, printed_page=5),
    change("C05", "contents", {"entry_no": 21}, body_title=None),
    change("C06", "source_tables", {"table_no": 2}, unit=None),
    change("C07", "statements", {"kind": "publisher", "table_no": 2}, text="中共泽州县委宣传部"),
    change("E01", "department_profile", {"attribute_no": 31}, value=Decimal("42925300")),
    change("E02", "department_profile", {"attribute_no": 33}, value=Decimal("42925300")),
    change("E03", "department_profile", {"attribute_no": 34}, value=Decimal("8056700")),
    change("E04", "performance_targets", {**_WHOLE_SHEET, "indicator": "基本支出"}, value=Decimal("805.6686")),
    change("E05", "performance_targets", {**_WHOLE_SHEET, "indicator": "项目支出"}, value=Decimal("4437.0599")),
    change("E07", "projects", _PROJECT, annual_total_amount=Decimal(400_000)),
    change("E08", "performance_targets", {**_WHOLE_SHEET, "indicator": "基本支出"}, value=Decimal("805.6686")),
    change(
        "E09", "performance_targets", {**_WHOLE_SHEET, "indicator": "第一书记人数"},
        value=Decimal(90), target_printed="≥90人",
    ),
    change("P01", "projects", _PROJECT, match_ground="sheet_only"),
    change("P02", "projects", _PROJECT, annual_total_amount=Decimal(400_000)),
    change("P03", "projects", _PROJECT, term_total_amount=Decimal(400_000)),
    change("P04", "projects", _PROJECT, annual_local_amount=Decimal(400_000)),
    change("P05", "projects", _PROJECT, duration_years=5),
    change("P06", "projects", _PROJECT, filed_at="2024-10-20T16:59:13"),
    change("P07", "projects", _PROJECT, department_in_charge="中共泽州县委宣传部"),
    change(
        "P08", "projects", {"project_id": "p007"},
        annual_provincial_amount=Decimal(0), annual_local_amount=Decimal(276_000),
    ),
    change("P09", "performance_targets", {**_STATIONS, "target_no": 1}, value=Decimal(462), target_printed="462个"),
    lose("P10", "performance_targets", {"project_id": "p024", "level2": "服务对象满意度"}),
    change("P11", "projects", _PROJECT, filed_at="2025-10-20T17:08:41"),
    figure("P12", "t12/r7/c2"),
    said("P13", 81),
    change("A01", "performance_targets", {**_VILLAGES, "target_no": 1}, value=Decimal(46), target_printed="46个"),
    figure("K08", "t12/r5/c2"),
)  # fmt: skip
