"""Tests of what a routine, a timeline and a cue are."""
