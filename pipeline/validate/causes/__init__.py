"""What one slip of the hand may explain many failures: two rows whose figures changed places, a row that is missing or
printed twice, a figure in the column beside its own, a code misprinted, a unit that is another table's.

``model`` says what a supposition is; ``rows``, ``columns``, ``codes``, ``levels``, ``lacking`` and ``units`` make the
few that a document's failures suggest; ``groups`` takes those failures apart that have nothing in common; ``trial``
puts the lines as each supposes them and checks the document anew. One that makes failures vanish and none appear is a
cause; ``find`` chooses among them. ``mended`` tells what else would hold, where one figure alone is wrong.
"""

from pipeline.validate.causes.find import find_causes
from pipeline.validate.causes.mended import mended_too
from pipeline.validate.causes.model import Cause

__all__ = ["Cause", "find_causes", "mended_too"]
