"""Brings a portal to what a plan says: compares first and writes only what differs, so a second run changes nothing.

The order makes every interruption harmless: a new dataset stays private and an old one keeps its version until all
files and tables are in place.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.portal.ckan import Portal, PortalError
from pipeline.portal.datastore import Json
from pipeline.portal.plan import Plan
from pipeline.portal.resources import VIEW, Say, Work, put_resource, put_view, text

_GUESSERS = ("datapusher", "datapusher_plus")


@dataclass(frozen=True)
class Target:
    """Where to: the organisation's and the dataset's names in addresses, the title of an organisation that is made, and
    whether a new dataset stays private.
    """

    organisation: str
    dataset: str
    title: str = ""
    private: bool = False


def publish(portal: Portal, plan: Plan, target: Target, say: Say) -> Work:
    """Do it. Raises PortalError; what was done until then stays and is found by the next run."""
    work = Work(say)
    extensions = _ask(portal, work)
    organisation = _organisation(portal, target, work)
    dataset = _dataset(portal, plan, target, organisation, work)
    held = {resource["id"]: resource for resource in dataset["resources"]}
    for item in plan.items:
        resource_id = item.resource_id(dataset["id"])
        put_resource(portal, item, dataset["id"], held.get(resource_id), work)
        if item.table and VIEW in extensions:
            put_view(portal, item, resource_id, work)
    _close(portal, plan, target, dataset["id"], work)
    work.address = f"{portal.url}/dataset/{dataset['name']}"
    return work


def _ask(portal: Portal, work: Work) -> set[str]:
    """What the portal can do. Raises PortalError when it cannot do what is needed or does not know the token."""
    extensions = set(portal.call("status_show").get("extensions", ()))
    if "datastore" not in extensions:
        raise PortalError(
            f"{portal.url}: 门户没有启用 DataStore，请管理员启用后重新运行 / the portal has no DataStore: have it "
            "enabled, then run again"
        )
    if portal.find("user_show", {}) is None:
        raise PortalError(
            f"{portal.url}: 门户不认识此令牌（可能已撤销或过期），请在门户的用户页新建一个 / the portal does not know "
            "the token (revoked or expired?): make a new one on your user page there"
        )
    if VIEW not in extensions:
        work.warnings.append(f"门户没有启用 {VIEW}，表格不能在线预览 / the portal lacks it: tables have no preview")
    for guesser in extensions.intersection(_GUESSERS):
        work.warnings.append(
            f"门户启用了 {guesser}，它会按猜测的类型重新载入 CSV；请管理员停用 / the portal runs it: it loads CSVs "
            "over the tables with guessed types, have it disabled"
        )
    return extensions


# --- organisation and dataset ----------------------------------------------------------------------------------------


def _organisation(portal: Portal, target: Target, work: Work) -> str:
    """Its identifier, found or created."""
    found = portal.find("organization_show", {"id": target.organisation, "include_datasets": False})
    if found is None:
        found = portal.call(
            "organization_create", {"name": target.organisation, "title": target.title or target.organisation}
        )
        work.did("机构 organisation", target.organisation)
    _alive(portal, found, "机构 organisation")
    return str(found["id"])


def _dataset(portal: Portal, plan: Plan, target: Target, organisation: str, work: Work) -> Json:
    found: Json | None = portal.find("package_show", {"id": target.dataset})
    if found is None:
        licence = {"license_id": _licence(portal, plan)}
        named = {"name": target.dataset, "owner_org": organisation, "private": True}
        found = portal.call("package_create", {**plan.told, **licence, **named})
        work.did("数据集 dataset", target.dataset)
    _alive(portal, found, "数据集 dataset")
    if found["owner_org"] != organisation:
        raise PortalError(
            f"{portal.url}: 数据集 {target.dataset} 属于另一机构，请改用 --org 或 --dataset / the dataset belongs to "
            f"another organisation, choose another --org or --dataset: {(found['organization'] or {}).get('name')}"
        )
    return found


def _alive(portal: Portal, found: Json, what: str) -> None:
    if found.get("state") == "deleted":
        raise PortalError(
            f"{portal.url}: {what} {found['name']} 已删除，请在门户上恢复或清除，或换一个名称 / is deleted there: "
            "restore or purge it on the portal, or choose another name"
        )


def _licence(portal: Portal, plan: Plan) -> str:
    """The portal's name for the licence: the first that it lists, or else the licence's own."""
    listed = {licence["id"] for licence in portal.call("license_list")}
    return next((name for name in plan.licences if name in listed), plan.licences[0])


# --- the end ---------------------------------------------------------------------------------------------------------


def _close(portal: Portal, plan: Plan, target: Target, dataset_id: str, work: Work) -> None:
    """Order of the resources, then title, version and the rest: what says that the release is in place comes last."""
    dataset: Json = portal.call("package_show", {"id": dataset_id})
    _arrange(portal, plan, dataset, work)
    wanted = {**plan.told, "license_id": _licence(portal, plan), "version": plan.version}
    wanted["tags"] = _with(dataset["tags"], plan.told["tags"], "name")
    wanted["extras"] = _with(dataset["extras"], plan.told["extras"], "key")
    differing = {name: value for name, value in wanted.items() if _plain(dataset.get(name)) != _plain(value)}
    if not dataset.get("version") and not target.private:
        differing["private"] = False
    if differing:
        portal.call("package_patch", {"id": dataset_id, **differing})
        work.did("数据集 dataset", f"{plan.version} ({', '.join(sorted(differing))})")


def _arrange(portal: Portal, plan: Plan, dataset: Json, work: Work) -> None:
    """The plan's order; then what is not of this release: older versions' zips, and what the portal's editors added."""
    ours = [item.resource_id(dataset["id"]) for item in plan.items]
    there = [resource["id"] for resource in dataset["resources"]]
    order = ours + [resource_id for resource_id in there if resource_id not in set(ours)]
    if order != there:
        portal.call("package_resource_reorder", {"id": dataset["id"], "order": order})
        work.did("顺序 order", dataset["name"])
    for resource in dataset["resources"]:
        file = resource.get("release_file", "")
        if resource["id"] not in ours and file and not file.endswith(".zip"):
            work.warnings.append(
                f"{file} 不在这一版中，仍在门户上，请自行删除 / not in this release, still there: delete it"
            )


def _with(held: list[Json], wanted: list[Json], key: str) -> list[Json]:
    """What we want, and what others added under other names."""
    ours = {one[key] for one in wanted}
    return wanted + [one for one in held if one[key] not in ours]


def _plain(value: object) -> object:
    """To compare what CKAN gives with what it was given: tags and extras have an order and details of their own."""
    if isinstance(value, list):
        return sorted((one.get("key", ""), one.get("value", ""), one.get("name", "")) for one in value)
    return text(value)
