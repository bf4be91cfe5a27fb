"""``solr_double.py PORT FILE``: a double of the search index, enough for an unmodified CKAN 2.12 to index and search.

Loopback only, standard library only; for tests. It answers what CKAN asks of Solr: its schema, updates as JSON,
deletions as XML, and searches in the part of Lucene's language that CKAN writes (fields, phrases, ranges, groups, AND,
OR, NOT). Words match anywhere in a text and there is no ranking. Documents are kept in FILE.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

Document = dict[str, Any]
Holds = Callable[[Document], bool]

SCHEMA = b'<schema name="ckan-2.12" version="1.6"/>'
SEARCHED = ("name", "title", "notes", "tags", "organization", "author", "res_name", "res_description", "res_format")
WORDS = {"title", "notes", "author", "res_name", "res_description", "text"}  # matched in part, the others whole
_TOKEN = re.compile(r'[()]|[+-](?=\S)|[A-Za-z_]\w*:|"(?:[^"\\]|\\.)*"|[\[{][^\]}]*[\]}]|[^\s()"]+')
_RANGE = re.compile(r"[\[{]\s*(\S+)\s+TO\s+(\S+)\s*[\]}]")


# --- queries ---------------------------------------------------------------------------------------------------------


def query(text: str) -> Holds:
    """Whether a document meets the query."""
    return _group(iter(_TOKEN.findall(text)), "text")


def _group(tokens: Iterator[str], field: str) -> Holds:
    """The clauses up to the closing bracket: all of them hold, or where OR stands between two, either."""
    either: list[list[Holds]] = [[]]
    negated, asked = False, field
    for token in tokens:
        if token == ")":
            break
        if token in ("NOT", "-"):
            negated = True
        elif token == "OR":
            either.append([])
        elif token.endswith(":") and len(token) > 1:
            asked = token[:-1]
        elif token not in ("AND", "+"):
            clause = _group(tokens, asked) if token == "(" else _term(asked, token)
            either[-1].append(_not(clause) if negated else clause)
            negated, asked = False, field
    return lambda document: any(all(clause(document) for clause in clauses) for clauses in either)


def _not(clause: Holds) -> Holds:
    return lambda document: not clause(document)


def _term(field: str, token: str) -> Holds:
    if token in ("*", "*:*"):
        return lambda document: field in ("text", "*") or bool(_values(document, field))
    if span := _RANGE.fullmatch(token):
        low, high = span.groups()
        return lambda document: any(
            (low == "*" or value >= low) and (high == "*" or value <= high) for value in _values(document, field)
        )
    wanted = re.sub(r"\\(.)", r"\1", token.strip('"'))
    if field in WORDS:
        return lambda document: any(wanted.lower() in value.lower() for value in _values(document, field))
    return lambda document: wanted in _values(document, field)


def _values(document: Document, field: str) -> list[str]:
    if field == "text":
        return [value for name in SEARCHED for value in _values(document, name)]
    held = document.get(field, [])
    values = held if isinstance(held, list) else [held]
    return [json.dumps(value) if isinstance(value, bool) else str(value) for value in values]


# --- the index -------------------------------------------------------------------------------------------------------


class Index:
    """The documents by their index_id, in a file."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        self._documents: dict[str, Document] = json.loads(path.read_text()) if path.exists() else {}

    def update(self, body: bytes, kind: str) -> None:
        """Adds what a JSON body lists; removes what an XML body's queries find."""
        with self._lock:
            if "json" in kind:
                for document in json.loads(body):
                    held = {name: value for name, value in document.items() if value is not None}
                    self._documents[document["index_id"]] = held
            elif body.strip():
                for found in [query(element.text or "") for element in ET.fromstring(body).iter("query")]:
                    self._documents = {key: one for key, one in self._documents.items() if not found(one)}
            self._path.write_text(json.dumps(self._documents))

    def select(self, asked: dict[str, list[str]]) -> dict[str, Any]:
        """Solr's answer to a search."""

        def first(name: str, otherwise: str) -> str:
            return asked.get(name, [otherwise])[0]

        conditions = [query(text) for text in [first("q", "*:*") or "*:*", *asked.get("fq", [])]]
        with self._lock:
            hits = [one for one in self._documents.values() if all(holds(one) for holds in conditions)]
        field, _, order = first("sort", "").split(",")[0].strip().partition(" ")
        hits.sort(key=lambda one: _values(one, field)[:1], reverse=order == "desc")
        start, rows = int(first("start", "0")), int(first("rows", "10"))
        counted = {name.strip('"'): _counts(hits, name.strip('"')) for name in asked.get("facet.field", [])}
        return {
            "responseHeader": {"status": 0, "QTime": 0},
            "response": {"numFound": len(hits), "start": start, "docs": hits[start : start + rows]},
            "facet_counts": {"facet_queries": {}, "facet_fields": counted, "facet_dates": {}, "facet_ranges": {}},
        }


def _counts(hits: list[Document], field: str) -> list[str | int]:
    """Solr's flat list: value, count, value, count."""
    found = Counter(value for one in hits for value in set(_values(one, field)))
    return [part for pair in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])) for part in pair]


# --- the server ------------------------------------------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    """CKAN's requests to Solr."""

    protocol_version = "HTTP/1.1"
    index: Index

    def do_GET(self) -> None:
        """Searches and the schema."""
        self._handle(b"")

    def do_POST(self) -> None:
        """Searches and updates."""
        self._handle(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _handle(self, body: bytes) -> None:
        address = urlsplit(self.path)
        what = address.path.rstrip("/").rpartition("/")[2]
        try:
            if what in ("schema", "file"):
                return self._answer(SCHEMA, "application/xml")
            if what == "select":
                asked = parse_qs(body.decode() or address.query, keep_blank_values=True)
                return self._answer(json.dumps(self.index.select(asked)).encode())
            if what == "update":
                self.index.update(body, self.headers.get("Content-Type", ""))
            self._answer(b'{"status": "OK", "responseHeader": {"status": 0}}')
        except (ValueError, KeyError, ET.ParseError) as error:
            self._answer(json.dumps({"error": {"msg": repr(error)}}).encode(), code=400)

    def _answer(self, body: bytes, kind: str = "application/json; charset=utf-8", code: int = 200) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


def main(port: int, path: Path) -> None:
    """Serves until it is stopped."""
    Handler.index = Index(path)
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
