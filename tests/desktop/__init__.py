"""Tests of the services in stretchplayer/desktop."""
