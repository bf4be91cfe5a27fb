"""What else would hold, were the one figure that is wrong what it should be.

The figure is told by the sums that it upsets. It upsets bounds too: more than the department has in all, less than a
part of it. These are no faults of their own, and are told with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from pipeline.tables import Dataset, rows_of
from pipeline.validate.causes.model import Supposition
from pipeline.validate.causes.trial import Trial, failing
from pipeline.validate.check import Check
from pipeline.validate.identities import Identities
from pipeline.validate.locate import Repair
from pipeline.validate.rows.model import Record, Records
from pipeline.validate.words import NO_WORDS

_MOST = 4  # figures: a document with more faults is not looked into further


def mended_too(
    dataset: Dataset, identities: Identities, records: Records, checks: Sequence[Check], repairs: Mapping[str, Repair]
) -> dict[str, str]:
    """Failures that are no sums, by check_id: the name of the figure (see ``Repair``) with which each would hold."""
    alone = {check.check_id for check in failing(checks) if not check.left and not check.ratio}
    wrong = {each.figure.name: each for each in repairs.values() if each.value is not None and not each.figure.key}
    if not alone or not wrong:
        return {}
    lines = rows_of(dataset["budget_lines"])
    trial = Trial(dataset, identities, checks, records, lines)
    return {
        check.check_id: name
        for name, repair in islice(wrong.items(), _MOST)
        for check in _explained(trial, _mended(lines, repair))
        if check.check_id in alone
    }


def _explained(trial: Trial, lines: Sequence[Record]) -> Iterator[Check]:
    cause = trial.cause(Supposition(NO_WORDS, lines, (), 0))
    yield from cause.explains if cause is not None else ()


def _mended(lines: Sequence[Record], repair: Repair) -> list[Record]:
    """The lines with the figure as it should be."""
    return [{**row, "amount": repair.value} if row["cell_id"] == repair.figure.name else row for row in lines]
