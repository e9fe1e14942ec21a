"""The real bundle, built once, where there is neither Python nor this checkout: its self-test, and a session in it."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.e2e.desktop import ROOT
from tests.e2e.player import LONG_LEAD_IN_S, TINY_ROUTINE, Player, write_routine
from tests.e2e.waiting import wait_until
from tests.e2e.x11 import X11Desktop

pytestmark = pytest.mark.desktop

NEEDED = ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PULSE_", "XDG_", "HOME", "SPEECHD_CMD", "TZ")
"""All that is left of the environment."""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a one-folder build, away from the checkout; one test process makes it, the others wait for that."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "bundle" / "stretchplayer"
    with (shared / "bundle.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            made = ROOT / "build" / "test-bundle"
            command = [sys.executable, "packaging/bundle/make.py", "--folder-only", str(made)]
            done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.fail(f"The bundle can't be made:\n{done.stdout}{done.stderr}", pytrace=False)
            folder.parent.mkdir()
            shutil.move(made / "stretchplayer", folder)
    return folder


@pytest.fixture
def stripped(x11: X11Desktop, tmp_path: Path) -> dict[str, str]:
    """The environment of a desktop whose PATH has nothing in it."""
    kept = {name: value for name, value in x11.env.items() if name.startswith(NEEDED)}
    return {**kept, "PATH": str(tmp_path / "no-programs"), "LANG": "C.UTF-8", "TMPDIR": str(tmp_path)}


def findings(output: str) -> dict[str, tuple[str, str]]:
    """Verdict and words of every check, by its name."""
    lines = [re.fullmatch(r"(\w+) +(\S+) +(.*)", line) for line in output.splitlines()]
    assert all(lines), output
    return {line[2]: (line[1], line[3]) for line in lines if line}


def test_the_self_test_finds_everything_in_the_bundle(
    bundle: Path, stripped: Mapping[str, str], tmp_path: Path
) -> None:
    command = [str(bundle / "stretchplayer"), "self-test"]
    done = subprocess.run(command, env=stripped, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""
    found = findings(done.stdout)
    assert {name for name, (verdict, _) in found.items() if verdict == "note"} == {"speech", "notifications", "tray"}
    assert found["version"][1].endswith("bundle")
    assert "speakers" in found["sound"][1]
    assert "6 holds done" in found["session"][1]


def test_a_session_is_played_in_the_bundle(
    bundle: Path, x11: X11Desktop, stripped: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*args: str, env: Mapping[str, str] | None = None) -> "subprocess.Popen[str]":
        data_dir = {"STRETCHPLAYER_DATA_DIR": x11.env["STRETCHPLAYER_DATA_DIR"]}
        variables = [f"{name}={value}" for name, value in {**stripped, **data_dir, **(env or {})}.items()]
        return x11.start(
            [
                "/usr/bin/env",
                "--ignore-environment",
                *variables,
                f"--chdir={tmp_path}",
                f"{bundle}/stretchplayer",
                *args,
            ]
        )

    monkeypatch.setattr(x11, "run", run)
    routine = write_routine(tmp_path, TINY_ROUTINE, LONG_LEAD_IN_S)
    with x11.record() as heard, Player(x11, routine, "--exit") as player:
        player.window()
        player.wait_for_states("prepare")
        x11.key("space")
        player.wait_for_states("prepare", "paused")
        x11.key("space")
        player.wait_for_states("paused", "resuming", "prepare")
        x11.key("Right")
        assert player.exit_code() == 0
        trace = player.trace
    assert trace.outcome == "finished"
    assert trace.events[-1].held_ms == {"back": {"both": 2_000}}
    assert heard.onsets()


def test_the_bundle_leaves_nothing_running(bundle: Path) -> None:
    def running() -> list[str]:
        return [
            str(entry) for entry in Path("/proc").glob("[0-9]*/exe") if os.path.realpath(entry).startswith(str(bundle))
        ]

    wait_until(lambda: not running(), "the end of all its processes")


def test_it_installs_and_goes_without_a_trace(bundle: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / ".config" / "autostart").mkdir(parents=True)
    (home / "mine").touch()
    unpacked = tmp_path / "unpacked"
    command = [sys.executable, "packaging/bundle/lay_out.py", str(bundle), str(unpacked)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    env = {"HOME": str(home), "PATH": os.environ["PATH"]}
    before = sorted(home.rglob("*"))
    subprocess.run([unpacked / "install.sh", "--user"], env=env, check=True, capture_output=True)
    entry = home / ".local" / "share" / "applications" / "stretchplayer.desktop"
    program = home / ".local" / "bin" / "stretchplayer"
    assert f"Exec={program} start" in entry.read_text(encoding="utf-8").splitlines()
    assert f"TryExec={program}" in entry.read_text(encoding="utf-8").splitlines()
    told = subprocess.run([program, "--version"], env=env, check=True, capture_output=True, text=True).stdout
    assert told.startswith("Stretch Player ")
    (home / ".config" / "autostart" / "stretchplayer.desktop").write_text(f"[Desktop Entry]\nExec={program}\n")
    subprocess.run(
        [home / ".local" / "lib" / "stretchplayer" / "install.sh", "--uninstall"],
        env=env,
        check=True,
        capture_output=True,
    )
    assert sorted(home.rglob("*")) == before
