"""The detection power of a built dataset, for people and as JSON.

``python -m pipeline.validate DIR [--json FILE] [--sample N]`` prints it for every document (``make bench-detection``).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pyarrow.compute as pc

from pipeline.schema import CHECKS, FACT_TABLES, FINDINGS
from pipeline.tables import Dataset, OtherVersionError, read_dataset
from pipeline.validate.detection import CODED, GROUPS, DetectionPower, detection_power, together


def of_dataset(folder: Path, sample: int | None = None) -> dict[str, DetectionPower]:
    """The detection power of every document with figures in a built dataset's folder, by document_id.

    Raises FileNotFoundError where the folder holds no built dataset.
    """
    dataset = read_dataset(folder, [table for table in FACT_TABLES if table is not CHECKS])
    dataset[FINDINGS.name] = dataset[FINDINGS.name].filter(pc.is_null(dataset[FINDINGS.name]["check_id"]))
    return {name: detection_power(one, sample) for name, one in _documents(dataset) if one["budget_lines"].num_rows}


def _documents(dataset: Dataset) -> Iterator[tuple[str, Dataset]]:
    for name in dataset["documents"]["document_id"].to_pylist():
        yield (
            name,
            {
                table: rows.filter(pc.equal(rows["document_id"], name)) if "document_id" in rows.column_names else rows
                for table, rows in dataset.items()
            },
        )


def as_json(power: DetectionPower) -> dict[str, object]:
    """The power as plain values: changes by place of the digit (1: the last one printed), shares to four places."""
    places = {str(place): _place(power.tried[place], power.noticed[place]) for place in power.tried}
    told: dict[str, object] = {
        "figures": power.figures,
        "unbound": power.unbound,
        "share": f"{power.share:.4f}",
        "share_last_digit": f"{power.share_last:.4f}",
        "share_above": f"{power.share_above:.4f}",
        "by_place": places,
    }
    return {**told, "groups": {name: as_json(each) for name, each in power.groups.items()}} if power.groups else told


def _place(tried: int, noticed: int) -> dict[str, object]:
    return {"tried": tried, "noticed": noticed, "share": f"{Decimal(noticed) / tried:.4f}"}


def as_text(powers: Mapping[str, DetectionPower]) -> str:
    """A table for people: one line a document, its coded tables apart; then all together by group and place."""
    whole = together(powers.values())
    lines = ["单个数字改动的发现率 / single-digit changes noticed", f"  {_HEADS}"]
    lines += [f"  {_shares(power)}  {name}" for name, power in {**powers, "全部 all": whole}.items()]
    lines.append("按表 / by kind of table: 全部 all, 末位 last digit, 末位以上 above it")
    lines += [f"  {_by_digit(each)}  {_counts(each)}  {GROUPS[name]}" for name, each in whole.groups.items()]
    lines.append(f"  {_by_digit(whole)}  {_counts(whole)}  全部 all")
    lines.append("按数位（1 为印出的末位）/ by place (1: the last one printed)")
    for place, tried in whole.tried.items():
        noticed = whole.noticed[place]
        lines.append(f"  {place:>3}  {Decimal(noticed) / tried:8.2%}  {noticed:,} / {tried:,}")
    return "\n".join(lines)


_HEADS = "全部 all  编码表 coded tables: all, last digit, above"


def _shares(power: DetectionPower) -> str:
    coded = power.groups.get(CODED)
    return f"{power.share:8.2%}  {_by_digit(coded) if coded else '-':>28}  {_counts(power)}"


def _by_digit(power: DetectionPower) -> str:
    return f"{power.share:8.2%}  {power.share_last:8.2%}  {power.share_above:8.2%}"


def _counts(power: DetectionPower) -> str:
    return f"数字 figures {power.figures:>6,}  无约束 unbound {power.unbound:>5,}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the detection power of a built dataset. Exit 0; 2 where the folder holds none."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.validate", description=__doc__)
    parser.add_argument("folder", type=Path, help="已构建的数据集 / folder of a built dataset")
    parser.add_argument("--json", type=Path, help="同时写成 JSON / write it as JSON too")
    parser.add_argument("--sample", type=int, help="每份文件只取这么多数字 / that many figures of a document")
    said = parser.parse_args(arguments)
    try:
        powers = of_dataset(said.folder, said.sample)
    except (FileNotFoundError, OtherVersionError) as error:
        print(f"没有已构建的数据集 / no built dataset: {error}", file=sys.stderr)
        return 2
    print(as_text(powers))
    if said.json:
        documents = {name: as_json(power) for name, power in powers.items()}
        whole = {"all": as_json(together(powers.values())), "documents": documents}
        said.json.parent.mkdir(parents=True, exist_ok=True)
        said.json.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0
