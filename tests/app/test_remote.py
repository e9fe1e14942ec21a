"""What comes of each verb, with a session on a fake clock and surroundings that keep what they are asked."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import shiboken6

from stretchplayer.app.playback import Playback
from stretchplayer.app.remote import NO_REMINDERS, NOTHING_PLAYS, PLAYS_ALREADY, ReminderWishes, Remote, Surroundings
from stretchplayer.app.window_remote import slots_of, wishes_of
from stretchplayer.desktop.ipc.remote import DONE, Answer, Reply, Request, Verb, refused
from stretchplayer.errors import DomainError, StorageError
from stretchplayer.player.reminder_scheduler import ReminderScheduler
from stretchplayer.player.session import Session
from stretchplayer.player.statechart import State
from stretchplayer.player.status import phase_as_data
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.slots import ReminderSettings
from stretchplayer.storage.reminders import ReminderFile
from tests.fakes import FakeClock, FakeCuePlayer, FakeTimer
from tests.player.stage import ROUTINE, timeline
from tests.ui.stage import settle

pytestmark = pytest.mark.usefixtures("qapp")
SLOTS = {"slots": [{"date": "2026-03-02", "time": "08:00", "state": "owed"}], "next_reminder": None}


class Program:
    """A session, and what was wished of everything around it."""

    def __init__(self, *, window: bool = True, reminders: bool = True) -> None:
        self.clock = FakeClock()
        self.timer = FakeTimer(self.clock)
        self.session = Session(clock=self.clock, timer=self.timer, cues=FakeCuePlayer(self.clock))
        self.wishes: list[tuple[Any, ...]] = []
        self.problem: DomainError | StorageError | None = None
        self.wait_for_me = False
        settle()
        self.remote = Remote(
            self.session,
            Surroundings(
                reminds=reminders,
                routine=lambda: "offered",
                raise_window=(lambda token: self._wish("raise", token)) if window else None,
                start=self._start,
                quit=lambda: self._wish("quit"),
                look=lambda: self._wish("look"),
                finished=lambda took_s: self._wish("finished", took_s),
                slots=lambda: SLOTS,
                reminders=self._reminders() if reminders else None,
            ),
        )

    def _reminders(self) -> ReminderWishes:
        return ReminderWishes(
            snooze=lambda minutes: self._wish("snooze", minutes),
            skip=lambda: self._wish("skip"),
            not_today=lambda: self._wish("not today"),
        )

    def _wish(self, *what: object) -> None:
        if self.problem is not None:
            raise self.problem
        self.wishes.append(what)

    def _start(self, routine: str | None, fullscreen: bool) -> None:
        self._wish("start", routine, fullscreen)
        self.play()

    @property
    def state(self) -> str:
        return str(self.session.state)

    def play(self) -> None:
        self.session.start(timeline(wait_for_me=self.wait_for_me))

    def ask(self, verb: Verb, **fields: Any) -> Answer:  # noqa: ANN401 -- whatever belongs to the verb
        return self.remote.handle(Request(verb=verb, **fields))


@pytest.fixture
def make() -> Iterator[type[Program]]:
    made: list[Program] = []

    class Made(Program):
        def __init__(self, **options: bool) -> None:
            super().__init__(**options)
            made.append(self)

    yield Made
    for program in made:
        shiboken6.delete(program.session)


@pytest.fixture
def program(make: type[Program]) -> Program:
    return make()


@pytest.mark.parametrize("verb", [Verb.PAUSE, Verb.RESUME, Verb.TOGGLE, Verb.NEXT, Verb.BACK, Verb.STOP])
def test_without_a_session_there_is_nothing_to_control(program: Program, verb: Verb) -> None:
    assert program.ask(verb) == refused(NOTHING_PLAYS)
    program.play()
    program.session.stop()
    assert program.ask(verb) == refused(NOTHING_PLAYS)


def test_a_session_is_led_from_outside(program: Program) -> None:
    assert program.ask(Verb.START) == DONE
    assert program.state == State.PREPARE
    assert program.ask(Verb.NEXT) == DONE
    assert program.state == State.MOVE
    assert program.ask(Verb.BACK) == DONE
    assert program.state == State.PREPARE
    assert program.ask(Verb.PAUSE) == DONE
    assert program.state == State.PAUSED
    assert program.ask(Verb.PAUSE) == DONE, "it is paused, which is what was wished"
    assert program.state == State.PAUSED
    assert program.ask(Verb.RESUME) == DONE
    assert program.state == State.RESUMING
    assert program.ask(Verb.RESUME) == DONE
    assert program.state == State.RESUMING
    assert program.ask(Verb.TOGGLE) == DONE
    assert program.state == State.PAUSED
    assert program.ask(Verb.TOGGLE) == DONE
    assert program.ask(Verb.STOP) == DONE
    assert program.state == State.STOPPED


def test_resuming_lets_a_hold_begin_that_waits(program: Program) -> None:
    program.wait_for_me = True
    program.play()
    while program.session.state is not State.WAITING:
        program.session.next()
    assert program.ask(Verb.RESUME) == DONE
    assert program.state == State.HOLD


def test_an_interrupted_session_goes_on(program: Program) -> None:
    program.play()
    program.session.interrupt()
    assert program.ask(Verb.PAUSE) == DONE
    assert program.state == State.INTERRUPTED
    assert program.ask(Verb.RESUME) == DONE
    assert program.state == State.RESUMING


def test_start_hands_everything_on_and_shows_the_window(program: Program) -> None:
    assert program.ask(Verb.START, routine="/x.toml", fullscreen=True, token="abc") == DONE  # noqa: S106 -- no password
    assert program.wishes == [("raise", "abc"), ("start", "/x.toml", True)]


def test_start_in_a_session_shows_it_and_is_refused(program: Program) -> None:
    program.play()
    assert program.ask(Verb.START) == refused(PLAYS_ALREADY)
    assert program.wishes == [("raise", None)]


def test_raise_and_quit(program: Program) -> None:
    assert program.ask(Verb.RAISE, token="abc") == DONE  # noqa: S106 -- no password
    assert program.ask(Verb.REMIND) == DONE
    assert program.ask(Verb.QUIT) == DONE
    assert program.wishes == [("raise", "abc"), ("quit",)]


def test_a_session_of_another_program(program: Program) -> None:
    assert program.ask(Verb.BEGUN) == DONE
    assert program.ask(Verb.FINISHED, took_s=300) == DONE
    assert program.ask(Verb.FINISHED) == DONE
    assert program.ask(Verb.ENDED) == DONE
    assert program.wishes == [("look",), ("finished", 300), ("finished", 0), ("look",)]


def test_reminders(program: Program) -> None:
    assert program.ask(Verb.SNOOZE) == DONE
    assert program.ask(Verb.SNOOZE, minutes=30) == DONE
    assert program.ask(Verb.SKIP) == DONE
    assert program.ask(Verb.NOT_TODAY) == DONE
    assert program.wishes == [("snooze", 10), ("snooze", 30), ("skip",), ("not today",)]


@pytest.mark.parametrize("verb", [Verb.START, Verb.RAISE, Verb.SNOOZE, Verb.SKIP, Verb.NOT_TODAY, Verb.QUIT])
def test_why_a_wish_can_not_be_granted_is_said(program: Program, verb: Verb) -> None:
    program.problem = StorageError("There is no such routine.")
    assert program.ask(verb) == refused("There is no such routine.")


def test_without_reminders_and_without_a_window_that_is_said(make: type[Program]) -> None:
    program = make(window=False, reminders=False)
    for verb in (Verb.SNOOZE, Verb.SKIP, Verb.NOT_TODAY):
        assert program.ask(verb) == refused(NO_REMINDERS)
    assert program.ask(Verb.RAISE) == Answer(reply=Reply.NO_WINDOW)
    assert program.ask(Verb.REMIND) == Answer(reply=Reply.ONLY_PLAYS)
    assert program.ask(Verb.START) == DONE
    assert program.wishes == [("start", None, False)]


def test_the_status_before_in_and_after_a_session(program: Program) -> None:
    idle = {"running": True, "routine": "offered", "phase": None, "remaining_ms": 0, **SLOTS}
    assert program.ask(Verb.STATUS).status == {**idle, "state": "idle"}
    program.play()
    program.timer.run_for(1_500)
    total_ms = timeline().total_ms
    assert program.ask(Verb.STATUS).status == {
        "running": True,
        "state": "prepare",
        "routine": ROUTINE.id,
        "phase": phase_as_data(timeline().phases[0]),
        "remaining_ms": total_ms - 1_500,
        **SLOTS,
    }
    program.session.pause()
    paused: Any = program.ask(Verb.STATUS).status
    assert (paused["state"], paused["phase"]["kind"]) == ("paused", "prepare")
    program.session.stop()
    assert program.ask(Verb.STATUS).status == {**idle, "state": "stopped"}


# The program's own reminders


class Reminded:
    """Reminders on a fake clock, which begins when the first of the day is due."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.store = ReminderFile(folder)
        self.keeper = ReminderScheduler(
            clock=self.clock,
            timer=FakeTimer(self.clock),
            presence=lambda: Presence.FREE,
            store=self.store,
            settings=ReminderSettings(),
        )
        self.keeper.look()
        self.wishes = wishes_of(self.keeper)

    @property
    def states(self) -> list[str]:
        return [str(view.state) for view in self.keeper.slots]


@pytest.fixture
def reminded(tmp_path: Path) -> Iterator[Reminded]:
    made = Reminded(tmp_path)
    yield made
    made.keeper.close()
    shiboken6.delete(made.keeper)


def test_a_due_reminder_is_put_off_and_left_out(reminded: Reminded) -> None:
    assert reminded.states == ["owed", "coming"]
    reminded.wishes.snooze(30)
    assert reminded.states == ["snoozed", "coming"]
    reminded.wishes.skip()
    assert reminded.states == ["skipped", "coming"]
    for wish in (reminded.wishes.skip, lambda: reminded.wishes.snooze(10)):
        with pytest.raises(DomainError, match="No reminder is due now"):
            wish()
    reminded.wishes.not_today()
    assert reminded.states == ["skipped", "skipped"]


def test_what_the_keeper_knows_of_the_slots_is_told(reminded: Reminded, make_core: Callable[..., Playback]) -> None:
    reminded.wishes.skip()
    core = make_core()
    states = {slot["state"] for slot in cast("Any", slots_of(core, reminded.keeper))["slots"]}
    assert states == {"skipped", "coming"}
    assert slots_of(core) != slots_of(core, reminded.keeper), "the files were read all the same"
