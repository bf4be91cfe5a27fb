"""Validate: tidy tables in, checks and findings out; it changes no figure, and knows arithmetic but no layout.

Reading order: ``intervals`` (what "holds" means), ``identities`` (what an identity is) and ``identities_file`` (the
YAML), ``rows`` (what selectors pick from), ``columns``, ``selectors``, ``check``, ``sums``, ``structure`` and
``evaluate`` (families to checks, worded by ``words``), ``linear``, ``feasibility``, ``locate`` and ``register`` (what
follows), ``document`` (one document); ``suites`` (the gate over all documents); ``detection`` (how much a build would
notice) and ``detection_told`` (the same for people; ``python -m pipeline.validate``).
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
