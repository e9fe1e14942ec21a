"""Notifications on each system."""
