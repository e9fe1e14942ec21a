"""The X server."""
