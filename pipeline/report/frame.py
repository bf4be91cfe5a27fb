"""What the HTML pages share: their style, counts as cards, tables that stay readable when they are wide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.report.markup import Content, Html, document, tag

STYLE = """
:root { --ink: #1c2430; --soft: #5b6675; --line: #d9dee5; --ground: #f5f7f9; --card: #fff; --blue: #1d5fa8;
  --red: #b3261e; --red-soft: #fdecea; --amber: #8a5a00; --amber-soft: #fff4dc; --green: #1b6e3c; --green-soft: #e7f5ec; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1500px; padding: 24px 28px 60px; color: var(--ink); background: var(--ground);
  font: 15px/1.55 system-ui, "Segoe UI", "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 25px; line-height: 1.3; margin: 0 0 4px; } h2 { font-size: 19px; margin: 34px 0 8px; }
h2 small, h1 small { font-weight: 400; color: var(--soft); font-size: 0.75em; }
p { margin: 6px 0; max-width: 110ch; } .soft { color: var(--soft); } a { color: var(--blue); }
.cards { display: flex; flex-wrap: wrap; gap: 12px; margin: 18px 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 16px; min-width: 150px; }
.card b { display: block; font-size: 22px; line-height: 1.3; font-variant-numeric: tabular-nums; }
.card span { color: var(--soft); font-size: 13px; } .card.bad b { color: var(--red); } .card.good b { color: var(--green); }
.wide { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; background: #eef1f5; vertical-align: bottom; line-height: 1.25; }
th small { display: block; font-weight: 400; color: var(--soft); }
th, td { padding: 5px 10px; border-bottom: 1px solid var(--line); } tr:last-child td { border-bottom: 0; }
td { vertical-align: top; } .n { text-align: right; white-space: nowrap; }
td.bad { background: var(--red-soft); color: var(--red); font-weight: 600; }
td.key { min-width: 11em; } td.key small { display: block; color: var(--soft); }
.tag { display: inline-block; border-radius: 4px; padding: 1px 8px; font-size: 12.5px; margin-right: 8px;
  background: #e8ecf1; color: var(--soft); }
.tag.error { background: var(--red-soft); color: var(--red); } .tag.warning { background: var(--amber-soft); color: var(--amber); }
.finding { background: var(--card); border: 1px solid var(--line); border-left: 5px solid #9aa5b1; border-radius: 8px;
  padding: 12px 16px; margin: 12px 0; break-inside: avoid; overflow-wrap: anywhere; }
.finding.error { border-left-color: var(--red); } .finding.warning { border-left-color: #d99a1c; }
figure { margin: 10px 0 2px; } figure img { display: block; max-width: 100%; height: auto; border: 1px solid var(--line); }
figcaption { color: var(--soft); font-size: 12.5px; margin-top: 3px; }
code { font-size: 12.5px; } ul { margin: 6px 0; padding-left: 22px; } .right { color: var(--green); }
@media print { body { background: #fff; max-width: none; padding: 0; } .wide { overflow: visible; } }
"""


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
