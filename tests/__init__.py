"""Tests of Stretch Player, in the folders of what they test."""
