"""The ear of a running program, with real sockets: what is asked, and what is done to it."""

import gc
import os
import resource
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from stretchplayer.desktop import ear_socket
from stretchplayer.desktop.ear import LONGEST_LINE, ear_for
from stretchplayer.desktop.ipc.remote import DONE, MAX_LINE_BYTES, Answer, Reply, Request, Verb, decode_answer, refused
from stretchplayer.desktop.remote_client import ask, is_listening
from stretchplayer.desktop.single_instance import MOST_AT_ONCE, READ_WITHIN_MS, RemoteServer
from stretchplayer.errors import DomainError
from tests.desktop.callers import Caller, spin, spin_until, while_spinning
from tests.fakes import FakeClock, FakeTimer

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(os.name != "posix", reason="these callers use the sockets of POSIX systems"),
]
PAUSE = b'{"verb":"pause"}\n'
FLOOD = 1_000
BUFFER = 8_192
"""Less than the memory a connection has while it lives."""


class Ear:
    """A server, what was asked of it, and how it answers."""

    def __init__(self, folder: Path, system: str) -> None:
        self.address = str(folder / "ear.socket")
        self.clock = FakeClock()
        self.timer = FakeTimer(self.clock)
        self.asked: list[Request] = []
        self.answer: Callable[[Request], Answer] = lambda _request: DONE
        make_ear = partial(ear_for, system=system)
        self.server = RemoteServer(self.address, self._handle, clock=self.clock, timer=self.timer, make_ear=make_ear)
        assert self.server.listen()

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


@pytest.fixture(params=["linux", "win32"])
def ear(short_folder: Path, request: pytest.FixtureRequest) -> Iterator[Ear]:
    """The ear of either kind of system: here a pipe of Qt's is a socket, too."""
    made = Ear(short_folder, request.param)
    yield made
    made.server.close()
    spin()


@pytest.fixture
def ear_at_a_socket(short_folder: Path) -> Iterator[Ear]:
    """What Linux and macOS have."""
    made = Ear(short_folder, "linux")
    yield made
    made.server.close()
    spin()


def test_a_request_is_answered_and_the_line_closed(ear: Ear) -> None:
    assert ear.call(PAUSE) == DONE
    assert ear.asked == [Request(verb=Verb.PAUSE)]
    ear.wait_for(0)


def test_the_client_and_the_server_understand_each_other(ear: Ear) -> None:
    ear.answer = lambda _request: refused("Nothing is playing.")
    request = Request(verb=Verb.START, routine="/mnt/ü.toml", fullscreen=True)
    assert while_spinning(lambda: ask(ear.address, request)) == refused("Nothing is playing.")
    assert ear.asked == [request]
    assert is_listening(ear.address)


def test_a_request_may_come_in_pieces(ear: Ear) -> None:
    with Caller(ear.address) as caller:
        for byte in PAUSE:
            caller.send(bytes([byte]))
            spin()
        assert decode_answer(caller.hear()) == DONE


def test_only_the_first_line_counts(ear: Ear) -> None:
    assert ear.call(PAUSE + b'{"verb":"quit"}\n') == DONE
    ear.wait_for(0)
    assert [request.verb for request in ear.asked] == [Verb.PAUSE]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\x00\xff\x13\n", "The request is not JSON."),
        (b"GET / HTTP/1.1\r\n\r\n", "The request is not JSON."),
        (b'{"verb":"exec"}\n', '"verb" must be one of raise'),
        (b"x" * 5_000, "The request is longer than 4096 bytes."),
        (b"x" * 200_000, "The request is longer than 4096 bytes."),
        (b" " * 4_096 + b"\n", "The request is longer than 4096 bytes."),
    ],
    ids=["bytes", "http", "verb", "long", "very long", "one too long"],
)
def test_garbage_is_refused(ear: Ear, data: bytes, problem: str) -> None:
    answer = ear.call(data)
    assert answer.reply is Reply.REFUSED
    assert (answer.problem or "").startswith(problem)
    assert ear.asked == []
    assert ear.call(PAUSE) == DONE


def test_a_request_that_can_not_be_granted_is_refused(ear: Ear) -> None:
    def refuse(_request: Request) -> Answer:
        raise DomainError("That is too much.")

    ear.answer = refuse
    assert ear.call(PAUSE) == refused("That is too much.")


@pytest.mark.expected_log("a request failed")
def test_what_breaks_while_answering_is_logged_and_the_next_one_answered(ear: Ear) -> None:
    def fail(_request: Request) -> Answer:
        raise RuntimeError("broken")

    ear.answer = fail
    assert ear.call(PAUSE) == refused("That failed; the program's log says why.")
    ear.answer = lambda _request: DONE
    assert ear.call(PAUSE) == DONE


def test_only_this_person_gets_through(ear: Ear) -> None:
    assert stat.S_IMODE(os.stat(ear.address).st_mode) & (stat.S_IRWXG | stat.S_IRWXO) == 0  # noqa: PTH116 -- a text


# Clients that are slow, gone or too many


