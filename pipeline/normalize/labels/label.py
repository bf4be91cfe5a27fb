"""The label of a row, and what the rows above it opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.normalize.meanings import Meaning

PrintedNames = Mapping[str, tuple[str, ...]]  # bare name -> functional codes that the document itself prints with it
_LEVELS = {3: "类", 5: "款", 7: "项"}  # by the code's digits


@dataclass
class Label:
    """One row of one block, as far as its label columns tell.

    ``texts`` are its printed texts, ``beside`` those of the government scheme; ``codes`` and ``names`` go by scheme
    (subject, economic, government). ``guessed`` is the scheme that only a code's first digit told, ``part`` a last
    part of a code that stands where whole codes do: the role and the number of its column, and its digits.
    ``is_of_all`` is a total of the table's halves together, printed over the figures of the first.
    """

    texts: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    guessed: str | None = None
    part: tuple[str, int, str] | None = None
    source: str | None = None
    unit_name: str | None = None
    unit_code: str | None = None
    unit_or_subject: str | None = None
    project_name: str | None = None
    year: int | None = None
    period: str | None = None
    is_total: bool = False
    is_of_all: bool = False
    is_carryover: bool = False
    is_known: bool = True
    is_count: bool = False
    meaning: Meaning = field(default_factory=Meaning)

    @property
    def item(self) -> str | None:
        """The row's label as printed; the government scheme's name beside it only where there is no other."""
        return "/".join(dict.fromkeys(self.texts or self.beside)) or None

    @property
    def subject_level(self) -> str | None:
        """Level of a functional row; None for one that has no functional code."""
        code = self.codes.get("subject")
        return _LEVELS[len(code)] if code else None


@dataclass
class Context:
    """What the rows above have opened: the codes by scheme, the money, and whether classes are numbered (一、).

    ``carries_forward``: the row before was the year-end balance, or one of the funds that it consists of. ``is_known``:
    the row of revenue that a 其中 below it is a part of says what it is.
    ``by_economic_item``: bare names are economic items, first those of ``scheme`` (economic, government), which the
    title names where ``scheme_named``; ``last``: the scheme of the code that a row had last; ``printed_names``: the
    document's own names with codes; ``reach``: how many digits a code has with the part that a column prints, by the
    column's number. ``opened_by``: how the row is numbered whose type of expenditure is open; ``types_numbered``: by
    style of numbers, whether the last row of expenditure so numbered was a type.
    """

    codes: dict[str, str] = field(default_factory=dict)
    meaning: Meaning = field(default_factory=Meaning)
    is_known: bool = True
    numbers_classes: bool = False
    carries_forward: bool = False
    by_economic_item: bool = False
    scheme: str = "economic"
    scheme_named: bool = False
    last: str | None = None
    printed_names: PrintedNames = field(default_factory=dict)
    reach: dict[int, int] = field(default_factory=dict)
    opened_by: str = ""
    types_numbered: dict[str, bool] = field(default_factory=dict)

    def opened(self, codes: Mapping[str, str]) -> None:
        """Take the codes of a row for those below it; the government scheme's beside another are not the list's."""
        self.codes.update(codes)
        if set(codes) in ({"economic"}, {"government"}) and not self.scheme_named:
            (self.scheme,) = codes
        self.last = next((scheme for scheme in ("subject", "economic", "government") if scheme in codes), self.last)
