"""One program for one data directory, and how the others ask it: a lock, a local socket and a table of verbs."""