def test_who_says_nothing_is_hung_up_on(ear: Ear) -> None:
    with Caller(ear.address) as silent:
        ear.wait_for(1)
        ear.timer.run_for(READ_WITHIN_MS - 1)
        assert ear.server.connections == 1
        ear.timer.run_for(1)
        assert silent.hear() == b""
    assert ear.server.connections == 0
    assert not ear.timer.armed, "nothing wakes a program that nobody speaks to"


def test_dripping_gains_no_time(ear: Ear) -> None:
    with Caller(ear.address) as slow:
        ear.wait_for(1)
        for _ in range(READ_WITHIN_MS // 500):
            slow.send(b" ")
            spin()
            ear.timer.run_for(500)
        assert slow.hear() == b""
    assert ear.asked == []


def test_each_connection_has_its_own_time(ear: Ear) -> None:
    with Caller(ear.address) as first:
        ear.wait_for(1)
        ear.timer.run_for(1_500)
        with Caller(ear.address) as second:
            ear.wait_for(2)
            ear.timer.run_for(500)
            assert first.hear() == b""
            second.send(PAUSE)
            assert decode_answer(second.hear()) == DONE
    ear.wait_for(0)
    assert not ear.timer.armed


def test_half_open_and_vanished_callers_are_forgotten(ear: Ear) -> None:
    with Caller(ear.address) as half:
        half.send(b'{"verb":')
        half.end()
        ear.wait_for(0)
    with Caller(ear.address) as gone:
        gone.send(PAUSE)
    spin_until(lambda: len(ear.asked) == 1)
    ear.wait_for(0)


def test_too_many_at_once_cost_the_oldest(ear: Ear) -> None:
    callers = []
    for _ in range(MOST_AT_ONCE + 1):
        callers.append(Caller(ear.address))
        spin_until(lambda: ear.server.connections == min(len(callers), MOST_AT_ONCE))
    assert decode_answer(callers[0].hear()) == Answer(reply=Reply.BUSY)
    assert ear.server.connections == MOST_AT_ONCE
    callers[1].send(PAUSE)
    assert decode_answer(callers[1].hear()) == DONE
    for caller in callers:
        caller.close()
    ear.wait_for(0)


@pytest.mark.parametrize("data", [b"", b"\xff\n", b"x" * 5_000, PAUSE, b'{"verb":'])
def test_a_flood_leaves_nothing_behind(ear: Ear, data: bytes) -> None:
    def flood(number: int) -> None:
        for _ in range(number):
            with Caller(ear.address) as caller:
                if data:
                    caller.send(data)
            if number % 10 == 0:
                spin()
        ear.wait_for(0)
        ear.asked.clear()
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
    assert ear.call(PAUSE) == DONE


# The socket itself


def test_what_an_earlier_program_left_is_removed(short_folder: Path) -> None:
    (short_folder / "ear.socket").write_text("no socket at all")
    ear = Ear(short_folder, "linux")
    assert ear.call(PAUSE) == DONE
    ear.server.close()


def test_closing_hangs_up_and_takes_the_socket_away(ear: Ear) -> None:
    with Caller(ear.address) as caller:
        ear.wait_for(1)
        ear.server.close()
        assert caller.hear() == b""
    assert not Path(ear.address).exists()
    assert ear.server.connections == 0


@pytest.mark.expected_log("can't be asked from outside")
def test_where_no_socket_can_be_nothing_is_heard(tmp_path: Path) -> None:
    clock = FakeClock()
    server = RemoteServer(str(tmp_path / "nowhere" / "x"), lambda _request: DONE, clock=clock, timer=FakeTimer(clock))
    assert not server.listen()
    server.close()


def test_the_client_tries_again_while_the_server_is_busy(ear: Ear) -> None:
    busy = [Answer(reply=Reply.BUSY), Answer(reply=Reply.BUSY)]
    ear.answer = lambda _request: busy.pop() if busy else DONE
    assert while_spinning(lambda: ask(ear.address, Request(verb=Verb.STATUS))) == DONE
    assert len(ear.asked) == 3


# Sockets of POSIX systems


def test_without_a_free_file_descriptor_it_rests_and_goes_on(
    ear_at_a_socket: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ear_socket, "REST_MS", 1)
    limit, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Caller(ear_at_a_socket.address) as caller:
        resource.setrlimit(resource.RLIMIT_NOFILE, (caller.number + 1, hard))
        try:
            for _ in range(10):
                spin()
            assert ear_at_a_socket.server.connections == 0
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
        caller.send(PAUSE)
        assert decode_answer(caller.hear()) == DONE


def test_an_ear_that_was_closed_hears_nothing_and_may_be_closed_again(ear_at_a_socket: Ear) -> None:
    with Caller(ear_at_a_socket.address):
        ear_at_a_socket.server.close()
        ear_at_a_socket.server.close()
        spin()
    assert ear_at_a_socket.server.connections == 0


def test_both_know_how_long_a_line_may_be() -> None:
    assert LONGEST_LINE == MAX_LINE_BYTES
