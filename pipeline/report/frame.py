"""What the HTML pages share: their style, counts as cards, tables that stay readable when they are wide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.report.markup import Content, Html, document, tag

STYLE = Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def whole_page(title: str, *body: Content) -> str:
    """A page in the house's style."""
    return document(title, STYLE, *body)


def heading(zh: str, en: str, level: str = "h2", id_: str | None = None) -> Html:
    """A heading in both languages."""
    return tag(level, f"{zh} ", tag("small", en), id=id_)


def card(value: str, label: str, is_good: bool | None = None) -> Html:
    """One count with its label, green when good, red when bad, plain when neither."""
    mood = "" if is_good is None else " good" if is_good else " bad"
    return tag("div", tag("b", value), tag("span", label), class_=f"card{mood}")


def cards(*each: Html) -> Html:
    """Cards in a row."""
    return tag("div", *each, class_="cards")


def table(heads: Sequence[tuple[str, str]], rows: Iterable[Sequence[Html]], numeric_from: int = 1) -> Html:
    """A table under headings (zh, en); columns from ``numeric_from`` on are set to the right."""
    marks = ["n" if number >= numeric_from else None for number in range(len(heads))]
    head = tag(
        "tr", [tag("th", zh, tag("small", en), class_=mark) for (zh, en), mark in zip(heads, marks, strict=True)]
    )
    return tag("div", tag("table", tag("thead", head), tag("tbody", [tag("tr", row) for row in rows])), class_="wide")


def cell(*content: Content) -> Html:
    """A cell of text."""
    return tag("td", *content)


def number(text: str, is_bad: bool = False) -> Html:
    """A cell of a number."""
    return tag("td", text, class_="n bad" if is_bad else "n")
