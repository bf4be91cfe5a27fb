"""Cells and lines to the tidy tables of the contract. Knows budgets, knows no PDF.

``document`` is the way through. Reading order, each module built on those before it:

* its records and words: ``model``, ``vocabulary_file``, ``phrases``, ``meanings``, ``words``, ``amounts``, ``codes``,
  ``reference``;
* performance sheets: ``targets``, ``sheets``, ``performance``;
* what a document and its tables are: ``titles``, ``region``, ``identity_words``, ``identity``, ``calendars``,
  ``reading``;
* a table's facts: ``heads`` (its columns), ``cut_rows``, ``blocks``, ``labels`` (its rows), ``settle``, ``units``,
  ``facts``;
* what stands beside the tables: ``subtotals``, ``projects``, ``project_years``, ``matching``, ``mismatches``,
  ``prose``, ``narrative``, ``attachments``, ``contents_entries``, ``contents``, ``statements``;
* all together: ``coverage``, ``page_reports``, ``document_reports``, ``document_rows``, ``document``; over it the
  errata: ``corrections_file``, ``corrections``.
"""

from pipeline.normalize.document import normalize_document
from pipeline.normalize.document_rows import unreadable_document
from pipeline.normalize.reference import reference_tables

__all__ = ["normalize_document", "reference_tables", "unreadable_document"]
