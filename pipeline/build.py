"""The whole way, raw files to published dataset: which documents are stale, in what order, how many at once.

Reading order: ``inputs`` (the raw folder), ``document`` (one document's way) and ``jobs`` (all of them), ``outputs``
(the dataset's folder), this. With ``document`` and ``stages`` (each stage alone) this is all that knows the stages.
Nothing heavy is imported before there is something to do.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.document import STAGES, Job, key_of
from pipeline.inputs import UsageError, input_names, need_folder, read_raw
from pipeline.interim import forget_all_but, locked
from pipeline.jobs import EXPECTATIONS, IDENTITIES, TIMEOUT_S, jobs_for, process_all
from pipeline.outputs import aside, put_into
from pipeline.progress import say
from pipeline.stamps import FileStamp, LastBuild, code_of, digest, files_below, fingerprint
from pipeline.summary import Summary
from pipeline.workers import available_cores

if TYPE_CHECKING:
    from pipeline.tables import Tables
    from pipeline.validate import Identities

LAST_BUILD = "build.json"
_HEAVY = ("great_expectations", "duckdb", "pipeline.collect")


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
    if not last.still_holds(_build_key(settings), settings.raw, input_names(settings.raw), settings.out):
        return None
    return Summary.from_json(last.summary)


def _build_key(settings: Settings) -> str:
    expectations = fingerprint(files_below(settings.expectations))
    return digest(__version__, expectations, code_of("publish"), *(code_of(stage) for stage in STAGES))


def _get_ready(settings: Settings) -> None:
    """Read the identities once, for their faults to be told; and import what takes seconds while the workers work."""
    identities_of(settings.expectations)
    for name in _HEAVY:
        import_module(name)


def _finish(settings: Settings, jobs: Sequence[Job], inputs: Mapping[str, FileStamp] | None) -> Summary:
    """Collect and publish aside, run the suites on that, put it in its place.

    The build is remembered under its ``inputs``; without them (a fault of the pipeline) the next one tries again.
    """
    from pipeline.collect import collect  # noqa: PLC0415
    from pipeline.normalize import reference_tables  # noqa: PLC0415
    from pipeline.normalize.corrections_file import load_corrections, unknown_documents  # noqa: PLC0415
    from pipeline.summary import summarise  # noqa: PLC0415
    from pipeline.tables import in_parts  # noqa: PLC0415

    record = settings.interim / LAST_BUILD
    last = LastBuild.load(record)
    tables = {**collect([job.folder for job in jobs]), **in_parts(reference_tables())}
    suites_key = digest(fingerprint(files_below(settings.expectations)), *(key_of(job, "validate") for job in jobs))
    known = last if last and last.suites_key == suites_key else None
    out = str(settings.out.resolve())
    with published_aside(tables, settings.out) as staging:
        elsewhere = unknown_documents(load_corrections(), [job.source.document_id for job in jobs])
        summary = _with_suites(replace(summarise(staging), errata_elsewhere=elsewhere), settings, staging, known)
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


# --- what the stages alone use too -----------------------------------------------------------------------------------


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
    """Publish into a hidden folder inside ``out``, for ``outputs.put_into`` to bring out: see ``outputs.aside``."""
    from pipeline.publish import publish  # noqa: PLC0415

    say("发布 / publishing")
    with aside(out) as staging:
        publish(tables, staging, version=__version__)
        yield staging


def identities_of(expectations: Path) -> Identities:
    """The identities that documents are checked against. Raises UsageError when the file is missing or at fault."""
    from yaml import YAMLError  # noqa: PLC0415

    from pipeline.validate import load_identities  # noqa: PLC0415

    path = expectations / IDENTITIES
    try:
        return load_identities(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, YAMLError) as error:
        raise UsageError(f"{path}: 恒等式文件不能使用 / the identities cannot be used: {error!r}") from error
