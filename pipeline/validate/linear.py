"""The linear ``assert`` checks of a document, indexed once: which figures each binds, and with what weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pipeline.validate.check import Check
from pipeline.validate.intervals import ZERO, Figure


class Equation(NamedTuple):
    """A linear check, and by name the figures that it binds, each with its weight in (left - right)."""

    check: Check
    terms: Mapping[str, tuple[Figure, Decimal]]


@dataclass(frozen=True)
class Linear:
    """The linear ``assert`` checks of a document that were judged, in order; and every figure in them by name."""

    equations: Sequence[Equation]
    figures: Mapping[str, Figure]


def linear(checks: Iterable[Check]) -> Linear:
    """Those of the checks that are linear and assert something."""
    equations = [_equation(check) for check in checks if check.family.kind == "assert" and check.is_linear]
    figures = {name: figure for equation in equations for name, (figure, _) in equation.terms.items()}
    return Linear(equations, figures)


def deciding(checks: Linear) -> Linear:
    """Those of them that would be called wrong if they failed."""
    decided = [equation for equation in checks.equations if equation.check.decides]
    if len(decided) == len(checks.equations):
        return checks
    return Linear(decided, {name: figure for equation in decided for name, (figure, _) in equation.terms.items()})


def _equation(check: Check) -> Equation:
    terms = {term.figure.name: (term.figure, term.weight) for term in check.left}
    for term in check.right:
        terms[term.figure.name] = (term.figure, -term.weight)
    if len(terms) < len(check.left) + len(check.right):
        return Equation(check, _added_up(check))
    return Equation(check, terms)


def _added_up(check: Check) -> dict[str, tuple[Figure, Decimal]]:
    """The terms where a figure enters the check more than once."""
    terms: dict[str, tuple[Figure, Decimal]] = {}
    for sign, side in ((1, check.left), (-1, check.right)):
        for term in side:
            figure, weight = terms.get(term.figure.name, (term.figure, ZERO))
            terms[figure.name] = (figure, weight + sign * term.weight)
    return terms
