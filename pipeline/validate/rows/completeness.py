"""The disclosure's own completeness as the selectors see it (财预〔2016〕143号 and its successors): derived tables.

required      the tables that the rule asks of a document of its type, from identities.yaml: ``noted`` where a note
              stands that says of itself that its table is empty (故本表无数据), so that the table is there
entries       the entries of the contents page: ``found`` in the body, ``missing`` there though not called empty,
              ``same_title`` as there, ``is_asked`` for there (not an entry without a number among sections with
              numbers, nor one that only heads tables), ``other_number`` than the caption of its table,
              ``has_money`` in its table
rule_tables   the printed tables of the rule: ``in_contents``, ``said_empty`` (beside the table, in the text or on
              the contents page)
denials       what the text says there is none of: ``has_money`` where its table prints an amount all the same
names         the department's name over each table: ``other_name`` than most tables bear
years         years in headings: ``other_year`` than the document's
captions, numbers  see ``captions``
listed        names that the text lists as parts of personnel or operating expenses, and those of the table
              (``is_text``): ``key`` puts them side by side
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import zip_longest

from pipeline.validate.identities import Identities
from pipeline.validate.rows.captions import caption_tables
from pipeline.validate.rows.model import Lines, Record, Tables
from pipeline.validate.rows.vocabulary import caption_number, role_of, squeezed

_ATTACHED = ("other", "department_performance", "project_performance")
_MARKS = re.compile(r"[\s“”\"‘’'《》〈〉、，,。.：:（）()\[\]【】〔〕-]+")
_REMARK = re.compile(r"[（(][^（）()]*[）)]$")
_KINDS = ("单位", "部门", "本单位", "本部门")  # what a title says in place of whose it is
_ITEM_DIGITS = 5
_SHORTEST = 4  # of a name, to be a part of another
_THIS_PERIOD = ("budget", "final")
_MONEY = ("nonzero", "period")  # columns that say whether a line is money of this period


def completeness_tables(tables: Tables, lines: Lines, identities: Identities) -> dict[str, Sequence[Record]]:
    """The derived tables of one document."""
    document = tables["documents"][0] if tables.get("documents") else {}
    required = identities.required_tables.get(str(document.get("document_type")), {})
    said, names = tables.get("statements", ()), tables.get("name_lists", ())
    printed = [row for row in tables.get("source_tables", ()) if row["table_id"] not in _ATTACHED]
    entries = list(_entries(tables, lines, identities.wording["heads_tables"]))
    tabled = list(_tabled(lines.of_kind("basic_expenditure")))
    return {
        "required": list(_required(required, said, identities.wording["of_this_table"])),
        "entries": entries,
        "rule_tables": list(_rule_tables(printed, entries, said)),
        **caption_tables(printed, entries),
        "denials": list(_denials(said, printed, lines)),
        "names": list(_names(said)),
        "years": list(_years(said, document)),
        "listed": [*_listed(names, identities.list_parts, {str(row["name"]) for row in tabled}), *tabled],
    }


def _required(required: Mapping[str, str], said: Sequence[Record], of_this_table: re.Pattern[str]) -> Iterator[Record]:
    noted = {row["table_id"] for row in said if row["kind"] == "none" and of_this_table.search(str(row["text"]))}
    for name, title in required.items():
        yield {"table_id": name, "printed_title": title, "noted": name in noted}


def comparable(title: object) -> str:
    """A title without white space and marks, of one width: what differs then differs in its words."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", str(title or ""))).replace("年度", "年")


def _entries(tables: Tables, lines: Lines, heads_tables: re.Pattern[str]) -> Iterator[Record]:
    captions = {row["table_no"]: row["caption_number"] for row in tables.get("source_tables", ())}
    money = _with_money(lines, "table_no")
    publisher = comparable(tables["documents"][0]["publisher"]) if tables.get("documents") else ""
    listed = tables.get("contents", ())
    numbered = any(row["number"] and row["kind"] == "section" for row in listed)
    for row, following in zip_longest(listed, listed[1:]):
        number = caption_number(row["number"])
        caption = _whole(captions.get(row["table_no"]))
        yield {
            **row,
            "item": _in_words(row),
            "found": row["body_title"] is not None,
            "missing": row["body_title"] is None and not row["said_empty"],
            "has_money": row["table_no"] in money,
            "same_title": _same_title(row, publisher),
            "is_asked": bool(row["number"] or not numbered)
            and not (following and following["kind"] == "table")
            and not heads_tables.fullmatch(squeezed(row["title"])),
            "has_numbers": number is not None and caption is not None,
            "other_number": number is not None and caption is not None and number != caption,
            **_entry_notes(row, number, caption),
            "cell_ids": [],
        }


def _in_words(row: Record) -> str:
    """An entry as a person writes it: 表2 2021年收入总表 is not read 表22021年收入总表, 一、收入总表 stays together."""
    number, title = str(row["number"] or ""), str(row["title"])
    return f"{number} {title}" if number[-1:].isdigit() and title[:1].isdigit() else number + title


def _with_money(lines: Lines, column: str) -> set[object]:
    """What stands in the column where a line has money of this period."""
    return {value for value, *told in lines.told(column, *_MONEY) if _is_money(*told)}


def _is_money(nonzero: object, period: object) -> bool:
    return bool(nonzero) and period in _THIS_PERIOD


def _entry_notes(row: Record, number: int | None, caption: int | None) -> Record:
    """What a finding says of an entry: what the body prints instead, if anything."""
    if row["body_title"] is None:
        return {}
    if number is not None and caption is not None and number != caption:
        return {"note_zh": f"表上印的是第{caption}号", "note_en": f"the table bears the number {caption}"}
    return {
        "note_zh": f"正文第{row['body_page']}页印的是“{row['body_title']}”",
        "note_en": f"page {row['body_page']} of the body prints “{row['body_title']}”",
    }


