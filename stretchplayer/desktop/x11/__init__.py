"""What is asked of an X server."""
