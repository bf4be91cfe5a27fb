"""How fast, beside others, in one run: extraction, every stage, and the whole build. ``make bench`` runs it.

Each reader works in a process of its own, on one core, and is timed after its imports; processor time is what is
compared, as it does not depend on what else the machine does. The peers are stock camelot (lattice), pdfplumber
(``extract_tables``) and pdfium merely reading the code and box of every glyph, which is the floor.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CHECKOUT = {**os.environ, "PYTHONPATH": str(ROOT)}  # measures this checkout, whatever else is installed
UNCHANGED = "nothing changed"  # what the command line says of a build with nothing to do
Reader = Callable[[Path], int]  # reads the file, returns its number of pages


@dataclass(frozen=True)
class Timing:
    """One reader on one file: pages, processor seconds (median of the runs), peak memory of its process."""

    reader: str
    pages: int
    cpu_s: float
    peak_mb: float

    @property
    def ms_a_page(self) -> float:
        """Processor milliseconds a page."""
        return 1000 * self.cpu_s / self.pages


@dataclass(frozen=True)
class Goal:
    """What a ratio of two timings, or a timing itself, is to be."""

    label: str
    value: float
    limit: float
    at_least: bool
    unit: str

    @property
    def met(self) -> bool:
        """Whether the value is on the right side of the limit."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


# --- readers ---------------------------------------------------------------------------------------------------------


def ours() -> Reader:
    """The project's extraction, whole: tables, cells, lines, as Arrow tables."""
    from pipeline.extract import read_document  # noqa: PLC0415

    return lambda path: read_document(path, "bench")["pages"].num_rows


def pdfium() -> Reader:
    """Every glyph's code and box through pdfium's own functions, and nothing else."""
    import pypdfium2  # noqa: PLC0415
    from pypdfium2 import raw  # noqa: PLC0415

    def read(path: Path) -> int:
        document = pypdfium2.PdfDocument(path)
        edges = [ctypes.c_double() for _ in range(4)]
        pointers = [ctypes.byref(edge) for edge in edges]
        for page in document:
            text = page.get_textpage()
            for index in range(raw.FPDFText_CountChars(text.raw)):
                raw.FPDFText_GetUnicode(text.raw, index)
                raw.FPDFText_GetCharBox(text.raw, index, *pointers)
            text.close()
            page.close()
        return len(document)

    return read


def pdfplumber() -> Reader:
    """pdfplumber as it comes: ``extract_tables`` on every page."""
    import pdfplumber as library  # noqa: PLC0415

    def read(path: Path) -> int:
        with library.open(path) as document:
            for page in document.pages:
                page.extract_tables()
                page.close()
            return len(document.pages)

    return read


def camelot() -> Reader:
    """camelot as it comes: ``read_pdf`` on all pages, lattice."""
    import camelot as library  # noqa: PLC0415
    import pypdfium2  # noqa: PLC0415

    def read(path: Path) -> int:
        library.read_pdf(str(path), pages="all", flavor="lattice")
        return len(pypdfium2.PdfDocument(path))

    return read


READERS: Mapping[str, tuple[Callable[[], Reader], int]] = {
    "pdfium": (pdfium, 5),
    "ours": (ours, 5),
    "pdfplumber": (pdfplumber, 1),
    "camelot": (camelot, 1),
}


def run_reader(name: str, path: Path) -> Timing:
    """Time a reader in this process: on one core, after its imports, the median of its runs."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    make, runs = READERS[name]
    reader = make()
    times, pages = [], 0
    for _ in range(runs):
        start = time.process_time()
        pages = reader(path)
        times.append(time.process_time() - start)
    return Timing(name, pages, statistics.median(times), peak_mb())


def peak_mb() -> float:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def time_apart(name: str, path: Path) -> Timing:
    """Time a reader in a process of its own."""
    return Timing(**_apart("--reader", name, str(path)))


def stages_apart(path: Path) -> dict[str, float]:
    """``stage_seconds`` in a process of its own."""
    return _apart("--stages", str(path))


def _apart(*asked: str) -> dict[str, Any]:
    """What this file prints in a process of its own, which imports this checkout."""
    command = [sys.executable, __file__, *asked]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=CHECKOUT)
    if ended.returncode:
        raise SystemExit(f"{' '.join(asked)}: {ended.stderr.strip()}")
    figures: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return figures


# --- the stages ------------------------------------------------------------------------------------------------------


def stage_seconds(path: Path) -> dict[str, float]:
    """Processor seconds of each stage on one document, its reading and writing of tables included; second run."""
    from pipeline.document import STAGES, process  # noqa: PLC0415
    from pipeline.jobs import EXPECTATIONS, jobs_for  # noqa: PLC0415
    from pipeline.sources import Source, sha256_of  # noqa: PLC0415

    source = Source(path.stem, path, sha256_of(path))
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for stage in (*STAGES, *STAGES):
            (job,) = jobs_for([source], Path(folder), EXPECTATIONS, (stage,), force=True)
            start = time.process_time()
            failure = process(job).failure
            seconds[stage] = time.process_time() - start
            if failure:
                raise SystemExit(failure)
    return seconds


# --- the build -------------------------------------------------------------------------------------------------------


def time_builds(raw: Path) -> dict[str, float]:
    """Wall seconds of a full build with everything warm, and of one with nothing to do; into a folder that goes."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pipeline", "build", "--raw", str(raw), "--out", f"{folder}/out"]
        _wall(command)  # compiles the modules and warms the disk's cache
        full, _ = _wall([*command, "--force"])
        nothing, said = _wall(command)
    if UNCHANGED not in said:
        raise SystemExit("a file of the pipeline or of the raw folder was changed meanwhile: run the benchmark again")
    return {"full": full, "nothing": nothing}


