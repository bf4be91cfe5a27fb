"""What the text says beside its figures, as the selectors see it: derived tables of its sentences.

named_codes    a subject that the text names with its code: ``contradicts`` where the tables give that code another
               name, or that name another code (a subject that no table lists is not told)
named_kinds    a subject that the text names with its level and an amount that is not nought: ``contradicts`` where no
               table has a subject of that level and name
comparisons    a year that this year's figure is compared with: ``contradicts`` where it is this year itself, or where
               all others are last year
years_said, years_told, years_again  see ``years``
changes_said   a change with its number: ``contradicts`` where it prints no unit
reasons        the reason given for a change, or the rate right behind it: ``contradicts`` where it speaks of a rise
               behind a fall, or the reverse
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches

from pipeline.validate.identities import Identities
from pipeline.validate.rows.model import Lines, Record, Tables, grouped
from pipeline.validate.rows.spoken import judges_ill
from pipeline.validate.rows.vocabulary import squeezed
from pipeline.validate.rows.years import amounts_with_years, clauses_again, said_row, sentences_with_years

_CODES = (
    ("subject_code", "subject_name"),
    ("economic_code", "economic_name"),
    ("government_economic_code", "government_economic_name"),
)
_FUNCTIONS = "2"  # what codes of functions begin with
_LEVELS = {"类": 3, "款": 5, "项": 7}
_TWO_WAYS = ("reason", "reason_way", "rate_behind", "told_twice")
_USUAL = 4  # comparisons that make a custom
_LIKE = 0.7  # of the letters of two names
_WORD = "支出"  # that names of subjects bear or leave out


def wording_tables(tables: Tables, lines: Lines, identities: Identities) -> dict[str, Sequence[Record]]:
    """The derived tables of one document."""
    words = identities.wording
    document = tables["documents"][0] if tables.get("documents") else {}
    said, names = list(_sentences(tables.get("narrative_figures", ()))), _names(lines)
    dated = _numbered(amounts_with_years(tables, lines, document, words))
    wrong = {str(row["item"]) for row in dated if row["contradicts"]}
    return {
        "named_codes": _numbered(_named_codes(said, names, words)),
        "named_kinds": _numbered(_named_kinds(said, names, words)),
        "comparisons": _numbered(_comparisons(said, document, words)),
        "years_said": dated,
        "years_told": _numbered(sentences_with_years(tables, document, words, wrong)),
        "years_again": _numbered(clauses_again(tables, document, words["tells_reason"])),
        "changes_said": _numbered(_changes_said(said, words)),
        "reasons": _numbered(_reasons(said, words, set(_told_otherwise(tables)))),
    }


def _sentences(figures: Sequence[Record]) -> Iterator[tuple[str, Record]]:
    """Every sentence with a figure once, beside its first figure."""
    seen: set[tuple[object, object]] = set()
    for row in figures:
        if (row["section"], row["sentence"]) not in seen:
            seen.add((row["section"], row["sentence"]))
            yield squeezed(row["sentence"]), row


def _numbered(rows: Iterator[Record]) -> list[Record]:
    return [{**row, "place": place} for place, row in enumerate(rows, start=1)]


# --- names and codes -------------------------------------------------------------------------------------------------


def _names(lines: Lines) -> dict[str, set[str]]:
    """The printed names of every code of the tables."""
    names: dict[str, set[str]] = defaultdict(set)
    for code, name in _CODES:
        for printed, called, source in lines.told(code, name, "code_source"):
            if printed and called and source != "reference":
                names[str(printed)].add(squeezed(called))
    return names


def _named_codes(
    said: Sequence[tuple[str, Record]], names: Mapping[str, set[str]], words: Mapping[str, re.Pattern[str]]
) -> Iterator[Record]:
    for sentence, row in said:
        for name, code, printed in _codes_in(sentence, words):
            known = names.get(code, set())
            others = sorted(other for other, called in names.items() if _is_like(other, code) and name in called)
            if known:
                told = "、".join(sorted(known))
                notes = {"note_zh": f"表中 {code} 为“{told}”", "note_en": f"in the tables {code} is “{told}”"}
            elif others:
                told = "、".join(others)
                notes = {
                    "note_zh": f"表中“{name}”的编码为 {told}",
                    "note_en": f"in the tables “{name}” has the code {told}",
                }
            else:
                continue
            agrees = any(_is_called(name, each) for each in known)
            yield said_row(row, printed, contradicts=not agrees, **notes)


def _codes_in(sentence: str, words: Mapping[str, re.Pattern[str]]) -> Iterator[tuple[str, str, str]]:
    """The names with codes of a sentence, as (name, whole code, as printed): 行政运行（2010301）, 司法（06款）."""
    for style in ("named_code", "named_behind"):
        for found in words[style].finditer(sentence):
            yield found["name"], found["code"], found[0]
    whole = ""
    for found in words["named_level"].finditer(sentence):
        length = _LEVELS[found["level"]]
        whole = whole[: length - len(found["code"])] + found["code"]
        if len(whole) == length:
            yield found["name"], whole, found[0]


def _named_kinds(
    said: Sequence[tuple[str, Record]], names: Mapping[str, set[str]], words: Mapping[str, re.Pattern[str]]
) -> Iterator[Record]:
    """What has no money this year need not be in a table."""
    for sentence, row in said:
        for found in words["named_kind"].finditer("" if words["nought"].search(sentence) else sentence):
            length = _LEVELS[found["level"]]
            known = {
                name
                for code, called in names.items()
                if len(code) == length and code[0] == _FUNCTIONS
                for name in called
            }
            agrees = any(_is_called(found["name"], each) or each.startswith(found["name"]) for each in known)
            near = [] if agrees else get_close_matches(found["name"], sorted(known), n=1, cutoff=_LIKE)
            notes = (
                {"note_zh": f"表中相近的是“{near[0]}”", "note_en": f"the nearest there is “{near[0]}”"} if near else {}
            )
            if known:
                yield said_row(row, found[0], contradicts=not agrees, **notes)


def _is_like(other: str, code: str) -> bool:
    """Whether two codes are of one level and one classification (2: functions, 3 and 5: economic kinds)."""
    return len(other) == len(code) and other[0] == code[0]


def _is_called(said: str, name: str) -> bool:
    """Whether the text calls a subject by its name, with words before it, or less a word before or behind it."""
    one, other = (text.removesuffix(_WORD) or text for text in (said, name))
    return one.endswith(other) or other.endswith(one)


# --- comparisons and reasons ------------------------------------------------------------------------------------------


def _comparisons(
    said: Sequence[tuple[str, Record]], document: Record, words: Mapping[str, re.Pattern[str]]
) -> Iterator[Record]:
    """Of final accounts only a comparison with accounts: with this year's budget they are rightly compared.

    A year before the last is an odd one where all other comparisons are with last year.
    """
    year, is_final = document.get("fiscal_year"), document.get("document_type") == "final_accounts"
    found = [(each, row) for sentence, row in said for each in words["compared"].finditer(sentence)]
    told = [(each, row) for each, row in found if not (is_final and each["what"] != "决算")]
    if year is None:
        return
    own = int(str(year))
    times = Counter(int(each["year"]) for each, _ in told)
    for each, row in told:
        is_odd = int(each["year"]) < own - 1 and times[own - 1] == times.total() - 1 >= _USUAL
        wrong = int(each["year"]) >= own or is_odd
        notes = {"note_zh": f"文件本身为{year}年度", "note_en": f"the document is that of {year}"}
        if is_odd:
            notes = {"note_zh": f"其他各处都与{own - 1}年相比", "note_en": f"all others compare with {own - 1}"}
        yield said_row(row, each[0], contradicts=wrong, **notes)


def _told_otherwise(tables: Tables) -> Iterator[tuple[str, str]]:
    """The sentences, and the rates printed there that are found wrong as such, or changes that go the other way."""
    for rows in grouped(tables.get("rates", ()), "rate").values():
        percent, change, before = rows
        if judges_ill(percent, change, before):
            yield squeezed(percent["sentence"]), str(percent["amount_printed"])
    turned = {row["figure_no"] for row in tables.get("contrary", ()) if row["contradicts"]}
    for row in tables.get("text", ()):
        if row["figure_no"] in turned:
            yield squeezed(row["sentence"]), str(row["amount_printed"])


def _reasons(
    said: Sequence[tuple[str, Record]], words: Mapping[str, re.Pattern[str]], told: Collection[tuple[str, str]]
) -> Iterator[Record]:
    for sentence, row in said:
        of_sentence = [printed for text, printed in told if text == sentence]
        for found in (each for name in _TWO_WAYS for each in words[name].finditer(sentence)):
            rises = [bool(words["rise"].fullmatch(found[name])) for name in ("said", "given")]
            if rises[0] == rises[1] or not any(printed in found[0] for printed in of_sentence):
                yield said_row(row, found[0], contradicts=rises[0] != rises[1])


def _changes_said(said: Sequence[tuple[str, Record]], words: Mapping[str, re.Pattern[str]]) -> Iterator[Record]:
    """What has no unit is no figure of the text: only the sentence shows it."""
    for sentence, row in said:
        for found in words["changed"].finditer(sentence):
            yield said_row(row, found[0], contradicts=found["bare"] is not None)
