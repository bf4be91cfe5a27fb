"""Years that the text gives this year's money, as the selectors see them: derived tables of its sentences.

years_said   an amount of the text that restates this year's figure, in a clause that begins with a year:
             ``contradicts`` where that is another year
years_told   a sentence, heading or denial that begins with a year and speaks of what that year's document is about
             (预算, 安排 … of a budget), and of nothing past: ``contradicts`` where it is another year
years_again  a clause that gives a reason and is printed more than once, word by word but for its years:
             ``contradicts`` where one has another year than the others, which have the document's
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.validate.rows.model import Lines, Record, Tables
from pipeline.validate.rows.vocabulary import squeezed

_TELLING = 5  # digits
_LONG = 10  # letters that tell which sentence it is
_SENTENCE_ENDS = re.compile("[。；;]")
_CLAUSE_ENDS = re.compile(r"[，；;。：:]|,(?!\d)|(?<!\d),")  # no comma within a number
_CODE = re.compile(r"[（(]\d{3,7}[）)]")  # of a subject
_YEAR_ALONE = re.compile("20\\d\\d年度?")
_DENIALS = ("none", "zero")
_ANY_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
_AMOUNT = re.compile(r"(?<![\d.,])\d[\d,]*\.\d+(?=万元|亿元|元)")
_LONG_REASON, _LONG_TWICE = 15, 20  # letters, the years as one each

Words = Mapping[str, re.Pattern[str]]
Told = tuple[tuple[str, ...], str, Record]
"""The years of a clause, the clause, and the figure that its sentence begins with."""


def said_row(row: Record, item: str, *, contradicts: bool, **more: object) -> Record:
    """One thing that the text says, as checks that only look at it take it: where it stands, and what it is."""
    return {
        "document_id": row["document_id"], "page": row["page"], "item": item, "cell_ids": [],
        "figure_no": row.get("figure_no"),
        "contradicts": contradicts, **more,
    }  # fmt: skip


def amounts_with_years(
    tables: Tables, lines: Lines, document: Record, words: Mapping[str, re.Pattern[str]]
) -> Iterator[Record]:
    """Only amounts of so many digits that no other figure is like them."""
    year = str(document.get("fiscal_year") or "")
    period = "final" if document.get("document_type") == "final_accounts" else "budget"
    for row in tables.get("narrative_figures", ()):
        printed = squeezed(row["value_printed"]).replace(",", "")
        line = lines.by_cell.get(row["restates_cell_id"])
        if not year or line is None or line["period"] != period or len(printed.replace(".", "")) < _TELLING:
            continue
        for clause in _CLAUSE_ENDS.split(squeezed(row["sentence"])):
            begins = words["clause_year"].match(clause)
            if begins and printed in clause.replace(",", ""):
                notes = {"note_zh": f"该数是{year}年的数", "note_en": f"the figure is that of {year}"}
                yield said_row(row, clause, contradicts=begins["year"] != year, **notes)


def sentences_with_years(
    tables: Tables, document: Record, words: Words, told: Collection[str] = ()
) -> Iterator[Record]:
    """Each once. A sentence that opens a clause with this year too compares the two, unless with last year by name.

    ``told`` are clauses that were found to bear a wrong year by their amounts. Headings that are judged as such
    (statements of a year) are none.
    """
    year, kind = str(document.get("fiscal_year") or ""), str(document.get("document_type") or "")
    about, past = words.get(f"about_{kind}"), words.get(f"past_{kind}")
    if not year or about is None or past is None:
        return
    seen: set[str] = {str(row["text"]) for row in tables.get("statements", ()) if row["kind"] == "year"}
    for text, whole, row in _pieces(tables, words["tells_change"]):
        head = words["year_head"].match(text) if text not in seen else None
        seen.add(text)
        if head is None:
            continue
        clauses = [clause for clause in _CLAUSE_ENDS.split(head["rest"]) if clause.removeprefix("度")]
        own = head["year"] == year
        if not own and any(clause in text for clause in told):
            continue
        if not clauses or past.search(clauses[0]):
            continue
        if not about.search(clauses[0]) and not words["about_change"].search(clauses[0]):
            continue
        with_itself = any(each["year"] == head["year"] for each in words["compared"].finditer(text))
        if own or with_itself or not _opens(whole, text, year) or words["against_last_year"].search(clauses[0]):
            notes = {"note_zh": f"文件本身为{year}年度", "note_en": f"the document is that of {year}"}
            yield said_row(row, _shown(text), contradicts=not own, **notes)


def _pieces(tables: Tables, tells_change: re.Pattern[str]) -> Iterator[tuple[str, str, Record]]:
    """Sentences, and the clauses in them that begin with a year; headings; what is said to be none: with the whole.

    To a sentence that tells no change the next one of its section belongs: it may give this year's amount beside it.
    """
    firsts = {(row["section"], row["sentence"]): row for row in reversed(tables.get("narrative_figures", ()))}
    end: Record = {"section": None, "sentence": ""}
    said: list[Record] = [*reversed(firsts.values()), end]
    sections: set[object] = set()
    for row, following in pairwise(said):
        if row["section"] not in sections:
            yield from ((squeezed(heading), "", row) for heading in str(row["section"] or "").split("/"))
        sections.add(row["section"])
        whole = squeezed(row["sentence"])
        if row["section"] == following["section"] and not tells_change.search(whole):
            whole = f"{whole}。{squeezed(following['sentence'])}"
        for text in _SENTENCE_ENDS.split(_CODE.sub("", squeezed(row["sentence"]))):
            yield text, whole, row
            for clause, behind in pairwise([*_CLAUSE_ENDS.split(text)[1:], ""]):
                yield (f"{clause}，{behind}" if _YEAR_ALONE.fullmatch(clause) else clause), whole, row
    for row in tables.get("statements", ()):
        if row["kind"] in _DENIALS:
            yield squeezed(row["text"]), "", row


def _opens(whole: str, text: str, year: str) -> bool:
    """Whether a clause of the whole begins with the year, and does not tell of it a long amount that ``text`` has."""
    said = _long_amounts(text)
    opening = (clause for clause in _CLAUSE_ENDS.split(whole) if clause.startswith(year))
    return any(said.isdisjoint(_long_amounts(clause)) for clause in opening)


def _long_amounts(text: str) -> set[str]:
    """The amounts of so many digits that no two years have one of them by chance."""
    return {each for each in _AMOUNT.findall(text) if len(re.sub("[,.]", "", each).strip("0")) >= _TELLING}


def clauses_again(tables: Tables, document: Record, tells_reason: re.Pattern[str]) -> Iterator[Record]:
    """Of all sentences with figures. A short reason may well be that of two years; one that is told but twice has to be
    long indeed."""
    own = str(document.get("fiscal_year") or "")
    seen: dict[tuple[object, object], list[Record]] = defaultdict(list)
    for row in tables.get("narrative_figures", ()) if own else ():
        seen[row["section"], row["sentence"]].append(row)
    alike: dict[str, list[Told]] = defaultdict(list)
    for rows in seen.values():
        text = squeezed(rows[0]["sentence"])
        for clause in _CLAUSE_ENDS.split(text):
            frame = _ANY_YEAR.sub("#", clause)
            if frame != clause and len(frame) >= _LONG_REASON and tells_reason.search(frame):
                row = _last_before(text.find(clause), text, rows)
                alike[frame].append((tuple(_ANY_YEAR.findall(clause)), clause, row))
    for frame, said in alike.items():
        if len(said) > 1:
            yield from _held_together(said, own, is_long=len(frame) >= _LONG_TWICE)


def _last_before(place: int, text: str, rows: Sequence[Record]) -> Record:
    """The last figure of a sentence before a place in it, else the first: what stands there is printed on its page."""
    found, end = rows[0], 0
    for row in rows:
        printed = squeezed(row["value_printed"])
        at = text.find(printed, end)
        if not 0 <= at < place:
            break
        found, end = row, at + len(printed)
    return found


def _held_together(said: Sequence[Told], own: str, *, is_long: bool) -> Iterator[Record]:
    """The same clause wherever it is printed: the one that lacks the document's year, which the others have."""
    times = Counter(years for years, _, _ in said)
    with_own = [years for years in times if own in years]
    usual = max(with_own, key=lambda years: times[years], default=said[0][0])
    right = next(clause for years, clause, _ in said if years == usual)
    is_known = len(times) > 1 and (times[usual] > 1 or (is_long and len(said) == len(times)))
    for years, clause, row in said:
        turned = [(each, meant) for each, meant in zip(years, usual, strict=True) if each != meant]
        is_odd = is_known and times[years] == 1 and len(turned) == 1 and turned[0][1] == own
        notes = {"note_zh": f"他处印作“{right}”", "note_en": f"elsewhere it reads “{right}”"}
        yield said_row(row, clause, contradicts=is_odd, **notes)


def _shown(text: str) -> str:
    """As much of a sentence as tells which it is."""
    first, *rest = _CLAUSE_ENDS.split(text)
    return first if len(first) >= _LONG or not rest else f"{first}，{rest[0]}"
