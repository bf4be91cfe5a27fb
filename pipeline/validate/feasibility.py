"""Joint feasibility: is there one set of true amounts that explains every printed figure of a document?

Every figure v ± u is a variable v + d with -u <= d <= u; every judged linear ``assert`` identity is one equation in
the d's, whose right side is the identity's own difference, worked out exactly in Decimal; u is zero for a figure
printed to the fen. Everything is then scaled to the smallest half unit of the document, so that HiGHS sees small
whole numbers whatever the amounts are. Its verdict is proved afterwards in exact fractions: a feasible point, rounded
to simple fractions, must satisfy every equation; an infeasible system must yield a Farkas combination (from the
duals) that no point of the box can meet. What cannot be proved either way is told as not tested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from pipeline.validate.check import Check
from pipeline.validate.intervals import HALF_FEN, ZERO, Figure, is_same_fact
from pipeline.validate.rows.printed import UNITS

if TYPE_CHECKING:
    from scipy.sparse import coo_array

Exact = int | Fraction  # nearly all are whole: whole numbers are worked as such, which is quick

_SLACK = 1e-6
_DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 12, 60)


@dataclass(frozen=True)
class Feasibility:
    """The verdict (None: not tested, or not proved), and the smallest conflicting set of checks when there is one."""

    feasible: bool | None
    conflict: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Equation:
    """sum of weights · d = constant, in units of the document's smallest half unit."""

    check: Check
    weights: Mapping[str, Exact]
    constant: Exact


@dataclass(frozen=True)
class _System:
    equations: tuple[Equation, ...]
    bounds: Mapping[str, Exact]

    def only(self, equations: Sequence[Equation]) -> _System:
        used = {name for equation in equations for name in equation.weights}
        return _System(tuple(equations), {name: self.bounds[name] for name in self.bounds if name in used})


def joint_feasibility(checks: Sequence[Check]) -> Feasibility:
    """Whether all ``assert`` identities of a document can hold at once.

    A check that fails by itself settles it: the smallest conflicting set is that check, and the register names it.
    The others are then tested together, since a conflict among sums that each hold is what no single check shows.
    """
    linear = [check for check in checks if check.family.kind == "assert" and check.is_linear]
    if not linear:
        return Feasibility(None)
    failing = [check for check in linear if check.fails]
    joint = _solve(_system([check for check in linear if not check.fails]))
    if failing and (joint.feasible is not False or _share_a_figure(joint.conflict, failing)):
        return Feasibility(False)
    return joint


def _share_a_figure(conflict: Sequence[Check], failing: Sequence[Check]) -> bool:
    """Whether a conflict comes from figures that already fail by themselves: then it tells nothing new."""
    in_conflict = {cell for check in conflict for cell in check.cell_ids}
    return any(in_conflict.intersection(check.cell_ids) for check in failing)


def _system(checks: Sequence[Check]) -> _System:
    figures = {term.figure.name: term.figure for check in checks for term in (*check.left, *check.right)}
    halves = {figure.half_unit for figure in figures.values()}
    unit = min((step for figure in figures.values() if (step := _step(figure))), default=Decimal(1))
    scaled = {half: _simple(Fraction(half) / Fraction(unit)) for half in halves}
    bounds = {name: scaled[figure.half_unit] for name, figure in figures.items()}
    equations = (_equation(check, Fraction(unit)) for check in checks)
    return _System(tuple(equation for equation in equations if equation.weights), bounds)


def _step(figure: Figure) -> Decimal:
    """What to measure by: a figure's half unit, that of the fen where it is exact; nothing where it is no money."""
    return figure.half_unit or (HALF_FEN if figure.unit in UNITS else ZERO)


def _equation(check: Check, unit: Fraction) -> Equation:
    weights: dict[str, Decimal] = {}
    for sign, terms in ((1, check.left), (-1, check.right)):
        for term in terms:
            name = term.figure.name
            weights[name] = weights.get(name, ZERO) + sign * term.weight
    used = {name: _exact(weight) for name, weight in weights.items() if weight}
    difference = check.judgement.difference
    if not difference or is_same_fact(check.left, check.right):
        return Equation(check, used, 0)
    return Equation(check, used, _simple(-Fraction(difference) / unit))


@cache
def _exact(weight: Decimal) -> Exact:
    """A weight, of which there are few."""
    return _simple(Fraction(weight))


def _simple(value: Fraction) -> Exact:
    return value.numerator if value.denominator == 1 else value


