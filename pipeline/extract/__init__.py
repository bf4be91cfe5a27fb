"""A file to pages, tables of cells with their boxes, and printed lines. Knows PDF, knows no budget.

Reading order: ``document`` (the way through), ``opening``, ``pages`` (``glyphs``, ``rules``, ``watermark``,
``pictures``), ``page_tables`` (``grid``, ``cells``, ``text``; ``barred`` and ``aligned`` find what is not drawn whole,
``layout`` reads it by ``bars``, ``tokens``, ``drawn``, ``columns``, ``heads``, ``headings``, ``coverings``, ``body``,
``rows``, ``names``), ``lines``, ``continuation``, ``interim_rows``.
"""

from pipeline.extract.document import read_document
from pipeline.extract.opening import UnreadableDocument

__all__ = ["UnreadableDocument", "read_document"]
