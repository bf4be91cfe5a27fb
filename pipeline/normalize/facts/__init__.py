"""A recognised table to its facts: one ``budget_lines`` row per printed figure, and a role for every cell.

Reading order: ``records`` (what goes in, what is gathered, what comes out), ``reports`` (the findings), ``headers``
(cells of the head, also where a page repeats it), ``rows`` (which rows there are and what each says), ``budget_lines``
(a figure as a row), ``contradictions`` (columns that gainsay one another), ``figures`` (the cells that print one),
``untaken`` (what is left), ``table`` (the way through).
"""
