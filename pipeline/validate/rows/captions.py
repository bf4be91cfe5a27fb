"""The captions over tables (预算公开表3) as the selectors see them: derived tables.

captions  the printed tables of the rule, where most bear a caption: ``is_lacking`` one, ``other_words`` in it than most
numbers   the contents page's entries whose table bears a number, on the table's page: ``other_number`` than theirs
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.validate.rows.model import Record
from pipeline.validate.rows.vocabulary import squeezed

_NUMBER = re.compile(r"[\d一二三四五六七八九十.—–－-]+")


def caption_tables(printed: Sequence[Record], entries: Sequence[Record]) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``printed`` are its tables of the rule, ``entries`` those of its contents."""
    numbered = [{**entry, "page": entry["body_page"]} for entry in entries if entry["has_numbers"]]
    return {"captions": list(_captions(printed)), "numbers": numbered}


def _captions(printed: Sequence[Record]) -> Iterator[Record]:
    words = [_words(row["printed_caption"]) for row in printed]
    counted = Counter(filter(None, words))
    usual, times = counted.most_common(1)[0] if counted else ("", 0)
    if 2 * times <= len(printed):
        return
    note = {"note_zh": f"多数表印的是“{usual}”加编号", "note_en": f"most tables print “{usual}” with a number"}
    for row, own in zip(printed, words, strict=True):
        differs = own not in (None, usual)
        yield {
            **row,
            "page": row["first_page"],
            "item": row["printed_caption"],
            "is_lacking": own is None,
            "other_words": differs,
            **(note if differs else {}),
        }


def _words(caption: object) -> str | None:
    """What a caption says beside its number; None without one."""
    return _NUMBER.sub("", unicodedata.normalize("NFKC", squeezed(caption))) if caption else None