def _wall(command: list[str]) -> tuple[float, str]:
    start = time.perf_counter()
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=CHECKOUT)
    if ended.returncode not in (0, 1):  # 1: built, but not all holds; that is not what is timed here
        raise SystemExit(f"the build failed:\n{ended.stderr}")
    return time.perf_counter() - start, ended.stdout


# --- what is printed -------------------------------------------------------------------------------------------------


def goals(timings: Mapping[str, Timing], builds: Mapping[str, float]) -> list[Goal]:
    """What the project set itself."""
    mine = timings["ours"]
    limits = [
        Goal("extraction, processor time a page", mine.ms_a_page, 15, False, "ms"),
        Goal("extraction, peak memory", mine.peak_mb, 300, False, "MB"),
        Goal("times pdfium's bare reading", mine.cpu_s / timings["pdfium"].cpu_s, 3, False, "×"),
    ]
    for peer, limit in (("pdfplumber", 5), ("camelot", 25)):
        if peer in timings:
            limits.append(Goal(f"faster than {peer}", timings[peer].cpu_s / mine.cpu_s, limit, True, "×"))
    if builds:
        limits.append(Goal("full warm build, wall time", builds["full"], 15, False, "s"))
        limits.append(Goal("build with nothing changed, wall time", builds["nothing"], 2, False, "s"))
    return limits


def report(path: Path, timings: Mapping[str, Timing], stages: Mapping[str, float], wanted: list[Goal]) -> str:
    """The run as text."""
    pages = timings["ours"].pages
    lines = [f"{path.name}, {pages} pages, one core", ""]
    lines.append(f"{'reader':<12}{'pages/s':>10}{'ms/page':>10}{'peak MB':>10}{'× ours':>10}")
    for name, timing in sorted(timings.items(), key=lambda item: item[1].cpu_s):
        share = timing.cpu_s / timings["ours"].cpu_s
        rate = timing.pages / timing.cpu_s
        lines.append(f"{name:<12}{rate:>10.1f}{timing.ms_a_page:>10.1f}{timing.peak_mb:>10.0f}{share:>10.2f}")
    lines += ["", f"{'stage':<12}{'ms/page':>20}"]
    for stage, seconds in {**stages, "all": sum(stages.values())}.items():
        lines.append(f"{stage:<12}{1000 * seconds / pages:>20.1f}")
    lines += ["", f"{'goal':<40}{'measured':>12}{'limit':>12}"]
    for goal in wanted:
        sign = "≥" if goal.at_least else "≤"
        limit, mark = f"{sign} {goal.limit:g} {goal.unit}", "met" if goal.met else "NOT MET"
        lines.append(f"{goal.label:<40}{f'{goal.value:.2f} {goal.unit}':>12}{limit:>12}  {mark}")
    return "\n".join(lines)


def main() -> int:
    """Run the readers and the builds, print the table; the exit code does not judge, as machines differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raw", type=Path, default=ROOT / "data" / "raw", help="folder with the file (its first PDF)")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--only", nargs="*", choices=list(READERS), default=list(READERS), help="readers to run")
    parser.add_argument("--no-build", action="store_true", help="time the readers only")
    parser.add_argument("--reader", nargs=2, metavar=("NAME", "PDF"), help=argparse.SUPPRESS)
    parser.add_argument("--stages", metavar="PDF", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.stages:
        print(json.dumps(stage_seconds(asked.stages)))
        return 0
    if asked.reader:
        print(json.dumps(asdict(run_reader(asked.reader[0], Path(asked.reader[1])))))
        return 0
    path = min(asked.raw.glob("*.pdf"))
    names = [name for name in READERS if name in {*asked.only, "ours", "pdfium"}]
    timings = {name: time_apart(name, path) for name in names}
    stages = stages_apart(path)
    builds = {} if asked.no_build else time_builds(asked.raw)
    wanted = goals(timings, builds)
    print(report(path, timings, stages, wanted))
    if asked.json:
        figures = {"readers": [asdict(timing) for timing in timings.values()], "stages": stages, "builds": builds}
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
