"""One document's way through the stages: extract, normalize, validate; each done again only when it must be.

This is what a worker process runs. It hands back a few plain values; the tables stay on disk, so that the memory of a
build does not grow with the number of documents. Whatever goes wrong inside one document ends as a finding on that
document.

Nothing heavy is imported before there is work: which documents are fresh must be known within moments.
"""

from __future__ import annotations

import errno
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.interim import DocumentFolder, said_of
from pipeline.sources import Source
from pipeline.stamps import Stage, digest

if TYPE_CHECKING:
    from pipeline.tables import Dataset

STAGES: tuple[Stage, ...] = ("extract", "normalize", "validate")
TRACEBACK = "error.txt"
INTERNAL_ERROR = "internal_error"
TIMED_OUT = "timed_out"
UNREADABLE = "unreadable"
_NOT_READ = (
    "文件不能读取（链接失效、是目录或没有权限），请核对",
    "the file cannot be read (a broken link, a folder, or no permission); check it",
)
FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class Job:
    """One document's work: the stages to do, the fingerprint of each stage's code, and where the tables go.

    ``identities`` is the file that validation reads; its bytes are part of that stage's fingerprint.
    """

    source: Source
    folder: DocumentFolder
    code: Mapping[Stage, str]
    identities: Path
    stages: tuple[Stage, ...] = STAGES
    force: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a job: the stages done again, the seconds, and what broke inside the pipeline, if anything."""

    document_id: str
    rebuilt: tuple[Stage, ...]
    seconds: float
    failure: str | None = None


class StageMissingError(RuntimeError):
    """A stage alone was asked for, and the stage before it left nothing usable."""


def key_of(job: Job, stage: Stage) -> str:
    """The key under which the stage's result is good: its input's key, its code, and what it reads of the manifest.

    Empty when the stage before it left nothing good.
    """
    if stage == "extract":
        return digest(job.source.sha256, job.source.document_id, job.code["extract"])
    before = job.folder.stage(STAGES[STAGES.index(stage) - 1]).key
    manifest = str(said_of(job.source)) if stage == "normalize" else ""
    return before and digest(before, manifest, job.code[stage])


def is_fresh(job: Job) -> bool:
    """Whether every stage of the job has left a result that is still good."""
    return not job.force and not any(_stale(job, stage) for stage in job.stages)


def _stale(job: Job, stage: Stage) -> bool:
    key = key_of(job, stage)
    return not key or job.folder.stage(stage).key != key


def process(job: Job) -> Outcome:
    """Do the job's stages that are not fresh. What goes wrong is in the outcome; only a full disk is raised."""
    start = time.perf_counter()
    done: list[Stage] = []
    failure = None
    for stage in job.stages:
        if not job.force and not _stale(job, stage):
            continue
        failure = _attempt(job, stage)
        done.append(stage)
        if failure:
            break
    return Outcome(job.source.document_id, tuple(done), time.perf_counter() - start, failure)


def lost(job: Job) -> Outcome:
    """The outcome of a job whose worker process died: out of memory, or a crash inside a library."""
    failure = _record_failure(job, job.stages[0], "worker process died", "")
    return Outcome(job.source.document_id, job.stages, 0.0, failure)


def late(seconds: float, job: Job) -> Outcome:
    """The outcome of a job that took longer than a document may, and was given up."""
    zh = f"处理超过 {seconds:g} 秒仍未完成，已放弃；文件可能有意做得难读，也可用 --timeout 放宽"
    en = f"not done after {seconds:g} seconds and given up; the file may be made to be hard to read, or allow it more "
    failure = _record(job, job.stages[0], (TIMED_OUT, zh, f"{en}with --timeout"), "")
    return Outcome(job.source.document_id, job.stages, seconds, failure)


def _attempt(job: Job, stage: Stage) -> str | None:
    trace = job.folder.path / TRACEBACK
    try:
        _DO[stage](job)
    except StageMissingError as error:
        return str(error)
    except Exception as error:  # whatever it is, the other documents go on
        from pipeline.normalize.corrections_file import CorrectionError  # noqa: PLC0415

        if isinstance(error, CorrectionError):
            return str(error)  # the editor's to mend, not a fault of the pipeline
        if isinstance(error, OSError) and error.errno in FULL:
            raise  # nothing of the document's: the build stops, and the next one goes on from here
        return _record_failure(job, stage, type(error).__name__, traceback.format_exc())
    trace.unlink(missing_ok=True)
    return None


