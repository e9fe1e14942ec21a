"""Lets the tests import the scripts that make the bundle."""

import sys
from pathlib import Path

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
sys.path[:0] = [str(PACKAGING / "bundle"), str(PACKAGING / "windows")]

if sys.platform != "linux":
    collect_ignore = ["test_share.py"]  # the tools that check these files are Linux's
