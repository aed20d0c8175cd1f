"""Lets the tests of this folder import the modules that they share.

They run as `make test-stack` and `make chaos`, not in `make test`: they need PostgreSQL, Redis and minutes.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
