"""One D-Bus connection, and what is spoken over it."""
