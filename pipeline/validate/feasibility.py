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
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.schema import MONEY_UNITS
from pipeline.validate.check import Check
from pipeline.validate.intervals import HALF_FEN, ZERO, Figure, is_same_fact
from pipeline.validate.linear import Equation, Linear

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


class _Row(NamedTuple):
    """sum of weights · d = constant, in units of the document's smallest half unit."""

    check: Check
    weights: Mapping[str, Exact]
    constant: Exact


@dataclass(frozen=True)
class _System:
    rows: tuple[_Row, ...]
    bounds: Mapping[str, Exact]

    def only(self, rows: Sequence[_Row]) -> _System:
        used = {name for row in rows for name in row.weights}
        return _System(tuple(rows), {name: self.bounds[name] for name in self.bounds if name in used})


def joint_feasibility(checks: Linear) -> Feasibility:
    """Whether all ``assert`` identities of a document can hold at once.

    A check that fails by itself settles it: the smallest conflicting set is that check, and the register names it.
    Those that share no figure with one are then tested together, since a conflict among sums that each hold is what no
    single check shows; what is known to be wrong would be in conflict with its sums once more.
    """
    if not checks.equations:
        return Feasibility(None)
    joint = _joint(checks.holding_apart)
    return Feasibility(False) if checks.fails and joint.feasible is not False else joint


def _joint(holding: Linear) -> Feasibility:
    if not any(_gap(equation.check) for equation in holding.equations):
        return Feasibility(True)  # the printed figures themselves explain everything
    if _explained_without_zeros(holding):
        return Feasibility(True)
    return _solve(_system(holding, holding.figures))


def _explained_without_zeros(holding: Linear) -> bool:
    """Whether the figures that are not printed as zero explain everything: of a large table they are the fewer."""
    amounts = {name: figure for name, figure in holding.figures.items() if figure.amount}
    if any(amounts.keys().isdisjoint(each.terms) for each in holding.equations if _gap(each.check)):
        return False
    system = _system(holding, amounts)
    point, _, violation = _elastic(system)
    return violation <= _SLACK and _explains(system, point)


def _gap(check: Check) -> Decimal:
    """How far apart the printed figures leave the two sides; nothing for one fact printed twice."""
    difference = check.judgement.difference
    return ZERO if not difference or is_same_fact(check.left, check.right) else difference


def _system(checks: Linear, free: Mapping[str, Figure]) -> _System:
    """The equations in the figures that are ``free`` to be another amount than is printed, within their rounding."""
    places = {(figure.half_unit, figure.unit) for figure in checks.figures.values()}
    unit = Fraction(min((step for half, of in places if (step := _step(half, of))), default=Decimal(1)))
    scaled = {half: _simple(Fraction(half) / unit) for half, _ in places}
    bounds = {name: scaled[figure.half_unit] for name, figure in free.items()}
    rows = (_row(equation, unit, bounds) for equation in checks.equations)
    return _System(tuple(row for row in rows if row.weights), bounds)


def _step(half: Decimal, unit: str) -> Decimal:
    """What to measure by: a figure's half unit, that of the fen where it is exact; nothing where it is no money."""
    return half or (HALF_FEN if unit in MONEY_UNITS else ZERO)


def _row(equation: Equation, unit: Fraction, free: Collection[str]) -> _Row:
    weights = {name: _exact(weight) for name, (_, weight) in equation.terms.items() if weight and name in free}
    gap = _gap(equation.check)
    return _Row(equation.check, weights, _simple(-Fraction(gap) / unit) if gap else 0)


@cache
def _exact(weight: Decimal) -> Exact:
    """A weight, of which there are few."""
    return _simple(Fraction(weight))


def _simple(value: Fraction) -> Exact:
    return value.numerator if value.denominator == 1 else value


def _solve(system: _System) -> Feasibility:
    point, duals, violation = _elastic(system)
    if violation <= _SLACK:
        return Feasibility(True if _explains(system, point) else None)
    conflict = _smallest(system, duals)
    if conflict is None:
        return Feasibility(None)
    return Feasibility(False, tuple(row.check for row in conflict))


