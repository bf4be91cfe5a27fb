"""The file ``data/corrections.yaml``: entries that each name one printed figure, and what is to be done about it.

    override  the figure is read as ``value`` (as it would be printed, in the unit of its table)
    drop      the figure is left out of ``budget_lines``; its cell says so
    flag      the figure stays; the doubt is told

What the entries do to a document stands in ``corrections``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal, cast

import yaml

PATH = Path(__file__).parents[2] / "data" / "corrections.yaml"
PLACE = ("table_no", "row_no", "column_no")
Action = Literal["override", "drop", "flag"]

_ACTIONS = ("override", "drop", "flag")
_STATUSES = ("proposed", "confirmed")
_REQUIRED = ("document_id", "action", "expects", "reason", "status", "since")
_WORDS = {*_REQUIRED, *PLACE, "cell_id", "value"}


class CorrectionError(ValueError):
    """An entry of corrections.yaml cannot be read, or no longer matches its document. Chinese first, then English."""


@dataclass(frozen=True)
class Correction:
    """One entry. The figure is named by ``cell_id``, or by (table_no, row_no, column_no) in ``place``."""

    document_id: str
    action: Action
    expects: str
    reason: str
    status: str
    since: str
    cell_id: str | None = None
    place: tuple[int, int, int] | None = None
    value: str | None = None

    @property
    def name(self) -> str:
        """How messages call the entry."""
        return f"{self.document_id} {self.cell_id or self.place}"


def load_corrections(path: Path = PATH) -> tuple[Correction, ...]:
    """The entries of the file, in its order; none where the file is not there.

    Raises CorrectionError naming the entry for a missing or unknown word, an unknown action or status, an override
    without a number, and two entries on one figure.
    """
    if not path.exists():
        return ()
    raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    entries = tuple(_correction(number, each) for number, each in enumerate(raw.get("corrections") or (), start=1))
    names = [entry.name for entry in entries]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise correction_error(f"{twice[0]} 有两条更正", f"{twice[0]} is corrected twice")
    return entries


def unknown_documents(corrections: Iterable[Correction], document_ids: Iterable[str]) -> list[str]:
    """The documents that entries speak of and that the build does not have: for its summary, no error."""
    known = set(document_ids)
    return sorted({each.document_id for each in corrections} - known)


def correction_error(zh: str, en: str) -> CorrectionError:
    """What is wrong with an entry, said of its file in Chinese and in English."""
    return CorrectionError(f"data/corrections.yaml：{zh} / data/corrections.yaml: {en}")


def _correction(number: int, raw: object) -> Correction:
    if not isinstance(raw, dict):
        raise correction_error(f"第{number}条不是一组键值", f"entry {number} is no mapping")
    words = cast("Mapping[str, object]", raw)
    _refuse(number, words)
    place = tuple(int(str(words[name])) for name in PLACE) if "cell_id" not in words else None
    return Correction(
        **{name: str(words[name]) for name in _REQUIRED if name != "action"},
        action=cast("Action", words["action"]),
        cell_id=str(words["cell_id"]) if "cell_id" in words else None,
        place=cast("tuple[int, int, int] | None", place),
        value=str(words["value"]) if words.get("value") is not None else None,
    )


def _refuse(number: int, words: Mapping[str, object]) -> None:
    """Raises CorrectionError for the first fault of an entry; ``number`` is its place in the file, from 1."""
    missing = [name for name in _REQUIRED if not words.get(name)]
    unknown = sorted(set(words) - _WORDS)
    if missing or unknown:
        zh, en = "、".join(missing or unknown), ", ".join(missing or unknown)
        said = ("缺少", "lacks") if missing else ("有不认识的键", "has the unknown words")
        raise correction_error(f"第{number}条{said[0]} {zh}", f"entry {number} {said[1]} {en}")
    for is_fault, zh, en in _faults(words):
        if is_fault:
            raise correction_error(f"第{number}条{zh}", f"entry {number}: {en}")


def _faults(words: Mapping[str, object]) -> Iterator[tuple[bool, str, str]]:
    """What may be wrong with the values of an entry: whether it is, and what to say of it in Chinese and English."""
    yield (
        words["action"] not in _ACTIONS or words["status"] not in _STATUSES,
        f"的 action 应为 {'、'.join(_ACTIONS)}，status 应为 {'、'.join(_STATUSES)}",
        f"action is one of {', '.join(_ACTIONS)}, status one of {', '.join(_STATUSES)}",
    )
    yield (
        "cell_id" not in words and not all(name in words for name in PLACE),
        f"应写 cell_id，或 {'、'.join(PLACE)}", f"cell_id, or {', '.join(PLACE)}",
    )  # fmt: skip
    yield (
        words["action"] == "override" and number_of(words.get("value")) is None,
        " override 的 value 应为数字", "the value of an override is a number",
    )  # fmt: skip


def number_of(value: object) -> Decimal | None:
    """A printed value as an exact number; None when it is no finite one."""
    try:
        number = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
