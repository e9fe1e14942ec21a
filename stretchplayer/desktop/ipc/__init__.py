"""One running program per data directory, controlled by others: a lock, a local socket and a table of verbs."""
