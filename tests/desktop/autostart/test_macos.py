"""Starting at login on macOS, with a launchctl that is pretended."""

import plistlib
from pathlib import Path

import pytest

from stretchplayer.desktop.autostart.macos import LABEL, MacAutostart
from stretchplayer.errors import DesktopError


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
    assert mac.is_available()
    assert not mac.is_on()
    mac.set(True)
    assert mac.is_on()
    written = plistlib.loads(agent.read_bytes())
    assert written["ProgramArguments"] == [str(tmp_path / "Stretch Player"), "--background"]
    assert written["RunAtLoad"] is True
    assert launchctl.told[-2][0] == "enable"
    mac.set(False)
    assert not mac.is_on()
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
    with pytest.raises(DesktopError, match="can't be changed: No space left"):
        mac.repair()
    assert agent.read_bytes() == before
    assert [path.name for path in agent.parent.iterdir()] == [agent.name]
