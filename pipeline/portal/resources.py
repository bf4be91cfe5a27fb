"""One resource on the portal: its file, its table with the dictionary, its preview. Compared first, written if needed.

A table's mark (``datastore_loaded``) is taken away before the table is touched and set again when all its rows are in:
whatever is found without it is done anew.

A file is uploaded under a neutral format and gets its own only in the end, when its table stands. Otherwise xloader,
which many portals run, would load every CSV over its table with types of its own, and the workbook's first sheet too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.portal.ckan import Portal, PortalError
from pipeline.portal.datastore import Json, batches, fields, mark, row_count
from pipeline.portal.plan import Item
from pipeline.schema import Table

Say = Callable[[str], None]

MARK = "datastore_loaded"
LOADING = "{} (loading)"  # no loader's format
VIEW = "datatables_view"
VIEW_TITLE = "数据表 / Table"


@dataclass
class Work:
    """What was done, counted by kind, and what the reader should know."""

    say: Say
    done: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    address: str = ""

    def did(self, kind: str, what: str) -> None:
        """One change on the portal."""
        self.done[kind] = self.done.get(kind, 0) + 1
        self.say(f"{kind}: {what}")


def put_resource(portal: Portal, item: Item, dataset_id: str, held: Json | None, work: Work) -> None:
    """One file, and its table, as the item says. ``held`` is what the portal has of it. Raises PortalError."""
    if held is None or _other_file(held, item):
        held = _upload(portal, item, dataset_id, held, work)
    wanted = dict(item.told)
    if item.table:
        wanted[MARK] = mark(item.table, item.sha256)
        if held.get(MARK) != wanted[MARK] or not _table_stands(portal, item, item.table, held):
            held = _fill(portal, item, item.table, held, work)
    differing = {name: value for name, value in wanted.items() if text(held.get(name)) != value}
    if differing:
        portal.call("resource_patch", {"id": held["id"], **differing})
    if set(differing) - {MARK, "format"}:
        work.did("说明 metadata", item.name)


def text(value: object) -> str:
    """As the portal compares: nothing is an empty text, and a number its digits."""
    return "" if value is None else str(value)


def _other_file(held: Json, item: Item) -> bool:
    same = ("hash", "size", "release_file")
    return held.get("url_type") != "upload" or any(text(held.get(name)) != item.told[name] for name in same)


def _upload(portal: Portal, item: Item, dataset_id: str, held: Json | None, work: Work) -> Json:
    """File and description in one request: the portal has both or neither. A table that it makes stale goes first."""
    told = {**item.told, "format": LOADING.format(item.told["format"]), **({MARK: ""} if item.table else {})}
    if held is None:
        made = {**told, "package_id": dataset_id, "id": item.resource_id(dataset_id)}
        answer: Json = portal.call("resource_create", made, upload=item.path)
    else:
        _drop(portal, held["id"])
        answer = portal.call("resource_patch", {**told, "id": held["id"]}, upload=item.path)
    if text(answer.get("size")) != item.told["size"]:
        raise PortalError(
            f"{portal.url}: {item.name} 没有收全，请重新运行 / did not arrive whole, run again: "
            f"{answer.get('size')} ≠ {item.told['size']}"
        )
    work.did("文件 file", item.name)
    return answer


def _drop(portal: Portal, resource_id: str) -> None:
    if portal.find("datastore_info", {"id": resource_id}) is not None:
        portal.call("datastore_delete", {"resource_id": resource_id, "force": True})


def _table_stands(portal: Portal, item: Item, table: Table, held: Json) -> bool:
    """Whether a table that was once filled to the end still has its columns, dictionary and rows."""
    info = portal.find("datastore_info", {"id": held["id"]})
    if info is None or _count(info) != row_count(item.rows):
        return False
    return [_described(one) for one in info["fields"]] == [_described(one) for one in fields(table)]


def _described(column: Json) -> tuple[str, ...]:
    info = column.get("info") or {}
    return (column["id"], column["type"], info.get("label", ""), info.get("notes", ""))


def _fill(portal: Portal, item: Item, table: Table, held: Json, work: Work) -> Json:
    """The table anew, from nothing; returns the resource without the mark, which is the last thing to be set."""
    there = {"resource_id": held["id"], "force": True}
    if held.get(MARK):
        portal.call("resource_patch", {"id": held["id"], MARK: ""})
    _drop(portal, held["id"])
    portal.call("datastore_create", {**there, "fields": fields(table), "primary_key": list(table.key)})
    for records in batches(table, item.rows):
        insert = {"method": "insert", "records": records, "calculate_record_count": False}
        portal.call("datastore_upsert", {**there, **insert})
    rows, count = row_count(item.rows), _count(portal.call("datastore_info", {"id": held["id"]}))
    if count != rows:
        raise PortalError(
            f"{portal.url}: 表 {table.name} 应有 {rows:,} 行，门户有 {count} 行，请重新运行 / rows are missing or too "
            "many, run again"
        )
    work.did("数据表 table", f"{table.name}, {rows:,} 行 rows")
    return {**held, MARK: ""}


def _count(info: Json) -> int:
    return int(info["meta"]["count"])


def put_view(portal: Portal, item: Item, resource_id: str, work: Work) -> None:
    """The table's preview, unless it has one. Raises PortalError."""
    views = portal.call("resource_view_list", {"id": resource_id})
    if not any(view["view_type"] == VIEW for view in views):
        portal.call("resource_view_create", {"resource_id": resource_id, "title": VIEW_TITLE, "view_type": VIEW})
        work.did("预览 view", item.name)