def _elastic(system: _System) -> tuple[list[float], list[float], float]:
    """The least total violation of the equations within the bounds: a point, the equations' duals, the violation.

    Only equations with a constant may be violated: without them the printed figures would do. Each figure is told as
    what is added to it and what is taken from it, so that the search begins at what is printed: nearly all figures
    stay there, and from the end of all intervals it would take six times as many steps. Presolving would undo that.
    """
    import numpy as np  # noqa: PLC0415  (heavy: only where a document is checked)
    from scipy.optimize import linprog  # noqa: PLC0415
    from scipy.sparse import diags_array, hstack  # noqa: PLC0415

    constants = np.array([float(row.constant) for row in system.rows])
    slack = diags_array(np.sign(constants)).tocsc()[:, constants.nonzero()[0]]
    figures, violations = len(system.bounds), slack.shape[1]
    bounds = np.array([float(bound) for bound in system.bounds.values()])
    high = np.concatenate([bounds, bounds, np.full(violations, np.inf)])
    cost = np.repeat([0.0, 1.0], [2 * figures, violations])
    matrix = _matrix(system).tocsr()
    equations, box = hstack([matrix, -matrix, slack]).tocsr(), np.column_stack([np.zeros_like(high), high])
    options = {"presolve": False}
    result = linprog(cost, A_eq=equations, b_eq=constants, bounds=box, method="highs-ds", options=options)
    if result.status != 0:
        return [0.0] * figures, [0.0] * len(constants), 0.0
    point = result.x[:figures] - result.x[figures : 2 * figures]
    return point.tolist(), result.eqlin.marginals.tolist(), float(result.fun)


def _matrix(system: _System) -> coo_array:
    """The equations' weights, an equation a row and a figure a column."""
    from scipy.sparse import coo_array  # noqa: PLC0415

    column = {name: number for number, name in enumerate(system.bounds)}
    weights = [float(weight) for row in system.rows for weight in row.weights.values()]
    numbers = [number for number, row in enumerate(system.rows) for _ in row.weights]
    columns = [column[name] for row in system.rows for name in row.weights]
    return coo_array((weights, (numbers, columns)), shape=(len(system.rows), len(column)))


def _explains(system: _System, point: Sequence[float]) -> bool:
    """Whether the point, rounded to simple fractions, satisfies every equation and bound exactly."""
    return any(_explains_in(system, point, denominator) for denominator in _DENOMINATORS)


def _explains_in(system: _System, point: Sequence[float], denominator: int) -> bool:
    """The same for fractions of one denominator, worked in whole multiples of it."""
    times = {name: round(value * denominator) for name, value in zip(system.bounds, point, strict=True)}
    return all(abs(times[name]) <= bound * denominator for name, bound in system.bounds.items()) and all(
        _value(row, times) == row.constant * denominator for row in system.rows
    )


def _value(row: _Row, point: Mapping[str, int]) -> Exact:
    return sum(weight * point[name] for name, weight in row.weights.items())


def _smallest(system: _System, duals: Sequence[float]) -> list[_Row] | None:
    """An irreducible conflicting set: the equations with a dual, less those that it conflicts without."""
    chosen = _conflict(system.only(_with_dual(system, duals)))
    for row in chosen or ():
        without = [each for each in chosen or () if each is not row]
        if without and len(without) < len(chosen or ()):
            chosen = _conflict(system.only(without)) or chosen
    return chosen


def _with_dual(system: _System, duals: Sequence[float]) -> list[_Row]:
    return [row for row, dual in zip(system.rows, duals, strict=True) if abs(dual) > _SLACK]


def _conflict(system: _System) -> list[_Row] | None:
    """Equations that exclude one another, proved in exact fractions: those that the proof needs; None without one."""
    _, duals, violation = _elastic(system)
    if violation <= _SLACK or not any(_is_proof(system, duals, denominator) for denominator in _DENOMINATORS):
        return None
    return _with_dual(system, duals)


def _is_proof(system: _System, duals: Sequence[float], denominator: int) -> bool:
    """Farkas: the equations, added up with these factors, ask for more than the figures' bounds allow.

    The factors are fractions of one denominator; they are worked in whole multiples of it, which changes neither side
    more than the other.
    """
    demanded: Exact = 0
    combined: dict[str, Exact] = defaultdict(int)
    for dual, row in zip(duals, system.rows, strict=True):
        factor = round(dual * denominator)
        demanded += factor * row.constant
        for name, weight in row.weights.items():
            combined[name] += factor * weight
    allowed = sum(max(weight, -weight) * system.bounds[name] for name, weight in combined.items())
    return max(demanded, -demanded) > allowed
