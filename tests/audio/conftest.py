"""What the tests of the sound share."""

import sys
from pathlib import Path

import pytest


@pytest.fixture
def no_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Linux machine on which no sound server runs yet."""
    for name in ("PULSE_SERVER", "PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("stretchplayer.audio.pulse_probe.SYSTEM_SOCKET", tmp_path / "nowhere")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path
