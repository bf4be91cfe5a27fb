"""The reference tables (functional and economic subjects, COFOG) and codes for names that print none."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from pipeline import schema
from pipeline.normalize.phrases import bare
from pipeline.normalize.words import vocabulary
from pipeline.tables import Dataset, to_arrow

FOLDER = Path(__file__).parent / "reference"
CLEARLY_MORE = 10  # a name with two codes takes the one in so many times more documents, else none
ALIKE = 0.6  # how much of two names must be the same letters in the same order (difflib's ratio)
CLASS_DIGITS = 3  # of the code of a class (类)


@dataclass(frozen=True)
class Subject:
    """One code of a scheme, and in how many disclosures it was seen with its name."""

    code: str
    name: str
    documents: int


@dataclass(frozen=True)
class Names:
    """Codes by name within one scheme."""

    by_name: dict[str, tuple[Subject, ...]]

    def code_of(self, name: str, parent: str | None = None) -> str | None:
        """The code of a bare name; among several, the one under ``parent``, else the one clearly more in use."""
        found = self.by_name.get(name, ())
        if parent:
            found = tuple(subject for subject in found if subject.code.startswith(parent)) or found
        if len(found) <= 1:
            return found[0].code if found else None
        if nested := _class_or_below(found, parent):
            return nested
        ranked = sorted(found, key=lambda subject: -subject.documents)
        return ranked[0].code if ranked[0].documents >= CLEARLY_MORE * max(ranked[1].documents, 1) else None

    def below(self, name: str, parent: str, length: int) -> str | None:
        """The code of a bare name directly below ``parent``; None when it is not there."""
        codes = [s.code for s in self.by_name.get(name, ()) if len(s.code) == length and s.code.startswith(parent)]
        return codes[0] if len(codes) == 1 else None


def _class_or_below(found: tuple[Subject, ...], parent: str | None) -> str | None:
    """Of a class and a 款 of its own that share a name (399, 39999 其他支出): the 款 once the class is open."""
    upper, *lower = sorted((subject.code for subject in found), key=len)
    if len(upper) != CLASS_DIGITS or len(lower) != 1 or not lower[0].startswith(upper):
        return None
    return lower[0] if parent == upper else upper


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(rows: list[dict[str, str]]) -> Names:
    by_name: dict[str, list[Subject]] = defaultdict(list)
    for row in rows:
        by_name[bare(row["name"])].append(Subject(row["code"], row["name"], int(row["documents"])))
    return Names({name: tuple(subjects) for name, subjects in by_name.items()})


@cache
def functional() -> Names:
    """Functional subjects (支出功能分类科目), with other names of classes from the vocabulary beside their own."""
    names = _names(_rows("subjects")).by_name
    extra = {bare(name): Subject(code, name, 0) for name, code in vocabulary().subject_aliases.items()}
    beside = {name: (*(own for own in names.get(name, ()) if own.code != one.code), one) for name, one in extra.items()}
    return Names(names | beside)


@cache
def economic(scheme: str) -> Names:
    """Economic subjects of one scheme, ``department`` or ``government``, with other names from the vocabulary."""
    names = _names([row for row in _rows("economic_subjects") if row["scheme"] == scheme])
    aliases = vocabulary().economic_aliases[scheme]
    extra = {bare(name): (Subject(code, name, 0),) for name, code in aliases.items()}
    fees = {other: found for name, found in names.by_name.items() if (other := _other_fee(name))}
    return Names(fees | extra | names.by_name)


def _other_fee(name: str) -> str | None:
    """公务接待费用 for 公务接待费, and the other way round: printed for one another. None for what is no fee."""
    return name.removesuffix("用") if name.endswith("费用") else f"{name}用" if name.endswith("费") else None


@cache
def classes() -> dict[str, str]:
    """Bare name of each functional class (类) to its code, aliases included."""
    return {
        name: subject.code
        for name, subjects in functional().by_name.items()
        for subject in subjects
        if len(subject.code) == 3
    }


@cache
def economic_classes(scheme: str) -> frozenset[str]:
    """Bare names of the classes (类) of one economic scheme, aliases included."""
    by_name = economic(scheme).by_name.items()
    return frozenset(name for name, found in by_name if any(len(each.code) == CLASS_DIGITS for each in found))


def may_name(scheme: str, code: str, printed: str) -> bool:
    """Whether a printed name can be that of a code of ``subject``, ``economic`` or ``government``.

    It can where no reference names the code, where it ends as subjects' names do, or where it is like the code's own.
    """
    name = bare(printed)
    own = _names_by_code(scheme).get(code, ())
    if not own or ends_as_subject(printed):
        return True
    return any(SequenceMatcher(None, name, each).ratio() >= ALIKE for each in own)


def knows(scheme: str, code: str) -> bool:
    """Whether the reference of a scheme has a code."""
    return code in _names_by_code(scheme)


def is_common(code: str, printed: str) -> bool:
    """Whether a functional 项 is one that many 款 have under the same last digits (01 行政运行, 50 事业运行)."""
    same = (each for each in functional().by_name.get(bare(printed), ()) if each.code[-2:] == code[-2:])
    return knows("subject", code[:-2]) and any(len(each.code) == len(code) for each in same)


def ends_as_subject(printed: str) -> bool:
    """Whether a printed name ends as subjects' names do (支出, 经费)."""
    return vocabulary().subject_endings.search(bare(printed)) is not None


