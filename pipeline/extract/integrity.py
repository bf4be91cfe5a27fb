"""Whether a file's packed data can be unpacked to the end.

pdfium reads a damaged stream as far as it goes and says nothing: a page then lacks its last rows, or its font's letters
are others. Every stream packed with zlib ends with a checksum of what it holds, so damage shows. A download that broke
off may also leave a hole, of noughts, where whole objects should be.
"""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"\d\s+obj\b((?:(?!endobj|stream)[\s\S]){0,1500}?>>)\s*stream(?:\r\n|\n|\r)")
_PACKED = re.compile(rb"/Filter\s*\[?\s*/(?:FlateDecode|Fl)\b\s*(?!/\w+Decode)")  # by zlib alone
# neither text nor drawing hangs on the picture, colours or outlines of glyphs, which are most of a file
_ASIDE = re.compile(rb"/Image\b|/Length1\b|/Type1C\b|/CIDFontType0C\b|/OpenType\b|/N\s+[134]\b|/EmbeddedFile\b")
_CHUNK = 1 << 16
_HOLE = bytes(1024)


def damaged_places(data: bytes) -> int:
    """How many streams of a PDF cannot be unpacked to their end, and how many holes it has.

    Streams of text, drawing, fonts' maps and packed objects are looked at; pictures, fonts' outlines and what is
    encrypted are not.
    """
    return _holes(data) + (0 if b"/Encrypt" in data else _damaged_streams(data))


def _holes(data: bytes) -> int:
    holes, place = 0, data.find(_HOLE)
    while place >= 0:
        holes += _is_hole(data, place)
        after = data.find(b"obj", place)
        place = data.find(_HOLE, after) if after >= 0 else -1
    return holes


def _is_hole(data: bytes, place: int) -> bool:
    """Whether noughts stand where none can be: between objects, or in a stream that is packed."""
    begun = data.rfind(b"stream", 0, place)
    is_open = begun >= 0 and data[begun - 3 : begun] != b"end"
    return not is_open or b"/Filter" in data[data.rfind(b"obj", 0, begun) : begun]


def _damaged_streams(data: bytes) -> int:
    damaged, at = 0, 0
    while found := _STREAM.search(data, at):
        at = found.end()
        if not _PACKED.search(found[1]) or _ASIDE.search(found[1]):
            at = max(at, data.find(b"endstream", at))
            continue
        end = _unpacked_to(data, at)
        damaged += end is None
        at = end or at
    return damaged


def _unpacked_to(data: bytes, start: int) -> int | None:
    """Where the stream that starts here ends; None where it cannot be unpacked so far."""
    unpacking, at = zlib.decompressobj(), start
    try:
        while not unpacking.eof and at < len(data):
            unpacking.decompress(data[at : at + _CHUNK])
            at += _CHUNK
    except zlib.error:
        return None
    return min(at, len(data)) - len(unpacking.unused_data) if unpacking.eof else None
