"""Performance sheets (绩效目标表): forms of one project, lists of projects, whole-department forms, read by one code.

Reading order: ``records`` (what comes out), ``layout`` (cells by place, page breaks), ``plan`` (which column is what),
``indicators`` (rows of targets), ``money``, ``form`` (one project), ``listing`` (several), ``department``.
"""
