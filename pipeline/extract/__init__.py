"""A file to pages, tables of cells with their boxes, and printed lines. Knows PDF, knows no budget.

Reading order: ``document`` (the way through), ``glyphs``, ``rules``, ``watermark``, ``grid``, ``cells``, ``text``,
``lines``, ``continuation``.
"""

from pipeline.extract.document import UnreadableDocument, read_document

__all__ = ["UnreadableDocument", "read_document"]
