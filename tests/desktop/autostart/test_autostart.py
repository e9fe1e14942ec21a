"""Starting at login: the command, and the ways of Windows and macOS with a registry and files that are pretended."""

import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from stretchplayer.desktop.autostart import autostart_for, background_command
from stretchplayer.desktop.autostart.macos import LABEL, MacAutostart, run_launchctl
from stretchplayer.desktop.autostart.windows import APPROVED, NAME, RUN, WindowsAutostart, user_registry
from stretchplayer.desktop.autostart.xdg import XdgAutostart
from stretchplayer.errors import DesktopError
from stretchplayer.ports import Autostart

# The command


def test_a_bundle_starts_itself() -> None:
    command = background_command(executable="/opt/sp/stretchplayer", frozen=True, environ={})
    assert command == ["/opt/sp/stretchplayer", "--background"]
    unpacked = {"APPIMAGE": "/mnt/Stretch_Player.AppImage"}
    command = background_command(executable="/mnt/x/stretchplayer", frozen=True, environ=unpacked)
    assert command == ["/mnt/Stretch_Player.AppImage", "--background"]


def test_a_wheel_starts_its_script_and_a_checkout_its_python(tmp_path: Path) -> None:
    python = str(tmp_path / "python")
    command = background_command(executable=python, frozen=False, platform="linux")
    assert command == [python, "-m", "stretchplayer", "--background"]
    (tmp_path / "stretchplayer").touch()
    command = background_command(executable=python, frozen=False, platform="linux", data_dir=Path("/mine"))
    assert command == [str(tmp_path / "stretchplayer"), "--data-dir", "/mine", "--background"]


def test_on_windows_no_console_is_opened(tmp_path: Path) -> None:
    python = str(tmp_path / "python.exe")
    assert background_command(executable=python, frozen=False, platform="win32")[0] == python
    (tmp_path / "pythonw.exe").touch()
    command = background_command(executable=python, frozen=False, platform="win32")
    assert command == [str(tmp_path / "pythonw.exe"), "-m", "stretchplayer", "--background"]


