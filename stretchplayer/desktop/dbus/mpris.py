"""The session as a media player on Linux: MPRIS (https://specifications.freedesktop.org/mpris-spec/latest/).

Through it keyboards, headsets, lock screens and phones with KDE Connect show and control the session.
"""

import logging
from collections.abc import Callable
from typing import Final

from stretchplayer.desktop import DESKTOP_ENTRY
from stretchplayer.desktop.dbus.bus import PROPERTIES, Body, Bus, Call, Reply
from stretchplayer.routine.now_playing import MediaCommand, NowPlaying

log = logging.getLogger(__name__)

ROOT: Final = "org.mpris.MediaPlayer2"
PLAYER: Final = f"{ROOT}.Player"
PATH: Final = "/org/mpris/MediaPlayer2"
OWN_NAME: Final = f"{ROOT}.stretchplayer"
INTROSPECTABLE: Final = "org.freedesktop.DBus.Introspectable"
IDENTITY: Final = "Stretch Player"
US_PER_MS: Final = 1_000
ERROR: Final = "org.freedesktop.DBus.Error"
COMMANDS: Final = {
    (ROOT, "Raise"): MediaCommand.RAISE,
    (ROOT, "Quit"): MediaCommand.QUIT,
    (PLAYER, "PlayPause"): MediaCommand.TOGGLE,
    (PLAYER, "Play"): MediaCommand.PLAY,
    (PLAYER, "Pause"): MediaCommand.PAUSE,
    (PLAYER, "Next"): MediaCommand.NEXT,
    (PLAYER, "Previous"): MediaCommand.BACK,
    (PLAYER, "Stop"): MediaCommand.STOP,
}
BY_NAME: Final = {member: command for (_interface, member), command in COMMANDS.items()}
"""A call may leave out the interface, because no two methods have the same name."""
NO_EFFECT: Final = frozenset({(PLAYER, "Seek"), (PLAYER, "SetPosition")})
"""Players must answer these, but without effect where CanSeek is false: an exercise always starts at its beginning."""
ROOT_PROPERTIES: Final[dict[str, tuple[str, object]]] = {
    "CanQuit": ("b", True),
    "CanRaise": ("b", True),
    "HasTrackList": ("b", False),
    "Identity": ("s", IDENTITY),
    "DesktopEntry": ("s", DESKTOP_ENTRY),
    "SupportedUriSchemes": ("as", []),
    "SupportedMimeTypes": ("as", []),
}
SETTABLE: Final = frozenset({"Rate", "Volume"})
"""MPRIS lets clients set these, and setting them need not have an effect."""
_Properties = dict[str, tuple[str, object]]


