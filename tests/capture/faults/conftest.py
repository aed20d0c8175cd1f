"""Lets the tests of this folder import their cases and their server, which `table.py` uses as well."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
