"""The raw files and what the manifest says of them."""

from __future__ import annotations

from pathlib import Path

from pipeline.sources import read_sources


def test_a_file_with_the_bytes_of_an_earlier_one_is_known_as_its_copy(tmp_path: Path) -> None:
    for name, content in (("b.pdf", b"%PDF one"), ("a.pdf", b"%PDF one"), ("c.pdf", b"%PDF two")):
        (tmp_path / name).write_bytes(content)
    assert [(source.document_id, source.same_as) for source in read_sources(tmp_path)] == [
        ("a", None),
        ("b", "a"),
        ("c", None),
    ]
