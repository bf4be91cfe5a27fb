"""Chinese government departments' budget disclosures (部门预算公开) as tidy, proven, open data.

Reading order, each module built on those before it:

* what is published: ``schema``; what stages share: ``punctuation``, ``directions``, ``sql``, ``spreadsheet``,
  ``tables``, ``sources``, ``garbage``;
* the stages, none of which imports another: ``extract``, ``normalize``, ``validate``, ``publish``;
* a build: ``stamps`` (what is stale), ``interim``, ``document`` (one document's way), ``workers``, ``progress``,
  ``jobs`` (all of them), ``inputs``, ``outputs``, ``collect``, ``summary``, ``build``, and ``stages`` (each alone);
* what was built, asked and handed on: ``query``, ``show``, ``report``, ``release``, ``portal``;
* the command line: ``commands``, ``cli``.
"""

__version__ = "0.1.0"
