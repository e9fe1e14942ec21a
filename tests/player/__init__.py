"""Tests of the statechart, the session and who listens to it."""
