"""What the READMEs and docs/ say is so: commands run, queries give the answers shown, links lead somewhere."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import zip_longest
from pathlib import Path

import duckdb
import pytest
from PIL import Image

from pipeline.commands.asking import DATABASE
from pipeline.extract import read_document
from pipeline.normalize import normalize_document, reference_tables, vocabulary_file, words
from pipeline.publish import publish
from pipeline.query import as_table, rows_of
from pipeline.schema import FACT_TABLES, PUBLISHED, Column
from pipeline.sources import MANIFEST, Source, read_sources, sha256_of
from pipeline.tables import Dataset, in_parts, to_arrow
from tests.conftest import ROOT, ZEZHOU
from tests.fixtures.made import Layout, MadeTable, tables_pdf, tiny_budget_pdf

ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh.md"
TEMPLATES = ROOT / "docs" / "adding-a-template.md"
PORTAL = ROOT / "docs" / "publishing-to-ckan.md"  # its commands are tried in tests/portal
READMES, PAGES = (ENGLISH, CHINESE), (ENGLISH, CHINESE, TEMPLATES, PORTAL, ROOT / "LICENSE-DATA.md")
PICTURE = ROOT / "docs" / "page-to-rows.png"
COMMAND = ".venv/bin/yusuan"
EXAMPLE, MADE_UP_COVER = "new-place", ("示例县档案局", "2026年度部门预算公开")
LARGEST_PICTURE = 300_000
MOST_LINES = 260  # unfolded
FEWEST_QUESTIONS = 15
ANOTHER = "another-department"
PUBLISHED_AT = "https://www.example.gov.cn/2026.pdf"
_FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.S | re.M)
_FOLDED = re.compile(r"^<details><summary>.*?^</details>\n\n?", re.S | re.M)
_QUESTION = re.compile(r"^(?:\*\*|<details><summary>)(.+?)(?:\*\*|</summary>)(?:(?:(?!```)[\s\S])*\n)```sql\n", re.M)
_TABLE = re.compile(r"(?:^\|.*\|\n)+", re.M)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_RULE = re.compile(r"# pipeline/normalize/vocabulary/(\w+\.yaml), under (\w+):\n(.*)", re.S)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text without the last line break, and the answer shown right under it."""

    page: Path
    language: str
    text: str
    answer: str | None = None

    @property
    def commands(self) -> list[list[str]]:
        return [shlex.split(line) for line in self.text.splitlines()] if self.language == "sh" else []


def blocks_of(page: Path) -> list[Block]:
    """Every fenced block but the answers, which go with the block that they stand under."""
    found = list(_FENCED.finditer(page.read_text(encoding="utf-8")))
    blocks = []
    for block, after in zip_longest(found, found[1:]):
        has_answer = after is not None and after[1] == "text" and after.start() == block.end() + 1
        answer = after[2].rstrip("\n") if after and has_answer else None
        if block[1] != "text":
            blocks.append(Block(page, block[1], block[2].rstrip("\n"), answer))
    return blocks


