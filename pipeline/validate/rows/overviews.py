"""What a project's sheet says of itself beside its money, as the selectors see it: derived tables of ``sheets``.

citations     sheets that cite a document by its number: ``contradicts`` where that is of a later year than the filing
              of the sheet (without a date of filing: than the year in which such a document is made)
counts_said   a count in the sheet's description whose unit no other number of it and one target of quantity have, and
              which speaks of what that target counts: ``contradicts`` where no number is within both, ``differs`` where
              both are bounds from below, and not the same
deadlines     sheets whose plan sets a deadline: ``is_over`` where every year that it names is before the document's
named_years   sheets whose project bears this document's year in its name: ``outlasts`` where the form says that it goes
              on for longer
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.validate.identities import Identities
from pipeline.validate.rows.indicators import range_of
from pipeline.validate.rows.model import Record, Tables
from pipeline.validate.rows.vocabulary import squeezed

Words = Mapping[str, re.Pattern[str]]
Range = tuple[Decimal, Decimal]

_CITING = ("overview", "basis", "necessity", "measures", "plan", "term_goal", "annual_goal")
_COUNTING = ("overview", "plan")  # a goal may be of several years
_YEAR = re.compile(r"(20\d\d)年")
_CLAUSE_ENDS = re.compile(r"[，；;。：:、（）()]|,(?!\d{3})")
_NO_HAN = re.compile(r"[^一-鿿]")
_ABOUT = Decimal("0.1")
_TEN_THOUSAND = 10_000
_ENDLESS = Decimal("Infinity")


def overview_tables(tables: Tables, identities: Identities) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``tables`` hold those of ``sheets`` too."""
    words = identities.descriptions
    document = tables["documents"][0] if tables.get("documents") else {}
    sheets = tables["sheets"] if words and document.get("fiscal_year") is not None else ()
    year = int(str(document["fiscal_year"])) if sheets else 0
    made = year + (document.get("document_type") == "final_accounts")
    quantities = _quantities(tables.get("performance_targets", ()), words) if sheets else {}
    return {
        "citations": [row for sheet in sheets for row in _citations(sheet, made, words)],
        "counts_said": [row for sheet in sheets for row in _counts(sheet, quantities, year, words)],
        "deadlines": [row for sheet in sheets for row in _deadlines(sheet, year, words)],
        "named_years": [row for sheet in sheets for row in _named_years(sheet, year, words)],
    }


def _text(sheet: Record, fields: Sequence[str]) -> str:
    return squeezed("。".join(str(sheet.get(name) or "") for name in fields))


# --- documents and years ---------------------------------------------------------------------------------------------


def _citations(sheet: Record, made: int, words: Words) -> Iterator[Record]:
    found = list(words["cited"].finditer(_text(sheet, _CITING)))
    filed = str(sheet["filed_at"] or "")[:10]
    latest = int(filed[:4]) if filed else made
    later = list(dict.fromkeys(each[0] for each in found if int(each["year"]) > latest))
    if found:
        said = "、".join(later)
        when_zh, when_en = (
            (f"填报于{filed}", f"was filed on {filed}") if filed else (f"应成于{made}年", f"is of {made}")
        )
        notes = {"note_zh": f"该表{when_zh}，却引用“{said}”", "note_en": f"it {when_en}, but cites “{said}”"}
        yield {**sheet, **notes, "contradicts": bool(later)}


def _deadlines(sheet: Record, year: int, words: Words) -> Iterator[Record]:
    plan = squeezed(sheet["plan"])
    found = words["deadline"].search(plan)
    if found:
        is_over = all(int(each) < year for each in _YEAR.findall(plan)) and not words["this_year"].search(plan)
        notes = {"note_zh": f"计划写的是“{found[0]}”", "note_en": f"the plan says “{found[0]}”"}
        yield {**sheet, **notes, "is_over": is_over}


