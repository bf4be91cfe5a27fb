"""The whole way, raw files to published dataset: which documents are stale, in what order, how many at once.

With ``document`` (one document's way) and ``stages`` (each stage alone) this is all that knows the stages. Nothing
heavy is imported before there is something to do.
"""

from __future__ import annotations

import csv
import fcntl
import filecmp
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.document import STAGES, Job, Outcome, is_fresh, key_of, late, lost, process
from pipeline.interim import folder_of, forget_all_but, locked
from pipeline.progress import progress, say
from pipeline.sources import MANIFEST, SUFFIXES, Source, read_sources, sha256_of
from pipeline.stamps import (
    PACKAGE,
    FileStamp,
    LastBuild,
    Stage,
    code_of,
    digest,
    files_below,
    fingerprint,
    stamp_of,
)
from pipeline.summary import Summary
from pipeline.workers import Losses, available_cores, run

if TYPE_CHECKING:
    from pipeline.tables import Tables
    from pipeline.validate import Identities

LAST_BUILD = "build.json"
IDENTITIES = "identities.yaml"
EXPECTATIONS = PACKAGE.parent / "expectations"
TIMEOUT_S = 900.0  # a document of 500 pages takes about a minute of one core
_STAGING = ".publish"
_HEAVY = ("great_expectations", "duckdb", "pipeline.collect")


class UsageError(Exception):
    """What was asked for cannot be done as asked; the message says what to mend."""


@dataclass(frozen=True)
class Settings:
    """Where a build reads and writes, how much it may do at once, and the seconds that one document may take."""

    raw: Path
    out: Path
    interim: Path
    expectations: Path = EXPECTATIONS
    jobs: int = field(default_factory=available_cores)
    force: bool = False
    timeout: float = TIMEOUT_S


@dataclass(frozen=True)
class Report:
    """What a run did: documents done again, what could not be done, seconds, and what the data holds.

    ``nothing_to_do`` says that everything was as the last build left it.
    """

    rebuilt: int
    failures: Sequence[str]
    seconds: float
    summary: Summary | None = None
    nothing_to_do: bool = False

    @property
    def holds(self) -> bool:
        """Whether all was done and all holds."""
        return not self.failures and (self.summary is None or self.summary.holds)


def default_interim(out: Path) -> Path:
    """``data/interim`` for ``data/processed``; for any other folder one beside it, named after it."""
    return out.with_name("interim" if out.name == "processed" else f"{out.name}.interim")


def build(settings: Settings) -> Report:
    """Raw files to the published dataset; only what is stale is done.

    Raises UsageError for a missing folder or a bad manifest, LockedError when another build is at work.
    """
    start = time.perf_counter()
    said = None if settings.force else _nothing_to_do(settings)
    if said:
        return Report(0, (), time.perf_counter() - start, said, nothing_to_do=True)
    need_folder(settings.raw, "--raw")
    need_folder(settings.expectations, "--expectations")
    with locked(settings.interim):
        inputs, sources = read_raw(settings.raw)
        jobs = jobs_for(sources, settings.interim, settings.expectations, STAGES, force=settings.force)
        ready = partial(_get_ready, settings)
        outcomes = process_all(jobs, settings.jobs, "文件 documents", settings.timeout, meanwhile=ready)
        forget_all_but(settings.interim, [source.document_id for source in sources])
        failures = [outcome.failure for outcome in outcomes if outcome.failure]
        summary = _finish(settings, jobs, None if failures else inputs)
    return Report(len(outcomes), failures, time.perf_counter() - start, summary)


def _nothing_to_do(settings: Settings) -> Summary | None:
    """What the last build said, when nothing that it depends on has changed since."""
    last = LastBuild.load(settings.interim / LAST_BUILD)
    if not (last and settings.raw.is_dir()):
        return None
    if not last.still_holds(_build_key(settings), settings.raw, _input_names(settings.raw), settings.out):
        return None
    return Summary.from_json(last.summary)


def _finish(settings: Settings, jobs: Sequence[Job], inputs: Mapping[str, FileStamp] | None) -> Summary:
    """Collect and publish aside, run the suites on that, put it in its place.

    The build is remembered under its ``inputs``; without them (a fault of the pipeline) the next one tries again.
    """
    from pipeline.collect import collect  # noqa: PLC0415
    from pipeline.normalize import reference_tables  # noqa: PLC0415
    from pipeline.summary import summarise  # noqa: PLC0415
    from pipeline.tables import in_parts  # noqa: PLC0415

    record = settings.interim / LAST_BUILD
    last = LastBuild.load(record)
    tables = {**collect([job.folder for job in jobs]), **in_parts(reference_tables())}
    suites_key = digest(fingerprint(files_below(settings.expectations)), *(key_of(job, "validate") for job in jobs))
    known = last if last and last.suites_key == suites_key else None
    out = str(settings.out.resolve())
    with published_aside(tables, settings.out) as staging:
        summary = _with_suites(summarise(staging), settings, staging, known)
        record.unlink(missing_ok=True)
        outputs = put_into(settings.out, staging, last.outputs if last and last.out == out else ())
    if inputs is not None:
        LastBuild(_build_key(settings), out, inputs, outputs, suites_key, summary.as_json()).save(record)
    return summary


