"""Whether the person is there and free, and what happens to the machine."""
