"""Which of several starts is the program: handing over, waiting for the other one, playing beside it."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimerEvent
from PySide6.QtWidgets import QApplication

from stretchplayer.app.instance import Instance, plays_by_itself, request_for, take_place
from stretchplayer.app.options import LaunchOptions
from stretchplayer.desktop.instance_lock import LOCK_NAME, KernelLock, QtLock, Taking
from stretchplayer.desktop.ipc.remote import DONE, Answer, Reply, Request, Verb, refused
from stretchplayer.errors import DesktopError
from tests.desktop.callers import spin, while_spinning

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the sockets of POSIX systems are used")


@pytest.fixture(autouse=True)
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have one."""
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    monkeypatch.delenv("DESKTOP_STARTUP_ID", raising=False)


@pytest.fixture
def options(data_dir: Path) -> LaunchOptions:
    return LaunchOptions(data_dir=data_dir)


class First:
    """The program that was there first."""

    def __init__(self, options: LaunchOptions, parent: QObject) -> None:
        instance = take_place(options)
        assert instance is not None
        self.instance = instance
        self.parent = parent
        self.asked: list[Request] = []
        self.answer = DONE

    def listen(self) -> None:
        self.instance.serve(self._handle, self.parent)

    def _handle(self, request: Request) -> Answer:
        self.asked.append(request)
        return self.answer


@pytest.fixture
def first(options: LaunchOptions, qapp: QApplication) -> Iterator[First]:
    parent = QObject()
    made = First(options, parent)
    yield made
    made.instance.close()
    spin()


def start(options: LaunchOptions, wait_s: float = 5) -> Instance | None:
    """Start once more, as another process would."""
    return while_spinning(lambda: take_place(options, wait_s=wait_s))


def test_the_first_one_is_alone(first: First, tmp_path: Path) -> None:
    assert first.instance.alone
    other = take_place(LaunchOptions(data_dir=tmp_path / "other"))
    assert other is not None
    assert other.alone
    other.close()


def test_a_second_start_hands_over(first: First, options: LaunchOptions, tmp_path: Path) -> None:
    first.listen()
    first.listen()
    assert start(options) is None
    assert start(replace(options, background=True)) is None
    assert start(replace(options, start=True, routine="hamstring-trio", fullscreen=True)) is None
    assert first.asked == [
        Request(verb=Verb.RAISE),
        Request(verb=Verb.REMIND),
        Request(verb=Verb.START, routine="hamstring-trio", fullscreen=True),
    ]