def _same_title(row: Record, publisher: str) -> bool | None:
    """Whether the body prints the entry's title; None when it was not found.

    A number before it is none of it, nor is a remark in brackets behind it, nor what the body puts into it: a year, the
    department's name. Behind a number only the name is put.
    """
    if row["body_title"] is None:
        return None
    printed = str(row["body_title"]).strip()
    texts = (printed, printed.removeprefix(str(row["number"] or "")), str(row["title"]).strip())
    body, bare, title = (comparable(_REMARK.sub("", text)) for text in texts)
    cuts = range(len(title) + 1)
    named = [f"{title[:cut]}{publisher}{title[cut:]}" for cut in cuts if publisher]
    named += [f"{publisher}{title.removeprefix(kind)}" for kind in _KINDS if publisher and title.startswith(kind)]
    return any(body.startswith(title[:cut]) and body.endswith(title[cut:]) for cut in cuts) or bare in (title, *named)


def _rule_tables(printed: Sequence[Record], entries: Sequence[Record], said: Sequence[Record]) -> Iterator[Record]:
    listed = {entry["table_no"] for entry in entries}
    noted = {row["table_no"] for row in said if row["kind"] == "empty_table"}
    noted |= {entry["table_no"] for entry in entries if entry["said_empty"]}
    denied = {row["table_id"] for row in said if row["kind"] in ("none", "zero")}
    for row in printed:
        said_empty = row["table_no"] in noted or row["table_id"] in denied
        yield {
            **row,
            "page": row["first_page"],
            "in_contents": row["table_no"] in listed if listed - {None} else None,
            "said_empty": said_empty,
        }


def _denials(said: Sequence[Record], printed: Sequence[Record], lines: Lines) -> Iterator[Record]:
    """What is denied: by a note beside a table of its kind for that table, else for all the document's.

    Of whom the text of a file with several disclosures speaks is not told: it is gainsaid where all of them print some.
    """
    money = {(kind, number) for kind, number, *told in lines.told("table_id", "table_no", *_MONEY) if _is_money(*told)}
    several = sum(row["table_id"] == "budget_summary" for row in printed) > 1
    for row in said:
        if row["kind"] == "none":
            kind = row["table_id"]
            tables = [each for each in printed if each["table_id"] == kind]
            beside = {each["table_no"] for each in tables if _is_beside(each, row)}
            paying = {number for other, number in money if other == kind}
            among = beside or {each["table_no"] for each in tables} | paying
            yield {
                **row,
                "item": row["text"],
                "has_money": bool(among & paying) and (among <= paying or not several or bool(beside)),
                "known": bool(lines.of_kind(str(kind))),
            }


def _is_beside(table: Record, row: Record) -> bool:
    first, page, last = (int(str(number)) for number in (table["first_page"], row["page"], table["last_page"]))
    return first <= page <= last


def _names(said: Sequence[Record]) -> Iterator[Record]:
    rows = [row for row in said if row["kind"] == "publisher"]
    counted = Counter(comparable(row["text"]) for row in rows)
    usual = counted.most_common(1)[0][0] if counted else ""
    summed = {comparable(row["text"]) for row in rows if row["table_id"] == "budget_summary"}
    own = {usual} | {name for name in summed if counted[name] > 1}  # one file may hold the tables of several units
    for row in rows:
        yield {
            **row,
            "item": row["text"],
            # the edge of a cell may cut its end
            "other_name": not any(name.startswith(comparable(row["text"])) for name in own),
            "note_zh": f"多数表印的是“{usual}”",
            "note_en": f"most tables print “{usual}”",
        }


def _years(said: Sequence[Record], document: Record) -> Iterator[Record]:
    for row in said:
        if row["kind"] == "year" and document.get("fiscal_year") is not None:
            yield {**row, "item": row["text"], "other_year": str(row["subject"]) != str(document["fiscal_year"])}


def _listed(names: Sequence[Record], parts: Mapping[str, re.Pattern[str]], known: Collection[str]) -> Iterator[Record]:
    """Names of the text; one that its list's last words were cut from is the table's that begins with it, and one that
    is a part of a longer name is said of that (社会保障缴费 of 其他社会保障缴费)."""
    for row in names:
        part = role_of(row["subject"], parts)
        if part:
            name = squeezed(row["name"])
            longer = [each for each in known if each.startswith(name)]
            within = sorted(each for each in known if len(name) >= _SHORTEST and name in each)
            name = longer[0] if len(longer) == 1 else within[0] if within and name not in known else name
            yield {**row, "is_text": True, "key": (part, name), "name": name, "item": row["name"]}


def _tabled(printed: Sequence[Record]) -> Iterator[Record]:
    """The items with a figure in the basic expenditure table, be it 0.00, each once; without a type it may be either
    part. ``printed`` are the lines of that table."""
    seen: set[tuple[object, str]] = set()
    prints_parts = any(row["expenditure_type"] in _PARTS for row in printed)
    for row in printed:
        if len(str(row["economic"] or "")) != _ITEM_DIGITS:
            continue
        name = squeezed(row["economic_name"] or row["government_economic_name"])
        parts = (row["expenditure_type"],) if row["expenditure_type"] in _PARTS else _PARTS
        whole = row["expenditure_type"] not in _PARTS and prints_parts
        for part in () if whole else parts:
            if (part, name) not in seen:
                seen.add((part, name))
                yield {**row, "is_text": False, "key": (part, name), "name": name}


_PARTS = ("personnel", "operating")


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
