"""The head of a table: how deep it is, and what each column is.

A column is either a label column (its heading has a role: code, name, unit, remark …) or a column of figures, whose
meaning is put together from the headings over it. What a phrase means is data (``vocabulary/columns.yaml``).

Reading order: ``columns`` (the records, and one heading read), ``depth`` (where the head ends), ``label_columns``,
``amount_columns``, ``parts`` (columns that divide money), ``head`` (all together).
"""
