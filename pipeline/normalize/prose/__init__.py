"""The text of a disclosure: paragraphs, figures with what they measure, terms, the profile, last year's figures.

Reading order: ``words`` (the vocabulary), ``scan`` (numbers with their units), ``headings`` (what a paragraph stands
under), ``paragraphs`` (lines to sentences under headings), ``subjects`` (what words name, what they say of a change),
``records`` (what the following hand on), ``naming`` (what a number measures in its place), ``changes`` (what a change
is a change of), ``lists`` (names and numbers that answer to each other), ``figures`` (all of them together, number by
number), ``glossary``, ``profile``, ``implied``, ``restated``.
"""
