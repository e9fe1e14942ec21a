"""What can be found out about the person and the machine."""
