"""Which of several starts is the program: handing over, waiting for the other one, playing beside it."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, QTimerEvent
from PySide6.QtWidgets import QApplication

from stretchplayer.desktop.ipc.address import socket_address
from stretchplayer.desktop.ipc.foreign_lock import LOCK_NAME
from stretchplayer.desktop.ipc.handover import claim_or_hand_over
from stretchplayer.desktop.ipc.instance import Instance, InstanceLock, LockResult
from stretchplayer.desktop.ipc.protocol import DONE, Answer, Reply, Request, Verb, refused
from stretchplayer.desktop.ipc.server import RemoteServer, serve
from stretchplayer.errors import DesktopError
from tests.desktop.callers import Caller, spin, spin_until, while_spinning
from tests.posix import user_number

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the sockets of POSIX systems are used")


RAISE = Request(verb=Verb.RAISE)
REMIND = Request(verb=Verb.REMIND)


class First:
    """The program that was there first."""

    def __init__(self, data_dir: Path, parent: QObject) -> None:
        instance = claim_or_hand_over(data_dir, RAISE)
        assert instance is not None
        self.instance = instance
        self.parent = parent
        self.asked: list[Request] = []
        self.answer = DONE
        self.server: RemoteServer | None = None

    def listen(self) -> None:
        if self.server is None:
            self.server = serve(self.instance, self._handle, self.parent)

    def close(self) -> None:
        if self.server is not None:
            self.server.close()
        self.instance.close()

    def _handle(self, request: Request) -> Answer:
        self.asked.append(request)
        return self.answer


@pytest.fixture
def first(data_dir: Path, qapp: QApplication) -> Iterator[First]:
    parent = QObject()
    made = First(data_dir, parent)
    yield made
    made.close()
    spin()


def start(data_dir: Path, request: Request = RAISE, *, beside: bool = False) -> Instance | None:
    """Start once more, as another process would."""
    return while_spinning(lambda: claim_or_hand_over(data_dir, request, beside=beside))


def test_the_first_one_is_alone(first: First, tmp_path: Path) -> None:
    assert first.instance.alone
    other = claim_or_hand_over(tmp_path / "other", RAISE)
    assert other is not None
    assert other.alone
    other.close()


def test_a_second_start_hands_over(first: First, data_dir: Path) -> None:
    first.listen()
    requests = [RAISE, REMIND, Request(verb=Verb.START, routine="hamstring-trio", fullscreen=True)]
    for request in requests:
        assert start(data_dir, request) is None
    assert first.asked == requests


def test_who_is_to_remind_takes_the_place_of_a_program_that_only_plays(
    first: First, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first.listen()
    first.answer = Answer(reply=Reply.ONLY_PLAYS)
    wait = InstanceLock.wait
    thirds: list[Instance | None] = []

    def end_meanwhile(lock: InstanceLock) -> bool:
        thirds.append(claim_or_hand_over(data_dir, REMIND))
        QTimer.singleShot(0, first.parent, first.close)
        while first.instance.alone:
            time.sleep(0)
        return wait(lock)

    monkeypatch.setattr(InstanceLock, "wait", end_meanwhile)
    second = start(data_dir, REMIND)
    assert second is not None
    assert second.alone
    assert thirds == [None], "one is enough"
    second.close()


def test_what_the_first_one_refuses_is_said(first: First, data_dir: Path) -> None:
    first.listen()
    first.answer = refused("A session is already playing; stop it first.")
    with pytest.raises(DesktopError, match="already playing; stop it first"):
        start(data_dir, Request(verb=Verb.START))


def test_a_second_start_waits_until_the_first_one_listens(
    first: First, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = InstanceLock.take
    looks: list[InstanceLock] = []

    def look(lock: InstanceLock) -> LockResult:
        looks.append(lock)
        return take(lock)

    class Slow(QObject):
        """Listens only when the second one has looked twice."""

        def timerEvent(self, _event: QTimerEvent) -> None:
            if len(looks) > 1:
                first.listen()

    slow = Slow(first.parent)
    slow.startTimer(1)
    monkeypatch.setattr(InstanceLock, "take", look)
    assert start(data_dir) is None
    assert first.asked == [Request(verb=Verb.RAISE)]


def test_when_the_first_one_ends_meanwhile_the_second_takes_its_place(
    first: First, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = InstanceLock.take
    looks: list[InstanceLock] = []

    def end_meanwhile(lock: InstanceLock) -> LockResult:
        if looks:
            first.close()
        looks.append(lock)
        return take(lock)

    monkeypatch.setattr(InstanceLock, "take", end_meanwhile)
    second = claim_or_hand_over(data_dir, RAISE)
    assert second is not None
    assert second.alone
    assert len(looks) == 2
    second.close()


def test_a_first_one_that_never_listens_is_told_of(first: First, data_dir: Path) -> None:
    expected = rf"running \(process {os.getpid()}\) but doesn't answer; quit it, or wait until it does\."
    with pytest.raises(DesktopError, match=expected):
        claim_or_hand_over(data_dir, RAISE, wait_s=0)


def test_a_lock_that_nobody_holds_is_recovered(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / LOCK_NAME).touch()
    instance = claim_or_hand_over(data_dir, RAISE, wait_s=0)
    assert instance is not None
    assert instance.alone
    instance.close()


# Beside another program


def test_a_session_may_play_beside_the_first_one(
    first: First, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first.listen()
    instance = start(data_dir, beside=True)
    assert instance is not None
    assert not instance.alone
    assert serve(instance, lambda _request: DONE, first.parent) is None
    instance.close()
    assert first.asked == []
    assert "this session plays beside it" in capsys.readouterr().err


def test_they_are_the_program_where_no_other_runs(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    instance = claim_or_hand_over(data_dir, RAISE, beside=True)
    assert instance is not None
    assert instance.alone
    instance.close()
    assert capsys.readouterr().err == ""


def test_beside_a_terminal_a_window_opens(first: First, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first.listen()
    first.answer = Answer(reply=Reply.NO_WINDOW)
    instance = start(data_dir)
    assert instance is not None
    assert not instance.alone
    assert "already playing in a terminal" in capsys.readouterr().err


def test_without_standard_error_nothing_is_told(first: First, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    instance = claim_or_hand_over(data_dir, RAISE, beside=True)
    assert instance is not None


def test_where_nothing_can_be_written_the_program_runs_all_the_same(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "file").touch()
    data_dir = tmp_path / "file" / "data"
    instance = claim_or_hand_over(data_dir, RAISE)
    assert instance is not None
    assert instance.reminds
    server = serve(instance, lambda _request: DONE, qapp)
    assert server is not None
    assert start(data_dir) is None, "it is the only one"
    server.close()
    instance.close()


@pytest.mark.expected_log("Reminders are off")
@pytest.mark.parametrize(
    ("result", "advice"),
    [(LockResult.FOREIGN, "delete it and start"), (LockResult.IMPOSSIBLE, "another data directory")],
)
def test_without_a_lock_it_does_not_remind_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, result: LockResult, advice: str
) -> None:
    monkeypatch.setattr(InstanceLock, "take", lambda _lock: result)
    instance = claim_or_hand_over(tmp_path, RAISE)
    assert instance is not None
    assert instance.alone, "it can be asked"
    assert not instance.reminds
    assert str(tmp_path / LOCK_NAME) in str(instance.problem)
    assert advice in str(instance.problem)


@pytest.mark.expected_log("set XDG_RUNTIME_DIR")
def test_where_no_folder_is_safe_it_can_not_be_asked(
    first: First, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/no/such/folder")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    (tmp_path / f"stretchplayer-{user_number()}").touch()
    data_dir.chmod(0o777)
    first.listen()
    with pytest.raises(DesktopError, match="set XDG_RUNTIME_DIR"):
        claim_or_hand_over(data_dir, RAISE)


# Sessions elsewhere


def test_for_a_moment_after_the_start_there_may_be_a_session(data_dir: Path, qapp: QApplication) -> None:
    place = claim_or_hand_over(data_dir, RAISE)
    assert place is not None
    place.close()
    changes: list[bool] = []
    lock = InstanceLock(data_dir)
    assert lock.take() is LockResult.OURS
    instance = Instance(lock, data_dir, settled_ms=1)
    server = serve(instance, lambda _request: DONE, qapp)
    assert server is not None
    server.sessions_changed.connect(lambda: changes.append(server.has_sessions))
    assert server.has_sessions
    spin_until(lambda: changes == [False])
    address = socket_address(data_dir)
    assert address is not None
    with Caller(address) as session:
        session.send(b'{"verb":"session-started"}\n')
        spin_until(lambda: changes == [False, True])
    spin_until(lambda: changes == [False, True, False])
    server.close()
    instance.close()