def _solve(system: _System) -> Feasibility:
    if all(equation.constant == 0 for equation in system.equations):
        return Feasibility(True)  # the printed figures themselves explain everything
    point, duals, violation = _elastic(system)
    if violation <= _SLACK:
        return Feasibility(True if _explains(system, point) else None)
    conflict = _smallest(system, duals)
    if conflict is None:
        return Feasibility(None)
    return Feasibility(False, tuple(equation.check for equation in conflict))


def _elastic(system: _System) -> tuple[list[float], list[float], float]:
    """The least total violation of the equations within the bounds: a point, the equations' duals, the violation.

    Only equations with a constant may be violated: without them the printed figures would do.
    """
    import numpy as np  # noqa: PLC0415  (heavy: only where a document is checked)
    from scipy.optimize import linprog  # noqa: PLC0415
    from scipy.sparse import diags_array, hstack  # noqa: PLC0415

    constants = np.array([float(equation.constant) for equation in system.equations])
    slack = diags_array(np.sign(constants)).tocsc()[:, constants.nonzero()[0]]
    figures, violations = len(system.bounds), slack.shape[1]
    bounds = np.array([float(bound) for bound in system.bounds.values()])
    low, high = np.append(-bounds, np.zeros(violations)), np.append(bounds, np.full(violations, np.inf))
    cost = np.repeat([0.0, 1.0], [figures, violations])
    equations, box = hstack([_matrix(system), slack]).tocsr(), np.column_stack([low, high])
    result = linprog(cost, A_eq=equations, b_eq=constants, bounds=box, method="highs")
    if result.status != 0:
        return [0.0] * figures, [0.0] * len(constants), 0.0
    return result.x[:figures].tolist(), result.eqlin.marginals.tolist(), float(result.fun)


def _matrix(system: _System) -> coo_array:
    """The equations' weights, an equation a row and a figure a column."""
    from scipy.sparse import coo_array  # noqa: PLC0415

    column = {name: number for number, name in enumerate(system.bounds)}
    weights = [float(weight) for equation in system.equations for weight in equation.weights.values()]
    rows = [row for row, equation in enumerate(system.equations) for _ in equation.weights]
    columns = [column[name] for equation in system.equations for name in equation.weights]
    return coo_array((weights, (rows, columns)), shape=(len(system.equations), len(column)))


def _explains(system: _System, point: Sequence[float]) -> bool:
    """Whether the point, rounded to simple fractions, satisfies every equation and bound exactly."""
    return any(_explains_in(system, point, denominator) for denominator in _DENOMINATORS)


def _explains_in(system: _System, point: Sequence[float], denominator: int) -> bool:
    """The same for fractions of one denominator, worked in whole multiples of it."""
    times = {name: round(value * denominator) for name, value in zip(system.bounds, point, strict=True)}
    return all(abs(times[name]) <= bound * denominator for name, bound in system.bounds.items()) and all(
        _value(equation, times) == equation.constant * denominator for equation in system.equations
    )


def _value(equation: Equation, point: Mapping[str, int]) -> Exact:
    return sum(weight * point[name] for name, weight in equation.weights.items())


def _smallest(system: _System, duals: Sequence[float]) -> list[Equation] | None:
    """An irreducible conflicting set: the equations with a dual, less those that it conflicts without."""
    chosen = [equation for equation, dual in zip(system.equations, duals, strict=True) if abs(dual) > _SLACK]
    if not _conflicts(system.only(chosen)):
        return None
    for equation in list(chosen):
        without = [each for each in chosen if each is not equation]
        if without and _conflicts(system.only(without)):
            chosen = without
    return chosen


def _conflicts(system: _System) -> bool:
    """Whether the equations exclude one another, proved in exact fractions."""
    _, duals, violation = _elastic(system)
    if violation <= _SLACK:
        return False
    return any(_is_proof(system, duals, denominator) for denominator in _DENOMINATORS)


def _is_proof(system: _System, duals: Sequence[float], denominator: int) -> bool:
    """Farkas: the equations, added up with these factors, ask for more than the figures' bounds allow.

    The factors are fractions of one denominator; they are worked in whole multiples of it, which changes neither side
    more than the other.
    """
    demanded: Exact = 0
    combined: dict[str, Exact] = defaultdict(int)
    for dual, equation in zip(duals, system.equations, strict=True):
        factor = round(dual * denominator)
        demanded += factor * equation.constant
        for name, weight in equation.weights.items():
            combined[name] += factor * weight
    allowed = sum(max(weight, -weight) * system.bounds[name] for name, weight in combined.items())
    return max(demanded, -demanded) > allowed
