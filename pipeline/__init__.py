"""Chinese government departments' budget disclosures (部门预算公开) as tidy, proven, open data.

Reading order: ``schema`` (what is published), ``tables`` and ``sources`` (what stages share), ``extract``,
``normalize``, ``validate``, ``publish`` (one stage each, none importing another), ``build`` (runs them),
``cli`` over ``commands``.
"""

__version__ = "0.1.0"
