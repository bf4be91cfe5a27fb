"""How long the checks take: the whole validate stage of many documents at once. ``make bench-checks`` runs it.

The documents are those of a build's interim folder, copied until there are ``--documents`` of them, so that what is
measured does not depend on how many there happen to be. Nothing of the folder is changed. A document's figure is the
processor time of its best copy, as other work on the machine makes the others slower; the whole is told as wall and as
processor time, reading and writing of the tables included.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # measures this checkout, whatever else is installed

from pipeline.document import Job, process  # noqa: E402
from pipeline.interim import DocumentFolder, folder_of, folders_in  # noqa: E402
from pipeline.jobs import EXPECTATIONS, jobs_for  # noqa: E402
from pipeline.workers import Losses, available_cores, run  # noqa: E402

A_DOCUMENT_S = 1.0
ALL_S = 60.0
TIMEOUT_S = 900.0
SHOWN = 8


@dataclass(frozen=True)
class Timing:
    """One copy of a document: the processor seconds of its validate stage, and what went wrong, if anything."""

    document_id: str
    cpu_s: float
    failure: str | None = None


@dataclass(frozen=True)
class Measured:
    """All copies, and the run as a whole: wall seconds, and processor seconds of all workers with their start."""

    timings: Sequence[Timing]
    wall_s: float
    cpu_s: float

    @property
    def best(self) -> dict[str, float]:
        """The processor seconds of each document's best copy, slowest document first."""
        best: dict[str, float] = {}
        for timing in self.timings:
            best[timing.document_id] = min(timing.cpu_s, best.get(timing.document_id, timing.cpu_s))
        return dict(sorted(best.items(), key=lambda each: -each[1]))


def copies(interim: Path, wanted: int, into: Path) -> Iterator[tuple[str, DocumentFolder]]:
    """What normalization left of the documents, copied in turn until there are as many as wanted.

    Raises SystemExit when the folder holds no document.
    """
    found = [(folder.source.document_id, folder) for folder in folders_in(interim) if folder.source]
    if not found:
        raise SystemExit(f"{interim}: no document here; build first, or give --interim")
    for number, (document_id, folder) in enumerate(islice(cycle(found), wanted)):
        copy = folder_of(into, f"{number:05}")
        shutil.copytree(folder.stage("normalize").path, copy.stage("normalize").path)
        yield document_id, copy


def checks_of(folders: Sequence[tuple[str, DocumentFolder]], interim: Path) -> list[Job]:
    """The validate stage of every copy."""
    sources = {folder.source.document_id: folder.source for folder in folders_in(interim) if folder.source}
    jobs = jobs_for((sources[name] for name, _ in folders), interim, EXPECTATIONS, ("validate",), force=True)
    return [replace(job, folder=folder) for job, (_, folder) in zip(jobs, folders, strict=True)]


def timed(job: Job) -> Timing:
    """Do the job in this process."""
    start = time.process_time()
    outcome = process(job)
    return Timing(job.source.document_id, time.process_time() - start, outcome.failure)


def lost(why: str, job: Job) -> Timing:
    """What stands for a copy whose process ended."""
    return Timing(job.source.document_id, 0.0, why)


def measure(jobs: Sequence[Job], workers: int) -> Measured:
    """All jobs in so many processes."""
    losses = Losses(partial(lost, "worker died"), partial(lost, "timed out"), TIMEOUT_S)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    timings = list(run(jobs, timed, losses, workers))
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(timings, wall, cpu)


def report(measured: Measured, workers: int) -> str:
    """The run as text."""
    best, count = measured.best, len(measured.timings)
    lines = [f"checks of {count} documents ({len(best)} different) with {workers} workers", ""]
    lines += [f"  {seconds:7.3f} s  {name}" for name, seconds in islice(best.items(), SHOWN)]
    lines += ["", f"processor time {measured.cpu_s:.1f} s, {1000 * measured.cpu_s / count:.0f} ms a document", ""]
    slowest = next(iter(best.values()))
    goals = (
        ("slowest document, processor time", slowest, A_DOCUMENT_S),
        ("all documents, wall time", measured.wall_s, ALL_S),
    )
    for label, value, limit in goals:
        lines.append(f"{label:<40}{value:>10.2f} s   ≤ {limit:g} s  {'met' if value <= limit else 'NOT MET'}")
    lines += [f"FAILED {timing.document_id}: {timing.failure}" for timing in measured.timings if timing.failure]
    return "\n".join(lines)


def main() -> int:
    """Measure and print; the exit code says whether all could be checked, not how fast, as machines differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interim", type=Path, default=ROOT / "data" / "interim", help="the interim folder of a build")
    parser.add_argument("--documents", type=int, default=200, help="how many to check, copies included")
    parser.add_argument("--jobs", type=int, default=available_cores(), help="worker processes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-checks-") as temporary:
        folders = list(copies(asked.interim, asked.documents, Path(temporary)))
        os.sync()  # the copies' own writing is none of what is timed
        measured = measure(checks_of(folders, asked.interim), asked.jobs)
    print(report(measured, asked.jobs))
    return 1 if any(timing.failure for timing in measured.timings) else 0


if __name__ == "__main__":
    sys.exit(main())
