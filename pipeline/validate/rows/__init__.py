"""The rows of one document that selectors pick from: the published tables, and what follows from them.

Reading order, each module built on those before it:

* a row, its words, and where it is printed: ``model``, ``vocabulary``, ``printed``;
* the published tables: ``labels`` (one row), ``outline``, ``coded``, ``numbered``, ``headings``, ``dimensions``,
  ``hierarchy``, ``printing`` and ``lines`` (the rows of one table), ``records``;
* derived of tables: ``captions``, ``completeness``, ``classes``, ``levels``, ``serials``, ``crossed``, ``coding``,
  ``depths``, ``again``;
* derived of performance sheets: ``indicators``, ``sheet_names``, ``sheets``, ``halves``, ``overviews``,
  ``descriptions``;
* derived of the text: ``spoken``, ``gaps``, ``bounds``, ``misplaced``, ``retold``, ``public``, ``stated``, ``told``,
  ``shares``, ``named``, ``exchanged``, ``slipped``, ``contrary``, ``change_sums``, ``years``, ``text_units``,
  ``compared``, ``changes``, ``texts``, ``wording``, ``scales``, ``magnitudes``, ``public_units``;
* ``derived``: all rows of a document.
"""
