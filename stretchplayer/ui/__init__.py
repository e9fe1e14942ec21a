"""The two front ends: the window and the terminal. Views show facts and send commands."""
