"""A session beside the program that reminds: what that one is told, and what it sees by itself."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.app import beside as beside_module
from stretchplayer.app.beside import PlaysBeside, SessionsBeside
from stretchplayer.app.instance import Instance
from stretchplayer.app.slot_credit import SlotCredit, follow_session
from stretchplayer.desktop.ipc.beside import SILENT_AFTER_MS
from stretchplayer.desktop.ipc.remote import DONE, Verb, decode_request, encode_answer
from stretchplayer.desktop.remote_address import remote_address
from stretchplayer.player.session import Session
from stretchplayer.settings import Settings
from stretchplayer.storage.playing_mark import FILE_NAME
from tests.app.main_stage import FakeLock
from tests.beside import PlayingProgram, playing_programs
from tests.fakes import FakeClock, FakeCuePlayer, FakeTimer
from tests.player.stage import timeline
from tests.ui.stage import settle

on_sockets = pytest.mark.skipif(os.name != "posix", reason="this running program listens at a socket")
Heard = list[Verb]


@pytest.fixture
def heard(data_dir: Path) -> Iterator[Heard]:
    """What a running program is told, until the test ends."""
    address = remote_address(data_dir, make=True)
    assert address is not None
    verbs: Heard = []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()

        def serve() -> None:
            while True:
                connection, _ = listener.accept()
                with connection:
                    line = connection.recv(4096)
                    if not line:
                        return
                    verbs.append(decode_request(line).verb)
                    connection.sendall(encode_answer(DONE))

        thread = threading.Thread(target=serve, name="other")
        thread.start()
        yield verbs
        with socket.socket(socket.AF_UNIX) as farewell:
            farewell.connect(address)
        thread.join()
    os.unlink(address)  # noqa: PTH108 -- the address is a text


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    assert qapp is not None
    clock = FakeClock()
    made = Session(clock=clock, timer=FakeTimer(clock), cues=FakeCuePlayer(clock))
    settle()
    yield made
    shiboken6.delete(made)


@pytest.fixture
def play(data_dir: Path) -> Iterator[Callable[[], PlayingProgram]]:
    with playing_programs(data_dir) as start:
        yield start


def followed(session: Session, data_dir: Path, *, alone: bool) -> SlotCredit:
    """What follows the session in a program that doesn't remind."""
    lock = FakeLock() if alone else None
    finished = SlotCredit(data_dir, Settings, Instance(lock, data_dir))  # type: ignore[arg-type]
    follow_session(session, finished.note_started, finished.note_finished, finished.note_over)
    return finished


@on_sockets
def test_the_program_that_reminds_is_told_of_the_beginning_and_of_each_end(
    session: Session, data_dir: Path, heard: Heard
) -> None:
    finished = followed(session, data_dir, alone=False)
    session.start(timeline())
    session.pause()
    session.resume()
    session.stop()
    plan = timeline()
    session.start(plan, held_ms={plan.holds()[0].index: 30_000})
    while session.phase is not None and session.timeline is not None and session.phase != session.timeline.done:
        session.next()
    finished.close()
    finished.close()
    assert sorted(heard) == sorted([Verb.BEGUN, Verb.ENDED, Verb.BEGUN, Verb.FINISHED, Verb.ENDED])
    assert Verb.ENDED in heard[heard.index(Verb.FINISHED) :], "that it is done is known before it is over"


@on_sockets
def test_a_program_that_closes_in_the_middle_says_that_it_is_over(
    session: Session, data_dir: Path, heard: Heard
) -> None:
    finished = followed(session, data_dir, alone=False)
    session.start(timeline())
    finished.close()
    assert sorted(heard) == [Verb.BEGUN, Verb.ENDED]


@on_sockets
@pytest.mark.parametrize("long", [True, False])
def test_after_a_long_silence_it_tells_of_itself_again(
    long: bool, data_dir: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(beside_module, "BEAT_EVERY_MS", 1)
    if long:
        monkeypatch.setattr(beside_module, "SILENCE_S", 0.0)
    plays, beats = PlaysBeside(data_dir), set[bytes]()
    plays.begin()

    def has_beaten() -> bool:
        beats.add((data_dir / FILE_NAME).read_bytes())
        return len(beats) > 1 and (not long or len(heard) > 1)

    qtbot.waitUntil(has_beaten)
    plays.close()
    assert heard.count(Verb.BEGUN) > 1 if long else heard.count(Verb.BEGUN) == 1


def test_the_only_program_tells_nobody(session: Session, data_dir: Path) -> None:
    finished = followed(session, data_dir, alone=True)
    session.start(timeline())
    session.stop()
    finished.close()
    assert not (data_dir / FILE_NAME).exists()


@pytest.mark.parametrize("place", ["nowhere", "nobody", "deaf"])
def test_nothing_holds_up_the_session(
    place: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    assert qapp is not None
    if place == "nowhere":
        monkeypatch.setattr("stretchplayer.desktop.remote_address.remote_address", lambda _data_dir: None)
    elif place == "deaf":
        monkeypatch.setattr(beside_module, "ANSWER_WITHIN_S", 0.0)
    plays = PlaysBeside(data_dir)
    plays.begin()
    plays.begin()
    assert (data_dir / FILE_NAME).exists()
    plays.end()
    plays.end()
    plays.close()


def test_a_session_elsewhere_is_seen_as_long_as_it_lives(data_dir: Path, play: Callable[[], PlayingProgram]) -> None:
    clock = FakeClock()
    beside = SessionsBeside(data_dir, clock)
    assert not beside.are_playing()
    program = play()
    assert beside.are_playing()
    assert SessionsBeside(data_dir, clock).are_playing(), "for a program that begins in the middle, too"
    clock.advance(SILENT_AFTER_MS - 1)
    assert beside.are_playing()
    clock.advance(1)
    assert not beside.are_playing(), "it was stopped by Ctrl+Z, perhaps"
    assert program.beat()
    assert beside.are_playing()
    program.kill()
    assert not beside.are_playing()
