"""The words outside the tables that tell where a table begins and ends (``words.yaml``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import words
from pipeline.extract.words import line_words

UNITS = ["单位：万元", "（单位：万元）", "金额单位: 元", "单位：人、万元", "单位∶万元", "单位（万元）", "(万元)"]


@pytest.mark.parametrize("line", UNITS)
def test_a_line_that_states_the_unit_is_known(line: str) -> None:
    assert line_words().unit.fullmatch(line)


@pytest.mark.parametrize("text", ["预算数（万元）", "单位一元化管理", "单位名称", "单位：某某局"])
def test_a_heading_or_a_name_states_no_unit(text: str) -> None:
    assert not line_words().unit.search(text)


@pytest.mark.parametrize("line", ["续表", "（续）", "续表1", "(续表二)", "（接上页）", "续下页", "转下页"])
def test_a_line_that_says_that_the_table_goes_on_is_known(line: str) -> None:
    assert line_words().continued.fullmatch(line)


@pytest.mark.parametrize("line", ["- 3 -", "第 3 页", "3/20", "iv", "第3页 共20页", "第3页,共20页"])
def test_a_page_number_is_known(line: str) -> None:
    assert line_words().page_numbers.fullmatch(line)


@pytest.mark.parametrize(
    ("text", "fits"), [("部门收支总表", True), ("支出总表（续）", True), ("附表）", True), ("表彰奖励", False)]
)
def test_a_title_is_told_by_its_end(text: str, fits: bool) -> None:
    assert bool(line_words().title_ends.search(text)) is fits


@pytest.mark.parametrize("said", ["unit: ['元']", "- 元", "{}"])
def test_a_file_of_other_words_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    (tmp_path / "words.yaml").write_text(said, encoding="utf-8")
    monkeypatch.setattr(words, "FILE", tmp_path / "words.yaml")
    with pytest.raises(ValueError, match=r"extract/words.yaml"):
        line_words.__wrapped__()