def _with_suites(summary: Summary, settings: Settings, data: Path, last: LastBuild | None) -> Summary:
    """The summary with the suites' results; those of the ``last`` build, where it ran them on the same data."""
    before = Summary.from_json(last.summary) if last and not settings.force else None
    if before:
        return replace(
            summary,
            suites=before.suites,
            suite_failures=before.suite_failures,
            suite_warnings=before.suite_warnings,
        )
    return run_suites_on(summary, data, settings.expectations)


def run_suites_on(summary: Summary, data: Path, expectations: Path) -> Summary:
    """The summary with what the suites say of the dataset in the folder ``data``.

    Raises UsageError when a suite is missing or cannot be used.
    """
    from pipeline.validate import run_suites  # noqa: PLC0415

    say("套件检验 / running the suites")
    try:
        return summary.with_suites(run_suites(data, expectations, identities_of(expectations)))
    except (FileNotFoundError, ValueError) as error:
        raise UsageError(f"{expectations}: 检验套件不能使用 / a suite cannot be used: {error}") from error


@contextmanager
def published_aside(tables: Tables, out: Path) -> Iterator[Path]:
    """Publish into a hidden folder inside ``out``, for ``put_into`` to bring out; it is gone when the block ends.

    Readers never meet a half-written dataset, and a full disk is met before anything is replaced. Waits for any other
    build (from an interim folder of its own) that is publishing into the same folder.
    """
    from pipeline.publish import publish  # noqa: PLC0415

    say("发布 / publishing")
    staging = out / _STAGING
    out.mkdir(parents=True, exist_ok=True)
    with _only_one(out):
        shutil.rmtree(staging, ignore_errors=True)  # what a killed build left
        staging.mkdir()
        try:
            publish(tables, staging, version=version())
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def put_into(out: Path, staging: Path, previous: Iterable[str] = ()) -> dict[str, FileStamp]:
    """Put every file that was published aside in its place, and return the stamps of all outputs.

    A file whose bytes are the same is not touched. Files of the ``previous`` build that this one did not write are
    removed.
    """
    names = [path.relative_to(staging).as_posix() for path in files_below(staging)]
    for name in names:
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not (target.is_file() and filecmp.cmp(staging / name, target, shallow=False)):
            (staging / name).replace(target)
    for name in set(previous) - set(names):
        (out / name).unlink(missing_ok=True)
    return {name: stamp_of(out / name) for name in names}


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Wait until no other process holds the folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


# --- what the stages alone use too -----------------------------------------------------------------------------------


def read_raw(raw: Path) -> tuple[dict[str, FileStamp], list[Source]]:
    """The stamps of the raw files and the manifest, and the documents that they are.

    Raises UsageError when the folder is missing or empty, or the manifest cannot be used. Times are taken before the
    bytes are read: a file that changes meanwhile is stale at the next build, never fresh by mistake.
    """
    need_folder(raw, "--raw")
    before = {name: (raw / name).stat() for name in _input_names(raw)}
    try:
        sources = read_sources(raw)
    except (OSError, ValueError, csv.Error) as error:
        raise UsageError(f"{raw}: 来源清单或文件不能使用 / the manifest or a file cannot be used: {error}") from error
    if not sources:
        raise UsageError(f"{raw}: 没有 PDF 文件 / no PDF file here")
    hashes = {source.path.name: source.sha256 for source in sources}
    if MANIFEST in before:
        hashes[MANIFEST] = sha256_of(raw / MANIFEST)
    stamps = ((name, before.get(name), sha256) for name, sha256 in hashes.items())
    return {n: FileStamp(s.st_size, s.st_mtime_ns, s.st_ctime_ns, sha256) for n, s, sha256 in stamps if s}, sources


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


def identities_of(expectations: Path) -> Identities:
    """The identities that documents are checked against. Raises UsageError when the file is missing or at fault."""
    from yaml import YAMLError  # noqa: PLC0415

    from pipeline.validate import load_identities  # noqa: PLC0415

    path = expectations / IDENTITIES
    try:
        return load_identities(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, YAMLError) as error:
        raise UsageError(f"{path}: 恒等式文件不能使用 / the identities cannot be used: {error!r}") from error


def need_folder(folder: Path, option: str) -> None:
    """Raises UsageError when the folder that the option names is not there."""
    if not folder.is_dir():
        raise UsageError(f"{option} {folder}: 没有这个目录 / there is no such folder")


def version() -> str:
    """The project's version."""
    return __version__


def _build_key(settings: Settings) -> str:
    expectations = fingerprint(files_below(settings.expectations))
    return digest(version(), expectations, code_of("publish"), *(code_of(stage) for stage in STAGES))


def _input_names(raw: Path) -> list[str]:
    names = (path.name for path in raw.iterdir() if path.suffix.lower() in SUFFIXES or path.name == MANIFEST)
    return sorted(names)


def _get_ready(settings: Settings) -> None:
    """Read the identities once, for their faults to be told; and import what takes seconds while the workers work."""
    identities_of(settings.expectations)
    for name in _HEAVY:
        import_module(name)
