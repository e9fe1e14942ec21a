"""Whether another program records from a microphone or a camera, or shares the screen: a call, most likely."""

import importlib
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from stretchplayer.desktop.tools import run_tool
from stretchplayer.reminders.presence import Presence

PULSE: Final = ("pactl", "--format=json", "list")
"""PulseAudio and what speaks its protocol, as PipeWire does; JSON since version 16."""
PIPEWIRE: Final = ("pw-dump",)
"""PipeWire itself, through which screens are shared and, more and more, cameras read."""
NO_CALLS: Final = frozenset({"pavucontrol", "pavucontrol-qt", "easyeffects", "noisetorch", "plasmashell", "cava"})
"""Programs that record, or look at windows, without anybody speaking: level meters, noise filters, previews."""
NO_CLIENT: Final = frozenset({"None", "", "n/a", "4294967295"})
"""A module of the server's own records, as for echo cancellation."""
CONSENT: Final = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
CAPABILITIES: Final = ("microphone", "webcam", "graphicsCaptureProgrammatic")


def call_finder(system: str = sys.platform) -> Callable[[], Presence | None] | None:
    """What finds out whether there is a call, by blocking calls; None where this system doesn't tell."""
    if system == "win32":
        return lambda: _verdict(windows_call())
    known = ((PULSE, pulse_call), (PIPEWIRE, pipewire_call))
    tools = [(command, says_so) for command, says_so in known if shutil.which(command[0])]
    if system != "linux" or not tools:
        return None
    return lambda: _verdict(any(says_so(_ask(command)) for command, says_so in tools))


def _verdict(call: bool) -> Presence | None:
    return Presence.CALLING if call else None


def _ask(command: tuple[str, ...]) -> Any:  # noqa: ANN401 -- any JSON
    """What the tool prints; None where that is no JSON, or nothing in time."""
    try:
        return json.loads(run_tool(*command))
    except (OSError, ValueError):
        return None


def pulse_call(found: Any) -> bool:  # noqa: ANN401 -- any JSON
    """Whether a program records from a source that is no sink's monitor, in what `pactl list` prints."""
    if not isinstance(found, Mapping):
        return False
    monitors = {
        each.get("index")
        for each in _objects(found.get("sources"))
        if _properties(each).get("device.class") == "monitor"
    }
    return any(
        not each.get("corked")
        and each.get("source") not in monitors
        and str(each.get("client")) not in NO_CLIENT
        and not _is_harmless(_properties(each))
        for each in _objects(found.get("source_outputs"))
    )


def pipewire_call(found: Any) -> bool:  # noqa: ANN401 -- any JSON
    """Whether a program takes pictures, of the screen or from a camera, in what `pw-dump` prints."""
    nodes = (each.get("info") for each in _objects(found))
    return any(
        isinstance(info, Mapping)
        and info.get("state") == "running"
        and (properties := _properties(info, "props")).get("media.class") == "Stream/Input/Video"
        and not _is_harmless(properties)
        for info in nodes
    )


def _objects(found: Any) -> Iterable[Mapping[str, Any]]:  # noqa: ANN401 -- any JSON
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _properties(of: Mapping[str, Any], key: str = "properties") -> Mapping[str, Any]:
    found = of.get(key)
    return found if isinstance(found, Mapping) else {}


def _is_harmless(properties: Mapping[str, Any]) -> bool:
    names = (properties.get(key) for key in ("application.process.binary", "application.name", "node.name"))
    return any(str(name).lower() in NO_CALLS for name in names)


def windows_call(registry: Any = None) -> bool:  # noqa: ANN401 -- winreg, which is there on Windows only
    """Whether a program uses a microphone, a camera or the screen's picture now, as Windows' privacy page shows it."""
    winreg = registry or importlib.import_module("winreg")

    def is_used(path: str) -> bool:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
                keys, values, _changed = winreg.QueryInfoKey(key)
                names = [winreg.EnumKey(key, number) for number in range(keys)]
                times = dict(winreg.EnumValue(key, number)[:2] for number in range(values))
        except OSError:
            return False
        return times.get("LastUsedTimeStop") == 0 or any(is_used(rf"{path}\{name}") for name in names)

    return any(is_used(rf"{CONSENT}\{capability}") for capability in CAPABILITIES)
