"""Where a session resumes, or starts in the middle, and with which words."""

from dataclasses import replace

from stretchplayer.i18n import _
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import Cue, CueName
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import BREATH_MS, GET_UP_MS, OPENING_MS, SpeechTime, estimate_speech_ms


def resume_point(timeline: Timeline, phase_index: int) -> Phase:
    """The first phase of the exercise and side that were being done; `done` if all were.

    The first side of an exercise starts with getting into position.
    """
    phase = timeline.phases[min(max(phase_index, 0), timeline.done.index)]
    while phase.kind is PhaseKind.TRANSITION:
        phase = timeline.next_of(phase)
    place = timeline.side_start_of(phase)
    before = timeline.previous_of(place)
    return before if before.kind is PhaseKind.PREPARE and before.ordinal == place.ordinal else place


def resumed_timeline(
    timeline: Timeline, place: Phase, *, lead_in_ms: int, speech_ms: SpeechTime = estimate_speech_ms
) -> Timeline:
    """The timeline with the time, and the words, for getting back into position at `place`.

    The person has just pressed a key at the computer. Phases keep their indices; later ones start later.
    """
    if place.kind is PhaseKind.DONE:
        return timeline
    if place.kind is PhaseKind.PREPARE:
        longer = replace(place, duration_ms=place.duration_ms + GET_UP_MS, awaits_person=False)
        return timeline.with_longer(longer, GET_UP_MS)
    exercise = timeline.routine.exercise(place.exercise)
    words = phrases.get_ready(exercise)
    first = Cue(at_ms=place.start_ms + OPENING_MS, name=CueName.EXERCISE_START, say=words)
    added_ms = OPENING_MS + first.tone_ms + speech_ms(words) + BREATH_MS + lead_in_ms + GET_UP_MS
    longer = replace(
        place,
        duration_ms=place.duration_ms + added_ms,
        cues=(first, *(cue.moved(added_ms) for cue in place.cues)),
    )
    return timeline.with_longer(longer, added_ms)


def timeline_from(
    timeline: Timeline, ordinal: int, *, newcomer: bool = False, speech_ms: SpeechTime = estimate_speech_ms
) -> Timeline:
    """The timeline with the opening of a session that starts with this exercise, and the time to get there.

    Phases keep their indices; those before the exercise aren't played.
    """
    place = timeline.begin_of(ordinal)
    opening = [Cue(at_ms=place.start_ms + OPENING_MS, name=CueName.SESSION_START)]
    at_ms = opening[0].at_ms + opening[0].tone_ms + BREATH_MS
    if newcomer:
        caution = Cue(at_ms=at_ms, name=CueName.CAUTION, say=_(phrases.CAUTION))
        opening.append(caution)
        at_ms += caution.tone_ms + speech_ms(_(phrases.CAUTION)) + BREATH_MS
    later_ms = at_ms - place.start_ms
    longer = replace(
        place,
        duration_ms=place.duration_ms + later_ms + GET_UP_MS,
        cues=(*opening, *(cue.moved(later_ms) for cue in place.cues)),
        awaits_person=False,
    )
    return timeline.with_longer(longer, later_ms + GET_UP_MS)
