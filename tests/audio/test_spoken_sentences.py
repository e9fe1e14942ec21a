"""Whatever a person chooses for a shipped routine, every sentence that is spoken has a recording."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, cycle
from pathlib import Path
from typing import Final

import pytest

from stretchplayer.audio.clips.library import ClipLibrary
from stretchplayer.audio.speech_time import speech_time
from stretchplayer.figure.side import Side
from stretchplayer.routine import phrases
from stretchplayer.routine.dose import (
    HOLDS_S,
    REPETITIONS,
    RESTS_S,
    SETS,
    Dose,
    DoseSides,
    OwnDoses,
    Variant,
    with_doses,
)
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import make_up
from stretchplayer.routine.preferences import (
    HOLD_CHOICES_S,
    LEAD_IN_CHOICES_S,
    PACE_CHOICES,
    SWITCH_CHOICES_S,
    Preferences,
)
from stretchplayer.routine.resume import resume_point, resumed_timeline, timeline_from
from stretchplayer.routine.routine import MAX_PLAYED_S, Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import SpeechSettings
from stretchplayer.storage.assets import asset_dir, voice_dir
from stretchplayer.storage.routines.routine_file import read_routine

ROUTINES: Final = sorted(asset_dir("routines").glob("*.toml"))
LIBRARY: Final = ClipLibrary(voice_dir())
SPEECH_MS: Final = speech_time(voice_dir(), SpeechSettings())
MINUTES_SPOKEN: Final = 60
LEFT_TO_THE_SYSTEM_VOICE: Final = {
    # Nobody exercises for so long; only the opening is then said by the system's voice.
    f"{phrases.about_minutes(minutes * 60_000)}."
    for minutes in range(MINUTES_SPOKEN + 1, MAX_PLAYED_S // 60)
}


def unrecorded(text: str) -> Iterator[str]:
    """The parts of the text that no clip says."""
    for sentence in phrases.sentences(text):
        if LIBRARY.clips(text) is None and LIBRARY.clips(sentence) is None:
            yield from (clause for clause in phrases.clauses(sentence) if LIBRARY.clips(clause) is None)


def preferences() -> Iterator[Preferences]:
    """Every value a person can choose, for ever, and the values of two settings in changing pairs."""
    choices = zip(
        cycle((None, *HOLD_CHOICES_S)), cycle(PACE_CHOICES), cycle(LEAD_IN_CHOICES_S), cycle(SWITCH_CHOICES_S),
        cycle(Side), cycle((None, False, True)), cycle((False, True, True)), cycle((True, False, True, True, False)),
        strict=False,
    )  # fmt: skip
    for hold_s, pace, lead_in_s, switch_s, first_side, wait_between, coaching, tell_time_left in choices:
        chosen = Preferences(
            hold_s=hold_s, pace=pace, lead_in_s=lead_in_s, switch_s=switch_s, first_side=first_side,
            wait_between=wait_between, coaching=coaching, tell_time_left=tell_time_left,
        )  # fmt: skip
        yield chosen
        yield replace(chosen, coaching=True, wait_for_me=tell_time_left, same_position_together=True)


def own_doses(routine: Routine) -> Iterator[OwnDoses]:
    """Each choice of the dose card for all exercises at once; exercises left out and played alone; other orders."""
    names = [exercise.id for exercise in routine.played]
    choices = zip(
        (None, *REPETITIONS), cycle((None, *HOLDS_S)), cycle((None, *SETS)), cycle((None, *RESTS_S)),
        cycle((None, *DoseSides)), cycle((None, *Variant)), strict=False,
    )  # fmt: skip
    for repetitions, hold_s, sets, rest_s, sides, variant in choices:
        dose = Dose(hold_s=hold_s, repetitions=repetitions, sides=sides, variant=variant)
        yield OwnDoses(exercises=dict.fromkeys(names, dose))
        yield OwnDoses(exercises=dict.fromkeys(names, replace(dose, repetitions=1, sets=sets, rest_s=rest_s)))
    left_out = Dose(left_out=True)
    for name in names:
        yield OwnDoses(exercises={name: left_out})
        yield OwnDoses(exercises=dict.fromkeys(set(names) - {name}, left_out))
        yield OwnDoses(order=(name, *reversed(names)))


def played(routine: Routine) -> Iterator[Timeline]:
    for number, (own, chosen) in enumerate(zip(own_doses(routine), preferences(), strict=False)):
        yield build_timeline(with_doses(routine, own), chosen, SPEECH_MS, newcomer=number % 3 == 0)


def closings(timeline: Timeline) -> Iterator[str]:
    """What can be said at the end."""
    exercises = timeline.counts_exercises
    planned = len(timeline.exercises if exercises else timeline.holds())
    position = timeline.routine.exercise(timeline.done.exercise).position
    return (phrases.done(done, planned, position, exercises=exercises) for done in range(planned + 1))


def making_up(timeline: Timeline, missed: Side) -> Iterator[str]:
    """The offer to make up for what a side missed after seven seconds of each hold, and what is said then."""
    held = HeldTime(timeline)
    for phase in timeline.phases:
        held.note(phase, phase.start_ms + 7_000 if phase.side is missed else phase.end_ms)
    offer = make_up(timeline, held, tell_time_left=True, speech_ms=SPEECH_MS)
    if offer is not None:
        limb = timeline.routine.exercise(offer.missed.exercise).limb
        yield phrases.offer(offer.missed.side, limb, repetitions=offer.repetitions > 0)
        yield from said(replace(offer.timeline, phases=offer.timeline.phases[offer.first.index :]))


def said(timeline: Timeline) -> Iterator[str]:
    return (cue.say for cue in timeline.cues() if cue.say is not None)


def everything_said(timeline: Timeline) -> Iterator[str]:
    """What can be said in a session, wherever it begins or is interrupted."""
    middle = resume_point(timeline, timeline.done.index // 2)
    last = timeline.exercises[-1]
    return chain(
        said(timeline),
        closings(timeline),
        *(making_up(timeline, side) for side in Side),
        said(resumed_timeline(timeline, middle, lead_in_ms=0, speech_ms=SPEECH_MS)),
        said(timeline_from(timeline, timeline.done.ordinal, speech_ms=SPEECH_MS)),
        (phrases.get_ready(last),),
    )


@pytest.mark.unmeasured  # it makes a thousand timelines
@pytest.mark.parametrize("path", ROUTINES, ids=lambda path: path.stem)
def test_every_sentence_has_a_clip(path: Path) -> None:
    texts = set(chain.from_iterable(map(everything_said, played(read_routine(path)))))
    assert set(chain.from_iterable(map(unrecorded, texts))) <= LEFT_TO_THE_SYSTEM_VOICE
