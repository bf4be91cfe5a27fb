"""A recognised table to its facts: one ``budget_lines`` row per printed figure, and a role for every cell.

Reading order: ``records`` (what goes in, what is gathered, what comes out), ``table`` (the way through), ``headers``
(cells of the head, also where a page repeats it), ``rows`` (which rows there are and what each says), ``figures`` (the
cells that print one), ``budget_lines`` (a figure as a row), ``untaken`` (what is left), ``reports`` (its findings).
"""
