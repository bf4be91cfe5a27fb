"""HTML that cannot be written unescaped: text becomes markup only through ``tag``, which escapes it.

The pages are one file each. They carry their style, their pictures are data URIs, and a content security policy forbids
the browser any request: what is printed in a disclosure can neither run nor call home.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

_VOID = frozenset({"img", "meta", "br"})
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Html:
    """Text that is markup already."""

    text: str


Content = Html | str | int | None | Iterable["Content"]


def tag(element: str, /, *content: Content, **attributes: str | int | None) -> Html:
    """An element. Text in it is escaped, None is nothing, iterables are their parts one after the other.

    An attribute's trailing underscore goes (``class_``), inner ones become hyphens; one that is None is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    opening = f"<{element}{written}>"
    return Html(opening if element in _VOID else f"{opening}{join(*content).text}</{element}>")


def join(*content: Content) -> Html:
    """The parts one after the other, without an element around them."""
    return Html("".join(map(_text, content)))


def _text(part: Content) -> str:
    if part is None:
        return ""
    if isinstance(part, Html):
        return part.text
    if isinstance(part, str | int):
        return escape(f"{part:,}" if isinstance(part, int) else part, quote=True)
    return join(*part).text


def document(title: str, style: str, *body: Content) -> str:
    """A whole page, Chinese first; ``style`` is CSS of our own, not a reader's text."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Html(style)),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', *body), lang='zh').text}\n"
