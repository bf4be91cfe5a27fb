"""The rows of one document that selectors pick from: the published tables, and what follows from them.

Reading order: ``model`` (what a row is), ``derived`` (all rows of a document), ``records`` (the published tables:
``labels`` of one row, ``lines`` of one table over ``outline``, ``coded``, ``numbered`` and ``dimensions``),
``vocabulary`` and ``printed`` (words and printed places); then a module for each group of derived tables: ``sheets``
with ``sheet_names``, ``indicators``, ``halves`` and ``overviews``, ``texts`` with ``spoken`` and ``shares``,
``descriptions``, ``classes``, ``again`` and ``completeness`` with ``captions`` and ``levels``.
"""
