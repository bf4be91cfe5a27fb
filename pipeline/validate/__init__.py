"""Validate: tidy tables in, checks and findings out; it changes no figure, and knows arithmetic but no layout.

``document`` is the way through. Reading order, each module built on those before it:

* what "holds" means, what an identity is, and the YAML that lists them: ``intervals``, ``identities``,
  ``identities_file``;
* what a document prints, and what selectors pick of it: ``money``, ``slips``, ``rows``, ``columns``, ``figures``,
  ``selectors``;
* families to checks: ``words``, ``check``, ``sums``, ``readings``, ``structure``, ``ratios``, ``ratio_slips``,
  ``zeros``, ``evaluate``;
* what the checks of a document tell together: ``chance``, ``linear``, ``feasibility``, ``evidence``, ``locate``,
  ``causes``;
* what is said of it: ``mend``, ``explain``, ``reasons``, ``alike``, ``register``;
* one document: ``detection`` (how much its checks would notice), ``document``; ``detection_told`` is the same for
  people (``python -m pipeline.validate``);
* the gate over all documents: ``query_expectation``, ``suite_queries``, ``suites``.
"""

from pipeline.validate.detection import DetectionPower, detection_power
from pipeline.validate.document import Checked, check_document
from pipeline.validate.identities import Identities
from pipeline.validate.identities_file import IdentitiesError, load_identities
from pipeline.validate.suites import SuiteError, SuiteResult, run_suites

__all__ = [
    "Checked",
    "DetectionPower",
    "Identities",
    "IdentitiesError",
    "SuiteError",
    "SuiteResult",
    "check_document",
    "detection_power",
    "load_identities",
    "run_suites",
]
