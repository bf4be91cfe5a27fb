"""Names, numbers and pairs of the classifications, on small made tables."""

import pytest

from pipeline.schema import CELLS, SUBJECTS
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT, document, figure, source_table, subject

NAMES = [f"第{letter}类支出" for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"]
NUMBERS = ("一二三四五六七八九十", "十一十二十三十四十五十六十七十八十九二十")
NUMBERED = [*NUMBERS[0], *(NUMBERS[1][at : at + 2] for at in range(0, 20, 2))]


def outcomes(dataset: Dataset, family: str) -> list[str]:
    return [row["outcome"] for row in check_document(dataset).checks.to_pylist() if row["family"] == family]


def reference(*named: tuple[str, str]) -> Row:
    rows = [
        {"code": code, "name": name, "level": "类" if len(code) == 3 else "项", "source": "made"}
        for code, name in named
    ]
    return to_arrow(SUBJECTS, rows)


REFERENCE = (
    ("2013201", "行政运行"), ("2013202", "一般行政管理事务"), ("2013203", "机关服务"), ("2013101", "行政运行"),
    ("2013103", "机关服务"), ("2080505", "养老保险缴费"), ("2210201", "住房公积金"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name", "outcome"),
    [
        ("2013201", "行政运行", "exact"),
        ("2013201", "行政 运行", "exact"),
        ("2013201", "机关行政", "exact"),  # another year's name, or another place's: no reference of ours tells
        ("2013201", "一般行政管理事务", "fails"),  # that of the code beside it
        ("2080505", "住房公积金", "fails"),  # that of a code elsewhere, and of no other
        ("2080505", "机关服务", "exact"),  # the name of many codes elsewhere
        ("2013250", "事业运行", "not_applicable"),
        ("2013250", "机关服务", "not_applicable"),
    ],
)
def test_a_code_that_the_reference_lacks_or_names_by_another_years_name_was_told_to_be_named_wrongly(
    code: str, name: str, outcome: str
) -> None:
    """The reference is gathered from disclosures: its silence proves nothing; wrong is a name that is another's."""
    dataset = document([figure("expenditure_summary", 3, 1, 3, "1.00", **subject(code, name))])
    assert outcomes({**dataset, "subjects": reference(*REFERENCE)}, "S05") == [outcome]
    assert outcomes(dataset, "S05") == ["not_applicable"]


def listing(order: list[str]) -> Dataset:
    """The two summary tables: the first lists the classes in the order of NAMES, the second in this one."""
    tables = [source_table("budget_summary", 1), source_table("appropriation_summary", 4)]
    labels = [
        {
            "cell_id": f"{table}/{row}", "document_id": DOCUMENT, "page": table, "table_no": table, "row_no": row,
            "column_no": 3, "row_span": 1, "column_span": 1, "text_raw": "", "role": "label",
            "text": f"{mark}{NUMBERED[row]}{'、' if table == 1 else '）'}{name}",
        }
        for table, names, mark in ((1, NAMES, ""), (4, order, "（"))
        for row, name in enumerate(names)
    ]  # fmt: skip
    codes = reference(*((str(201 + at), name) for at, name in enumerate(NAMES)))
    return {**document([], tables), "cells": to_arrow(CELLS, labels), "subjects": codes}


def test_both_summary_tables_list_the_same_classes_under_the_same_numbers() -> None:
    assert outcomes(listing(NAMES), "S06") == ["exact"]


def test_another_order_is_told_as_a_custom_and_no_error() -> None:
    dataset = listing([NAMES[1], NAMES[0], *NAMES[2:]])
    assert outcomes(dataset, "S06") == ["not_applicable"]
    (finding,) = [row for row in check_document(dataset).findings.to_pylist() if row["check_id"] == "S06"]
    assert (finding["severity"], finding["verdict"]) == ("info", "definition")


def test_what_heads_the_classes_under_a_number_of_its_own_moves_none_of_them() -> None:
    """一、本年支出 over （一）一般公共服务支出."""
    dataset = listing(NAMES)
    cells = dataset["cells"].to_pylist()
    head = {**cells[0], "cell_id": "head", "row_no": -1, "text": "一、本年支出"}
    assert outcomes({**dataset, "cells": to_arrow(CELLS, [head, *cells])}, "S06") == ["exact"]


def test_types_of_expenditure_numbered_among_the_classes_move_no_class() -> None:
    """二十四、对附属单位补助支出 before 债务还本支出 in the first table alone: two classes under other numbers."""
    dataset = listing(NAMES)
    cells = dataset["cells"].to_pylist()
    for row in cells:
        if row["table_no"] == 1 and row["row_no"] >= 18:
            row["text"] = f"{'二十' + '一二'[row['row_no'] - 18]}、{NAMES[row['row_no']]}"
    between = [
        {**cells[0], "cell_id": f"between{at}", "row_no": 17, "text": f"{number}、{name}"}
        for at, (number, name) in enumerate((("十九", "对附属单位补助支出"), ("二十", "上缴上级支出")))
    ]
    assert outcomes({**dataset, "cells": to_arrow(CELLS, [*cells[:18], *between, *cells[18:]])}, "S06") == ["exact"]
    assert outcomes({**dataset, "cells": to_arrow(CELLS, cells)}, "S06") == ["not_applicable"]


@pytest.mark.parametrize(("government", "outcome"), [("50201", "exact"), ("50203", "fails")])
def test_the_economic_subjects_of_a_line_go_together_as_in_the_crosswalk(government: str, outcome: str) -> None:
    codes = {"economic_code": "30201", "government_economic_code": government, "item": "办公费"}
    dataset = document([figure("basic_expenditure", 6, 1, 3, "1.00", **codes)])
    assert outcomes(dataset, "S10") == [outcome]


def test_a_class_of_another_list_in_the_same_table_is_none_of_the_functional_ones() -> None:
    """A summary that lists the government's economic classes beside the functional ones has 十五、其他支出 twice."""
    dataset = listing(NAMES)
    beside = dataset["cells"].slice(0, 1).to_pylist()[0]
    beside |= {"cell_id": "beside", "column_no": 7, "text": f"十五、{NAMES[3]}"}
    cells = to_arrow(CELLS, [*dataset["cells"].to_pylist(), beside])
    assert outcomes({**dataset, "cells": cells}, "S06") == ["exact"]
