"""The linear ``assert`` checks of a document, indexed once: which figures each binds, and with what weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from pipeline.validate.chance import FEW, believed, is_improbable
from pipeline.validate.check import Check
from pipeline.validate.intervals import ZERO, Figure

ENDLESS = Decimal("Infinity")


class Equation(NamedTuple):
    """A linear check, and by name the figures that it binds, each with its weight in (left - right).

    ``most``: how far apart the two sides may lie, whatever the interval rule allows, in yuan.
    """

    check: Check
    terms: Mapping[str, tuple[Figure, Decimal]]
    most: Decimal = ENDLESS


@dataclass(frozen=True)
class Linear:
    """The linear ``assert`` checks of a document that were judged, in order."""

    equations: Sequence[Equation]

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure in them by name."""
        return {name: figure for equation in self.equations for name, (figure, _) in equation.terms.items()}

    @property
    def deciding(self) -> Linear:
        """Those that would be called wrong if they failed."""
        return self._only([equation for equation in self.equations if equation.check.decides])

    @property
    def believed(self) -> Linear:
        """The same, their sides no farther apart than rounding is believed to bring them; what is farther already
        is as it was."""
        return Linear(list(map(_as_believed, self.equations)))

    @property
    def fails(self) -> bool:
        """Whether one of them does not hold."""
        return any(equation.check.fails for equation in self.equations)

    @property
    def holding_apart(self) -> Linear:
        """Those that hold, and share no figure with one that fails."""
        failing = {cell for each in self.equations if each.check.fails for cell in each.check.cell_ids}
        return self._only(
            [each for each in self.equations if failing.isdisjoint(each.check.cell_ids) and not each.check.fails]
        )

    @property
    def about_failures(self) -> Linear:
        """Those that fail, and those that share a figure with one that does: all that tells what would mend them."""
        failing = {name for equation in self.equations if equation.check.fails for name in equation.terms}
        return self._only([each for each in self.equations if not failing.isdisjoint(each.terms)])

    def _only(self, equations: Sequence[Equation]) -> Linear:
        return self if len(equations) == len(self.equations) else Linear(equations)


def linear(checks: Iterable[Check]) -> Linear:
    """Those of the checks that are linear and assert something."""
    return Linear([_equation(check) for check in checks if check.family.kind == "assert" and check.is_linear])


def _equation(check: Check) -> Equation:
    terms = {term.figure.name: (term.figure, term.weight) for term in check.left}
    for term in check.right:
        terms[term.figure.name] = (term.figure, -term.weight)
    if len(terms) < len(check.left) + len(check.right):
        return Equation(check, _added_up(check))
    return Equation(check, terms)


def _as_believed(equation: Equation) -> Equation:
    check = equation.check
    if len(check.left) + len(check.right) <= FEW:  # as nearly all are
        return equation
    most = believed((*check.left, *check.right))
    return equation if most is None or is_improbable(check) else equation._replace(most=most)


def _added_up(check: Check) -> dict[str, tuple[Figure, Decimal]]:
    """The terms where a figure enters the check more than once."""
    terms: dict[str, tuple[Figure, Decimal]] = {}
    for sign, side in ((1, check.left), (-1, check.right)):
        for term in side:
            figure, weight = terms.get(term.figure.name, (term.figure, ZERO))
            terms[figure.name] = (figure, weight + sign * term.weight)
    return terms
