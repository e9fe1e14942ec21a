"""What is kept on disk: shipped assets, routine files, settings and traces. Every directory is passed in."""
