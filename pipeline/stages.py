"""Each stage alone, on what the stage before left.

``extract`` and ``normalize`` work in the interim folder, like the whole build; ``normalize``, ``validate`` and
``publish`` hand over through Parquet files in the data folder.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.build import Report, identities_of, published_aside, run_suites_on
from pipeline.document import UNREADABLE, Job
from pipeline.garbage import collect_seldom
from pipeline.inputs import UsageError, need_folder, read_raw
from pipeline.interim import folders_in, forget_all_but, locked
from pipeline.jobs import EXPECTATIONS, TIMEOUT_S, jobs_for, process_all
from pipeline.outputs import put_into

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.document import Outcome
    from pipeline.schema import Table
    from pipeline.tables import Dataset, Tables
    from pipeline.validate import Identities


def extract(raw: Path, interim: Path, workers: int, *, force: bool = False, timeout: float = TIMEOUT_S) -> Report:
    """Raw files to what extraction reads in them, one folder a document in ``interim``."""
    start = time.perf_counter()
    need_folder(raw, "--raw")
    with locked(interim):
        _, sources = read_raw(raw)
        jobs = jobs_for(sources, interim, EXPECTATIONS, ("extract",), force=force)
        outcomes = process_all(jobs, workers, "抽取 extract", timeout)
        forget_all_but(interim, [source.document_id for source in sources])
    return Report(len(outcomes), [*_failures(outcomes), *_unreadable(jobs)], time.perf_counter() - start)


def _unreadable(jobs: Sequence[Job]) -> list[str]:
    notes = ((job.source.path.name, job.folder.stage("extract").note.get(UNREADABLE)) for job in jobs)
    return [f"{name}: {note[1]} / {note[2]}" for name, note in notes if isinstance(note, list)]


def _failures(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.failure for outcome in outcomes if outcome.failure]


def normalize(interim: Path, out: Path, workers: int, *, force: bool = False, timeout: float = TIMEOUT_S) -> Report:
    """What extraction left, to the tidy tables as Parquet in ``out``; checks are not among them yet."""
    from pipeline.collect import collect  # noqa: PLC0415
    from pipeline.normalize import reference_tables  # noqa: PLC0415
    from pipeline.tables import in_parts, write_tables  # noqa: PLC0415

    start = time.perf_counter()
    sources = [folder.source for folder in folders_in(interim)]
    if not sources:
        raise UsageError(f"{interim}: 没有抽取结果，请先运行 extract / nothing extracted here: run extract first")
    with locked(interim):
        known = [source for source in sources if source]
        jobs = jobs_for(known, interim, EXPECTATIONS, ("normalize",), force=force)
        outcomes = process_all(jobs, workers, "整理 normalize", timeout)
        write_tables(out, {**collect([job.folder for job in jobs], checked=False), **in_parts(reference_tables())})
    return Report(len(outcomes), _failures(outcomes), time.perf_counter() - start)


def validate(data: Path, expectations: Path = EXPECTATIONS) -> Report:
    """The tidy tables of ``data`` to checks and findings beside them; then the suites."""
    from pipeline.collect import DIMENSIONS, NORMALIZED, by_document  # noqa: PLC0415
    from pipeline.summary import summarise  # noqa: PLC0415
    from pipeline.tables import concat  # noqa: PLC0415

    start = time.perf_counter()
    collect_seldom()
    need_folder(expectations, "--expectations")
    tables = _tables_of(data, (*NORMALIZED, *DIMENSIONS), "normalize")
    identities = identities_of(expectations)
    known = {table.name: concat(table, list(tables[table.name])) for table in DIMENSIONS}
    facts = {name: parts for name, parts in tables.items() if name not in known}
    _write_checks(data, (_checked(own, known, identities) for own in by_document(facts)))
    summary = run_suites_on(summarise(data), data, expectations)
    return Report(summary.documents, (), time.perf_counter() - start, summary)


def _checked(own: Dataset, known: Dataset, identities: Identities) -> Dataset:
    """What changes of a document's dataset by its checks; nothing, where it could not be opened."""
    from pipeline.collect import with_checks  # noqa: PLC0415
    from pipeline.validate import check_document  # noqa: PLC0415

    if not own["documents"]["page_count"][0].as_py():
        return {name: own[name] for name in ("documents", "findings")}
    return with_checks(own, check_document({**own, **known}, identities))


def _write_checks(data: Path, changes: Iterable[Dataset]) -> None:
    """Put what the checks changed in its place, all tables at once when every document is done."""
    from pipeline.schema import CHECKS, DOCUMENTS, FINDINGS  # noqa: PLC0415
    from pipeline.tables import PartsWriter, replacing  # noqa: PLC0415

    with ExitStack() as stack:
        writers = {}
        for table in (DOCUMENTS, FINDINGS, CHECKS):
            temporary = stack.enter_context(replacing(data / f"{table.name}.parquet"))
            writers[table.name] = stack.enter_context(PartsWriter(temporary, table.arrow()))
        for change in changes:
            for name, rows in change.items():
                writers[name].add(rows)


def publish(data: Path) -> Report:
    """The tables of ``data`` to every published form, in the same folder."""
    from pipeline.schema import FACT_TABLES  # noqa: PLC0415
    from pipeline.summary import summarise  # noqa: PLC0415

    start = time.perf_counter()
    with published_aside(_tables_of(data, FACT_TABLES, "validate"), data) as staging:
        put_into(data, staging)
    summary = summarise(data)
    return Report(summary.documents, (), time.perf_counter() - start, summary)


def _tables_of(data: Path, tables: Sequence[Table], before: str) -> Tables:
    from pipeline.tables import ParquetParts  # noqa: PLC0415

    need_folder(data, "--data")
    paths = {table.name: data / f"{table.name}.parquet" for table in tables}
    missing = [path.name for path in paths.values() if not path.is_file()]
    if missing:
        raise UsageError(f"{data}: 缺少数据表，请先运行 {before} / run {before} first: {', '.join(missing)}")
    return {name: ParquetParts(path) for name, path in paths.items()}
