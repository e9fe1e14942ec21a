"""Stretch Player: a guided player for hamstring stretches, followed from the floor."""

__version__ = "0.1.0"
