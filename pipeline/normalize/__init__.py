"""Cells and lines to the tidy tables of the contract. Knows budgets, knows no PDF.

Reading order: ``document`` (the way through), ``model`` and ``reading`` (its records), ``phrases``,
``vocabulary_file``, ``meanings`` and ``words`` (the vocabulary), ``identity``, ``titles`` and ``calendars`` (what it
is); then a table's facts: ``cut_rows``, ``codes``, ``heads``, ``blocks``, ``reference``, ``labels``, ``settle``,
``units``, ``facts``; then what is beside them: ``attachments`` (``performance`` and ``projects`` over ``sheets``,
``narrative`` over ``prose``), ``contents``, ``statements``; at the end ``document_reports``, ``coverage`` and
``document_rows``, and over all of them the errata (``corrections_file``, ``corrections``).
"""

from pipeline.normalize.document import normalize_document
from pipeline.normalize.document_rows import unreadable_document
from pipeline.normalize.reference import reference_tables

__all__ = ["normalize_document", "reference_tables", "unreadable_document"]
