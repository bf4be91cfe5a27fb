"""The text of a disclosure: paragraphs, figures with what they measure, terms, the profile, last year's figures.

Reading order: ``words`` (the vocabulary), ``scan`` (numbers with their units), ``paragraphs`` (lines to sentences under
headings), ``subjects`` (what a number measures), ``figures`` (both together), ``glossary``, ``profile``,
``implied``, ``restated``.
"""
