"""What a routine, a timeline and a session are: pure Python, standard library only, no clock and no disk."""