def test_who_is_to_remind_takes_the_place_of_a_program_that_only_plays(
    first: First, options: LaunchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    first.listen()
    first.answer = Answer(reply=Reply.ONLY_PLAYS)
    wait = KernelLock.wait
    thirds: list[Instance | None] = []

    def end_meanwhile(lock: KernelLock) -> bool:
        thirds.append(take_place(replace(options, background=True)))
        first.instance._lock.release()  # type: ignore[union-attr]  # it has one
        return wait(lock)

    monkeypatch.setattr(KernelLock, "wait", end_meanwhile)
    second = start(replace(options, background=True))
    assert second is not None
    assert second.alone
    assert thirds == [None], "one is enough"
    second.close()


def test_what_the_first_one_refuses_is_said(first: First, options: LaunchOptions) -> None:
    first.listen()
    first.answer = refused("A session is being played already; stop it first.")
    with pytest.raises(DesktopError, match="played already; stop it first"):
        start(replace(options, start=True))


def test_a_second_start_waits_until_the_first_one_listens(
    first: First, options: LaunchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = KernelLock.take
    looks: list[KernelLock] = []

    def look(lock: KernelLock) -> Taking:
        looks.append(lock)
        return take(lock)

    class Slow(QObject):
        """Listens only when the second one has looked twice."""

        def timerEvent(self, _event: QTimerEvent) -> None:
            if len(looks) > 1:
                first.listen()

    slow = Slow(first.parent)
    slow.startTimer(1)
    monkeypatch.setattr(KernelLock, "take", look)
    assert start(options) is None
    assert first.asked == [Request(verb=Verb.RAISE)]


def test_when_the_first_one_ends_meanwhile_the_second_takes_its_place(
    first: First, options: LaunchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = KernelLock.take
    looks: list[KernelLock] = []

    def end_meanwhile(lock: KernelLock) -> Taking:
        if looks:
            first.instance.close()
        looks.append(lock)
        return take(lock)

    monkeypatch.setattr(KernelLock, "take", end_meanwhile)
    second = take_place(options)
    assert second is not None
    assert second.alone
    assert len(looks) == 2
    second.close()


def test_a_first_one_that_never_listens_is_told_of(first: First, options: LaunchOptions) -> None:
    expected = rf"running \(process {os.getpid()}\) but doesn't answer; end it, or wait until it does\."
    with pytest.raises(DesktopError, match=expected):
        take_place(options, wait_s=0)


def test_a_lock_that_nobody_holds_is_recovered(options: LaunchOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stretchplayer.desktop.instance_lock.KernelLock", QtLock)
    options.data_dir.mkdir()
    (options.data_dir / LOCK_NAME).touch()
    instance = take_place(options, wait_s=0)
    assert instance is not None
    assert instance.alone
    instance.close()


# Beside another program


@pytest.mark.parametrize(
    "changes", [{"terminal": True}, {"exit_when_done": True}, {"trace": Path("x")}, {"rate": 2.0}], ids=str
)
def test_some_sessions_play_beside_the_first_one(
    first: First, options: LaunchOptions, changes: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    first.listen()
    special = replace(options, start=True, **changes)  # type: ignore[arg-type]  # fields of the options
    assert plays_by_itself(special)
    instance = start(special)
    assert instance is not None
    assert not instance.alone
    instance.serve(lambda _request: DONE, first.parent)
    instance.close()
    assert first.asked == []
    assert "this session plays beside it" in capsys.readouterr().err


def test_they_are_the_program_where_no_other_runs(options: LaunchOptions, capsys: pytest.CaptureFixture[str]) -> None:
    instance = take_place(replace(options, start=True, terminal=True))
    assert instance is not None
    assert instance.alone
    instance.close()
    assert capsys.readouterr().err == ""


def test_beside_a_terminal_a_window_opens(
    first: First, options: LaunchOptions, capsys: pytest.CaptureFixture[str]
) -> None:
    first.listen()
    first.answer = Answer(reply=Reply.NO_WINDOW)
    instance = start(options)
    assert instance is not None
    assert not instance.alone
    assert "plays in a terminal already" in capsys.readouterr().err


def test_without_standard_error_nothing_is_told(
    first: First, options: LaunchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", None)
    instance = take_place(replace(options, terminal=True))
    assert instance is not None


def test_where_nothing_can_be_written_the_program_runs_all_the_same(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "file").touch()
    instance = take_place(LaunchOptions(data_dir=tmp_path / "file" / "data"))
    assert instance is not None
    assert not instance.alone
    instance.serve(lambda _request: DONE, qapp)
    instance.close()


def test_where_no_folder_is_safe_it_can_not_be_asked(
    first: First, options: LaunchOptions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/no/such/folder")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    (tmp_path / f"stretchplayer-{os.geteuid()}").touch()
    first.listen()
    with pytest.raises(DesktopError, match="doesn't answer"):
        take_place(options, wait_s=0)


# What is handed over


def test_a_file_is_handed_over_by_its_whole_path(options: LaunchOptions) -> None:
    request = request_for(replace(options, start=True, routine="mine.toml"))
    assert request == Request(verb=Verb.START, routine=str(Path.cwd() / "mine.toml"))


@pytest.mark.parametrize(
    ("environ", "token"),
    [
        ({"XDG_ACTIVATION_TOKEN": "wayland", "DESKTOP_STARTUP_ID": "x11"}, "wayland"),
        ({"DESKTOP_STARTUP_ID": "x11_TIME5"}, "x11_TIME5"),
        ({"XDG_ACTIVATION_TOKEN": "a\nb"}, None),
        ({"XDG_ACTIVATION_TOKEN": "ü"}, None),
        ({"XDG_ACTIVATION_TOKEN": "x" * 257}, None),
    ],
)
def test_the_token_is_handed_over(
    options: LaunchOptions, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], token: str | None
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert request_for(options) == Request(verb=Verb.RAISE, token=token)
