"""A dataset's folder, changed so that readers never meet a half-written dataset: made aside, then put in its place."""

from __future__ import annotations

import fcntl
import filecmp
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.stamps import FileStamp, files_below, stamp_of

_STAGING = ".publish"


@contextmanager
def aside(out: Path) -> Iterator[Path]:
    """A hidden, empty folder inside ``out``, for ``put_into`` to bring out what is made there; it is gone at the end.

    A full disk is met before anything is replaced. Waits for any other build (from an interim folder of its own) that
    is at work in the same folder.
    """
    staging = out / _STAGING
    out.mkdir(parents=True, exist_ok=True)
    with _only_one(out):
        shutil.rmtree(staging, ignore_errors=True)  # what a killed build left
        staging.mkdir()
        try:
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
