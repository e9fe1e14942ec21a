"""Tests of what makes the bundle, in `packaging/`."""
