"""A CKAN in the test's own process, as far as publishing needs it, over real HTTP; with faults on demand.

It keeps to what CKAN 2.12 was seen to do: an unknown token makes a caller anonymous, ``size`` counts the bytes that
arrived, a file that arrives as CSV or XLSX is loaded into the DataStore by xloader.
"""

from __future__ import annotations

import json
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "the-token"
WRITES = ("_create", "_patch", "_delete", "_upsert", "_reorder")
Json = dict[str, Any]


class Refusal(Exception):
    """An error as CKAN answers it: HTTP status and its own kind of error."""

    def __init__(self, status: int, kind: str, **more: object) -> None:
        self.status, self.body = status, {"__type": kind, "message": kind, **more}


@dataclass
class Fault:
    """Strikes at the ``nth`` call of ``action``: drops the connection before or after it is done, or answers."""

    action: str
    how: str  # "drop before", "drop after", or the body of an answer
    status: int = 0
    nth: int = 1


@dataclass
class FakeCkan:
    """The portal's memory, and every call that changed it (``writes``)."""

    extensions: list[str] = field(default_factory=lambda: ["datastore", "datatables_view", "xloader"])
    organisations: dict[str, Json] = field(default_factory=dict)
    datasets: dict[str, Json] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    tables: dict[str, Json] = field(default_factory=dict)
    views: list[Json] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    fault: Fault | None = None
    rights: bool = True
    url: str = ""

    def act(self, action: str, data: Json, upload: bytes | None, token: str) -> Any:
        """Does one action. Raises Refusal."""
        known = token == TOKEN
        if action == "user_show":
            return {"name": "editor"} if known else self._missing()
        if action.endswith(WRITES):
            if not known or not self.rights:
                raise Refusal(403, "Authorization Error")
            self.writes.append(action)
        doing: Callable[..., Any] = getattr(self, f"_{action}")
        return doing(data, upload) if upload is not None else doing(data)

    def resources(self) -> dict[str, Json]:
        """The resources of the one dataset, by the file of the release."""
        (dataset,) = self.datasets.values()
        return {resource["release_file"]: resource for resource in dataset["resources"]}

    def _missing(self) -> Any:
        raise Refusal(404, "Not Found Error")

    # --- actions ---

    def _status_show(self, data: Json) -> Json:
        return {"ckan_version": "2.12.0", "extensions": self.extensions}

    def _license_list(self, data: Json) -> list[Json]:
        return [{"id": "notspecified"}, {"id": "cc-by"}]

    def _organization_show(self, data: Json) -> Json:
        return self.organisations.get(data["id"]) or self._missing()

    def _organization_create(self, data: Json) -> Json:
        made = {"id": f"org-{data['name']}", "state": "active", **data}
        self.organisations[data["name"]] = made
        return made

    def _package_show(self, data: Json) -> Json:
        found = [one for one in self.datasets.values() if data["id"] in (one["id"], one["name"])]
        return json.loads(json.dumps(found[0])) if found else self._missing()

    def _package_create(self, data: Json) -> Json:
        if data["name"] in self.datasets:
            raise Refusal(409, "Validation Error", name=["That URL is already in use."])
        made = {
            "id": str(uuid.uuid4()),
            "state": "active",
            "version": "",
            "resources": [],
            "organization": None,
            **data,
        }
        self.datasets[data["name"]] = made
        return made

    def _package_patch(self, data: Json) -> Json:
        (found,) = [one for one in self.datasets.values() if one["id"] == data["id"]]
        found.update(data)
        return found

    def _package_resource_reorder(self, data: Json) -> Json:
        (found,) = [one for one in self.datasets.values() if one["id"] == data["id"]]
        found["resources"].sort(key=lambda resource: data["order"].index(resource["id"]))
        return found

    def _resource_create(self, data: Json, upload: bytes) -> Json:
        (dataset,) = [one for one in self.datasets.values() if one["id"] == data["package_id"]]
        assert data["id"] not in [resource["id"] for resource in dataset["resources"]], (
            "CKAN: Resource id already exists"
        )
        dataset["resources"].append({"id": data["id"]})
        return self._resource_patch(data, upload)

    def _resource_patch(self, data: Json, upload: bytes | None = None) -> Json:
        every = [resource for dataset in self.datasets.values() for resource in dataset["resources"]]
        (found,) = [resource for resource in every if resource["id"] == data["id"]]
        found.update(data)
        if upload is not None:
            assert data["format"] not in ("CSV", "XLSX"), "xloader would load the file over the table"
            self.files[data["id"]] = upload
            found.update(size=len(upload), url_type="upload")
        return found

    def _resource_view_list(self, data: Json) -> list[Json]:
        return [view for view in self.views if view["resource_id"] == data["id"]]

    def _resource_view_create(self, data: Json) -> Json:
        self.views.append(data)
        return data

    def _datastore_create(self, data: Json) -> Json:
        self.tables[data["resource_id"]] = {**data, "records": []}
        return data

    def _datastore_upsert(self, data: Json) -> Json:
        self.tables[data["resource_id"]]["records"].extend(data["records"])
        return {}

    def _datastore_delete(self, data: Json) -> Json:
        return self.tables.pop(data["resource_id"])

    def _datastore_info(self, data: Json) -> Json:
        table = self.tables.get(data["id"]) or self._missing()
        return {"meta": {"count": len(table["records"])}, "fields": table["fields"]}


# --- over HTTP -------------------------------------------------------------------------------------------------------


@contextmanager
def serving(ckan: FakeCkan) -> Iterator[FakeCkan]:
    """The portal on a free port of loopback; ``ckan.url`` is its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version, wbufsize, disable_nagle_algorithm = "HTTP/1.1", 1 << 16, True

        def do_POST(self) -> None:
            action = self.path.rpartition("/")[2]
            data, upload = _read(self)
            if fault := _strikes(ckan, action):
                if fault.how == "drop after":
                    ckan.act(action, data, upload, self.headers.get("Authorization", ""))
                if fault.how.startswith("drop"):
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                _answer(self, fault.status, fault.how.encode())
                return
            try:
                result = ckan.act(action, data, upload, self.headers.get("Authorization", ""))
                _answer(self, 200, json.dumps({"success": True, "result": result}).encode())
            except Refusal as refusal:
                _answer(self, refusal.status, json.dumps({"success": False, "error": refusal.body}).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    ckan.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield ckan
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _strikes(ckan: FakeCkan, action: str) -> Fault | None:
    fault = ckan.fault
    if fault is None or fault.action != action:
        return None
    fault.nth -= 1
    if fault.nth:
        return None
    ckan.fault = None
    return fault


def _read(handler: BaseHTTPRequestHandler) -> tuple[Json, bytes | None]:
    body = handler.rfile.read(int(handler.headers["Content-Length"]))
    kind = handler.headers["Content-Type"]
    if kind == "application/json":
        return json.loads(body), None
    message = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    parts = {part.get_param("name", header="content-disposition"): part for part in message.get_payload()}
    upload = parts.pop("upload").get_payload(decode=True)
    return {str(name): part.get_payload(decode=True).decode() for name, part in parts.items()}, upload


def _answer(handler: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
