"""Offscreen tests of the window and of the terminal front end."""
