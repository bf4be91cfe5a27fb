"""The commands of the command line that are not a room's own: building, and asking what was built.

Reading order: ``exits`` (how a command ends), ``options`` (how one is declared), ``building`` (``build`` and each stage
alone), ``asking`` (``query``, ``findings``, ``show``). What ``release``, ``report`` and ``portal`` can do stands there.
"""
