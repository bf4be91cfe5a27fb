"""The manifest beside the raw files: what it says of a disclosure, and what it may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.sources import MANIFEST, ManifestError, read_sources

ADDRESS = "https://www.example.gov.cn/yusuan/2026.pdf"


def folder_with(path: Path, **said: str) -> Path:
    """A raw folder with one file and its row in the manifest."""
    (path / "made.pdf").write_bytes(b"%PDF-")
    row = {"file": "made.pdf", **said}
    (path / MANIFEST).write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    return path


def test_the_manifest_says_where_a_disclosure_is_published_and_how_it_came_here(tmp_path: Path) -> None:
    (source,) = read_sources(folder_with(tmp_path, source_url=ADDRESS, where_from="downloaded by hand"))
    assert (source.source_url, source.where_from) == (ADDRESS, "downloaded by hand")


def test_a_manifest_that_knows_no_address_gives_none(tmp_path: Path) -> None:
    (source,) = read_sources(folder_with(tmp_path, where_from=""))
    assert (source.source_url, source.where_from) == (None, None)


@pytest.mark.parametrize(
    "said", ["the department's website", "www.example.gov.cn", "ftp://example.org/x", "https:///x"]
)
def test_words_in_place_of_an_address_are_refused_and_shown_their_column(tmp_path: Path, said: str) -> None:
    with pytest.raises(ManifestError, match=r"made\.pdf: source_url .* where_from"):
        read_sources(folder_with(tmp_path, source_url=said))


def test_a_manifest_in_the_encoding_of_a_chinese_spreadsheet_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """The message was Python's own, of a byte at a position."""
    (tmp_path / "made.pdf").write_bytes(b"%PDF-")
    (tmp_path / MANIFEST).write_bytes("file,title\nmade.pdf,部门预算\n".encode("gb18030"))
    with pytest.raises(ManifestError, match=r"请另存为“CSV UTF-8” / is not UTF-8: save it as"):
        read_sources(tmp_path)


def test_a_file_with_the_bytes_of_an_earlier_one_is_known_as_its_copy(tmp_path: Path) -> None:
    for name, content in (("b.pdf", b"%PDF one"), ("a.pdf", b"%PDF one"), ("c.pdf", b"%PDF two")):
        (tmp_path / name).write_bytes(content)
    assert [(source.document_id, source.same_as) for source in read_sources(tmp_path)] == [
        ("a", None),
        ("b", "a"),
        ("c", None),
    ]
