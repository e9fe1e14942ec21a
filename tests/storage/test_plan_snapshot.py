"""A saved plan is played exactly as it was, or not at all."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.storage.plan_snapshot import plan_as_text, plan_from_text
from tests.routine.shipped import hamstring_trio
from tests.storage.routines.sheets import SHEET, parsed

PLAN = build_timeline(hamstring_trio(), Preferences())


def test_a_plan_comes_back_as_it_was() -> None:
    assert plan_from_text(plan_as_text(PLAN)) == PLAN


def test_what_the_routine_leaves_out_is_left_out_again() -> None:
    plan = build_timeline(parsed(SHEET))
    assert plan_from_text(plan_as_text(plan)) == plan


def test_a_plan_of_format_1_is_read() -> None:
    plan = json.loads(plan_as_text(PLAN))
    plan["routine"]["stretches"] = plan["routine"].pop("exercises")
    for phase in plan["phases"]:
        phase["stretch"] = phase.pop("exercise")
    assert plan_from_text(json.dumps({**plan, "format": 1})) == PLAN


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "no phases": lambda plan: plan["phases"].clear(),
    "only an end": lambda plan: plan["phases"].__delitem__(slice(-1)),
    "no end": lambda plan: plan["phases"].pop(),
    "an end in the middle": lambda plan: plan["phases"][3].update(kind="done"),
    "another index": lambda plan: plan["phases"][3].update(index=7),
    "a gap": lambda plan: plan["phases"][3].update(start_ms=7),
    "a negative time": lambda plan: plan["phases"][-2].update(duration_ms=-7),
    "an endless time": lambda plan: plan["phases"][-2].update(duration_ms=1 << 60),
    "a strange exercise": lambda plan: plan["phases"][3].update(exercise="headstand"),
    "another place": lambda plan: plan["phases"][3].update(ordinal=-1),
    "no exercises": lambda plan: plan["routine"]["exercises"].clear(),
    "another format": lambda plan: plan.update(format=3),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_can_not_be_played_is_told(change: Callable[[dict[str, Any]], object]) -> None:
    plan = json.loads(plan_as_text(PLAN))
    change(plan)
    with pytest.raises(StorageError, match="can't be read; start a new one"):
        plan_from_text(json.dumps(plan))


@pytest.mark.parametrize("text", ["", "null", "[" * 100_000, '{"other": ' + "[" * 100_000, "\ud800"])
def test_what_is_no_plan_at_all_is_told(text: str) -> None:
    with pytest.raises(StorageError, match="can't be read"):
        plan_from_text(text)
