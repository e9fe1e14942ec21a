"""What media remotes are told and may ask. A real one is in tests/desktop."""

from dataclasses import replace
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from stretchplayer.desktop.dbus.bus import PROPERTIES, Call, Reply
from stretchplayer.desktop.dbus.mpris import (
    COMMANDS,
    INTROSPECTABLE,
    OWN_NAME,
    PATH,
    PLAYER,
    ROOT,
    Mpris,
)
from stretchplayer.routine.now_playing import MediaCommand, NowPlaying, PlayingStatus
from tests.desktop.dbus.fake_bus import FakeBus

PLAYING: Final = NowPlaying(
    status=PlayingStatus.PLAYING, title="Legs · left leg", routine="Short", number=3, length_ms=60_000, rate=1.0
)


@pytest.fixture
def bus() -> FakeBus:
    return FakeBus()


@pytest.fixture
def mpris(bus: FakeBus) -> Mpris:
    mpris = Mpris(lambda: bus, "file:///icon.svg")
    mpris.ask_position(lambda: 12_345.6)
    return mpris


def ask(bus: FakeBus, interface: str, member: str, *body: object) -> Reply:
    """Ask as a media remote does."""
    return bus.objects[PATH](Call(interface=interface, member=member, body=body))


def test_it_is_a_player_only_while_something_is_played(mpris: Mpris, bus: FakeBus) -> None:
    mpris.clear()
    mpris.jumped()
    assert not bus.owned
    mpris.show(PLAYING)
    assert bus.owned == {OWN_NAME}
    mpris.close()
    assert not bus.owned
    assert not bus.objects
    mpris.show(PLAYING)
    assert bus.owned == {OWN_NAME}


def test_where_the_name_is_taken_it_keeps_still(mpris: Mpris, bus: FakeBus) -> None:
    bus.taken.add(OWN_NAME)
    mpris.show(PLAYING)
    assert not bus.objects
    mpris.show(replace(PLAYING, title="Legs"))
    mpris.clear()


def test_only_what_has_changed_is_told(mpris: Mpris, bus: FakeBus) -> None:
    mpris.show(PLAYING)
    mpris.show(PLAYING)
    mpris.show(replace(PLAYING, status=PlayingStatus.PAUSED))
    mpris.jumped()
    assert bus.told == [
        ("PropertiesChanged", (PLAYER, {"PlaybackStatus": ("s", "Paused")}, [])),
        ("Seeked", (12_345_600,)),
    ]
    mpris.show(PLAYING)
    mpris.show(replace(PLAYING, title="Legs"))
    [interface, changed, _gone] = bus.told[-1][1]
    assert interface == PLAYER
    assert isinstance(changed, dict)
    assert list(changed) == ["Metadata"]


def test_metadata_names_exercise_leg_and_routine(mpris: Mpris, bus: FakeBus) -> None:
    mpris.show(PLAYING)
    assert ask(bus, PROPERTIES, "Get", PLAYER, "Metadata").body == (
        (
            "a{sv}",
            {
                "mpris:trackid": ("o", "/org/stretchplayer/session/3"),
                "mpris:length": ("x", 60_000_000),
                "xesam:title": ("s", "Legs · left leg"),
                "xesam:album": ("s", "Short"),
                "xesam:artist": ("as", ["Stretch Player"]),
                "mpris:artUrl": ("s", "file:///icon.svg"),
            },
        ),
    )
    assert ask(bus, PROPERTIES, "Get", PLAYER, "Position").body == (("x", 12_345_600),)


@pytest.mark.parametrize(("call", "command"), COMMANDS.items())
def test_each_method_is_a_wish(mpris: Mpris, bus: FakeBus, call: tuple[str, str], command: MediaCommand) -> None:
    commands: list[MediaCommand] = []
    mpris.on_command(commands.append)
    mpris.show(PLAYING)
    assert ask(bus, *call) == Reply()
    assert ask(bus, "", call[1]) == Reply()
    assert commands == [command, command]


def test_seeking_is_refused_without_an_error(mpris: Mpris, bus: FakeBus) -> None:
    mpris.show(PLAYING)
    assert ask(bus, PLAYER, "Seek", 5) == ask(bus, PLAYER, "SetPosition", "/x", 5) == Reply()
    assert ask(bus, PROPERTIES, "Get", PLAYER, "CanSeek").body == (("b", False),)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ((PLAYER, "OpenUri", "file:///x"), "UnknownMethod"),
        ((ROOT, "Explode"), "UnknownMethod"),
        ((PROPERTIES, "Get", PLAYER, "Colour"), "UnknownProperty"),
        ((PROPERTIES, "Get", "org.example.Other", "Volume"), "UnknownProperty"),
        ((PROPERTIES, "Get"), "UnknownProperty"),
        ((PROPERTIES, "Get", PLAYER, 5), "UnknownProperty"),
        ((PROPERTIES, "GetAll", "org.example.Other"), "UnknownProperty"),
        ((PROPERTIES, "Set", PLAYER, "PlaybackStatus", ("s", "Stopped")), "PropertyReadOnly"),
        ((PROPERTIES, "Forget", PLAYER, "Volume"), "PropertyReadOnly"),
    ],
)
def test_what_is_not_there_is_an_error(
    mpris: Mpris, bus: FakeBus, call: tuple[str, str, *tuple[object, ...]], error: str
) -> None:
    mpris.show(PLAYING)
    assert ask(bus, *call).error == f"org.freedesktop.DBus.Error.{error}"


def test_volume_may_be_set_and_stays(mpris: Mpris, bus: FakeBus) -> None:
    mpris.show(PLAYING)
    assert ask(bus, PROPERTIES, "Set", PLAYER, "Volume", ("d", 0.1)) == Reply()
    assert ask(bus, PROPERTIES, "Get", PLAYER, "Volume").body == (("d", 1.0),)


def test_it_describes_all_it_has(mpris: Mpris, bus: FakeBus) -> None:
    mpris.show(PLAYING)
    [text] = ask(bus, INTROSPECTABLE, "Introspect").body
    node = ET.fromstring(str(text))  # noqa: S314 -- our own
    described = {
        (each.get("name"), prop.get("name"), prop.get("type")) for each in node for prop in each.findall("property")
    }
    for interface in (ROOT, PLAYER):
        [properties] = ask(bus, PROPERTIES, "GetAll", interface).body
        assert isinstance(properties, dict)
        assert {(interface, name, kind) for name, (kind, _value) in properties.items()} <= described
    methods = {(each.get("name"), method.get("name")) for each in node for method in each.findall("method")}
    assert set(COMMANDS) <= methods
