"""Kills the program over and over, and looks at what it remembers."""
