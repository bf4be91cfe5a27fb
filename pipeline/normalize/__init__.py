"""Cells and lines to the tidy tables of the contract. Knows budgets, knows no PDF.

Reading order: ``document`` (the way through), ``model`` (its records), ``words`` and ``phrases`` (the vocabulary),
``titles``, ``headers``, ``blocks``, ``labels``, ``facts``, ``reference``, ``coverage``.
"""

from pipeline.normalize.document import normalize_document, unreadable_document
from pipeline.normalize.reference import reference_tables

__all__ = ["normalize_document", "reference_tables", "unreadable_document"]