def tables_of(page: Path) -> list[list[list[str]]]:
    """Every Markdown table as rows of cells, without the line under its head."""
    found = _TABLE.findall(page.read_text(encoding="utf-8"))
    rows = [[[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()] for table in found]
    return [[head, *body] for head, _, *body in rows]


def _name(block: Block) -> str:
    return f"{block.page.stem}: {block.text.splitlines()[0][:50]}"


def _blocks(language: str, *pages: Path) -> list[Block]:
    """The blocks of a language, each once: what both READMEs have is tried once, and a test holds them equal."""
    found = {(b.text, b.answer): b for page in reversed(pages) for b in blocks_of(page) if b.language == language}
    return list(found.values())


def _commands(*names: str) -> list[tuple[Block, list[str]]]:
    """The commands that begin with one of the words, with the block that each stands in."""
    return [(b, line) for b in _blocks("sh", *READMES, TEMPLATES) for line in b.commands if line[0] in names]


# --- a checkout to try the commands in -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the raw files, built as ``make build`` does it, and the made-up place of the worked example."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    (folder / EXAMPLE).mkdir()
    made_up_place(folder / EXAMPLE / "archives.pdf")
    built = run(["build", "--raw", "data/raw", "--out", "data/processed", "--interim", "data/interim"], folder)
    assert (folder / "data" / "processed" / DATABASE).is_file(), built.stderr
    (folder / "exit-code").write_text(f"{built.returncode}")
    return folder


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """One ``yusuan`` command in the folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def answer_to(sql: str, data: Path) -> str:
    """What ``yusuan query`` prints."""
    return as_table(*rows_of(data / DATABASE, sql, {}))


# --- commands and answers --------------------------------------------------------------------------------------------


def test_the_pages_show_commands_queries_and_answers() -> None:
    for page in READMES:
        shown = [block.language for block in blocks_of(page)]
        assert shown.count("sh") >= 5
        assert shown.count("sql") >= 5
        assert all(block.answer for block in blocks_of(page) if block.language == "sql")


def test_the_first_command_builds_the_raw_disclosure_and_every_suite_holds(checkout: Path) -> None:
    assert (checkout / "exit-code").read_text() == "0"


@pytest.mark.parametrize("block", _blocks("sql", *READMES), ids=_name)
def test_a_query_gives_the_answer_shown_under_it(block: Block, checkout: Path) -> None:
    assert answer_to(block.text, checkout / "data" / "processed") == block.answer


@pytest.mark.parametrize(
    ("block", "command"), _commands(COMMAND), ids=lambda given: _name(given) if isinstance(given, Block) else ""
)
def test_a_command_of_ours_runs_as_it_is_written(block: Block, command: list[str], checkout: Path) -> None:
    ended = run(command[1:], checkout)
    expected = 1 if EXAMPLE in command else 0  # the made-up place has no table that is known: its page says so
    assert ended.returncode == expected, ended.stderr
    if block.answer:
        assert ended.stdout.rstrip("\n") == block.answer
    if "--out" in command:
        assert (checkout / command[command.index("--out") + 1]).exists()


def test_a_make_command_is_a_target_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    pages = [page.read_text(encoding="utf-8") for page in PAGES]
    named = {target for page in pages for target in re.findall(r"(?:^|`)make ([a-z-]+)", page, re.M)}
    assert {"all", "test", "help", "bench"} <= named
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.M))


def test_the_command_is_the_console_script_that_make_all_installs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"] == {Path(COMMAND).name: "pipeline.cli:main"}


def test_no_command_stands_there_untried() -> None:
    tried = _commands("make", COMMAND, "cp", "sha256sum")
    every = [line for block in _blocks("sh", *READMES, TEMPLATES) for line in block.commands]
    assert [line for _, line in tried] == every


def test_every_block_is_of_a_kind_that_is_tried() -> None:
    assert {block.language for page in PAGES for block in blocks_of(page)} == {"sh", "sql", "yaml"}
    assert not _blocks("yaml", *READMES)


# --- the cookbook ----------------------------------------------------------------------------------------------------


def cookbook(page: Path) -> str:
    """The section of the questions."""
    sections = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.M)
    return next(section for section in sections if section.startswith(("Cookbook\n", "提问\n")))


def questions(page: Path) -> dict[str, str]:
    """Every question of the cookbook with its query."""
    text = cookbook(page)
    return {found[1]: text[found.end() : text.index("\n```", found.end())] for found in _QUESTION.finditer(text)}


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_the_cookbook_answers_fifteen_questions_with_one_query_each(page: Path) -> None:
    asked = questions(page)
    assert len(asked) == cookbook(page).count("```sql\n") >= FEWEST_QUESTIONS
    assert all(title.endswith(("?", "？")) for title in asked)
    assert not [query for query in asked.values() if ";" in re.sub("'[^']*'", "", query)]


def test_a_folded_question_is_opened_and_closed_where_markdown_is_read_again() -> None:
    for page in READMES:
        text = page.read_text(encoding="utf-8")
        assert text.count("<details>") == text.count("</details>") == len(_FOLDED.findall(text)) > 0
        assert len(re.findall(r"</summary>\n\n", text)) == len(re.findall(r"\n\n</details>\n", text)) > 0


@pytest.fixture(scope="session")
def two_disclosures(checkout: Path) -> Path:
    """The database of the checkout with the disclosure a second time, as another's with every number doubled."""
    folder = checkout / "two"
    folder.mkdir()
    shutil.copyfile(checkout / "data" / "processed" / DATABASE, folder / DATABASE)
    with duckdb.connect(str(folder / DATABASE)) as database:
        for table in PUBLISHED.values():
            if "document_id" in table.names:
                columns = ", ".join(map(_of_another, table.columns))
                database.execute(f"INSERT INTO {table.name} BY NAME SELECT {columns} FROM {table.name}")
    return folder


def _of_another(column: Column) -> str:
    doubled = {"amount": f'2 * "{column.name}"', "decimal": f'2 * "{column.name}"'}
    renamed = {
        "document_id": f"'{ANOTHER}'",
        "cell_id": f"replace(cell_id, '{ZEZHOU}', '{ANOTHER}')",
        "restates_cell_id": f"replace(restates_cell_id, '{ZEZHOU}', '{ANOTHER}')",
    }
    value = renamed.get(column.name) or doubled.get(column.kind) or f'"{column.name}"'
    return f'{value} AS "{column.name}"'


@pytest.mark.parametrize("title", questions(ENGLISH))
def test_a_question_over_two_disclosures_is_answered_for_each(
    title: str, checkout: Path, two_disclosures: Path
) -> None:
    query = questions(ENGLISH)[title]
    _, alone = rows_of(checkout / "data" / "processed" / DATABASE, query, {})
    names, rows = rows_of(two_disclosures / DATABASE, query, {})
    document = names.index("document_id")
    assert sorted({str(row[document]) for row in rows}) == [ANOTHER, ZEZHOU]
    assert [row for row in rows if row[document] == ZEZHOU] == alone


# --- the two READMEs -------------------------------------------------------------------------------------------------


def test_both_readmes_have_the_same_commands_queries_and_answers() -> None:
    english, chinese = ([(b.language, b.text, b.answer) for b in blocks_of(page)] for page in READMES)
    assert english == chinese


def test_both_readmes_have_the_same_sections() -> None:
    english, chinese = (re.findall(r"^(#+) ", _prose(page), re.M) for page in READMES)
    assert english == chinese


def _prose(page: Path) -> str:
    return _FENCED.sub("", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("page", "language"), [(ENGLISH, "en"), (CHINESE, "zh")], ids=["English", "Chinese"])
def test_a_readme_lists_every_published_table_with_the_schemas_words(page: Path, language: str) -> None:
    _, *listed = tables_of(page)[0]
    assert listed == [[f"`{table.name}`", getattr(table, language)] for table in PUBLISHED.values()]


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_a_readme_is_short_and_shows_the_picture_before_its_first_section(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(_FOLDED.sub("", text).splitlines()) <= MOST_LINES
    assert f"({PICTURE.relative_to(ROOT).as_posix()})" in text[: text.index("\n## ")]


def test_the_picture_is_small_and_wide_enough_to_read() -> None:
    assert PICTURE.stat().st_size <= LARGEST_PICTURE
    with Image.open(PICTURE) as picture:
        assert picture.width >= 1600


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_to_a_file_of_the_repository_or_a_section_of_the_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    sections = {
        re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in re.findall("^#+ (.*)$", text, re.M)
    }
    for link in _LINK.findall(text):
        if link.startswith("#"):
            assert link[1:] in sections
        elif not link.startswith("https://"):
            assert (page.parent / link).exists(), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_no_absolute_path(page: Path) -> None:
    assert re.findall(r"(?<![\w.~)*/])/(?:\w+/)+\w*", _LINK.sub("", page.read_text(encoding="utf-8"))) == []


# --- the facsimile ---------------------------------------------------------------------------------------------------


def test_the_readmes_say_plainly_that_the_raw_file_is_a_facsimile(checkout: Path) -> None:
    said = rows_of(checkout / "data" / "processed" / DATABASE, "SELECT document_id, is_facsimile FROM documents", {})[1]
    assert said == [(ZEZHOU, True)]
    assert "is a facsimile" in ENGLISH.read_text(encoding="utf-8")
    assert "是仿制件" in CHINESE.read_text(encoding="utf-8")


def test_the_manifests_sum_is_that_of_the_raw_file() -> None:
    assert [(s.expected_sha256, s.is_facsimile) for s in read_sources(ROOT / "data" / "raw")] == [
        (sha256_of(ROOT / "data" / "raw" / f"{ZEZHOU}.pdf"), True)
    ]


def test_the_original_takes_the_facsimiles_place_as_the_readme_says(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    original = tiny_budget_pdf(tmp_path / "the-original.pdf")
    commands = [line for _, line in _commands("cp", "sha256sum")]
    printed = [subprocess.run(c, cwd=tmp_path, check=True, capture_output=True, text=True).stdout for c in commands]
    _change_manifest(tmp_path / "data" / "raw" / MANIFEST, printed[-1].split()[0])
    (source,) = read_sources(tmp_path / "data" / "raw")
    document = normalize_document(source, read_document(source.path, source.document_id))["documents"].to_pylist()[0]
    assert (document["is_facsimile"], document["source_url"]) == (False, PUBLISHED_AT)
    assert document["sha256"] == source.expected_sha256 == hashlib.sha256(original.read_bytes()).hexdigest()


def _change_manifest(path: Path, sha256: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    row.update(sha256=sha256, is_facsimile="false", where_from="downloaded by hand", source_url=PUBLISHED_AT)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)


# --- docs/adding-a-template.md ---------------------------------------------------------------------------------------


def made_up_place(path: Path) -> Path:
    """The worked example's table, taken from the page itself, as a PDF."""
    text = TEMPLATES.read_text(encoding="utf-8")
    rows = next(table for table in tables_of(TEMPLATES) if table[0][0] == "科目编码")
    title = re.findall(r"^(2026年\S+表)$", text, re.M)
    table = MadeTable(rows, (80, 160, 80, 80, 90), title=title[0], unit="万元")
    return tables_pdf(path, [table], Layout(page_numbers=False), MADE_UP_COVER)


@pytest.fixture
def own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the vocabulary that recognition uses for this test."""
    folder = shutil.copytree(vocabulary_file.FOLDER, tmp_path / "vocabulary")
    monkeypatch.setattr(vocabulary_file, "FOLDER", folder)
    words.vocabulary.cache_clear()
    yield folder
    words.vocabulary.cache_clear()


def add_rule(block: Block, folder: Path) -> None:
    """Put the block's lines where its first line says, before the rules that are there."""
    said = _RULE.fullmatch(block.text)
    assert said, f"no file and key are named: {block.text}"
    file, key, rules = said.groups()
    before, heading, after = (folder / file).read_text(encoding="utf-8").partition(f"\n{key}:\n")
    assert heading, f"{file} has no {key}"
    (folder / file).write_text(f"{before}{heading}{rules}\n{after}", encoding="utf-8")
    words.vocabulary.cache_clear()


def data_of(source: Source, out: Path) -> Path:
    """The source's tidy tables as a database in ``out``, unchecked."""
    dataset: Dataset = {table.name: to_arrow(table, []) for table in FACT_TABLES}
    dataset |= normalize_document(source, read_document(source.path, source.document_id))
    out.mkdir()
    publish(in_parts({**dataset, **reference_tables()}), out, version="0")
    return out


def test_the_worked_example_goes_from_finding_to_rule_to_figures(tmp_path: Path, own_words: Path) -> None:
    (tmp_path / "raw").mkdir()
    made_up_place(tmp_path / "raw" / "archives.pdf")
    (source,) = read_sources(tmp_path / "raw")
    data = data_of(source, tmp_path / "0")
    rules = answers = 0
    for block in blocks_of(TEMPLATES):
        if block.language == "yaml":
            rules += 1
            add_rule(block, own_words)
            data = data_of(source, tmp_path / f"{rules}")
        elif block.answer:
            answers += 1
            assert answer_to(block.text, data) == block.answer
    assert (rules, answers) == (2, 5)


def test_the_work_list_names_the_phrase_and_how_often_it_was_met(tmp_path: Path) -> None:
    (query,) = [block.text for block in _blocks("sql", TEMPLATES) if block.answer is None]
    (tmp_path / "raw").mkdir()
    made_up_place(tmp_path / "raw" / "archives.pdf")
    (source,) = read_sources(tmp_path / "raw")
    _, rows = rows_of(data_of(source, tmp_path / "data") / DATABASE, query, {})
    assert [(code, times, place) for code, times, _, place, _ in rows] == [("unknown_table", 1, "archives")]
    assert "部门用款一览表" in str(rows[0][-1])


def test_the_codes_of_findings_that_the_page_explains_are_those_of_the_code() -> None:
    table = next(table for table in tables_of(TEMPLATES) if table[0][0] == "`code`")
    explained = {code for row in table[1:] for code in re.findall(r"`(\w+)`", row[0])}
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "pipeline" / "normalize").rglob("*.py"))
    assert len(explained) >= 8
    assert {word for word in explained if f'"{word}"' not in code} == set()


def test_the_columns_of_the_manifest_that_the_page_explains_are_those_that_are_read() -> None:
    table = next(table for table in tables_of(TEMPLATES) if table[1][0] == "`file`")
    explained = [name for row in table[1:] for name in re.findall(r"`(\w+)`", row[0])]
    with (ROOT / "data" / "raw" / MANIFEST).open(encoding="utf-8", newline="") as file:
        assert sorted(explained) == sorted(next(csv.reader(file)))
    known = {field.name for field in fields(Source)} - {"path", "expected_sha256", "same_as"}  # what the files say
    assert set(explained) - {"file"} == known


def test_the_keys_of_the_vocabulary_that_the_page_names_are_there() -> None:
    named = re.findall(r"^- `(\w+\.yaml)` 的 `(\w+)`", TEMPLATES.read_text(encoding="utf-8"), re.M)
    assert {key for _, key in named} == {"qualifiers", "stand_ins", "bare_titles"}
    for file, key in named:
        assert f"\n{key}:\n" in (vocabulary_file.FOLDER / file).read_text(encoding="utf-8")


def test_the_vocabulary_files_that_the_page_names_are_there() -> None:
    named = set(re.findall(r"`(\w+\.yaml)`", TEMPLATES.read_text(encoding="utf-8")))
    assert {"titles.yaml", "columns.yaml", "items.yaml"} <= named
    assert named <= {path.name for path in vocabulary_file.FOLDER.iterdir()}