def is_another_name(scheme: str, code: str, printed: str) -> bool:
    """Whether a printed name is none of those that the reference has for a code that it knows."""
    own = _names_by_code(scheme).get(code, ())
    return bool(own) and bare(printed) not in own


def bears(scheme: str, code: str, printed: str) -> bool:
    """Whether a printed name is one that the reference has for a code."""
    return bare(printed) in _names_by_code(scheme).get(code, ())


def is_name(scheme: str, printed: str) -> bool:
    """Whether the reference of a scheme has a code that bears a printed name."""
    return bare(printed) in _names_of(scheme).by_name


@cache
def _names_by_code(scheme: str) -> dict[str, tuple[str, ...]]:
    names = _names_of(scheme)
    found: dict[str, list[str]] = defaultdict(list)
    for name, subjects in names.by_name.items():
        for subject in subjects:
            found[subject.code].append(name)
    return {code: tuple(each) for code, each in found.items()}


def _names_of(scheme: str) -> Names:
    tables = {"economic": "department", "government": "government"}
    return economic(tables[scheme]) if scheme in tables else functional()


def reference_tables() -> Dataset:
    """The dimensions ``subjects`` and ``economic_subjects`` of the contract."""
    return {
        "subjects": to_arrow(schema.SUBJECTS, _subject_rows(_rows("subjects"))),
        "economic_subjects": to_arrow(schema.ECONOMIC_SUBJECTS, map(_economic_row, _rows("economic_subjects"))),
    }


def _subject_rows(rows: list[dict[str, str]]) -> Iterator[dict[str, object]]:
    """A parent that the tables do not name is left out: a reference to nothing helps nobody."""
    known = {row["code"] for row in rows}
    for row in rows:
        parent = row["code"][:-2]
        yield _subject_row(row, parent if parent in known else None)


def _subject_row(row: dict[str, str], parent: str | None) -> dict[str, object]:
    code = row["code"]
    return {
        "code": code,
        "name": row["name"],
        "name_en": row["name_en"] or None,
        "level": row["level"],
        "parent_code": parent,
        "cofog_code": row["cofog_code"] or None,
        "cofog_confidence": row["cofog_confidence"] or None,
        "source": row["source"],
    }


def _economic_row(row: dict[str, str]) -> dict[str, object]:
    code = row["code"]
    return {
        "scheme": row["scheme"],
        "code": code,
        "name": row["name"],
        "level": row["level"],
        "parent_code": code[:3] if len(code) > 3 else None,
        "source": row["source"],
    }
