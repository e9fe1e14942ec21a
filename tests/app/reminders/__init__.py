"""Tests of the wiring of reminders."""
