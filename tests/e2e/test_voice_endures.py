"""Sessions of the real program with speech on: all is well, the voice dies, there is no voice, there is no sound."""

import os
import shutil
import signal
from pathlib import Path
from typing import Final

import pytest

from stretchplayer.app.playback import GUIDED_SESSIONS
from stretchplayer.routine.cues import TONE_MS, CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.settings import Settings, SpeechMode, SpeechSettings
from stretchplayer.storage.settings import SettingsFile
from tests.bench.answers import start_speech_service
from tests.e2e.metronome import metronome
from tests.e2e.player import (
    NS_PER_MS,
    TINY_ROUTINE,
    Plan,
    PlannedCue,
    Player,
    Trace,
    assert_as_planned,
    assert_keeps_time,
    beginning_ns,
    read_plan,
    write_routine,
)
from tests.e2e.sound import RATE, Recording
from tests.e2e.x11 import X11Desktop

pytestmark = pytest.mark.desktop
needs_service = pytest.mark.skipif(shutil.which("speech-dispatcher") is None, reason="speech-dispatcher is missing")

SHIPPED: Final = "hamstring-trio"
"""There is a recording of each of its sentences."""
LOUD: Final = 300
TONE_OVER_MS: Final = 50
"""The sound of a tone has gone so long after the tone's end."""


def choose(tmp_path: Path, mode: SpeechMode, text: str) -> tuple[str, Plan]:
    """Write a routine, and settings with which this voice speaks; the routine's file and its plan."""
    routine = write_routine(tmp_path, text)
    return routine, choose_voice(tmp_path, mode, routine)


def choose_voice(tmp_path: Path, mode: SpeechMode, routine: str) -> Plan:
    """Write settings with which this voice speaks; the routine's plan."""
    folder = tmp_path / "stretchplayer-data"
    settings = Settings(
        playing=Preferences(lead_in_s=3), speech=SpeechSettings(mode=mode), sessions_guided=GUIDED_SESSIONS
    )
    SettingsFile(folder).save(settings)
    return read_plan(routine, folder)


def are_words_heard(heard: Recording, trace: Trace, cue: PlannedCue, until_ms: float) -> bool:
    """Whether something has been heard after the tone of the cue and before that moment of the session."""
    begin_ms = cue.at_ms + TONE_MS.get(CueName(cue.name), 0) + TONE_OVER_MS
    return peak(heard, trace, begin_ms, until_ms) > LOUD


def peak(heard: Recording, trace: Trace, begin_ms: float, end_ms: float) -> int:
    """The loudest sample between two moments of the session."""
    begin = heard.index_at(beginning_ns(trace, 1) + begin_ms * NS_PER_MS)
    return max(heard.samples[begin : begin + round((end_ms - begin_ms) * RATE / 1000)], default=0)


def test_every_recorded_phrase_is_heard_before_the_next(x11: X11Desktop, tmp_path: Path) -> None:
    plan = choose_voice(tmp_path, SpeechMode.AUTOMATIC, SHIPPED)
    hold = next(phase for phase in plan.phases if phase.kind == "hold")
    with x11.record() as heard, Player(x11, SHIPPED) as player:
        trace = player.wait_for_phase(hold.index)
        player.wait(lambda: heard.length and now_ms(heard, trace) > hold.start_ms, "the sound of the hold")
    heard.save(tmp_path / "heard.wav")
    said = [cue for phase in plan.phases[: hold.index] for cue in phase.cues if cue.say]
    assert said
    for cue, next_ms in zip(said, [*(cue.at_ms for cue in said[1:]), hold.start_ms], strict=True):
        assert are_words_heard(heard, trace, cue, next_ms), f"nothing is heard of {cue.say!r}"


def now_ms(heard: Recording, trace: Trace) -> float:
    """At which moment of the session the recording ends so far."""
    return (heard.moment_ns(heard.length) - beginning_ns(trace, 1)) / NS_PER_MS


@needs_service
def test_a_speech_service_killed_half_way_delays_nothing(x11: X11Desktop, tmp_path: Path) -> None:
    x11.allowed_noise.append(".*")  # as above
    service = start_speech_service(x11)
    routine, plan = choose(tmp_path, SpeechMode.SYSTEM, TINY_ROUTINE)
    first, hold_ms = plan.phases[0].cues[0], plan.phases[1].start_ms
    with metronome() as machine, x11.record() as heard, Player(x11, routine, "--exit") as player:
        player.wait(lambda: player.trace.of("cue"), "the first cue")
        player.wait(lambda: are_words_heard(heard, player.trace, first, hold_ms), "the voice")
        os.killpg(service.pid, signal.SIGKILL)
        assert player.exit_code() == 0
    assert_as_planned(plan, player.trace)
    assert_keeps_time(plan, player.trace, 1, machine)


@pytest.mark.parametrize(
    ("mode", "has_sound"),
    [
        pytest.param(SpeechMode.SYSTEM, True, id="no clips and no engine"),
        pytest.param(SpeechMode.AUTOMATIC, False, id="no sound server"),
    ],
)
def test_a_session_that_cannot_speak_plays_to_its_end(
    x11: X11Desktop, tmp_path: Path, mode: SpeechMode, *, has_sound: bool
) -> None:
    routine, plan = choose(tmp_path, mode, TINY_ROUTINE)
    env = {} if has_sound else {"PULSE_SERVER": f"unix:{tmp_path / 'nobody-listens'}"}
    with metronome() as machine, Player(x11, routine, "--exit", env=env) as player:
        if not has_sound:
            player.allowed_problems.append(r"pa_context_connect\(\) failed")
        assert player.exit_code() == 0
    assert_as_planned(plan, player.trace)
    assert_keeps_time(plan, player.trace, 1, machine)
