"""Injected errors: found, located, explained? ``make bench-injected`` runs it.

One error at a time (``injections``) is put into what extraction read of a document; all that comes after extraction
runs anew; what was not told before is counted against the error. An error is *found* when a finding is new, *located*
when a new finding names a wrong cell (or, of texts, rows and headings, stands on that page and says what is wrong),
and *mended* when one says that this very figure alone is wrong and the amount (or the few amounts that rounding leaves)
that was there before, or what happened to the table (*seen*). A finding that names another figure as the only wrong one
*misleads*. Of those not found, the *silent* are those that nothing else in the document speaks against, as far as a
reader with a calculator could tell (``unseen``, which knows no check); the *missed* are the others. The interim folder
is left as it is.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from statistics import median

import pyarrow as pa

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # measures this checkout, whatever else is installed

from bench.injections import KINDS, Extracted, Injection, Place, Row, injections, place_of  # noqa: E402
from bench.interim import folders_to_read, parser_of, tables_of, write_told  # noqa: E402
from bench.unseen import Reader  # noqa: E402
from pipeline.garbage import collect_seldom  # noqa: E402
from pipeline.normalize import normalize_document, reference_tables  # noqa: E402
from pipeline.schema import INTERIM  # noqa: E402
from pipeline.sources import Source  # noqa: E402
from pipeline.tables import Dataset, to_arrow  # noqa: E402
from pipeline.validate import Identities, check_document, load_identities  # noqa: E402

_ONLY = re.compile(
    r"(?:仅有|印错的是)(?:第\d+页)?“[^，。；]*?”(?:（[^；。]*?）)?一数：现印 "
    r"(?P<printed>\S+)(?: [^，]*)?，应为 (?P<low>-?[\d,.]+)(?: (?P<unit>[千万亿]?元)|(?: \S+?))?"
    r"(?: 至 (?P<high>-?[\d,.]+))?[ ，。（]"
)
_NUMBER = "-0123456789,."
_SEEMS = "看来"  # a finding that tells what happened to the table


@dataclass(frozen=True)
class Told:
    """What became of an error: the new findings, each as severity, page, check and explanation, and what they say."""

    document: str
    kind: str
    original: str
    printed: str
    where: str
    pages: tuple[int, ...]
    found: bool
    located: bool
    mended: bool
    seen: bool
    misleads: bool
    findings: tuple[str, ...]
    speaks: bool | None = None

    @property
    def silent(self) -> bool:
        """Whether it was not found, and nothing else in the document speaks against it."""
        return not self.found and self.speaks is False

    @property
    def missed(self) -> bool:
        """Whether it was not found though something else speaks against it, or nobody asked."""
        return not self.found and self.speaks is not False


class Document:
    """One document: what extraction read, and the findings of the untouched."""

    def __init__(self, source: Source, extracted: Dataset, identities: Identities) -> None:
        self._source, self._extracted, self._identities = source, extracted, identities
        self._reference = reference_tables()
        published, _, self._before = self.run({})
        self.extracted = Extracted(
            extracted["raw_cells"].to_pylist(),
            extracted["lines"].to_pylist(),
            extracted["raw_tables"].to_pylist(),
            {name: table.to_pylist() for name, table in published.items()},
        )
        self._reader = Reader(self.extracted)

    @property
    def document_id(self) -> str:
        """The document's name."""
        return self._source.document_id

    def run(self, changed: Dataset) -> tuple[Dataset, pa.Table, list[Row]]:
        """What is published of the document, its checks and its findings, with these tables of the extraction in the
        place of its own."""
        published = normalize_document(self._source, {**self._extracted, **changed})
        checked = check_document({**published, **self._reference}, self._identities)
        rows = [*published["findings"].to_pylist(), *checked.findings.to_pylist()]
        return published, checked.checks, [row for row in rows if row["verdict"] != "definition"]

    def told(self, injection: Injection) -> Told:
        """Run all that follows extraction on the document with the error in it."""
        known = {(row["code"], row["explanation"]) for row in self._before}
        *_, rows = self.run(self._changed(injection))
        new = [row for row in rows if (row["code"], row["explanation"]) not in known]
        return replace(_judged(self._source.document_id, injection, new), speaks=self._reader.sees(injection))

    def _changed(self, injection: Injection) -> Dataset:
        changed: Dataset = {}
        if injection.lines:
            lines = [_with_text(line, injection.lines.get(int(str(line["line_no"])))) for line in self.extracted.lines]
            changed["lines"] = to_arrow(INTERIM["lines"], lines)
        cells = [_with_text(cell, injection.cells.get(place_of(cell))) for cell in self.extracted.cells]
        if row := injection.lost or injection.doubled:
            step = -1 if injection.lost else 1
            cells = _moved(cells, row, step)
            tables = [
                {**each, "row_count": int(str(each["row_count"])) + step} if each["table_no"] == row[0] else each
                for each in self.extracted.tables
            ]
            changed["raw_tables"] = to_arrow(INTERIM["raw_tables"], tables)
        if injection.cells or row:
            changed["raw_cells"] = to_arrow(INTERIM["raw_cells"], cells)
        return changed


def _with_text(row: Row, text: str | None) -> Row:
    if text is None:
        return row
    return {**row, "text": text, **({"text_raw": text} if "text_raw" in row else {})}


