"""Sessions of the real program with speech on: all is well, the voice dies, there is no voice, there is no sound."""

import os
import shutil
import signal
from pathlib import Path
from typing import Final

import pytest

from stretchplayer.app.playback import GUIDED_SESSIONS, LOUDEST_RATE
from stretchplayer.routine.preferences import Preferences
from stretchplayer.settings import Settings, SoundSettings, SpeechMode, SpeechSettings
from stretchplayer.storage.settings import SettingsFile
from tests.bench.answers import start_speech_service
from tests.e2e.metronome import metronome
from tests.e2e.player import (
    LONG_LEAD_IN_S,
    TINY_ROUTINE,
    Player,
    assert_as_planned,
    assert_keeps_time,
    read_plan,
    write_routine,
)
from tests.e2e.sound import Recording
from tests.e2e.waiting import pause
from tests.e2e.x11 import X11Desktop

pytestmark = pytest.mark.desktop
needs_service = pytest.mark.skipif(shutil.which("speech-dispatcher") is None, reason="speech-dispatcher is missing")

SHIPPED: Final = "hamstring-trio"
"""There is a recording of each of its sentences."""
MIXED_ROUTINE: Final = """\
format = 1
title = "Mixed"

[[stretches]]
title = "Back"
position = "lying_on_back"
setup = "Lie."
sides = "none"
steps = [
    {{ kind = "move", text = "{recorded}", seconds = 1800 }},
    {{ kind = "move", text = "Wiggle every one of your toes, slowly, and go on breathing.", seconds = 1800 }},
    {{ kind = "hold", text = "Hold.", seconds = 2 }},
]
"""
RECORDED, OWN, HOLD = 1, 2, 3
"""Its phases."""
LOUD: Final = 300
WITHIN_S: Final = (5, 10, 20, 40, 80)
FADED_NS: Final = 1_000_000_000
"""So long after a cue nothing is heard any more of the words before it."""


def choose(tmp_path: Path, mode: SpeechMode, lead_in_s: int = 3, volume: int = 80) -> None:
    """Write settings with which this voice speaks, and the tones have this volume."""
    settings = Settings(
        playing=Preferences(lead_in_s=lead_in_s),
        sound=SoundSettings(volume=volume, tick_volume=volume),
        speech=SpeechSettings(mode=mode),
        sessions_guided=GUIDED_SESSIONS,
    )
    SettingsFile(tmp_path / "stretchplayer-data").save(settings)


def is_loud_since(heard: Recording, index: int) -> bool:
    """Whether something has been heard from that sample on."""
    return max(heard.since(index), default=0) > LOUD


def wait_for_the_systems_voice(x11: X11Desktop, heard: Recording) -> None:
    """Let the first sentence be said again and again until it is heard: a busy machine takes its time."""
    for within_s in WITHIN_S:
        before = heard.length
        x11.key("Left")
        for _ in range(10 * within_s):
            pause(0.1)
            if is_loud_since(heard, before):
                return
    pytest.fail("the system's voice was not heard")


def wait_for_words(player: Player, heard: Recording, phase: int) -> None:
    """Wait until the sentence of a phase is heard."""
    player.wait_for_phase(phase)
    cue = player.wait(lambda: next((each for each in player.trace.of("cue") if each.index == phase), None), "its cue")
    player.wait(lambda: is_loud_since(heard, heard.index_at(cue.mono_ns + FADED_NS)), f"the words of phase {phase}")


@needs_service
def test_recorded_words_and_the_systems_voice_take_turns_and_its_end_delays_nothing(
    x11: X11Desktop, tmp_path: Path
) -> None:
    x11.allowed_noise.append(".*")  # The service tells its log and, as root, about its configuration.
    recorded = read_plan(SHIPPED, tmp_path / "stretchplayer-data").phases[1].cues[0].say
    routine = write_routine(tmp_path, MIXED_ROUTINE.format(recorded=recorded))
    choose(tmp_path, SpeechMode.AUTOMATIC, LONG_LEAD_IN_S, volume=0)
    plan = read_plan(routine, tmp_path / "stretchplayer-data")
    service = start_speech_service(x11)
    with metronome() as machine, x11.record() as heard, Player(x11, routine, "--exit") as player:
        player.window()
        player.wait_for_states("prepare")
        wait_for_the_systems_voice(x11, heard)
        x11.key("Right")
        wait_for_words(player, heard, RECORDED)
        x11.key("Right")
        wait_for_words(player, heard, OWN)
        os.killpg(service.pid, signal.SIGKILL)
        x11.key("Right")
        assert player.exit_code() == 0
        trace = player.trace
    heard.save(tmp_path / "heard.wav")
    assert trace.outcome == "finished"
    assert [event.index for event in trace.of("phase")][-len(plan.phases[HOLD:]) :] == [HOLD, HOLD + 1, HOLD + 2]
    assert_keeps_time(plan, trace, 1, machine, since=HOLD)


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
    routine = write_routine(tmp_path, TINY_ROUTINE)
    choose(tmp_path, mode)
    plan = read_plan(routine, tmp_path / "stretchplayer-data")
    env = {} if has_sound else {"PULSE_SERVER": f"unix:{tmp_path / 'nobody-listens'}"}
    with metronome() as machine, Player(x11, routine, "--rate", str(LOUDEST_RATE), "--exit", env=env) as player:
        if not has_sound:
            player.allowed_problems.append(r"pa_context_connect\(\) failed")
        assert player.exit_code() == 0
    assert_as_planned(plan, player.trace)
    assert_keeps_time(plan, player.trace, LOUDEST_RATE, machine)
