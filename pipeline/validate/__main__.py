"""``python -m pipeline.validate DIR``: the detection power of a built dataset, by place of the digit."""

import sys

from pipeline.validate.detection_told import main

sys.exit(main())
