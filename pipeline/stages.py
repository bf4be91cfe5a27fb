"""Each stage alone, on what the stage before left.

``extract`` and ``normalize`` work in the interim folder, like the whole build; ``normalize``, ``validate`` and
``publish`` hand over through Parquet files in the data folder.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.build import (
    EXPECTATIONS,
    TIMEOUT_S,
    Report,
    UsageError,
    identities_of,
    jobs_for,
    need_folder,
    process_all,
    publish_into,
    read_raw,
    run_suites_on,
)
from pipeline.document import UNREADABLE, Job
from pipeline.interim import folders_in, forget_all_but, locked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.document import Outcome
    from pipeline.schema import Table
    from pipeline.tables import Dataset
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
    from pipeline.tables import write_dataset  # noqa: PLC0415

    start = time.perf_counter()
    sources = [folder.source for folder in folders_in(interim)]
    if not sources:
        raise UsageError(f"{interim}: 没有抽取结果，请先运行 extract / nothing extracted here: run extract first")
    with locked(interim):
        known = [source for source in sources if source]
        jobs = jobs_for(known, interim, EXPECTATIONS, ("normalize",), force=force)
        outcomes = process_all(jobs, workers, "整理 normalize", timeout)
        write_dataset(out, {**collect([job.folder for job in jobs], checked=False), **reference_tables()})
    return Report(len(outcomes), _failures(outcomes), time.perf_counter() - start)


def validate(data: Path, expectations: Path = EXPECTATIONS) -> Report:
    """The tidy tables of ``data`` to checks and findings beside them; then the suites."""
    from pipeline.collect import DIMENSIONS, NORMALIZED  # noqa: PLC0415
    from pipeline.summary import summarise  # noqa: PLC0415
    from pipeline.tables import write_dataset  # noqa: PLC0415

    start = time.perf_counter()
    need_folder(expectations, "--expectations")
    dataset = _checked(_read(data, (*NORMALIZED, *DIMENSIONS), "normalize"), identities_of(expectations))
    write_dataset(data, {name: dataset[name] for name in ("documents", "findings", "checks")})
    summary = run_suites_on(summarise(dataset), dataset, expectations)
    return Report(dataset["documents"].num_rows, (), time.perf_counter() - start, summary)


def _checked(dataset: Dataset, identities: Identities) -> Dataset:
    """The dataset with the checks of every document that could be opened, and the findings that come from them."""
    from pipeline.collect import DIMENSIONS, by_document, with_checks  # noqa: PLC0415
    from pipeline.validate import check_document  # noqa: PLC0415

    readable = (own for own in by_document(dataset) if own["documents"]["page_count"][0].as_py())
    known = {table.name: dataset[table.name] for table in DIMENSIONS}
    proved = (
        (own["documents"]["document_id"][0].as_py(), check_document({**own, **known}, identities)) for own in readable
    )
    checked = dict(proved)
    return with_checks(dataset, checked)


def publish(data: Path) -> Report:
    """The tables of ``data`` to every published form, in the same folder."""
    from pipeline.schema import FACT_TABLES  # noqa: PLC0415
    from pipeline.summary import summarise  # noqa: PLC0415

    start = time.perf_counter()
    dataset = _read(data, FACT_TABLES, "validate")
    publish_into(dataset, data, data.with_name(f".{data.name}.publish"))
    summary = summarise(dataset)
    return Report(dataset["documents"].num_rows, (), time.perf_counter() - start, summary)


def _read(data: Path, tables: Sequence[Table], before: str) -> Dataset:
    from pipeline.tables import read_dataset  # noqa: PLC0415

    need_folder(data, "--data")
    try:
        return read_dataset(data, tables)
    except FileNotFoundError as error:
        raise UsageError(f"{data}: 缺少数据表，请先运行 {before} / run {before} first: {error}") from error
