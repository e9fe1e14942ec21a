"""What only Windows has, and what it lacks."""

import ctypes
from types import SimpleNamespace

import pytest

from stretchplayer.desktop.system import user_id, windll


def test_windows_has_libraries_and_no_numbers_for_its_users(monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = SimpleNamespace()
    monkeypatch.setattr("stretchplayer.desktop.system.sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(ctypes, "windll", libraries, raising=False)
    assert windll() is libraries
    assert user_id() == 0
