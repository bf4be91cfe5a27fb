"""docs/publishing-to-ckan.md: its commands run as they stand there, the messages that it explains are the code's."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.commands.exits import OK
from tests.conftest import ROOT
from tests.portal.conftest import Publishing
from tests.portal.fake_ckan import FakeCkan

PAGE = (ROOT / "docs" / "publishing-to-ckan.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"^```sh\n(.*?)^```$", PAGE, re.S | re.M) for line in block.splitlines()]
COMMANDS = [shlex.split(line)[1:] for line in LINES if line.startswith(".venv/bin/yusuan ")]


def test_every_line_is_a_command_of_ours_a_target_or_the_token() -> None:
    assert len(COMMANDS) >= 3
    assert all(line.startswith((".venv/bin/yusuan publish-ckan ", "make ", "export CKAN_API_TOKEN=")) for line in LINES)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[5:]) or "plain")
def test_a_command_runs_as_it_is_written(
    command: list[str], ckan: FakeCkan, publishing: Publishing, released: Path
) -> None:
    command[command.index("--url") + 1] = ckan.url
    if "--dist" in command:
        command[command.index("--dist") + 1] = f"{released}"
    else:
        command += ["--data", f"{released}", "--dist", f"{released.parent}"]
    assert main(command) == OK
    assert ckan.datasets


def test_the_messages_that_the_page_explains_are_those_of_the_code() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "pipeline" / "portal").glob("*.py"))
    explained = re.findall(r"^\| (\S*[\u4e00-\u9fff]\S*)", PAGE[PAGE.index("| 提示 message") :], re.M)[1:]
    assert len(explained) >= 6
    for words in explained:
        assert words in code, words
