"""A file to pages, tables of cells with their boxes, and printed lines. Knows PDF, knows no budget.

Reading order: ``document`` (the way through), ``opening``, ``pages`` (``glyphs`` with ``unicode_maps`` and
``clipping``; ``rules`` with ``drawing``; ``watermark``, ``pictures``), ``page_tables`` (``grid``, ``cells``, ``text``;
``shaded``; ``headed`` for heads drawn alone; ``barred`` and ``aligned`` find what else is not drawn whole, ``layout``
reads it by ``bars``, ``tokens``, ``drawn``, ``columns``, ``heads``, ``headings``, ``coverings``, ``body``, ``rows``,
``names``), ``lines``, ``continuation``, ``seams``, ``interim_rows``. ``words`` are those of the lines between tables.
"""

from pipeline.extract.document import read_document
from pipeline.extract.opening import UnreadableDocument

__all__ = ["UnreadableDocument", "read_document"]