def test_this_program_can_be_started_by_its_command() -> None:
    command = background_command()
    done = subprocess.run([*command[:-1], "--version"], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("Stretch Player ")


def test_each_system_has_its_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert isinstance(autostart_for(["x"], "linux"), XdgAutostart)
    assert isinstance(autostart_for(["x"], "freebsd14"), XdgAutostart)
    assert isinstance(autostart_for(["x"], "darwin"), MacAutostart)
    monkeypatch.setattr("stretchplayer.desktop.autostart.user_registry", FakeRegistry)
    assert isinstance(autostart_for(["x"], "win32"), WindowsAutostart)


# Windows


class FakeRegistry:
    """Implements `Registry`. `fail`: nothing can be read or written."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}
        self.fail = False

    def _check(self) -> None:
        if self.fail:
            raise PermissionError(13, "Access is denied")

    def read(self, key: str, name: str) -> str | bytes | None:
        self._check()
        return self.values.get((key, name))

    def write(self, key: str, name: str, value: str) -> None:
        self._check()
        self.values[key, name] = value

    def delete(self, key: str, name: str) -> None:
        self._check()
        self.values.pop((key, name), None)


@pytest.fixture
def registry() -> FakeRegistry:
    return FakeRegistry()


@pytest.fixture
def windows(registry: FakeRegistry) -> WindowsAutostart:
    return WindowsAutostart([r"C:\Program Files\SP\stretchplayer.exe", "--background"], registry)


def test_a_run_value_is_written_and_removed(windows: WindowsAutostart, registry: FakeRegistry) -> None:
    port: Autostart = windows
    assert port.is_available()
    assert not port.is_on()
    port.set(True)
    assert port.is_on()
    assert registry.values == {(RUN, NAME): r'"C:\Program Files\SP\stretchplayer.exe" --background'}
    port.set(False)
    assert not port.is_on()
    assert registry.values == {}


@pytest.mark.parametrize(
    ("approval", "on"), [(b"\x02" + bytes(11), True), (b"\x03" + bytes(11), False), (b"\x07", False), (b"", True)]
)
def test_what_the_task_manager_turned_off_is_off(
    windows: WindowsAutostart, registry: FakeRegistry, approval: bytes, on: bool
) -> None:
    windows.set(True)
    registry.values[APPROVED, NAME] = approval
    assert windows.is_on() is on
    windows.set(True)
    assert windows.is_on()


def test_a_run_value_for_another_program_is_repaired(windows: WindowsAutostart, registry: FakeRegistry) -> None:
    assert not windows.repair()
    registry.values[RUN, NAME] = r"D:\old.exe --background"
    registry.values[APPROVED, NAME] = b"\x03"
    assert windows.repair()
    assert not windows.is_on(), "it was turned off, and only the program has moved"
    assert not windows.repair()


def test_a_registry_that_can_not_be_used(windows: WindowsAutostart, registry: FakeRegistry) -> None:
    registry.fail = True
    assert not windows.is_on()
    with pytest.raises(DesktopError, match="can't be changed: Windows says Access is denied"):
        windows.set(True)
    with pytest.raises(DesktopError, match="can't be repaired: Windows says Access is denied"):
        windows.repair()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one")
def test_only_windows_has_a_registry() -> None:
    with pytest.raises(DesktopError, match="Only Windows"):
        user_registry()


# macOS


class FakeLaunchctl:
    """What launchd has been told, and its list of agents that are turned off."""

    def __init__(self) -> None:
        self.told: list[tuple[str, ...]] = []
        self.disabled = "disabled services = {\n}\n"
        self.fail = False

    def __call__(self, *arguments: str) -> str:
        self.told.append(arguments)
        if self.fail:
            raise OSError("launchctl failed")
        return self.disabled if arguments[0] == "print-disabled" else ""


@pytest.fixture
def launchctl() -> FakeLaunchctl:
    return FakeLaunchctl()


@pytest.fixture
def mac(tmp_path: Path, launchctl: FakeLaunchctl) -> MacAutostart:
    program = tmp_path / "Stretch Player"
    program.touch(mode=0o755)
    return MacAutostart([str(program), "--background"], tmp_path, launchctl)


@pytest.fixture
def agent(tmp_path: Path) -> Path:
    return tmp_path / "Library" / "LaunchAgents" / f"{LABEL}.plist"


def change(agent: Path, **changes: object) -> None:
    agent.write_bytes(plistlib.dumps({**plistlib.loads(agent.read_bytes()), **changes}))


def test_an_agent_is_written_and_removed(
    mac: MacAutostart, agent: Path, tmp_path: Path, launchctl: FakeLaunchctl
) -> None:
    port: Autostart = mac
    assert port.is_available()
    assert not port.is_on()
    port.set(True)
    assert port.is_on()
    written = plistlib.loads(agent.read_bytes())
    assert written["ProgramArguments"] == [str(tmp_path / "Stretch Player"), "--background"]
    assert written["RunAtLoad"] is True
    assert launchctl.told[-2][0] == "enable"
    port.set(False)
    assert not port.is_on()
    assert not agent.exists()


@pytest.mark.parametrize(
    "changes",
    [{"RunAtLoad": False}, {"Disabled": True}, {"ProgramArguments": ["/gone"]}, {"ProgramArguments": []}],
    ids=str,
)
def test_what_the_agent_says_is_read_back(mac: MacAutostart, agent: Path, changes: dict[str, object]) -> None:
    mac.set(True)
    change(agent, **changes)
    assert not mac.is_on()


@pytest.mark.parametrize(("word", "on"), [("disabled", False), ("true", False), ("enabled", True), ("false", True)])
def test_what_the_settings_turned_off_is_off(mac: MacAutostart, launchctl: FakeLaunchctl, word: str, on: bool) -> None:
    mac.set(True)
    launchctl.disabled = f'disabled services = {{\n\t"{LABEL}" => {word}\n}}\n'
    assert mac.is_on() is on


def test_without_the_list_the_agent_counts(mac: MacAutostart, launchctl: FakeLaunchctl) -> None:
    mac.set(True)
    launchctl.fail = True
    assert mac.is_on()
    with pytest.raises(DesktopError, match="can't be changed: launchctl failed"):
        mac.set(True)


@pytest.mark.parametrize("data", [b"no plist", plistlib.dumps(["x"])])
def test_an_agent_that_can_not_be_read_is_off(mac: MacAutostart, agent: Path, data: bytes) -> None:
    agent.parent.mkdir(parents=True)
    agent.write_bytes(data)
    assert not mac.is_on()
    assert not mac.repair()


def test_an_agent_for_another_program_is_repaired(mac: MacAutostart, agent: Path) -> None:
    assert not mac.repair()
    mac.set(True)
    assert not mac.repair()
    change(agent, ProgramArguments=["/old", "--background"])
    assert mac.repair()
    assert mac.is_on()


def test_a_folder_that_can_not_be_written_to(mac: MacAutostart, agent: Path, tmp_path: Path) -> None:
    (tmp_path / "Library").touch()
    with pytest.raises(DesktopError, match="can't be changed"):
        mac.set(True)


def test_a_failed_repair_leaves_the_old_agent(mac: MacAutostart, agent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mac.set(True)
    change(agent, ProgramArguments=["/old"])
    before = agent.read_bytes()

    def fail(_path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(DesktopError, match="can't be repaired: No space left"):
        mac.repair()
    assert agent.read_bytes() == before
    assert [path.name for path in agent.parent.iterdir()] == [agent.name]


def test_launchctl_is_run_and_its_failure_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        if "fail" in command:
            raise subprocess.CalledProcessError(1, command)
        return subprocess.CompletedProcess(command, 0, "fine")

    monkeypatch.setattr(subprocess, "run", run)
    assert run_launchctl("print-disabled", "gui/1") == "fine"
    assert ran == [["/bin/launchctl", "print-disabled", "gui/1"]]
    with pytest.raises(OSError, match="non-zero exit status"):
        run_launchctl("fail")
