import re
from pathlib import Path

import pytest

from pipeline.schema import FUND_PARTS
from pipeline.validate import IdentitiesError, load_identities

EMPTY = "vocabulary: {}\nnumbering: []\nhierarchies: {}\nnumbered_tables: []\nfamilies:\n"
WORDS = "name: {zh: 名, en: name}, statement: {zh: 式, en: rule}"
# The catalogue's `assert` families that budget_lines, projects and source_tables allow (design/identities.md), less
# S05 (needs the official list), S06 and K08 (labels), S10 (needs the official crosswalk), X24 (needs the text).
CATALOGUE = re.findall(
    r"[SWX]\d\d",
    """
    S01 S02 S03 S04 S07 S08 W01 W02 W03 W04 W05 W06 W07 W08 W10 W11 W12 W13 W14 W15 W16 W20 W21 W22 W23 W24 W25 W26 W27
    W30 W31 W32 W33 W40 W41 W42 W43 W44 W45 W50 X01 X02 X03 X04 X05 X06 X07 X08 X09 X10 X11 X12 X13 X14 X15 X16 X17 X18
    X50 X51 X52
    """,
)


def write(folder: Path, family: str) -> Path:
    path = folder / "identities.yaml"
    path.write_text(f"{EMPTY}- {{{family}}}\n", encoding="utf-8")
    return path


def test_every_family_of_the_catalogue_that_the_tables_allow_is_covered() -> None:
    covered = {entry for family in load_identities().families for entry in family.covers}
    assert not set(CATALOGUE) - covered


def test_every_statement_is_in_chinese_and_in_english() -> None:
    for family in load_identities().families:
        for words in (family.name, family.statement):
            assert re.search("[一-龥]", words.zh), family.id
            assert re.search("[A-Za-z]{4}", words.en), family.id


def test_an_unknown_word_in_a_family_is_refused_by_name(tmp_path: Path) -> None:
    path = write(tmp_path, f"id: A1, scope: within_table, kind: assert, {WORDS}, tolerance: 5, sum: {{}}")
    with pytest.raises(IdentitiesError, match=r"A1.*tolerance"):
        load_identities(path)


def test_a_family_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, f"id: A1, scope: within_table, kind: surely, {WORDS}")
    with pytest.raises(IdentitiesError, match=r"A1.*surely"):
        load_identities(path)


def test_a_family_has_exactly_one_form(tmp_path: Path) -> None:
    path = write(tmp_path, f"id: A1, scope: within_table, kind: assert, {WORDS}")
    with pytest.raises(IdentitiesError, match="exactly one"):
        load_identities(path)


def test_a_fund_consists_of_the_same_others_wherever_it_is_said() -> None:
    """The schema says it for reading, the identities for arithmetic."""
    parents = load_identities().hierarchies["fund"]
    for whole, parts in FUND_PARTS.items():
        assert {fund for fund, parent in parents.items() if parent == whole} == set(parts)
