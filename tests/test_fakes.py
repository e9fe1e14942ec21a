"""The fakes with a life of their own do as they say, and every fake is what its port asks for."""

import pytest

from stretchplayer.ports import (
    Clock,
    CuePlayer,
    OtherMedia,
    Speaker,
    StayAwake,
    Timer,
)
from stretchplayer.routine.cues import Cue, CueName
from tests.fakes import (
    START,
    FakeClock,
    FakeCuePlayer,
    FakeOtherMedia,
    FakeSpeaker,
    FakeStayAwake,
    FakeTimer,
)


def _all_fakes() -> tuple[Clock, Timer, CuePlayer, Speaker, StayAwake, OtherMedia]:
    # mypy checks each against its port.
    clock = FakeClock()
    return (
        clock,
        FakeTimer(clock),
        FakeCuePlayer(clock),
        FakeSpeaker(clock),
        FakeStayAwake(),
        FakeOtherMedia(),
    )


def test_every_fake_has_the_members_of_its_port() -> None:
    ports = (
        Clock,
        Timer,
        CuePlayer,
        Speaker,
        StayAwake,
        OtherMedia,
    )
    for fake, port in zip(_all_fakes(), ports, strict=True):
        wanted = {name for name in vars(port) if not name.startswith("_")}
        assert wanted <= set(dir(fake)), f"{type(fake).__name__} is not a {port.__name__}"


def test_asleep_only_the_monotonic_clock_stands_still() -> None:
    clock = FakeClock()
    monotonic_ns, boottime_ns = clock.monotonic_ns(), clock.boottime_ns()
    clock.sleep(1_500)
    assert clock.monotonic_ns() == monotonic_ns
    assert clock.boottime_ns() - boottime_ns == 1_500_000_000
    assert (clock.now() - START).total_seconds() == 1.5


def test_alarms_go_off_at_their_moments_even_when_armed_by_one_another() -> None:
    clock = FakeClock()
    timer = FakeTimer(clock)
    moments: list[float] = []

    def again() -> None:
        moments.append(clock.ms)
        timer.arm(40)

    timer.connect(again)
    timer.arm(10)
    timer.run_for(100)
    assert moments == [10, 50, 90]
    assert clock.ms == 100
    assert timer.due_in_ms == 30


def test_an_alarm_goes_off_once_and_not_at_all_when_cancelled() -> None:
    clock = FakeClock()
    timer = FakeTimer(clock)
    calls: list[float] = []
    timer.connect(lambda: calls.append(clock.ms))
    timer.arm(10)
    timer.fire_when_due()
    timer.fire()
    timer.arm(10)
    timer.cancel()
    timer.run_for(100)
    assert calls == [10]
    with pytest.raises(AssertionError, match="no alarm"):
        timer.fire_when_due()


def test_a_cue_silenced_before_its_onset_is_not_heard() -> None:
    clock = FakeClock()
    cues = FakeCuePlayer(clock, lead_ms=200)
    heard, stopped = Cue(at_ms=0, name=CueName.HOLD_START), Cue(at_ms=0, name=CueName.HOLD_END)
    cues.play(heard)
    clock.advance(300)
    cues.play(stopped)
    clock.advance(100)
    cues.silence()
    assert cues.onsets == [(200, heard)]


def test_a_broken_cue_player_is_silent() -> None:
    cues = FakeCuePlayer(FakeClock())
    cues.broken = True
    cues.play(Cue(at_ms=0, name=CueName.DONE))
    assert cues.played == []


def test_a_fake_speaker_says_what_it_can_until_it_breaks_down() -> None:
    clock = FakeClock()
    speaker = FakeSpeaker(clock, unknown={"Guten Tag."})
    speaker.say("Hold.")
    speaker.say("Guten Tag.")
    speaker.broken = True
    speaker.say("Hold.")
    assert speaker.said == [(clock.ms, "Hold.")]
