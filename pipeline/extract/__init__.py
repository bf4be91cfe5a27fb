"""A file to pages, tables of cells with their boxes, and printed lines. Knows PDF, knows no budget.

``document`` is the way through. Reading order, each module built on those before it:

* the file: ``calls``, ``frame``, ``opening``, ``integrity``;
* what a page holds: its print by ``unicode_maps``, ``forms``, ``clipping`` and ``glyphs``; what it draws by
  ``drawing``, ``rules`` and ``pictures``;
* what nobody is to read of it: ``tiles``, ``watermark``, ``unseen``, ``hidden``, ``edges``;
* a table that is drawn whole: ``grid``, ``woven``, ``text``, ``cells``, ``seats``;
* a table that is not: ``words``, ``tokens``, ``bars``, ``drawn``, ``heads``, ``headings``, ``stretches``, ``columns``,
  ``coverings``, ``names``, ``rows``, ``layout``; it is found by what it has: ``aligned`` (nothing), ``barred`` (rules
  across), ``shaded`` (fields), ``headed`` (its head), ``framed`` (one field to a column);
* the page as a whole: ``halves``, ``page_tables``, ``lines``, ``pages``;
* tables over several pages: ``parts``, ``continuation``, ``seams``; ``interim_rows`` and ``document`` write them down,
  ``camelot_tables`` hands them to whoever works with camelot.
"""

from pipeline.extract.document import read_document
from pipeline.extract.opening import UnreadableDocument

__all__ = ["UnreadableDocument", "read_document"]
