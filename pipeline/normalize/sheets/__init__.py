"""Performance sheets (绩效目标表): forms of one project, lists of projects, whole-department forms, read by one code.

Reading order: ``words`` (the vocabulary), ``records`` (what comes out), ``layout`` (cells by place, page breaks),
``plan_model``, ``plan_headings`` and ``plan`` (which column is what), ``runs`` (which tables are sheets),
``indicators`` (rows of targets), ``money``, ``form`` (one project), ``listing`` and ``list_rows`` (several),
``department``, ``reports`` (what could not be read).
"""
