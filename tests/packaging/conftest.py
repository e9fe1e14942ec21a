"""Lets the tests import the scripts that make the bundle."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging" / "bundle"))

if sys.platform != "linux":
    collect_ignore = ["test_share.py"]  # the tools that check these files are Linux's
