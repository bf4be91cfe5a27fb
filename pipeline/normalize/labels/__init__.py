"""What a row is: its codes, names, unit, project, and the money that its label names.

Codes are printed in a column of their own, split over three, in one cell with the name, or not at all; then the
reference tables give them, within the class that the rows above opened.

Reading order: ``label`` (the records), ``names`` (codes of names that print none), ``cells`` (what the label cells
print), ``numbering``, ``kinds`` (what the row is: all together), ``repeats`` (projects with the code of their subject),
``sources`` and ``nesting`` (which rows of revenue stand below which), ``wholes`` (其他资金, its parts).
"""