def _extract(job: Job) -> None:
    from pipeline.extract import UnreadableDocument, read_document  # noqa: PLC0415

    job.folder.save(job.source)
    dataset: Dataset = {}
    note: dict[str, object] = {}
    try:
        if not job.source.sha256:  # nor could its bytes be read to be hashed
            raise UnreadableDocument("unreadable_file", *_NOT_READ)
        dataset = read_document(job.source.path, job.source.document_id)
    except UnreadableDocument as error:
        note = {UNREADABLE: [error.reason_code, error.zh, error.en]}
    job.folder.stage("extract").write(key_of(job, "extract"), dataset, note)


def _normalize(job: Job) -> None:
    from pipeline.normalize import normalize_document, unreadable_document  # noqa: PLC0415
    from pipeline.normalize.corrections import apply_corrections  # noqa: PLC0415
    from pipeline.normalize.corrections_file import load_corrections  # noqa: PLC0415
    from pipeline.schema import INTERIM  # noqa: PLC0415

    key = _key_or_complain(job, "normalize")
    extracted = job.folder.stage("extract")
    reason = extracted.note.get(UNREADABLE)
    if isinstance(reason, list):
        dataset = unreadable_document(job.source, *reason)
    else:
        dataset = normalize_document(job.source, extracted.read(INTERIM.values()))
        dataset = apply_corrections(dataset, load_corrections())
    _refuse_gaps(dataset)
    job.folder.stage("normalize").write(key, dataset, {UNREADABLE: bool(reason)})


def _validate(job: Job) -> None:
    from pipeline.normalize import reference_tables  # noqa: PLC0415
    from pipeline.schema import PUBLISHED  # noqa: PLC0415
    from pipeline.validate import check_document, load_identities  # noqa: PLC0415

    key = _key_or_complain(job, "validate")
    normalized = job.folder.stage("normalize")
    if normalized.note.get(UNREADABLE):
        job.folder.stage("validate").write(key, {})
        return
    dataset = {**normalized.read(PUBLISHED.values()), **reference_tables()}
    checked = check_document(dataset, load_identities(job.identities))
    tables = {"checks": checked.checks, "findings": checked.findings}
    _refuse_gaps(tables)
    job.folder.stage("validate").write(key, tables, checked.proof)


_DO: Mapping[Stage, Callable[[Job], None]] = {"extract": _extract, "normalize": _normalize, "validate": _validate}


def _refuse_gaps(dataset: Dataset) -> None:
    """Raises ValueError for a table without a value where the schema asks for one.

    Asked here, where it costs this document only: publishing would refuse the tables of all.
    """
    from pipeline.schema import PUBLISHED  # noqa: PLC0415

    for name, rows in dataset.items():
        gaps = [column.name for column in PUBLISHED[name].columns if column.required and rows[column.name].null_count]
        if gaps:
            raise ValueError(f"table {name}: no value in the required column {', '.join(gaps)}")


def _key_or_complain(job: Job, stage: Stage) -> str:
    key = key_of(job, stage)
    if not key:
        before = STAGES[STAGES.index(stage) - 1]
        raise StageMissingError(
            f"{job.source.path.name}: {before} 的结果缺失或损坏，请先运行该阶段 / "
            f"what {before} leaves is missing or damaged: run that stage first"
        )
    return key


def _record_failure(job: Job, stage: Stage, what: str, trace: str) -> str:
    zh = f"程序在 {stage} 阶段出错（{what}），这是程序的错误，不是文件的错误"
    en = f"internal error in {stage} ({what}): a fault of the pipeline, not of the file"
    return _record(job, stage, (INTERNAL_ERROR, zh, en), trace)


def _record(job: Job, stage: Stage, reason: tuple[str, str, str], trace: str) -> str:
    """Leave a findings row in place of the document's data, under no key, so that the next build tries again.

    ``reason`` is its code, and what it says in Chinese and in English.
    """
    from pipeline.normalize import unreadable_document  # noqa: PLC0415

    _, zh, en = reason
    dataset = unreadable_document(job.source, *reason)
    if stage == "validate":
        job.folder.stage("validate").write("", {"findings": dataset["findings"]})
    else:
        job.folder.save(job.source)
        job.folder.stage("normalize").write("", dataset, {UNREADABLE: True})
        job.folder.stage("validate").write("", {})
    if trace:
        (job.folder.path / TRACEBACK).write_text(trace, encoding="utf-8")
    return f"{job.source.path.name}: {zh} / {en}"