class Mpris:
    """Implements `ports.MediaRemote`. Present on the bus only from `show` to `clear`, and only if the name is free."""

    def __init__(self, bus: Callable[[], Bus], art_url: str = "") -> None:
        self._open_bus = bus
        self._bus: Bus | None = None
        self._art_url = art_url
        self._playing: NowPlaying | None = None
        self._tell: Callable[[MediaCommand], None] = lambda _command: None
        self._position_ms: Callable[[], float] = lambda: 0.0

    def show(self, playing: NowPlaying) -> None:
        before, self._playing = self._playing, playing
        if self._bus is None:
            self._bus = self._open_bus()
            self._bus.export(PATH, self._answer)
            self._bus.request_name(OWN_NAME, self._on_own)
        elif before is not None and before != playing:
            old, new = self._of_player(before), self._of_player(playing)
            changed = {name: value for name, value in new.items() if name != "Position" and value != old[name]}
            self._bus.emit_signal(PATH, PROPERTIES, "PropertiesChanged", "sa{sv}as", (PLAYER, changed, []))

    def jumped(self) -> None:
        if self._bus is not None:
            self._bus.emit_signal(PATH, PLAYER, "Seeked", "x", (self._position_us(),))

    def clear(self) -> None:
        self._playing = None
        if self._bus is not None:
            self._bus.release_name(OWN_NAME)
            self._bus.unexport(PATH)
            self._bus = None

    def on_command(self, callback: Callable[[MediaCommand], None]) -> None:
        self._tell = callback

    def ask_position(self, position_ms: Callable[[], float]) -> None:
        self._position_ms = position_ms

    def close(self) -> None:
        self.clear()

    def _on_own(self, did: bool) -> None:
        if not did and self._bus is not None:
            log.info("media keys go to another Stretch Player, or there is no bus")
            self._bus.unexport(PATH)

    # Calls from other programs

    def _answer(self, call: Call) -> Reply:
        command = BY_NAME.get(call.member) if not call.interface else COMMANDS.get((call.interface, call.member))
        if command is not None:
            self._tell(command)
            return Reply()
        if (call.interface, call.member) in NO_EFFECT:
            return Reply()
        if call.interface == INTROSPECTABLE and call.member == "Introspect":
            return Reply(signature="s", body=(self._description(),))
        if call.interface in {PROPERTIES, ""}:
            return self._answer_property(call.member, call.body)
        return Reply(error=f"{ERROR}.UnknownMethod", body=(f"There is no {call.member} here.",))

    def _answer_property(self, member: str, body: Body) -> Reply:
        name = body[1] if len(body) > 1 else ""
        properties = self._properties(body[0] if body else None)
        if member == "GetAll" and properties is not None:
            return Reply(signature="a{sv}", body=(properties,))
        if properties is None or not isinstance(name, str) or name not in properties:
            return Reply(error=f"{ERROR}.UnknownProperty", body=("There is no such property.",))
        if member == "Get":
            return Reply(signature="v", body=(properties[name],))
        if member == "Set" and name in SETTABLE:
            return Reply()
        return Reply(error=f"{ERROR}.PropertyReadOnly", body=(f"{name} can't be set.",))

    def _properties(self, interface: object) -> _Properties | None:
        if interface == ROOT:
            return ROOT_PROPERTIES
        if interface == PLAYER and self._playing is not None:
            return self._of_player(self._playing)
        return None

    def _of_player(self, playing: NowPlaying) -> _Properties:
        metadata: _Properties = {
            "mpris:trackid": ("o", f"/org/stretchplayer/session/{playing.number}"),
            "mpris:length": ("x", playing.length_ms * US_PER_MS),
            "xesam:title": ("s", playing.title),
            "xesam:album": ("s", playing.routine),
            "xesam:artist": ("as", [IDENTITY]),
        }
        if self._art_url:
            metadata["mpris:artUrl"] = ("s", self._art_url)
        return {
            "PlaybackStatus": ("s", playing.status.value),
            "Metadata": ("a{sv}", metadata),
            "Position": ("x", self._position_us()),
            "Rate": ("d", playing.rate),
            "MinimumRate": ("d", playing.rate),
            "MaximumRate": ("d", playing.rate),
            "Volume": ("d", 1.0),
            "CanControl": ("b", True),
            "CanPlay": ("b", True),
            "CanPause": ("b", True),
            "CanGoNext": ("b", True),
            "CanGoPrevious": ("b", True),
            "CanSeek": ("b", False),
        }

    def _description(self) -> str:
        player = {} if self._playing is None else self._of_player(self._playing)
        return f"<node>{_described(ROOT, ROOT_PROPERTIES)}{_described(PLAYER, player)}</node>"

    def _position_us(self) -> int:
        return int(self._position_ms() * US_PER_MS)


def _described(interface: str, properties: _Properties) -> str:
    """The interface's methods and properties, as the D-Bus specification's XML."""
    arguments = {
        "Seek": '<arg name="Offset" type="x" direction="in"/>',
        "SetPosition": '<arg name="TrackId" type="o" direction="in"/><arg name="Position" type="x" direction="in"/>',
    }
    parts = [
        f'<method name="{name}">{arguments.get(name, "")}</method>'
        for of, name in (*COMMANDS, *sorted(NO_EFFECT))
        if of == interface
    ]
    for name, (kind, _value) in properties.items():
        access = "readwrite" if name in SETTABLE else "read"
        parts.append(f'<property name="{name}" type="{kind}" access="{access}"/>')
    return f'<interface name="{interface}">{"".join(parts)}</interface>'
