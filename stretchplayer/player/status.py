"""The state of a session and of reminders as data for other programs; the manual documents these shapes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.slots import SlotView
from stretchplayer.routine.timeline import Phase


def phase_as_data(phase: Phase) -> dict[str, object]:
    return {
        "index": phase.index,
        "start_ms": phase.start_ms,
        "duration_ms": phase.duration_ms,
        "kind": phase.kind,
        "stretch": phase.exercise,
        "side": phase.side,
        "step": phase.step,
        "text": phase.text,
        "equipment": phase.equipment,
        **counts_as_data(phase),
        "cues": [{"at_ms": cue.at_ms, "name": cue.name, "say": cue.say} for cue in phase.cues],
    }


def counts_as_data(phase: Phase) -> dict[str, object]:
    """Of how many repetitions, sets and breaths, where there is more than one."""
    counts: dict[str, object] = {}
    if phase.repetitions > 1 and phase.is_step:
        counts |= {"repetition": phase.repetition, "repetitions": phase.repetitions}
    if phase.sets > 1:
        counts |= {"set": phase.set_number, "sets": phase.sets}
    if phase.breaths:
        counts["breaths"] = phase.breaths
    return counts


def status_as_data(
    slots: Mapping[str, object],
    *,
    running: bool,
    state: str,
    routine: str,
    phase: Phase | None = None,
    remaining_ms: float = 0.0,
    waits_for: Presence | None = None,
    problem: str | None = None,
) -> dict[str, object]:
    """The current state of the program.

    `routine` is the id of the current or next routine. `phase` is None unless a session is playing; `remaining_ms` is
    what is left of that session. `slots` is what `views_as_data` returns. `waits_for` holds back a reminder that is
    due. `problem` says why the program doesn't remind.
    """
    return {
        "running": running,
        "state": state,
        "routine": routine,
        "phase": phase and phase_as_data(phase),
        "remaining_ms": round(remaining_ms),
        "slots": slots["slots"],
        "next_reminder": slots["next_reminder"],
        "waits_for": waits_for,
        "problem": problem,
    }


def views_as_data(slots: Sequence[SlotView], next_at: datetime | None, now: datetime) -> dict[str, object]:
    """Slots and the next reminder at `now`, which is aware and local.

    `{"slots": [{"date": "2026-03-02", "time": "08:00", "state": "due"}, …], "next_reminder": ISO 8601 or None}`. A
    reminder that is waiting for the person counts as due now.
    """
    reminder = None if next_at is None else max(next_at, now, key=lambda moment: moment.timestamp())
    return {
        "slots": [
            {"date": view.slot.day.isoformat(), "time": f"{view.slot.at:%H:%M}", "state": str(view.state)}
            for view in slots
        ],
        "next_reminder": None if reminder is None else reminder.isoformat(timespec="seconds"),
    }
