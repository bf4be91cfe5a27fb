"""The files of ``vocabulary/`` themselves: a slip in one is told here, not by a document that is read wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import pytest
import yaml

from pipeline import schema
from pipeline.directions import FILE as DIRECTIONS
from pipeline.directions import directions, with_directions
from pipeline.normalize import vocabulary_file
from pipeline.normalize.contents_entries import ContentsWords, contents_words
from pipeline.normalize.identity_words import IdentityWords, identity_words
from pipeline.normalize.meanings import Rule
from pipeline.normalize.phrases import plain, without_years
from pipeline.normalize.prose.words import NarrativeWords, narrative_words
from pipeline.normalize.sheets.words import DepartmentWords, SheetWords, sheet_words
from pipeline.normalize.statements import MoneyWords, StatementWords, statement_words
from pipeline.normalize.targets import TargetWords, target_words
from pipeline.normalize.vocabulary_file import FOLDER, read_words
from pipeline.normalize.words import TitleRules, Vocabulary, vocabulary

FILES = sorted(path.name for path in FOLDER.glob("*.yaml"))
RULES = {
    "titles.yaml": {
        "titles": {"table", "any", "unless"},
        "stand_ins": {"table", "any", "unless"},
        "bare_titles": {"table", "any", "unless"},
        "title_funds": {"fund", "any", "unless"},
    },
    "columns.yaml": {
        "roles": {"role", "any"},
        "sides": {"any", "side"},
        "meanings": {"under", "any", "side", "fund", "expenditure_type", "origin", "period", "memo"},
    },
    "items.yaml": {
        "totals": {"any", "origin", "type"},
        "row_periods": {"any", "period"},
        "revenue": {"any", "fund", "origin"},
        "expenditure": {"any", "type"},
    },
}
OTHERS = {
    f"{name}.yaml" for name in ["sheets", "targets", "narrative", "contents", "statements", "identity", "phrases"]
}
RECORDS = (
    Vocabulary, IdentityWords, ContentsWords, StatementWords, MoneyWords, NarrativeWords, SheetWords, DepartmentWords,
    TargetWords,
)  # fmt: skip
SECTIONS = [(name, section) for name, sections in RULES.items() for section in sections]
OWN_FUND = "other_funds"  # unit_funds or other_revenue, by table (data contract)


def load(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load(with_directions((FOLDER / name).read_text(encoding="utf-8"))))


def entries(name: str, section: str) -> Iterator[tuple[int, dict[str, Any]]]:
    yield from enumerate(load(name)[section])


def patterns(name: str) -> Iterator[tuple[str, str]]:
    """Every pattern of a file of rules, with where it stands."""
    for section in RULES[name]:
        for number, entry in entries(name, section):
            for pattern in (*entry["any"], *entry.get("unless", ()), *filter(None, [entry.get("under")])):
                yield f"{section}[{number}]", pattern
    for section, said in load(name).items():
        if section not in RULES[name] and isinstance(said, list):
            yield from ((section, pattern) for pattern in said)


def test_every_file_of_the_folder_is_read_by_someone() -> None:
    assert set(FILES) == {*RULES, *OTHERS, DIRECTIONS.name}
    words = (vocabulary, identity_words, contents_words, statement_words, narrative_words, sheet_words, target_words)
    for read in words:
        read()


def test_every_word_that_is_read_is_asked_for_by_the_code() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in FOLDER.parent.rglob("*.py"))
    for record in RECORDS:
        for field in fields(record):
            assert re.search(rf"\.{field.name}\b", code), f"{record.__name__}.{field.name}: no code asks for it"


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_pattern_compiles_and_none_stands_twice_in_its_entry(name: str) -> None:
    for where, pattern in patterns(name):
        re.compile(pattern)
        assert pattern, where
    for section in RULES[name]:
        for number, entry in entries(name, section):
            assert len(set(entry["any"])) == len(entry["any"]), f"{section}[{number}]"


@pytest.mark.parametrize(("name", "section"), SECTIONS)
def test_every_field_of_an_entry_is_one_that_the_code_reads(name: str, section: str) -> None:
    for number, entry in entries(name, section):
        assert set(entry) <= RULES[name][section], f"{section}[{number}]"
        assert entry["any"], f"{section}[{number}]"


@pytest.mark.parametrize(("name", "section"), SECTIONS)
def test_every_meaning_is_one_of_the_contracts(name: str, section: str) -> None:
    known = {
        "table": schema.TABLE_IDS,
        "side": schema.SIDES,
        "fund": (*schema.FUNDS, OWN_FUND),
        "expenditure_type": schema.EXPENDITURE_TYPES,
        "type": schema.EXPENDITURE_TYPES,
        "origin": schema.ORIGINS,
        "period": schema.PERIODS,
    }
    for number, entry in entries(name, section):
        for key, values in known.items():
            assert entry.get(key, values[0]) in values, f"{section}[{number}].{key}"


def test_every_table_of_the_rule_has_a_title_and_every_fund_a_heading() -> None:
    titled = {entry["table"] for _, entry in entries("titles.yaml", "titles")}
    assert titled == set(schema.TABLE_IDS)
    funds = {entry.get("fund") for _, entry in entries("columns.yaml", "meanings")} - {None, OWN_FUND}
    assert funds == set(schema.FUNDS) - {"total"}
    types = {entry.get("expenditure_type") for _, entry in entries("columns.yaml", "meanings")} - {None}
    assert types == set(schema.EXPENDITURE_TYPES) - {"total"}


# --- what an earlier entry hides -------------------------------------------------------------------------------------


def texts_of(pattern: str, most: int = 60) -> list[str]:
    """Texts that a pattern of the vocabulary fits: its alternatives, its optional parts, in turn.

    Reads the small language of these files (literals, groups, ``?``, ``|``, ``.*``, ``\\d``); not for any pattern.
    """
    try:
        parsed = re._parser.parse(pattern)  # type: ignore[attr-defined]
    except re.error:
        return []
    return list(dict.fromkeys(_expand(list(parsed), most)))[:most]


def _expand(parts: list[Any], most: int) -> list[str]:
    texts = [""]
    for operation, argument in parts:
        texts = [text + piece for text in texts for piece in _pieces(str(operation), argument, most)][:most]
    return texts


def _pieces(operation: str, argument: Any, most: int) -> list[str]:
    if operation == "LITERAL":
        return [chr(argument)]
    if operation == "SUBPATTERN":
        return _expand(list(argument[-1]), most)
    if operation == "BRANCH":
        return [text for branch in argument[1] for text in _expand(list(branch), most)]
    if operation in ("MAX_REPEAT", "MIN_REPEAT"):
        low, _, inner = argument
        return [*([""] if low == 0 else []), *_expand(list(inner) * max(low, 1), most)]
    if operation == "IN":
        first, value = argument[0]
        if str(first) == "NEGATE":
            return ["甲"]
        if str(first) == "CATEGORY":
            return ["1"]
        return [chr(value if isinstance(value, int) else value[0])]
    return ["某"] if operation == "ANY" else [""]


@pytest.mark.parametrize("section", ["roles", "meanings"])
def test_no_pattern_of_the_columns_is_hidden_by_an_earlier_entry(section: str) -> None:
    rules = {"roles": vocabulary().roles, "meanings": vocabulary().meanings}[section]
    assert not list(_hidden("columns.yaml", section, rules))


@pytest.mark.parametrize("section", ["totals", "revenue", "expenditure"])
def test_no_pattern_of_the_items_is_hidden_by_an_earlier_entry(section: str) -> None:
    rules = {"totals": vocabulary().totals, "revenue": vocabulary().revenue, "expenditure": vocabulary().expenditure}
    assert not list(_hidden("items.yaml", section, rules[section]))


def _hidden(name: str, section: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    """Patterns of which every text is taken by an entry above that means something else."""
    for number, entry in entries(name, section):
        for pattern in entry["any"]:
            fitting = [text for text in texts_of(pattern) if re.fullmatch(pattern, text)]
            everywhere = [(at, rule) for at, rule in enumerate(rules) if rule.under is None or at == number]
            winners = [next(at for at, rule in everywhere if rule.fits.fullmatch(text)) for text in fitting]
            if fitting and all(at < number and rules[at] != rules[number] for at in winners):
                yield f"{section}[{number}] {pattern}: hidden by entries {sorted(set(winners))}"


def test_no_title_is_hidden_by_an_earlier_entry() -> None:
    hidden = []
    for number, entry in entries("titles.yaml", "titles"):
        for pattern in entry["any"]:
            fitting = [text for text in texts_of(pattern) if re.search(pattern, text)]
            found = [vocabulary().table_of(text) for text in fitting]
            if fitting and all(table != entry["table"] for table in found):
                hidden.append(f"titles[{number}] {pattern}: always {set(found)}")
    assert not hidden


def test_patterns_are_written_the_way_phrases_are_compared() -> None:
    """A pattern with a full-width bracket, a quotation mark that must be there, or a year fits no compared phrase."""
    for name in ("columns.yaml", "items.yaml", "titles.yaml"):
        for where, pattern in patterns(name):
            for text in texts_of(pattern):
                if re.fullmatch(pattern, text):
                    break
            compared = [without_years(plain(text))[0] for text in texts_of(pattern) if text]
            fits = [text for text in compared if re.search(pattern, text)]
            assert fits or not compared or "年" in pattern, f"{name} {where}: {pattern} fits none of its own texts"


# --- files that are not usable ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "said"), [("titles: [", "not valid YAML"), ("- a list", "mapping")])
def test_a_file_that_is_not_usable_is_named(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    (tmp_path / "titles.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(vocabulary_file, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=f"titles.yaml: .*{said}"):
        vocabulary_file.load("titles.yaml")


@dataclass(frozen=True)
class OfUnits:
    units: tuple[str, ...]
    of_money: re.Pattern[str]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("of_money: 元", "'units' must be a list"),
        ("{units: 万元, of_money: 元}", "'units' must be a list"),
        ("{units: [1], of_money: 元}", "'units' must be a str"),
        ("{units: [], of_money: 5}", "'of_money' must be a str"),
        ("{units: [], of_money: 元, others: []}", "nothing reads 'others'"),
    ],
)
def test_a_key_that_is_missing_unread_or_of_another_kind_is_named_with_its_file(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    (tmp_path / "sheets.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(vocabulary_file, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=f"sheets.yaml: {said}"):
        read_words(OfUnits, "sheets.yaml")


def test_a_rule_without_phrases_is_named_with_its_file_and_section(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    @dataclass(frozen=True)
    class OfTitles:
        titles: TitleRules

    (tmp_path / "titles.yaml").write_text("titles: [{table: projects}]", encoding="utf-8")
    monkeypatch.setattr(vocabulary_file, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"titles.yaml: .titles. is not usable.*any"):
        read_words(OfTitles, "titles.yaml")


def test_the_aliases_of_subjects_name_codes() -> None:
    for name, code in vocabulary().subject_aliases.items():
        assert re.fullmatch(r"2\d{2}(\d{2}){0,2}", code), name


# --- the words of rise and fall ---------------------------------------------------------------------------------------


def written_lists(text: str) -> Iterator[list[str]]:
    """The words of rise and fall that stand side by side in a text, as alternatives of a pattern or in a list."""
    words = "|".join(word for word, way in directions().ways.items() if way != "either")
    between = r"""(?:\([?:]*|[|)\s,'"]+)*"""
    for found in re.finditer(rf"(?:{words})(?:{between}(?:{words}))+", text):
        yield re.findall(words, found[0])


def test_the_words_of_rise_and_fall_are_listed_in_one_place() -> None:
    package, ways = FOLDER.parents[1], directions().ways
    files = [*package.rglob("*.yaml"), *package.rglob("*.py"), package.parent / "expectations" / "identities.yaml"]
    for path in files:
        for listed in written_lists("" if path == DIRECTIONS else path.read_text(encoding="utf-8")):
            told = [ways[word] for word in set(listed)]
            twice = max(told.count(way) for way in told) > 1
            assert not twice, f"{path.name}: {listed}: say {{rises}}, {{falls}}, {{changes}} …"


def test_such_a_list_would_be_found_in_a_pattern_and_in_a_list_of_words() -> None:
    assert list(written_lists("reason: '(?:增加|增长|(?:减少|下降))了'")) == [["增加", "增长", "减少", "下降"]]
    assert list(written_lists("words: [增加, 提高, 金额]")) == [["增加", "提高"]]


def test_a_pattern_that_names_the_words_of_rise_and_fall_reads_each_of_them() -> None:
    falls = re.compile(with_directions(r"(?:{falls})了?\d"))
    assert falls.search("压减3万元")
    assert falls.search("下降了3%")
    assert not falls.search("增加3万元")
    assert with_directions("{falsl}{0,2}") == "{falsl}{0,2}"  # no such name


def test_no_file_names_words_of_rise_and_fall_that_are_not_listed() -> None:
    for name in sorted(set(FILES) - {DIRECTIONS.name}):
        left = re.findall(r"\{[a-z]+(?:_[a-z]+)*\}", with_directions((FOLDER / name).read_text(encoding="utf-8")))
        assert not left, name
