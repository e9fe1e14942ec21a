"""Notifications of each system."""