def _named_years(sheet: Record, year: int, words: Words) -> Iterator[Record]:
    lasting, years = sheet["recurrence"], sheet["duration_years"]
    if set(_YEAR.findall(squeezed(sheet["project_name"]))) == {str(year)} and (lasting or years):
        outlasts = bool(words["lasting"].fullmatch(str(lasting or ""))) or (years is not None and int(str(years)) > 1)
        told = "，".join([*([f"项目属性为{lasting}"] if lasting else []), *([f"项目期{years}年"] if years else [])])
        en = f"the form says {lasting or 'no recurrence'}, {years or '?'} years"
        yield {**sheet, "note_zh": told, "note_en": en, "outlasts": outlasts}


# --- counts ----------------------------------------------------------------------------------------------------------


def _quantities(targets: Sequence[Record], words: Words) -> Mapping[object, Sequence[Record]]:
    """The targets of quantity of each project: those of the year, or of the term where the year has no target."""
    of_term: dict[object, dict[object, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for target in targets:
        of_term[target["project_id"]][target["term"]].append(target)
    rows = {project: halves.get("annual") or halves["term"] for project, halves in of_term.items()}
    return {project: [row for row in each if _is_quantity(row, words)] for project, each in rows.items()}


def _is_quantity(row: Record, words: Words) -> bool:
    return row["value"] is not None and words["of_quantity"].fullmatch(str(row["level2"] or "")) is not None


def _counts(sheet: Record, quantities: Mapping[object, Sequence[Record]], year: int, words: Words) -> Iterator[Record]:
    targets = quantities.get(sheet["project_id"], ())
    text = _text(sheet, _COUNTING) if targets else ""
    said: dict[str, list[tuple[str, re.Match[str]]]] = defaultdict(list)
    for clause in _CLAUSE_ENDS.split(text):
        for found in words["counted"].finditer(clause):
            said[_unit(found["unit"], words)].append((clause, found))
    for unit, counts in said.items():
        of_unit = [row for row in targets if _unit(str(row["unit"] or ""), words) == unit]
        if len(of_unit) == 1 and len({_number(found) for _, found in counts}) == 1:
            yield from _count(sheet, of_unit[0], counts[0], year, words)


def _unit(unit: str, words: Words) -> str:
    return "人" if words["person"].fullmatch(unit) else unit


def _number(found: re.Match[str]) -> Decimal:
    return Decimal(found["number"].replace(",", "")) * (_TEN_THOUSAND if found["ten"] else 1)


def _count(sheet: Record, target: Record, said: tuple[str, re.Match[str]], year: int, words: Words) -> Iterator[Record]:
    clause, found = said
    if not _speaks_of(clause, target, sheet, words) or set(_YEAR.findall(clause)) - {str(year)}:
        return
    is_about = words["about"].search(clause) is not None
    one, other = _said_range(found, is_about=is_about), range_of(target)
    both_from_below = not is_about and one[1] == other[1] == _ENDLESS
    printed = squeezed(target["target_printed"])
    yield {
        **sheet,
        "page": target["page"],
        "cell_ids": target["cell_ids"],
        "target_no": target["target_no"],
        "contradicts": max(one[0], other[0]) > min(one[1], other[1]),
        "is_bound": both_from_below,
        "differs": both_from_below and one[0] != other[0],
        "note_zh": f"说明写的是“{clause}”，数量指标“{target['indicator']}”为 {printed}",
        "note_en": f"the description says “{clause}”; the target “{target['indicator']}” is {printed}",
    }


def _speaks_of(clause: str, target: Record, sheet: Record, words: Words) -> bool:
    """Whether a clause that gives a number for the year and for all speaks of what a target counts: by words that they
    share, and by none that neither the clause nor the project's name has."""
    if words["not_whole"].search(clause):
        return False
    subject = _NO_HAN.sub("", words["count_words"].sub("", squeezed(target["indicator"])))
    shared = any(subject[at : at + 2] in clause for at in range(len(subject) - 1))
    return shared and set(subject) <= {*clause, *squeezed(sheet["project_name"])}


def _said_range(found: re.Match[str], *, is_about: bool) -> Range:
    number = _number(found)
    slack = number * _ABOUT if is_about else Decimal(0)
    if found["least"] or found["more"] or found["upward"]:
        return number - slack, _ENDLESS
    return (Decimal(0) if found["most"] else number - slack), number + slack
