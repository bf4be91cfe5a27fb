"""The quality report: findings with their pictures, rounding apart, nothing unescaped, the same bytes twice."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pipeline.report.cutouts import Box, RawFile, band
from pipeline.report.quality import file_names, write_report
from pipeline.report.words import both_languages, figure
from pipeline.tables import Dataset
from tests.report.made import Row, build, cell, check, document, finding, page, pdf, tables

CELL = "a-1/t1/r1/c1"
RED = (214, 0, 28)


def _build(findings: Sequence[Row] = (), checks: Sequence[Row] = (), **said: object) -> Dataset:
    return build(
        documents=[document("a-1", **said)],
        source_tables=tables("a-1"),
        findings=findings,
        checks=checks,
        coverage=[page("a-1")],
        cells=[cell(CELL, "41925300")],
    )


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    pdf(folder / "a-1.pdf")
    return folder


def _page(dataset: Dataset, raw: Path, out: Path) -> str:
    write_report(dataset, raw, out)
    return (out / "documents" / "a-1.html").read_text(encoding="utf-8")


def _pictures(html: str) -> list[Image.Image]:
    parts = html.split('src="data:image/png;base64,')[1:]
    return [Image.open(io.BytesIO(base64.b64decode(part.split('"')[0]))) for part in parts]


def test_a_finding_stands_with_both_languages_and_its_cell_framed_in_red(raw: Path, tmp_path: Path) -> None:
    row = finding("a-1", "f1", "identity_fails", "合计不等 / the total differs", cell_ids=[CELL])
    html = _page(_build([row]), raw, tmp_path / "out")
    assert '<p lang="zh">合计不等</p>' in html
    assert "the total differs</p>" in html
    (picture,) = _pictures(html)
    assert picture.width == 640
    assert abs(picture.height - (312 - 300 + 2 * 26) * 1.6) < 2
    assert picture.convert("RGB").getpixel((round(130 * 1.6), round(26 * 1.6) - 1)) == RED


def test_a_finding_without_cells_shows_the_top_of_its_page(raw: Path, tmp_path: Path) -> None:
    html = _page(_build([finding("a-1", "f1", "unit_missing", "没有单位", page=2)]), raw, tmp_path / "out")
    assert "第 2 页 page 2 · 页首 top of the page" in html
    (picture,) = _pictures(html)
    assert RED not in {colour for _, colour in picture.convert("RGB").getcolors(256)}


@pytest.mark.parametrize(
    "explanation", ["文字“241925300”有误 / wrong", "《无此表》的 241925300.00 / wrong", "《1925300》有误 / wrong"]
)
def test_a_finding_without_cells_shows_what_it_quotes_where_the_page_prints_it(
    explanation: str, raw: Path, tmp_path: Path
) -> None:
    html = _page(_build([finding("a-1", "f1", "x", explanation, page=2)]), raw, tmp_path / "out")
    framed = "“" in explanation  # the others are not on the page: one has more places, one is a part of its number
    assert ("按原文找到" in html) == framed
    (picture,) = _pictures(html)
    assert (RED in {colour for _, colour in picture.convert("RGB").getcolors(256)}) == framed


def test_of_two_places_that_print_a_quoted_rate_the_one_with_the_other_figures_is_framed(tmp_path: Path) -> None:
    def framed(first: str) -> str:
        canvas = Canvas(str(tmp_path / "a-1.pdf"), pagesize=(400, 600), invariant=1)
        canvas.drawString(50, 500, first)
        canvas.drawString(50, 200, "of no interest; 77.99 to 91.97, up 17.66% on last year")
        canvas.save()
        with RawFile(tmp_path / "a-1.pdf") as file:
            cutout = file.cut(1, [], ["17.66%", "13.98", "77.99"])
        assert cutout is not None
        assert cutout.boxes == 1
        return cutout.uri

    filler = "; the next line is near: its figures stand in this one's company too"
    assert framed(f"156.34 to 183.95, up 17.66%{filler}") == framed(f"156.34 to 183.95, up{filler}")


def test_a_finding_on_no_page_has_no_picture(raw: Path, tmp_path: Path) -> None:
    html = _page(_build([finding("a-1", "f1", "year_inferred", "年度", page=None)]), raw, tmp_path / "out")
    assert "年度" in html
    assert not _pictures(html)


@pytest.mark.parametrize("problem", ["absent", "broken", "no such page"])
def test_where_no_picture_can_be_made_the_finding_stands_and_says_so(problem: str, raw: Path, tmp_path: Path) -> None:
    if problem == "absent":
        (raw / "a-1.pdf").unlink()
    if problem == "broken":
        (raw / "a-1.pdf").write_bytes(b"not a PDF")
    row = finding("a-1", "f1", "identity_fails", "合计不等", page=9 if problem == "no such page" else 1)
    html = _page(_build([row]), raw, tmp_path / "out")
    assert "合计不等" in html
    assert not _pictures(html)
    said = {"absent": "not in --raw", "broken": "cannot be opened", "no such page": "page 9 cannot be drawn"}
    assert said[problem] in html


def test_the_raw_file_is_looked_for_in_the_raw_folder_only(raw: Path, tmp_path: Path) -> None:
    pdf(tmp_path / "secret.pdf")
    row = finding("a-1", "f1", "identity_fails", "合计不等")
    html = _page(_build([row], source_file="../secret.pdf"), raw, tmp_path / "out")
    assert not _pictures(html)


def test_rounding_differences_are_listed_apart_and_are_no_findings(raw: Path, tmp_path: Path) -> None:
    sides = {
        "left": Decimal(41925300),
        "right": Decimal(41925200),
        "difference": Decimal(100),
        "tolerance": Decimal(300),
    }
    html = _page(_build(checks=[check("a-1", "W02/1", "within_rounding", **sides)]), raw, tmp_path / "out")
    findings, rounding = html.index("没有问题"), html.index("四舍五入差异")
    assert findings < rounding < html.index("41,925,300")
    assert "不是错误" in html[rounding:]


def test_an_inferred_check_that_does_not_hold_is_told_and_not_called_an_error(raw: Path, tmp_path: Path) -> None:
    html = _page(_build(checks=[check("a-1", "W33/1", "fails", kind="inferred")]), raw, tmp_path / "out")
    assert "推断与经验关系不成立之处" in html
    assert 'class="n bad"' not in html


def test_what_a_disclosure_prints_is_escaped_and_the_pages_ask_nothing_of_the_network(
    raw: Path, tmp_path: Path
) -> None:
    attack = "<img src=https://example.org/x onerror=alert(1)>"
    row = finding("a-1", "f1", "identity_fails", f"{attack} / {attack}")
    dataset = _build([row], [check("a-1", "W02/1", "within_rounding", statement=attack)], publisher=attack)
    html = _page(dataset, raw, tmp_path / "out") + (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "<img src=https" not in html
    assert "&lt;img src=https://example.org/x onerror=alert(1)&gt;" in html
    assert not any(word in html for word in ("<script", 'src="http', 'href="http', "@import", "url("))


def test_the_first_page_leads_to_every_document_the_worst_first(raw: Path, tmp_path: Path) -> None:
    dataset = build(
        documents=[document("a-1"), document("乙 局/b")],
        source_tables=tables("a-1"),
        findings=[finding("a-1", "f1", "identity_fails", "合计不等", severity="error")],
    )
    write_report(dataset, raw, tmp_path / "out")
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "documents" / "乙_局_b.html").is_file()
    link = 'href="documents/%E4%B9%99_%E5%B1%80_b.html"'
    assert index.index(link) < index.index('href="documents/a-1.html"')
    assert "identity_fails" in index


def test_the_same_build_gives_the_same_bytes(raw: Path, tmp_path: Path) -> None:
    dataset = _build([finding("a-1", "f1", "identity_fails", "合计不等", cell_ids=[CELL])])
    for name in ("first", "second"):
        write_report(dataset, raw, tmp_path / name)
    files = [path.relative_to(tmp_path / "first") for path in (tmp_path / "first").rglob("*.html")]
    assert len(files) == 2
    assert all((tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes() for name in files)


def test_no_two_documents_share_a_file_and_none_leaves_the_folder() -> None:
    names = file_names(["a/b", "a b", "../x", "A_b"])
    assert len({name.casefold() for name in names.values()}) == 4
    assert not any(name.startswith(".") or "/" in name for name in names.values())


def test_a_cut_out_is_no_higher_than_its_limit_and_stays_on_the_page() -> None:
    assert band([], 842.0) == (0.0, 190.0)
    assert band([Box(10, 5, 20, 15)], 842.0) == (0.0, 41.0)
    top, bottom = band([Box(10, 100, 20, 110), Box(10, 800, 20, 810)], 842.0)
    assert (top, bottom) == (74.0, 404.0)
    assert band([Box(10, 2000, 20, 2010)], 842.0) == (0.0, 190.0)


def test_a_picture_says_how_many_of_the_cells_it_shows(raw: Path) -> None:
    with RawFile(raw / "a-1.pdf") as file:
        cutout = file.cut(1, [Box(10, 50, 20, 60), Box(10, 560, 20, 570)])
    assert cutout is not None
    assert cutout.boxes == 1


def test_an_explanation_is_parted_at_the_stroke_between_the_languages_not_at_one_that_it_quotes() -> None:
    text = "读不了（其上文字：甲 / 乙）；请添加 / not read (above it: 甲 / 乙); add it"
    assert both_languages(text) == ("读不了（其上文字：甲 / 乙）；请添加", "not read (above it: 甲 / 乙); add it")
    assert both_languages("只有中文") == ("只有中文", "")
    text = "增减率不符：而 13.98 ÷ 77.99 / the rate of 年金 (rate = change / last year's): 13.98 / 77.99"
    assert both_languages(text)[1] == "the rate of 年金 (rate = change / last year's): 13.98 / 77.99"


def test_amounts_are_written_whole_with_thousands() -> None:
    assert figure(Decimal("41925300.00000000")) == "41,925,300"
    assert figure(Decimal("-0.50000000")) == "-0.50"
    assert figure(Decimal("1.28500000")) == "1.285"
    assert figure(None) == ""
