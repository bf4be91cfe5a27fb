"""The documents to be done: a job each, those that are stale in as many processes as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from pipeline.document import STAGES, Job, Outcome, is_fresh, late, lost, process
from pipeline.interim import folder_of
from pipeline.progress import progress
from pipeline.sources import Source, sha256_of
from pipeline.stamps import PACKAGE, Stage, code_of, digest
from pipeline.workers import Losses, run

EXPECTATIONS = PACKAGE.parent / "expectations"
IDENTITIES = "identities.yaml"
TIMEOUT_S = 900.0  # a document of 500 pages takes about a minute of one core


def jobs_for(
    sources: Iterable[Source], interim: Path, expectations: Path, stages: tuple[Stage, ...], *, force: bool
) -> list[Job]:
    """A job for each document, for the stages given."""
    identities = expectations / IDENTITIES
    code = {stage: code_of(stage) for stage in STAGES}
    if identities.exists():
        code["validate"] = digest(code["validate"], sha256_of(identities))
    return [Job(s, folder_of(interim, s.document_id), code, identities, stages, force) for s in sources]


def process_all(
    jobs: Sequence[Job], workers: int, label: str, timeout: float, meanwhile: Callable[[], None] = lambda: None
) -> list[Outcome]:
    """Do the jobs that are stale, in ``workers`` processes; their outcomes in the order of the document_id.

    A document that takes longer than ``timeout`` seconds is given up and becomes a finding; the others go on.
    """
    losses = Losses(lost, partial(late, timeout), timeout)
    stale = [job for job in jobs if not is_fresh(job)]
    outcomes: list[Outcome] = []
    if stale:
        with progress(label, len(stale)) as step:
            for outcome in run(stale, process, losses, workers, meanwhile):
                outcomes.append(outcome)
                step(f"{outcome.document_id} {outcome.seconds:.1f} s{' ✗' if outcome.failure else ''}")
    return sorted(outcomes, key=lambda outcome: outcome.document_id)
