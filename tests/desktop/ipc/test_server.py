"""The local socket of a running program: what is asked, and what is done to it."""

import gc
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from stretchplayer.desktop.ipc.client import ask
from stretchplayer.desktop.ipc.protocol import DONE, Answer, Reply, Request, Verb, decode_answer, refused
from stretchplayer.desktop.ipc.server import MOST_AT_ONCE, READ_WITHIN_MS, SILENT_WITHIN_MS, RemoteServer
from stretchplayer.errors import DomainError
from tests.desktop.callers import Caller, spin, spin_until, while_spinning
from tests.fakes import FakeClock, FakeTimer

if sys.platform == "win32":
    pytest.skip("These callers use the sockets of POSIX systems", allow_module_level=True)

pytestmark = pytest.mark.usefixtures("qapp")
PAUSE = b'{"verb":"pause"}\n'
FLOOD = 1_000
BUFFER = 8_192
"""Less than the memory a connection has while it lives."""


class Listener:
    """A server, what was asked of it, and how it answers."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "x.socket")
        self.clock = FakeClock()
        self.timer = FakeTimer(self.clock)
        self.asked: list[Request] = []
        self.answer: Callable[[Request], Answer] = lambda _request: DONE
        self.server = RemoteServer(self.address, self._handle, clock=self.clock, timer=self.timer)
        self.changes: list[bool] = []
        self.server.sessions_changed.connect(lambda: self.changes.append(self.server.has_sessions))
        self.ended: list[bool] = []
        self.server.session_ended.connect(lambda: self.ended.append(True))
        self.server.listen()

    def _handle(self, request: Request) -> Answer:
        self.asked.append(request)
        return self.answer(request)

    def call(self, data: bytes) -> Answer:
        """Send something and take the answer."""
        with Caller(self.address) as caller:
            caller.send(data)
            return decode_answer(caller.hear())

    def wait_for(self, connections: int) -> None:
        spin_until(lambda: self.server.connections == connections)


@pytest.fixture
def listener(short_folder: Path) -> Iterator[Listener]:
    made = Listener(short_folder)
    yield made
    made.server.close()
    spin()


def test_a_request_is_answered_and_the_line_closed(listener: Listener) -> None:
    assert listener.call(PAUSE) == DONE
    assert listener.asked == [Request(verb=Verb.PAUSE)]
    listener.wait_for(0)


def test_the_client_and_the_server_understand_each_other(listener: Listener) -> None:
    listener.answer = lambda _request: refused("Nothing is playing.")
    request = Request(verb=Verb.START, routine="/mnt/ü.toml", fullscreen=True)
    assert while_spinning(lambda: ask(listener.address, request)) == refused("Nothing is playing.")
    assert listener.asked == [request]


def test_a_request_may_come_in_pieces(listener: Listener) -> None:
    with Caller(listener.address) as caller:
        for byte in PAUSE:
            caller.send(bytes([byte]))
            spin()
        assert decode_answer(caller.hear()) == DONE


def test_only_the_first_line_counts(listener: Listener) -> None:
    assert listener.call(PAUSE + b'{"verb":"quit"}\n') == DONE
    listener.wait_for(0)
    assert [request.verb for request in listener.asked] == [Verb.PAUSE]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\x00\xff\x13\n", "The message is not valid"),
        (b"GET / HTTP/1.1\r\n\r\n", "The message is not valid"),
        (b'{"verb":"exec"}\n', "The message is not valid"),
        (b"x" * 5_000, "The message is longer than 4096 bytes."),
        (b"x" * 200_000, "The message is longer than 4096 bytes."),
        (b" " * 4_096 + b"\n", "The message is longer than 4096 bytes."),
    ],
    ids=["bytes", "http", "verb", "long", "very long", "one too long"],
)
def test_garbage_is_refused(listener: Listener, data: bytes, problem: str) -> None:
    answer = listener.call(data)
    assert answer.reply is Reply.REFUSED
    assert (answer.problem or "").startswith(problem)
    assert listener.asked == []
    assert listener.call(PAUSE) == DONE


def test_a_request_that_can_not_be_granted_is_refused(listener: Listener) -> None:
    def refuse(_request: Request) -> Answer:
        raise DomainError("That is too much.")

    listener.answer = refuse
    assert listener.call(PAUSE) == refused("That is too much.")


@pytest.mark.expected_log("a request failed")
def test_what_breaks_while_answering_is_logged_and_the_next_one_answered(listener: Listener) -> None:
    def fail(_request: Request) -> Answer:
        raise RuntimeError("broken")

    listener.answer = fail
    assert listener.call(PAUSE) == refused("That failed; the program's log says why.")
    listener.answer = lambda _request: DONE
    assert listener.call(PAUSE) == DONE


def test_only_this_person_gets_through(listener: Listener) -> None:
    assert stat.S_IMODE(os.stat(listener.address).st_mode) & (stat.S_IRWXG | stat.S_IRWXO) == 0  # noqa: PTH116 -- a text


# Clients that are slow, gone or too many


def test_who_says_nothing_is_hung_up_on(listener: Listener) -> None:
    with Caller(listener.address) as silent:
        listener.wait_for(1)
        listener.timer.run_for(READ_WITHIN_MS - 1)
        assert listener.server.connections == 1
        listener.timer.run_for(1)
        assert silent.hear() == b""
    assert listener.server.connections == 0
    assert not listener.timer.armed, "nothing wakes a program that nobody speaks to"


def test_dripping_gains_no_time(listener: Listener) -> None:
    with Caller(listener.address) as slow:
        listener.wait_for(1)
        for _ in range(READ_WITHIN_MS // 500):
            slow.send(b" ")
            spin()
            listener.timer.run_for(500)
        assert slow.hear() == b""
    assert listener.asked == []


def test_each_connection_has_its_own_time(listener: Listener) -> None:
    with Caller(listener.address) as first:
        listener.wait_for(1)
        listener.timer.run_for(1_500)
        with Caller(listener.address) as second:
            listener.wait_for(2)
            listener.timer.run_for(500)
            assert first.hear() == b""
            second.send(PAUSE)
            assert decode_answer(second.hear()) == DONE
    listener.wait_for(0)
    assert not listener.timer.armed


def test_half_open_and_vanished_callers_are_forgotten(listener: Listener) -> None:
    with Caller(listener.address) as half:
        half.send(b'{"verb":')
        half.end()
        listener.wait_for(0)
    with Caller(listener.address) as gone:
        gone.send(PAUSE)
    spin_until(lambda: len(listener.asked) == 1)
    listener.wait_for(0)


def test_too_many_at_once_cost_the_oldest(listener: Listener) -> None:
    callers = []
    for _ in range(MOST_AT_ONCE + 1):
        callers.append(Caller(listener.address))
        spin_until(lambda: listener.server.connections == min(len(callers), MOST_AT_ONCE))
    assert decode_answer(callers[0].hear()) == Answer(reply=Reply.BUSY)
    assert listener.server.connections == MOST_AT_ONCE
    callers[1].send(PAUSE)
    assert decode_answer(callers[1].hear()) == DONE
    for caller in callers:
        caller.close()
    listener.wait_for(0)


@pytest.mark.parametrize("data", [b"", b"\xff\n", b"x" * 5_000, PAUSE, b'{"verb":'])
def test_a_flood_leaves_nothing_behind(listener: Listener, data: bytes) -> None:
    def flood(number: int) -> None:
        for _ in range(number):
            with Caller(listener.address) as caller:
                if data:
                    caller.send(data)
            if number % 10 == 0:
                spin()
        listener.wait_for(0)
        listener.asked.clear()
        spin()

    flood(100)
    process = psutil.Process()
    gc.collect()
    files, objects, memory = process.num_fds(), len(gc.get_objects()), process.memory_info().rss
    flood(FLOOD)
    gc.collect()
    assert process.num_fds() == files
    assert len(gc.get_objects()) - objects < FLOOD / 10, "every connection leaves something behind"
    assert process.memory_info().rss - memory < FLOOD * BUFFER, "every connection leaves its buffers behind"
    assert listener.call(PAUSE) == DONE


# The socket itself


def test_what_an_earlier_program_left_is_removed(short_folder: Path) -> None:
    (short_folder / "x.socket").write_text("no socket at all")
    listener = Listener(short_folder)
    assert listener.call(PAUSE) == DONE
    listener.server.close()


def test_closing_hangs_up_and_takes_the_socket_away(listener: Listener) -> None:
    with Caller(listener.address) as caller:
        listener.wait_for(1)
        listener.server.close()
        assert caller.hear() == b""
    assert not Path(listener.address).exists()
    assert listener.server.connections == 0


@pytest.mark.expected_log("can't be asked from outside")
def test_where_no_socket_can_be_nothing_is_heard(tmp_path: Path) -> None:
    clock = FakeClock()
    server = RemoteServer(str(tmp_path / "nowhere" / "x"), lambda _request: DONE, clock=clock, timer=FakeTimer(clock))
    server.listen()
    server.close()


def test_the_client_tries_again_while_the_server_is_busy(listener: Listener) -> None:
    busy = [Answer(reply=Reply.BUSY), Answer(reply=Reply.BUSY)]
    listener.answer = lambda _request: busy.pop() if busy else DONE
    assert while_spinning(lambda: ask(listener.address, Request(verb=Verb.STATUS))) == DONE
    assert len(listener.asked) == 3


# Sessions in other programs

STARTED = b'{"verb":"session-started"}\n'


def test_a_session_elsewhere_lasts_as_long_as_its_connection(listener: Listener) -> None:
    with Caller(listener.address) as session:
        session.send(STARTED)
        spin_until(lambda: listener.server.has_sessions)
        listener.timer.run_for(READ_WITHIN_MS)
        assert listener.server.has_sessions
        assert not listener.ended
    spin_until(lambda: not listener.server.has_sessions)
    assert listener.changes == [True, False]
    assert listener.ended == [True]
    assert listener.asked == []
    listener.wait_for(0)


def test_a_session_elsewhere_that_falls_silent_counts_no_more(listener: Listener) -> None:
    with Caller(listener.address) as session:
        session.send(STARTED)
        spin_until(lambda: listener.server.has_sessions)
        listener.timer.run_for(SILENT_WITHIN_MS - 1)
        session.send(STARTED)
        spin()
        listener.timer.run_for(SILENT_WITHIN_MS - 1)
        assert listener.changes == [True], "it has said so again"
        listener.timer.run_for(1)
        assert listener.changes == [True, False], "it was stopped by Ctrl+Z, perhaps"


@pytest.mark.expected_log("asked from outside")
def test_it_listens_again_when_there_were_too_many_open_files(
    short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr("stretchplayer.desktop.ipc.server.CHECK_MS", 1)
    listener = Listener(short_folder)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Caller(listener.address):
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
        try:
            spin_until(lambda: not Path(listener.address).exists())
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, before)
    spin_until(Path(listener.address).exists)
    assert listener.call(PAUSE) == DONE
    listener.server.close()
    spin()


def test_what_a_session_said_while_the_server_stood_still_is_not_late(listener: Listener) -> None:
    with Caller(listener.address) as session:
        session.send(STARTED)
        spin_until(lambda: listener.server.has_sessions)
        listener.clock.advance(10 * SILENT_WITHIN_MS)
        session.send(STARTED)
        listener.timer.fire()
        assert listener.changes == [True]
        assert listener.server.has_sessions


def test_a_flood_drives_no_session_away(listener: Listener) -> None:
    with Caller(listener.address) as session, ExitStack() as others:
        session.send(STARTED)
        spin_until(lambda: listener.server.has_sessions)
        for _ in range(2 * MOST_AT_ONCE):
            others.enter_context(Caller(listener.address))
            spin()
        listener.wait_for(MOST_AT_ONCE)
        assert listener.server.has_sessions
        session.send(PAUSE)
        spin_until(lambda: listener.asked == [Request(verb=Verb.PAUSE)])
    listener.wait_for(0)
    assert listener.changes == [True, False]


def test_sessions_alone_may_be_too_many(listener: Listener) -> None:
    with ExitStack() as sessions:
        for _ in range(MOST_AT_ONCE + 1):
            sessions.enter_context(Caller(listener.address)).send(STARTED)
            spin()
        listener.wait_for(MOST_AT_ONCE)
        assert listener.server.has_sessions
    listener.wait_for(0)
