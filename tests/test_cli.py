"""The command line: exit codes, what it says, and that no expected fault ends in a traceback."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from PIL import Image

from pipeline.cli import main
from pipeline.commands.asking import DATABASE
from pipeline.commands.exits import NOT_OK, OK, WRONG_USAGE
from pipeline.query import as_csv, as_json, as_table
from pipeline.schema import CELLS, DOCUMENTS
from pipeline.show import COLOURS, PIXELS_PER_POINT, Box, draw
from pipeline.tables import to_arrow, write_parquet
from tests.fakes import Stages, Suite, raw, stages

__all__ = ["raw", "stages"]

PAGE = (200.0, 100.0)


@pytest.fixture
def arguments(raw: Path, tmp_path: Path) -> list[str]:
    (tmp_path / "expectations").mkdir()
    (tmp_path / "expectations" / "identities.yaml").write_text("first")
    return ["build", "--raw", f"{raw}", "--out", f"{tmp_path}/out", "--expectations", f"{tmp_path}/expectations"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    with duckdb.connect(str(folder / DATABASE)) as connection:
        connection.execute("CREATE TABLE lines AS SELECT '行政运行' AS item, 0.10::DECIMAL(18,2) AS amount")
        connection.execute(
            "CREATE TABLE findings AS SELECT * FROM (VALUES ('d', 'f1', 2, 'info', 'layout', 'c', '甲'), "
            "('d', 'f2', 9, 'error', 'extraction', 'c', '乙')) "
            "AS t(document_id, finding_id, page, severity, verdict, code, explanation)"
        )
    return folder


# --- build


def test_a_full_disk_is_told_in_both_languages_with_what_to_do(
    arguments: list[str], raw: Path, stages: Stages, capsys: pytest.CaptureFixture[str]
) -> None:
    (raw / "a.pdf").write_text("full")
    assert main(arguments) == NOT_OK
    said = capsys.readouterr().err
    assert "磁盘已满" in said
    assert "free some space and run again" in said
    assert "Traceback" not in said


def test_a_build_that_holds_exits_0_and_sums_up(
    arguments: list[str], stages: Stages, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == OK
    said = capsys.readouterr().out
    for part in ("documents", "2; 页 pages 5", "exact 2", "1 / 1 通过 hold", "done anew"):
        assert part in said
    assert main(arguments) == OK
    assert "nothing changed" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_exits_1_and_is_named_with_its_reason(
    arguments: list[str], raw: Path, stages: Stages, capsys: pytest.CaptureFixture[str]
) -> None:
    (raw / "c.pdf").write_text("unreadable")
    assert main(arguments) == NOT_OK
    assert "✗ c.pdf: 不是 PDF / not a PDF" in capsys.readouterr().out


def test_a_fault_of_ours_is_told_once_without_a_traceback(
    arguments: list[str], raw: Path, stages: Stages, capsys: pytest.CaptureFixture[str]
) -> None:
    (raw / "c.pdf").write_text("raises")
    assert main(arguments) == NOT_OK
    said = capsys.readouterr()
    assert said.out.count("RuntimeError") == 2  # once in each language
    assert "Traceback" not in said.out + said.err


def test_a_suite_that_fails_exits_1(arguments: list[str], stages: Stages, capsys: pytest.CaptureFixture[str]) -> None:
    stages.suites = [Suite("cells", False, ("cell_id is not unique",))]
    assert main(arguments) == NOT_OK
    assert "cells: cell_id is not unique" in capsys.readouterr().out


def test_off_a_terminal_progress_is_a_plain_line_a_document(
    arguments: list[str], stages: Stages, capsys: pytest.CaptureFixture[str]
) -> None:
    main(arguments)
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("文件 documents [")]
    assert [line[: len("文件 documents [1/2]")] for line in lines] == ["文件 documents [1/2]", "文件 documents [2/2]"]


def test_a_disk_that_cannot_be_written_exits_1_with_a_message(
    arguments: list[str], tmp_path: Path, stages: Stages, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("a file where a folder should be")
    assert main(arguments) == NOT_OK
    assert "yusuan: " in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["bild"],
        ["build"],
        ["build", "--raw", "x"],
        ["build", "--raw", "x", "--out", "y", "--jobs", "0"],
        ["build", "--raw", "x", "--out", "y", "--jobs", "many"],
        ["show", "x", "one"],
        ["query"],
    ],
)
def test_wrong_options_exit_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == WRONG_USAGE


@pytest.mark.parametrize(
    "wrong",
    [
        ["build", "--raw", "nowhere", "--out", "out"],
        ["extract", "--raw", "nowhere", "--interim", "interim"],
        ["normalize", "--interim", "nowhere", "--out", "out"],
        ["validate", "--data", "nowhere"],
        ["publish", "--data", "nowhere"],
        ["query", "SELECT 1", "--data", "nowhere"],
        ["findings", "--data", "nowhere"],
        ["show", "x", "1", "--data", "nowhere"],
    ],
)
def test_a_missing_folder_exits_2_and_is_named(
    wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(wrong) == WRONG_USAGE
    assert "nowhere" in capsys.readouterr().err


def test_show_says_what_to_do_when_the_folder_holds_no_dataset(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "x", "1", "--data", f"{tmp_path}"]) == WRONG_USAGE
    said = capsys.readouterr().err
    assert "请用 --data 指出构建所写的目录，或先运行 build" in said
    assert "give the folder that a build wrote with --data, or run build first" in said


def test_help_is_in_both_languages_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == OK
    said = capsys.readouterr().out
    for part in (
        "原始文件到发布数据",
        "raw files to the published dataset",
        "yusuan build --raw data/raw",
        "exit codes",
    ):
        assert part in said


def test_python_m_pipeline_runs_the_command_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "build", "--raw", "nowhere", "--out", f"{tmp_path}/out"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert ended.returncode == WRONG_USAGE
    assert "no such folder" in ended.stderr


# --- query and findings


def test_a_query_prints_chinese_in_line_and_amounts_exactly(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "SELECT item, amount FROM lines", "--data", f"{data}"]) == OK
    header, rule, row, count = capsys.readouterr().out.splitlines()
    assert (header, rule, row) == ("item      amount", "────────  ──────", "行政运行    0.10")
    assert count == "(1 行 rows)"


def test_a_query_for_programs_is_csv_or_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["query", "FROM lines", "--data", f"{data}", "--format", "csv"])
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [["item", "amount"], ["行政运行", "0.10"]]
    main(["query", "FROM lines", "--data", f"{data}", "--format", "json"])
    assert json.loads(capsys.readouterr().out) == [{"item": "行政运行", "amount": "0.10"}]


@pytest.mark.parametrize("sql", ["SELEC 1", "SELECT nothing FROM lines", "DROP TABLE lines"])
def test_a_wrong_query_exits_2_and_changes_nothing(sql: str, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", sql, "--data", f"{data}"]) == WRONG_USAGE
    assert "Traceback" not in capsys.readouterr().err
    assert main(["query", "FROM lines", "--data", f"{data}"]) == OK


def test_findings_are_listed_the_gravest_first_or_those_asked_for(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["findings", "--data", f"{data}"])
    said = capsys.readouterr().out
    assert said.index("乙") < said.index("甲")
    main(["findings", "--data", f"{data}", "--severity", "info", "--document", "d"])
    assert "乙" not in capsys.readouterr().out


@pytest.mark.parametrize("extra", range(4))
def test_long_text_is_cut_in_a_table_unless_it_stands_last(extra: int) -> None:
    text = "长" * 20 + "x" * (20 + extra)  # 60 places fit, a Chinese character takes two
    line = as_table(["text", "last"], [[text, text]]).splitlines()[2]
    assert line == f"{text if extra == 0 else '长' * 20 + 'x' * 19 + '…'}  {text}"


def test_for_programs_nothing_is_cut_and_null_is_null() -> None:
    names, rows = ["text", "nothing", "list", "amount"], [["长" * 100, None, ["a", "b"], Decimal("1.00")]]
    assert as_csv(names, rows).splitlines()[1] == f"{'长' * 100},,a;b,1.00"
    assert json.loads(as_json(names, rows))[0]["nothing"] is None


# --- show


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    """A folder with ``raw/x.pdf``, one empty page, and ``data`` with one cell on it."""
    import pypdfium2  # noqa: PLC0415

    (tmp_path / "raw").mkdir()
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(*PAGE)
    pdf.save(tmp_path / "raw" / "x.pdf")
    document = {
        "document_id": "部门-2026",
        "source_file": "x.pdf",
        "sha256": "0",
        "page_count": 1,
        "is_facsimile": False,
        "table_count": 1,
        "figure_count": 1,
    }
    cell = {
        **dict.fromkeys(("page", "table_no", "row_no", "column_no", "row_span", "column_span"), 1),
        **dict(zip(("x0", "y0", "x1", "y1"), (20.0, 30.0, 120.0, 60.0), strict=True)),
        **{"cell_id": "c", "document_id": "部门-2026", "text_raw": "1", "text": "1", "role": "fact"},
    }
    write_parquet(tmp_path / "data" / "documents.parquet", to_arrow(DOCUMENTS, [document]))
    write_parquet(tmp_path / "data" / "cells.parquet", to_arrow(CELLS, [cell]))
    return tmp_path


def _show(folder: Path, document: str, page: int) -> int:
    places = ["--data", f"{folder}/data", "--raw", f"{folder}/raw", "--out", f"{folder}/page.png"]
    return main(["show", document, f"{page}", *places])


@pytest.mark.parametrize("document", ["部门-2026", "部门", "x.pdf"])
def test_a_page_is_drawn_with_its_cells_where_they_stand(document: str, shown: Path) -> None:
    assert _show(shown, document, 1) == OK
    picture = Image.open(shown / "page.png")
    assert picture.size == tuple(int(side * PIXELS_PER_POINT) for side in PAGE)
    edge = (int(20 * PIXELS_PER_POINT), int(45 * PIXELS_PER_POINT))
    assert picture.getpixel(edge) == COLOURS["fact"]
    assert picture.getpixel((int(150 * PIXELS_PER_POINT), int(80 * PIXELS_PER_POINT))) == (255, 255, 255)


@pytest.mark.parametrize(("document", "page"), [("another", 1), ("部门-2026", 2), ("部门-2026", 0)])
def test_a_document_or_page_that_is_not_there_exits_2(
    document: str, page: int, shown: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _show(shown, document, page) == WRONG_USAGE
    assert "yusuan: " in capsys.readouterr().err


def test_every_role_of_a_cell_has_its_own_colour(tmp_path: Path, shown: Path) -> None:
    assert set(COLOURS) == set(CELLS.column("role").enum)
    assert len(set(COLOURS.values())) == len(COLOURS)
    boxes = [Box(0, 0, 10, 10, 1, 1, role) for role in COLOURS]
    draw(shown / "raw" / "x.pdf", 1, boxes, tmp_path / "all.png")
    assert (tmp_path / "all.png").exists()
