"""One check: an identity on one document under one key, with its verdict and the name that it is published under."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.schema import UNITS_APART
from pipeline.validate.identities import Family, Sum
from pipeline.validate.intervals import HALF_FEN, ZERO, Figure, Judgement, Term, is_same_fact, without_zeros
from pipeline.validate.rows.model import Record
from pipeline.validate.words import NO_WORDS, Said, Sentence, pattern_of

_TWO = 2
_PRECISE = Decimal("0.001")  # of a figure: with fewer places a factor is met by chance
NOT_APPLICABLE = Judgement(ZERO, ZERO, ZERO, ZERO, "not_applicable")


class Check(NamedTuple):
    """One identity on one document under one key.

    ``left`` and ``right`` are the figures of a linear identity (none for a structure); ``cell_ids`` every operand;
    ``detail`` names what breaks a structure, ``failure`` says it in the family's own words; ``other_definition`` marks
    a check that was set aside because the document's own figures follow another definition; ``decides`` is false for
    one that holds, but would be set aside too if it did not; ``instead`` says what the left side exactly is where it is
    not what it should be; ``place`` is the last printed place of a percentage,
    and ``ratio`` that with the two figures that it is worked out from; ``spoken`` is the figure of the text that a
    structure looks at, ``beside`` the one that it is held against. ``rivals``: its reading of a family's sums, and
    the others that hold as often.
    """

    check_id: str
    family: Family
    statement: Said
    judgement: Judgement
    left: tuple[Term, ...] = ()
    right: tuple[Term, ...] = ()
    cell_ids: tuple[str, ...] = ()
    page: int | None = None
    detail: Sentence = NO_WORDS
    failure: Said = NO_WORDS
    instead: Sentence = NO_WORDS
    other_definition: bool = False
    decides: bool = True
    place: Decimal = ZERO
    ratio: tuple[Figure, ...] = ()
    spoken: str = ""
    beside: str = ""
    rivals: tuple[Sequence[Check], ...] = ()

    @property
    def about(self) -> str:
        """The figure of the text that it proves: the one that equals others, or the part of a percentage."""
        figures = (*(term.figure for term in self.left[:1]), *self.ratio[1:2])
        return self.spoken or next((figure.key for figure in figures), "")

    @property
    def may_be_about(self) -> Sequence[str]:
        """The figures of the text that may be what is wrong, the likeliest first: what ``about`` names; the whole of a
        percentage, the other of two amounts of the text that are one, what a structure is held against."""
        other = self.right[0].figure.key if len(self.left) == len(self.right) == 1 else ""
        whole = self.ratio[2].key if self.ratio else ""
        return [key for key in dict.fromkeys((self.about, whole, other, self.beside)) if key]

    @property
    def fails(self) -> bool:
        """Whether the identity does not hold."""
        return self.judgement.outcome == "fails"

    @property
    def misses_by_fen(self) -> bool:
        """Whether it fails, but by no more than figures that were each rounded to the fen may."""
        terms = (*self.left, *self.right)
        if not self.fails or len(terms) <= _TWO:
            return False
        gap = sum((abs(term.weight) * max(term.figure.half_unit, HALF_FEN) for term in terms), ZERO)
        return abs(self.judgement.difference) <= gap

    @property
    def misses_by_last_place(self) -> bool:
        """Whether one fact is printed twice, and the prints differ by one in the last place; or a percentage so."""
        if self.fails and self.place:
            return abs(self.judgement.difference) <= self.judgement.tolerance + self.place
        left, right = without_zeros(self.left, self.right)
        if not self.fails or not left or not is_same_fact(left, right):
            return False
        return abs(self.judgement.difference) == 2 * max(left[0].figure.half_unit, HALF_FEN)

    @property
    def in_list(self) -> bool:
        """Whether it adds up the lines of a column that are listed under one."""
        form = self.family.form
        return isinstance(form, Sum) and "node" in form.left[0].by

    @property
    def in_another_unit(self) -> bool:
        """Whether the two sides are apart as two units of money are: a slip in what one of the tables states."""
        left, right = abs(self.judgement.left), abs(self.judgement.right)
        if not self.fails or not self.left or not self.right or not left or not right:
            return False
        factor = max(left, right) / min(left, right)
        # as printed: what is exact in the wrong unit, to the fen, was rounded in the right one
        halves = [(max(each.half_unit, HALF_FEN), abs(each.amount)) for each, _ in (*self.left, *self.right)]
        shares = [of / amount for of, amount in halves if amount]
        half = max(shares, default=ZERO)
        return half < _PRECISE and any(abs(factor / times - 1) <= 4 * half for times in UNITS_APART)

    @property
    def odd_unit(self) -> Term | None:
        """The one of several figures that makes both sides agree when it is taken in another unit of money."""
        if not self.fails or len(self.left) + len(self.right) <= _TWO:
            return None
        signed = [*self.left, *(Term(term.figure, -term.weight) for term in self.right)]
        return next((term for term in signed if any(self._would_agree(term, times) for times in UNITS_APART)), None)

    def _would_agree(self, term: Term, times: Decimal) -> bool:
        figure = term.figure
        allowed = self.judgement.tolerance + max(figure.half_unit, HALF_FEN) * times
        apart = self.judgement.difference + term.weight * figure.amount * (times - 1)
        return abs(apart) <= allowed <= _PRECISE * abs(figure.amount) * times

    @property
    def is_linear(self) -> bool:
        """Whether it is an equality between sums of figures, judged or to be judged."""
        return isinstance(self.family.form, Sum) and self.judgement.outcome in ("exact", "within_rounding", "fails")


def not_applicable(family: Family) -> Check:
    """The check of a family that the document has no figures for."""
    words = Sentence(f"{family.name.zh}：本文件没有相应的数字", f"{family.name.en}: no such figures in this document")
    return Check(family.id, family, words, NOT_APPLICABLE)


# --- names -----------------------------------------------------------------------------------------------------------


def check_id(family: Family, row: Record) -> str:
    """The family's own pattern filled from a row: stable as long as the row stands where it does."""
    pattern, names = pattern_of(family.check_id)
    return pattern % tuple([_NAMED[name](family, row) if name in _NAMED else row.get(name, "") for name in names])


def _code(row: Record) -> object:
    code = row.get("subject_code") or row.get("economic")
    return code or ("total" if row.get("top") else f"r{row.get('row_no')}")


_NAMED: Mapping[str, Callable[[Family, Record], object]] = {
    "id": lambda family, _: family.id,
    "t": lambda _, row: f"t{row.get('table_no')}",
    "code": lambda _, row: _code(row),
    "column": lambda _, row: row.get("short_column"),
    "row": lambda _, row: f"r{row.get('row_no')}",
}


def with_unique_ids(checks: Sequence[Check]) -> list[Check]:
    """The checks, the second of a name with ``~2`` after it, and so on."""
    seen: Counter[str] = Counter()
    result = []
    for check in checks:
        seen[check.check_id] += 1
        times = seen[check.check_id]
        result.append(check if times == 1 else check._replace(check_id=f"{check.check_id}~{times}"))
    return result
