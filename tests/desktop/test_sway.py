"""Asking sway to leave the focus where it is."""

import os
from pathlib import Path

import pytest

from stretchplayer.desktop import sway
from stretchplayer.desktop.sway import keep_from_focus
from tests.posix import not_on_windows


@pytest.fixture
def swaymsg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that stands for sway's own: it writes down what it is told, and then does what `tail` says."""
    (tmp_path / "tail").write_text("exit 0\n", encoding="utf-8")
    program = tmp_path / "swaymsg"
    program.write_text(f'#!/bin/sh\necho "$@" >{tmp_path}/told\n. {tmp_path}/tail\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("SWAYSOCK", "/run/sway")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path


@not_on_windows("the tools are Linux's")
def test_sway_is_told_which_window(swaymsg: Path) -> None:
    keep_from_focus("app", 'Time to "stretch"')
    told = (swaymsg / "told").read_text(encoding="utf-8")
    assert told == '--quiet no_focus [app_id="^app$" title="^Time.to..stretch."]\n'


@pytest.mark.parametrize("tail", ["exit 2", "exec sleep 60"])
def test_a_sway_that_refuses_or_hangs_is_let_be(
    swaymsg: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tail: str
) -> None:
    monkeypatch.setattr(sway, "SWAY_TIMEOUT_S", 0.1)
    (swaymsg / "tail").write_text(tail, encoding="utf-8")
    keep_from_focus("app", "title")
    assert "sway could not be told" in caplog.text


def test_where_there_is_no_sway_nothing_happens(swaymsg: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SWAYSOCK")
    keep_from_focus("app", "title")
    assert not (swaymsg / "told").exists()


def test_without_its_program_nothing_happens(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setenv("SWAYSOCK", "/run/sway")
    monkeypatch.setenv("PATH", str(tmp_path))
    keep_from_focus("app", "title")
    assert "sway could not be told" in caplog.text
