"""Files: assets, routines, poses, settings, reminders, history, logs. Every directory is passed in."""
