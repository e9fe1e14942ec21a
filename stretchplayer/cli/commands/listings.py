"""The output of commands about routines: data for other programs, lines for people."""

from collections.abc import Iterable, Mapping
from typing import Any

from stretchplayer.i18n import _, ngettext
from stretchplayer.player.status import phase_as_data
from stretchplayer.routine import phrases
from stretchplayer.routine.timeline import Phase, Timeline


def plan_as_data(timeline: Timeline) -> dict[str, object]:
    """All phases and cues; the manual documents this shape."""
    return {
        "routine": timeline.routine.id,
        "total_ms": timeline.total_ms,
        "phases": [phase_as_data(phase) for phase in timeline.phases],
    }


def plan_as_lines(timeline: Timeline) -> Iterable[str]:
    routine = timeline.routine
    yield f"{routine.title}, {_clock(timeline.total_ms)}"
    if routine.equipment:
        yield _("At hand: {things}").format(things=", ".join(routine.equipment))
    yield ""
    start, takes, kind, side = _("start"), _("takes"), _("phase"), _("side")
    yield f"{start:>6}  {takes:>5}  {kind:12}  {side:5}  " + _("what to do")
    for phase in timeline.phases:
        yield _phase_as_line(phase)


def _phase_as_line(phase: Phase) -> str:
    start, takes, side = _clock(phase.start_ms), _clock(phase.duration_ms), phrases.side_words(phase.side)
    return f"{start:>6}  {takes:>5}  {phrases.phase_words(phase.kind):12}  {side:5}  {phase.text}"


def routine_as_data(timeline: Timeline) -> dict[str, object]:
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
    phase = status["phase"]
    if phase is not None:
        facts = [phrases.phase_words(phase["kind"]), phrases.side_words(phase["side"])]
        state = f" ({_state_words(status['state'])})" if status["state"] != phase["kind"] else ""
        left = _("{time} left").format(time=_clock(status["remaining_ms"]))
        yield f"{status['routine']}: {', '.join(filter(None, facts))}{state}, {left}"
        yield f"  {phase['text']}"
    elif status["running"]:
        yield _("Nothing is playing.")
    slots = status["slots"]
    if slots:
        one_day = len({slot["date"] for slot in slots}) == 1
        listed = (f"{'' if one_day else slot['date'] + ' '}{slot['time']} {_slot(slot['state'])}" for slot in slots)
        yield _("Reminders: {slots}").format(slots=", ".join(listed))
    if status["next_reminder"]:
        yield _("Next reminder: {time}").format(time=status["next_reminder"][:16].replace("T", " "))


def _state_words(state: str) -> str:
    return {
        "waiting": _("waiting"),
        "paused": _("paused"),
        "resuming": _("resuming"),
        "interrupted": _("interrupted"),
        "offering": _("offering"),
    }.get(state, state)


def _slot(state: str) -> str:
    return {
        "coming": _("coming"),
        "due": _("due"),
        "snoozed": _("snoozed"),
        "done": _("done"),
        "skipped": _("skipped"),
        "missed": _("missed"),
        "paused": _("paused"),
    }[state]


def extent(timeline: Timeline) -> str:
    """The size of a routine: "3 stretches, about 7 minutes"."""
    stretches = len(timeline.routine.stretches)
    minutes = round(timeline.total_ms / 60_000)
    lasting = ngettext("about {n} minute", "about {n} minutes", minutes) if minutes else _("less than a minute")
    counted = ngettext("{n} stretch", "{n} stretches", stretches)
    return f"{counted.format(n=stretches)}, {lasting.format(n=minutes)}"


def _clock(time_ms: int) -> str:
    """Minutes and seconds, rounded down: "06:35"."""
    minutes, seconds = divmod(time_ms // 1000, 60)
    return f"{minutes:02}:{seconds:02}"
