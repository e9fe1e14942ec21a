"""Measures what the design's budgets are about. Prints it and asserts nothing: time depends on the machine."""
