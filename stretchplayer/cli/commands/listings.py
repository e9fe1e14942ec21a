"""What the commands print about routines and timelines: as data for other programs, and as lines for people."""

from collections.abc import Iterable, Mapping
from typing import Any

from stretchplayer.player.status import phase_as_data
from stretchplayer.routine.timeline import Phase, Timeline


def plan_as_data(timeline: Timeline) -> dict[str, object]:
    """All phases and cues, in ms; the shape that README tells other programs to rely on."""
    return {
        "routine": timeline.routine.id,
        "total_ms": timeline.total_ms,
        "phases": [phase_as_data(phase) for phase in timeline.phases],
    }


def plan_as_lines(timeline: Timeline) -> Iterable[str]:
    """A table with a line for each phase."""
    routine = timeline.routine
    yield f"{routine.title}, {_clock(timeline.total_ms)}"
    if routine.equipment:
        yield f"At hand: {', '.join(routine.equipment)}"
    yield ""
    yield f"{'start':>6}  {'takes':>5}  {'phase':12}  {'side':5}  what to do"
    for phase in timeline.phases:
        yield _phase_as_line(phase)


def _phase_as_line(phase: Phase) -> str:
    start, takes, side = _clock(phase.start_ms), _clock(phase.duration_ms), phase.side or ""
    return f"{start:>6}  {takes:>5}  {phase.kind.replace('_', ' '):12}  {side:5}  {phase.text}"


def routine_as_data(timeline: Timeline) -> dict[str, object]:
    """What a routine is about, and how long it takes."""
    routine = timeline.routine
    return {
        "id": routine.id,
        "title": routine.title,
        "description": routine.description,
        "stretches": len(routine.stretches),
        "total_ms": timeline.total_ms,
        "equipment": routine.equipment,
    }


def status_as_lines(status: Mapping[str, Any]) -> Iterable[str]:
    """What the program does, what comes next, and today's reminders."""
    phase = status["phase"]
    if phase is not None:
        side = f", {phase['side']}" if phase["side"] not in {None, "both"} else ""
        standing = f" ({status['state']})" if status["state"] != phase["kind"] else ""
        left = _clock(status["remaining_ms"])
        yield f"{status['routine']}: {phase['kind'].replace('_', ' ')}{side}{standing}, {left} left"
        yield f"  {phase['text']}"
    elif status["running"]:
        yield "Nothing is playing."
    slots = status["slots"]
    if slots:
        one_day = len({slot["date"] for slot in slots}) == 1
        told = (f"{'' if one_day else slot['date'] + ' '}{slot['time']} {slot['state']}" for slot in slots)
        yield f"Reminders: {', '.join(told)}"
    if status["next_reminder"]:
        yield f"Next reminder: {status['next_reminder'][:16].replace('T', ' ')}"


def extent(timeline: Timeline) -> str:
    """How much a routine is: "3 stretches, about 7 minutes"."""
    stretches = len(timeline.routine.stretches)
    minutes = round(timeline.total_ms / 60_000)
    lasting = f"about {minutes} minute{'' if minutes == 1 else 's'}" if minutes else "less than a minute"
    return f"{stretches} stretch{'' if stretches == 1 else 'es'}, {lasting}"


def _clock(time_ms: int) -> str:
    """Minutes and seconds, each second beginning when it begins: "06:35"."""
    minutes, seconds = divmod(time_ms // 1000, 60)
    return f"{minutes:02}:{seconds:02}"
