"""A finished session settles its slot: in the file, or by telling the program that reminds."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

import pytest

from stretchplayer.app.reminders import slot_credit as finished_module
from stretchplayer.app.reminders.slot_credit import SlotCredit
from stretchplayer.desktop.ipc.address import socket_address
from stretchplayer.desktop.ipc.instance import Instance
from stretchplayer.desktop.ipc.protocol import (
    DONE,
    Answer,
    Reply,
    Request,
    Verb,
    decode_request,
    encode_answer,
    refused,
)
from stretchplayer.reminders.slots import ReminderSettings, SlotTime
from stretchplayer.settings import Settings
from stretchplayer.storage.reminders import ReminderFile
from tests.app.program_stage import FakeLock
from tests.posix import unix_socket

pytestmark = pytest.mark.skipif(os.name != "posix", reason="this running program listens at a socket")
Other = Callable[[bytes], list[bytes]]
SETTINGS: Final = Settings(reminders=ReminderSettings(slots=tuple(SlotTime(at=time(hour)) for hour in range(0, 24, 2))))


@pytest.fixture
def other(data_dir: Path) -> Iterator[Other]:
    """A running program that says this to the next one who asks; what it hears is returned."""
    with ExitStack() as ending:

        def run(answer: bytes) -> list[bytes]:
            address = socket_address(data_dir, make=True)
            assert address is not None
            listener = ending.enter_context(unix_socket())
            listener.bind(address)
            ending.callback(os.unlink, address)
            listener.listen()
            heard: list[bytes] = []

            def serve() -> None:
                connection, _ = listener.accept()
                with connection:
                    heard.append(connection.recv(4096))
                    connection.sendall(answer)
                    while not answer and connection.recv(1):  # it says nothing until the other one has hung up
                        pass

            thread = threading.Thread(target=serve, name="other")
            thread.start()
            ending.callback(thread.join)
            return heard

        yield run


def finish(data_dir: Path, *, alone: bool = False) -> list[str]:
    """Finish a session; what is told is returned."""
    told: list[str] = []
    lock = FakeLock() if alone else None
    finished = SlotCredit(data_dir, lambda: SETTINGS, Instance(lock, data_dir), told.append)  # type: ignore[arg-type]
    finished.note_finished()
    return told


def is_settled(data_dir: Path) -> bool:
    """Whether the file has it."""
    return any(record.done_at is not None for record in ReminderFile(data_dir).peek().records)


def test_where_nothing_else_runs_it_is_written_down(data_dir: Path) -> None:
    finish(data_dir, alone=True)
    assert is_settled(data_dir)


def test_the_program_that_reminds_is_told(data_dir: Path, other: Other) -> None:
    heard = other(encode_answer(DONE))
    finish(data_dir)
    assert [decode_request(line) for line in heard] == [Request(verb=Verb.SESSION_FINISHED, took_s=0)]
    assert not is_settled(data_dir), "that is left to the other program"


def test_when_the_other_program_is_gone_it_is_written_down(data_dir: Path) -> None:
    finish(data_dir)
    assert is_settled(data_dir)


def test_without_a_safe_place_for_a_socket_it_is_written_down(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stretchplayer.app.reminders.slot_credit.socket_address", lambda _data_dir: None)
    finish(data_dir)
    assert is_settled(data_dir)


def test_when_the_other_program_only_plays_it_is_written_down(data_dir: Path, other: Other) -> None:
    other(encode_answer(Answer(reply=Reply.ONLY_PLAYS)))
    finish(data_dir)
    assert is_settled(data_dir)


@pytest.mark.expected_log("refused to take note of the session")
def test_a_refusal_is_logged(data_dir: Path, other: Other) -> None:
    other(encode_answer(refused("That failed; the program's log says why.")))
    finish(data_dir)
    assert not is_settled(data_dir)


@pytest.mark.expected_log("can't be told that the session was finished")
def test_a_program_that_does_not_answer_is_not_waited_for(
    data_dir: Path, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finished_module, "END_OF_SESSION_WAITS_S", 0.05)
    other(b"")
    finish(data_dir)
    assert not is_settled(data_dir)


def test_the_slot_that_was_due_when_it_began_counts(data_dir: Path) -> None:
    now = datetime.now().astimezone()
    over = now - timedelta(hours=6, minutes=1)
    settings = Settings(reminders=ReminderSettings(slots=(SlotTime(at=time(over.hour, over.minute)),)))
    finished_module.settle_slot(data_dir, settings, took_s=1)
    assert not is_settled(data_dir)
    finished_module.settle_slot(data_dir, settings, took_s=120)
    assert is_settled(data_dir)


@pytest.mark.expected_log("can't be saved")
def test_where_nothing_can_be_written_the_program_goes_on(data_dir: Path) -> None:
    data_dir.write_text("a file in its place")
    (problem,) = finish(data_dir, alone=True)
    assert "reminders.json can't be saved" in problem


def test_a_damaged_file_is_kept_aside_and_that_is_told(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "reminders.json").write_text("{")
    (problem,) = finish(data_dir, alone=True)
    assert "reminders.json is damaged. It was renamed reminders.damaged-" in problem
    assert is_settled(data_dir)
