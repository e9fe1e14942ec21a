"""How the presence is put together from what its probes find."""

from collections.abc import Callable

import pytest

from stretchplayer.desktop.presence.watch import FRESH_MS, LOOK_EVERY_MS, LOOK_LIMIT_MS, PresenceWatch
from stretchplayer.reminders.presence import Presence
from tests.fakes import FakeClock, FakeTimer


class FakeProbe:
    """Finds what it is told to find; `slow`, it answers only when delivered."""

    def __init__(self, found: Presence | None = None, *, slow: bool = False) -> None:
        self.found = found
        self.slow = slow
        self.looks = 0
        self._answer: Callable[[Presence | None], None] | None = None

    def __call__(self, answer: Callable[[Presence | None], None]) -> None:
        self.looks += 1
        self._answer = answer
        if not self.slow:
            self.deliver()

    def deliver(self) -> None:
        assert self._answer is not None, "nobody looks"
        self._answer(self.found)


class Stage:
    """A watch with these probes, and what it tells."""

    def __init__(self, *probes: FakeProbe) -> None:
        self.clock = FakeClock()
        self.rounds, self.limit = FakeTimer(self.clock), FakeTimer(self.clock)
        self.watch = PresenceWatch(probes, self.clock, self.rounds, self.limit)
        self.told: list[Presence] = []
        self.watch.changed.connect(lambda: self.told.append(self.watch.presence()))

    def look(self) -> Presence | None:
        """Look anew."""
        self.clock.advance(FRESH_MS)
        return self.watch.current()


@pytest.mark.parametrize(
    ("found", "presence"),
    [
        ([], Presence.FREE),
        ([None, None], Presence.FREE),
        ([None, Presence.BUSY], Presence.BUSY),
        ([Presence.CALLING, None], Presence.CALLING),
        ([Presence.CALLING, Presence.BUSY], Presence.BUSY),
        ([Presence.BUSY, Presence.AWAY, None], Presence.AWAY),
    ],
)
def test_away_stands_before_busy_and_unknown_is_free(found: list[Presence | None], presence: Presence) -> None:
    stage = Stage(*map(FakeProbe, found))
    assert stage.watch.presence() is Presence.FREE
    assert stage.look() is presence
    assert stage.watch.presence() is presence
    assert stage.told == [presence]
    assert not stage.limit.armed


def test_what_was_found_out_holds_for_a_moment() -> None:
    probe = FakeProbe()
    stage = Stage(probe)
    assert stage.watch.current() is Presence.FREE
    probe.found = Presence.BUSY
    stage.clock.advance(FRESH_MS - 1)
    assert stage.watch.current() is Presence.FREE
    stage.clock.advance(1)
    assert stage.watch.current() is Presence.BUSY
    assert probe.looks == 2


def test_at_rest_nothing_is_looked_at() -> None:
    probe = FakeProbe()
    stage = Stage(probe)
    assert (stage.rounds.armed, probe.looks) == (False, 0)
    stage.watch.nudge()
    stage.watch.watch(on=True)
    stage.watch.watch(on=True)
    assert probe.looks == 1
    stage.watch.watch(on=False)
    assert not stage.rounds.armed


def test_changes_are_told_while_it_is_watched() -> None:
    probe = FakeProbe(Presence.BUSY)
    stage = Stage(probe)
    stage.watch.watch(on=True)
    assert stage.told == [Presence.BUSY]
    stage.rounds.run_for(2 * LOOK_EVERY_MS)
    assert probe.looks == 3
    probe.found = None
    stage.rounds.run_for(LOOK_EVERY_MS)
    probe.found = Presence.AWAY
    stage.watch.nudge()
    assert stage.told == [Presence.BUSY, Presence.FREE, Presence.AWAY]
    stage.watch.watch(on=False)
    probe.found = None
    assert stage.look() is Presence.FREE


def test_a_probe_that_hangs_is_not_known_and_not_asked_again_until_it_answers() -> None:
    hung, quick = FakeProbe(Presence.AWAY, slow=True), FakeProbe(Presence.BUSY)
    stage = Stage(hung, quick)
    stage.watch.watch(on=True)
    assert stage.told == []
    assert stage.limit.due_in_ms == LOOK_LIMIT_MS
    stage.limit.fire()
    assert stage.told == [Presence.BUSY]
    stage.watch.nudge()
    assert hung.looks == 1
    hung.deliver()
    assert stage.told == [Presence.BUSY, Presence.AWAY]
    hung.slow = False
    stage.watch.nudge()
    assert hung.looks == 2


def test_until_all_have_answered_nothing_is_known() -> None:
    probe = FakeProbe(Presence.AWAY, slow=True)
    stage = Stage(probe)
    assert stage.watch.current() is None
    assert stage.watch.current() is None
    assert probe.looks == 1
    probe.deliver()
    assert (stage.told, stage.watch.current()) == ([Presence.AWAY], Presence.AWAY)


def test_who_had_to_wait_for_the_answer_is_told_that_the_person_is_free() -> None:
    probe = FakeProbe(slow=True)
    stage = Stage(probe)
    assert stage.look() is None
    stage.watch.watch(on=True)
    assert stage.told == []
    probe.deliver()
    assert stage.told == [Presence.FREE]


def test_closing_lets_go_of_everything() -> None:
    probe = FakeProbe(slow=True)
    stage = Stage(probe)
    stage.watch.watch(on=True)
    stage.watch.close()
    assert not stage.rounds.armed
    assert not stage.limit.armed
    probe.deliver()
    assert stage.told == []
