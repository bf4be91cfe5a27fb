"""How one published file takes the place of the last: whole, only when its bytes differ, and with plain errors."""

from __future__ import annotations

import errno
import filecmp
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pipeline.tables import replacing

Writer = Callable[[Path], object]

STALE_SECONDS = 3600
_REMEDIES = {
    errno.ENOSPC: (
        "磁盘已满：请腾出空间，或用 --out 换一个磁盘，然后重新运行",
        "the disk is full: free some space or choose another disk with --out, then run again",
    ),
    errno.EACCES: ("没有写权限：请检查文件夹的权限", "permission denied: check the rights on the folder"),
    errno.EROFS: ("磁盘只读：请用 --out 换一个位置", "the disk is read-only: choose another place with --out"),
}
_REMEDIES[errno.EDQUOT] = _REMEDIES[errno.ENOSPC]


class OutputError(OSError):
    """A published file could not be written. The message names the file and the remedy in Chinese and English."""


class _UnchangedError(Exception):
    """The new bytes are the old ones: leaves ``replacing`` without replacing."""


def put(path: Path, write: Writer) -> Path:
    """Lets ``write`` make the file beside ``path``, then moves it into place, unless the bytes are the same.

    A file whose bytes do not change keeps its time of modification, so what depends on it stays fresh. A process
    that dies half-way leaves the previous file whole. Raises OutputError when the operating system refuses.
    """
    try:
        with replacing(path) as temporary:
            write(temporary)
            if path.exists() and filecmp.cmp(path, temporary, shallow=False):
                raise _UnchangedError
    except _UnchangedError:
        pass
    except OSError as error:
        raise _explained(path, error) from error
    return path


def put_text(path: Path, text: str) -> Path:
    """``put`` for a text: UTF-8, line feeds."""
    return put(path, lambda temporary: temporary.write_bytes(text.encode()))


def sweep(folder: Path, names: tuple[str, ...], now: float | None = None) -> None:
    """Removes what killed runs left of the files ``names``; an hour's age spares a run that is writing just now."""
    limit = (time.time() if now is None else now) - STALE_SECONDS
    for name in names:
        for path in folder.glob(f".{name}.*.tmp*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < limit:
                    path.unlink()


def _explained(path: Path, error: OSError) -> OutputError:
    reason = str(error)
    zh, en = _REMEDIES.get(error.errno or 0, (f"原因：{reason}", f"reason: {reason}"))
    kept_zh, kept_en = "原有文件未受影响", "the previous file is untouched"
    message = f"无法写入 {path}：{zh}。{kept_zh}。\nCannot write {path}: {en}; {kept_en}."
    explained = OutputError(message)
    explained.errno = error.errno
    return explained
