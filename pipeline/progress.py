"""Progress of long work, on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Step = Callable[[str], None]


@contextmanager
def progress(label: str, total: int) -> Iterator[Step]:
    """A function that tells of one step done, with what it was; ``total`` is how many there will be."""
    if sys.stderr.isatty():
        with _bar(label, total) as step:
            yield step
    else:
        yield _lines(label, total)


def say(text: str) -> None:
    """One plain line of what is being done now."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def _bar(label: str, total: int) -> Iterator[Step]:
    from tqdm import tqdm  # noqa: PLC0415  (not for a build with nothing to do)

    tqdm.monitor_interval = 0  # its watching thread must not be there when workers are forked
    with tqdm(total=total, desc=label, unit="", dynamic_ncols=True, leave=False) as bar:

        def step(what: str) -> None:
            bar.set_postfix_str(what, refresh=False)
            bar.update()

        yield step


def _lines(label: str, total: int) -> Step:
    done = 0
    width = len(str(total))

    def step(what: str) -> None:
        nonlocal done
        done += 1
        say(f"{label} [{done:>{width}}/{total}] {what}")

    return step