def _moved(cells: Sequence[Row], row: Place | tuple[int, int], step: int) -> list[Row]:
    """The cells with one row taken out (-1) or printed twice (1), and those below it on its page moved accordingly."""
    table, number = row[0], row[1]
    here = [cell for cell in cells if place_of(cell)[:2] == (table, number)]
    height = step * (max(float(str(c["y1"])) for c in here) - min(float(str(c["y0"])) for c in here))
    moved: list[Row] = []
    for cell in cells:
        if cell["table_no"] != table or int(str(cell["row_no"])) < number or (cell in here and step > 0):
            moved.append(cell)
            if cell in here:
                moved.append(_down(cell, step, height))
        elif cell not in here:
            moved.append(_down(cell, step, height if cell["page"] == here[0]["page"] else 0.0))
    return moved


def _down(cell: Row, step: int, height: float) -> Row:
    y0, y1 = float(str(cell["y0"])) + height, float(str(cell["y1"])) + height
    return {**cell, "row_no": int(str(cell["row_no"])) + step, "y0": y0, "y1": y1}


def _judged(document: str, injection: Injection, new: Sequence[Row]) -> Told:
    wrong = {f"{document}/t{table}/r{row}/c{column}" for table, row, column in injection.places}
    texts = [str(row["explanation"]) for row in new]
    claims = [match for text in texts for match in _ONLY.finditer(text)]
    right = [claim for claim in claims if _is_right(claim, injection)]
    named = any(wrong & set(_cells(row)) for row in new) or any(_says(row, injection) for row in new)
    return Told(
        document,
        injection.kind,
        injection.original,
        injection.printed,
        "; ".join(sorted(wrong)[:4]),
        injection.pages,
        bool(new),
        named,
        bool(right),
        any(_SEEMS in text for text in texts),
        len(right) < len(claims),
        tuple(
            f"[{row['severity']} p{row['page']} {row['check_id'] or row['code']}] {row['explanation']}" for row in new
        ),
    )


def _cells(row: Row) -> Sequence[str]:
    cells = row["cell_ids"]
    return cells if isinstance(cells, list) else ()


def _says(row: Row, injection: Injection) -> bool:
    text = str(row["explanation"]).replace(",", "").replace(" ", "")
    on_page = row["page"] in injection.pages or any(f"第{page}页" in text for page in injection.pages)
    if injection.lost:  # the sum that lacks the row may stand on the page before
        on_page = on_page or any(f"/t{injection.lost[0]}/" in cell for cell in _cells(row))
    return on_page and any(word.replace(",", "").replace(" ", "") in text for word in injection.words)


def _number_of(text: str) -> str:
    """The number before a unit, if there is one."""
    return text.rstrip("千万亿元").replace(",", "")


def _is_right(claim: re.Match[str], injection: Injection) -> bool:
    try:
        low, high = (Decimal(claim[end].replace(",", "")) if claim[end] else None for end in ("low", "high"))
        original, unit = Decimal(_number_of(injection.original)), injection.original.lstrip(_NUMBER)
    except ArithmeticError:
        return False
    same = claim["printed"].replace(",", "") == _number_of(injection.printed)
    return same and low is not None and low <= original <= (high or low) and unit in ("", claim["unit"])


def documents(interim: Path, only: Sequence[str], identities: Identities) -> Iterator[Document]:
    """The documents of an interim folder that could be read."""
    for folder in folders_to_read(interim):
        if folder.source is None or (only and folder.source.document_id not in only):
            continue
        extracted = tables_of(folder, "extract", INTERIM.values())
        if extracted:
            yield Document(folder.source, extracted, identities)


def table(told: Sequence[Told]) -> list[str]:
    """A line a kind: how many; the shares found, located, mended, seen and misled, and silent and missed, which with
    the found make up all; the median of new findings. Last, how many were found though nothing seemed to speak."""
    by_kind: Mapping[str, list[Told]] = defaultdict(list)
    for each in told:
        by_kind[each.kind].append(each)
    lines = [
        f"{'kind':24}{'n':>6}{'found':>8}{'located':>9}{'mended':>8}{'seen':>8}{'misled':>8}{'silent':>8}{'missed':>8}"
        f"{'findings':>10}{'most':>6}"
    ]
    for kind, group in [*by_kind.items(), ("all", list(told))]:
        counts = [len(each.findings) for each in group if each.found] or [0]
        shares = [
            sum(flags) / len(group)
            for flags in zip(
                *((e.found, e.located, e.mended, e.seen, e.misleads, e.silent, e.missed) for e in group), strict=True
            )
        ]
        text = "".join(f"{share:>{width}.1%}" for share, width in zip(shares, (8, 9, 8, 8, 8, 8, 8), strict=True))
        lines.append(f"{kind:24}{len(group):>6}{text}{median(counts):>10}{max(counts):>6}")
    despite = sum(each.found and each.speaks is False for each in told)
    return [*lines, f"found though nothing seemed to speak against it: {despite}"]


def main() -> int:
    """Inject, check, print; the exit code does not judge."""
    parser = parser_of(__doc__, "every error and what was told of it")
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=list(KINDS), help="these kinds alone")
    parser.add_argument("--errors", type=int, default=10, help="errors of a kind in a document")
    parser.add_argument("--seed", type=int, default=0, help="another seed makes other errors")
    asked = parser.parse_args()
    collect_seldom()
    told: list[Told] = []
    for document in documents(asked.interim, asked.only, load_identities()):
        for kind in asked.kinds:
            told += [document.told(each) for each in injections(document.extracted, kind, asked.errors, asked.seed)]
        print(f"{document.document_id}: {len(told)} errors so far", file=sys.stderr, flush=True)
    if not told:
        raise SystemExit(f"{asked.interim}: no such document here, or nothing in it to put an error into")
    print("\n".join(table(told)))
    write_told(asked.json, told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
