"""How a command ends: its exit code.

0: all was done, every document could be read and every suite holds. 1: something did not. 2: wrong usage. 130: stopped.
"""

OK, NOT_OK, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
