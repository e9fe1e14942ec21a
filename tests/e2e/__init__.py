"""Tests of the whole program on virtual desktops: a real screen, real keys and clicks, recorded sound."""
