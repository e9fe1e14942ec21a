"""Whether there is a call, from what the tools of sound servers print and from a registry."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest

from stretchplayer.desktop.presence.calls import CONSENT, call_finder, pipewire_call, pulse_call, windows_call
from stretchplayer.reminders.presence import Presence
from tests.posix import not_on_windows

MICROPHONE, MONITOR = 1, 0
SOURCES = [
    {"index": MONITOR, "properties": {"device.class": "monitor"}},
    {"index": MICROPHONE, "properties": {"device.class": "sound"}},
]


def recording(**changes: object) -> dict[str, object]:
    """A program that records, as `pactl` 16 prints it."""
    return {"client": "59", "source": MICROPHONE, "corked": False, "owner_module": "1", "properties": {}, **changes}


def lists(*outputs: object) -> dict[str, object]:
    return {"sources": SOURCES, "source_outputs": list(outputs)}


@pytest.mark.parametrize(
    ("output", "is_call"),
    [
        (recording(), True),
        (recording(properties={"application.process.binary": "firefox"}), True),
        (recording(corked=True), False),
        (recording(source=MONITOR), False),
        (recording(client="n/a"), False),
        (recording(properties={"application.process.binary": "pavucontrol"}), False),
        (recording(properties={"application.name": "EasyEffects"}), False),
    ],
)
def test_who_records_from_a_microphone(output: dict[str, object], is_call: bool) -> None:
    assert pulse_call(lists(output)) is is_call
    assert pulse_call(lists(recording(corked=True), output)) is is_call


def node(state: str = "running", kind: str = "Stream/Input/Video", **properties: str) -> dict[str, object]:
    return {"type": "PipeWire:Interface:Node", "info": {"state": state, "props": {"media.class": kind, **properties}}}


@pytest.mark.parametrize(
    ("found", "is_call"),
    [
        (node(), True),
        (node(state="suspended"), False),
        (node(kind="Stream/Output/Audio"), False),
        (node(**{"node.name": "plasmashell"}), False),
    ],
)
def test_who_takes_pictures(found: dict[str, object], is_call: bool) -> None:
    assert pipewire_call([{"type": "PipeWire:Interface:Core"}, found]) is is_call


@pytest.mark.parametrize("found", [None, [], {}, 3, [3], {"source_outputs": 3}, {"source_outputs": [3]}, [{"info": 3}]])
def test_nonsense_is_no_call(found: object) -> None:
    assert not pulse_call(found)
    assert not pipewire_call(found)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Puts tools on the path, in place of all others."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def make(name: str, prints: str) -> None:
        (tmp_path / name).write_text(f"#!/bin/sh\necho '{prints}'\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)

    return make


@not_on_windows("the tools are Linux's")
def test_the_tools_that_are_there_are_asked(tools: Callable[[str, str], None]) -> None:
    assert call_finder("linux") is None, "nothing can be asked"
    tools("pw-dump", json.dumps([node()]))
    find_call = call_finder("linux")
    assert find_call is not None
    assert find_call() is Presence.CALLING


@not_on_windows("the tools are Linux's")
def test_an_old_tool_that_prints_no_json_tells_nothing(tools: Callable[[str, str], None]) -> None:
    tools("pactl", "Source Output #3")
    find_call = call_finder("linux")
    assert find_call is not None
    assert find_call() is None


def test_macos_is_not_asked() -> None:
    assert call_finder("darwin") is None


class Registry:
    """As much of `winreg` as is needed: keys by their paths, each with its values."""

    HKEY_CURRENT_USER = "HKCU"

    def __init__(self, keys: dict[str, dict[str, int]]) -> None:
        self._keys = {f"{CONSENT}\\{path}": values for path, values in keys.items()}

    def OpenKey(self, root: str, path: str) -> "Key":
        assert root == self.HKEY_CURRENT_USER
        if path not in self._keys:
            raise FileNotFoundError(path)
        below = [each.removeprefix(path + "\\") for each in self._keys if each.startswith(path + "\\")]
        return Key([each for each in below if "\\" not in each], list(self._keys[path].items()))

    def QueryInfoKey(self, key: "Key") -> tuple[int, int, int]:
        return len(key.names), len(key.values), 0

    def EnumKey(self, key: "Key", number: int) -> str:
        return key.names[number]

    def EnumValue(self, key: "Key", number: int) -> tuple[str, int, int]:
        return (*key.values[number], 11)


class Key:
    def __init__(self, names: list[str], values: list[tuple[str, int]]) -> None:
        self.names, self.values = names, values

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing to close."""


@pytest.mark.parametrize(("stopped", "is_call"), [(0, True), (133_000_000_000_000_000, False)])
def test_windows_says_who_uses_the_microphone(monkeypatch: pytest.MonkeyPatch, stopped: int, is_call: bool) -> None:
    program = {"LastUsedTimeStart": 132_000_000_000_000_000, "LastUsedTimeStop": stopped}
    keys: dict[str, dict[str, int]] = {
        "microphone": {"Value": 1},
        r"microphone\NonPackaged": {},
        r"microphone\NonPackaged\C:#call.exe": program,
    }
    registry: Any = Registry(keys)
    assert windows_call(registry) is is_call
    monkeypatch.setattr("stretchplayer.desktop.presence.calls.importlib.import_module", lambda _name: registry)
    find_call = call_finder("win32")
    assert find_call is not None
    assert find_call() is (Presence.CALLING if is_call else None)
