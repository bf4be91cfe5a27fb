"""The same words in narrow and in wide punctuation are one text."""

import pytest

from pipeline.punctuation import in_one_width, narrow


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("因公出国(境)费:0万元,其中;无", "因公出国（境）费：0万元，其中；无"),
        ('"三公"经费与"一般公共预算"', "“三公”经费与“一般公共预算”"),
        ("收入1,234.56万元,支出8:30,9", "收入1,234.56万元，支出8:30,9"),
        ("２０２４年预算１２．５万元", "2024年预算12.5万元"),
    ],
)
def test_punctuation_and_digits_have_one_width_but_within_numbers(printed: str, read: str) -> None:
    assert in_one_width(printed) == read
    assert len(read) == len(printed)


def test_the_narrow_forms_are_what_another_typist_has() -> None:
    assert narrow("“三公”经费（境）：") == '"三公"经费(境):'
