"""The rows of one document that selectors pick from: the published tables, and what follows from them.

Reading order: ``derived`` (all of them), ``records`` (columns of the budget's lines, over ``outline`` and
``dimensions``), ``vocabulary`` and ``printed`` (words and printed places), ``sheets``, ``texts``, ``descriptions``,
``classes``, ``completeness`` (a module for each group of derived tables).
"""
