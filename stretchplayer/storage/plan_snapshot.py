"""A session's timeline as text, so that it can be resumed and reviewed however the routine has changed since."""

from typing import Final, Literal

import msgspec

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Phase, Timeline

FORMAT: Final = 1


class _Plan(msgspec.Struct, forbid_unknown_fields=False):
    """A routine and its phases."""

    format: Literal[1]
    routine: Routine
    phases: tuple[Phase, ...]


def plan_as_text(timeline: Timeline) -> str:
    """Encode the whole timeline as JSON; the same timeline always gives the same text."""
    return msgspec.json.encode(_Plan(format=FORMAT, routine=timeline.routine, phases=timeline.phases)).decode()


def plan_from_text(text: str) -> Timeline:
    try:
        plan = msgspec.json.decode(text, type=_Plan)
    except msgspec.MsgspecError as error:
        raise StorageError(_("The plan of that session can't be read; start a new one.")) from error
    return Timeline(routine=plan.routine, phases=plan.phases)
