"""Services of the system: time, display, staying awake. One small file each, behind its port."""
