"""What the small window of a reminder shows, and the lines in which a helper process is told it and answers.

Each line is one JSON object. To the helper:

    {"at": "20:00", "title": …, "length_ms": 480000, "equipment": ["a towel"], "pose": …, "side": "right",
     "dark": true, "data_dir": …}
        pose and side may be null; a second line takes the place of the first

and back:

    {"event": "shown"}                          the window is on the screen
    {"event": "start"} or {"event": "skip"}     the person's choice; the window has gone
    {"event": "snooze", "minutes": 10}          null: until they are back
"""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from pathlib import Path

from stretchplayer.domain.errors import DomainError
from stretchplayer.domain.routine import SideMode, picture_of
from stretchplayer.domain.side import Side
from stretchplayer.domain.slots import SlotView
from stretchplayer.domain.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A slot's time of day and what would be played in it; `pose` and `side` are what the figure shows."""

    at: time
    title: str
    length_ms: int
    equipment: tuple[str, ...] = ()
    pose: str | None = None
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperOrder:
    """What the helper shows. `dark` is whether the system is; whether that counts, the settings in `data_dir` say."""

    invitation: Invitation
    dark: bool
    data_dir: Path


class HelperEvent(StrEnum):
    """What the helper tells."""

    SHOWN = "shown"
    START = "start"
    SNOOZE = "snooze"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperAnswer:
    """What the helper tells; `snooze_min` belongs to SNOOZE, None for until the person is back."""

    event: HelperEvent
    snooze_min: int | None = None


def invitation_to(view: SlotView, timeline: Timeline) -> Invitation:
    """Invite to this slot, in which this timeline would be played."""
    routine = timeline.routine
    last = routine.stretches[-1]
    return Invitation(
        at=view.slot.at,
        title=routine.title,
        length_ms=timeline.total_ms,
        equipment=routine.equipment,
        pose=picture_of(last),
        side=Side.RIGHT if last.sides is SideMode.EACH else None,
    )


def order_line(order: HelperOrder) -> bytes:
    """What is written to the helper."""
    import json  # most programs that invite need none of it

    shown = order.invitation
    fields = {
        "at": shown.at.isoformat("minutes"),
        "title": shown.title,
        "length_ms": shown.length_ms,
        "equipment": shown.equipment,
        "pose": shown.pose,
        "side": shown.side,
        "dark": order.dark,
        "data_dir": str(order.data_dir),
    }
    return json.dumps(fields).encode() + b"\n"


def read_order(line: bytes) -> HelperOrder:
    """What the helper was told; DomainError when the line isn't like that."""
    import json

    try:
        fields = json.loads(line)
        invitation = Invitation(
            at=time.fromisoformat(fields["at"]),
            title=str(fields["title"]),
            length_ms=int(fields["length_ms"]),
            equipment=tuple(map(str, fields["equipment"])),
            pose=fields["pose"],
            side=None if fields["side"] is None else Side(fields["side"]),
        )
        return HelperOrder(invitation=invitation, dark=bool(fields["dark"]), data_dir=Path(fields["data_dir"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DomainError("That is no reminder; only Stretch Player itself can start this helper.") from error


def answer_line(answer: HelperAnswer) -> bytes:
    """What the helper writes."""
    import json

    fields: dict[str, object] = {"event": answer.event}
    if answer.event is HelperEvent.SNOOZE:
        fields["minutes"] = answer.snooze_min
    return json.dumps(fields).encode() + b"\n"


def read_answer(line: bytes) -> HelperAnswer | None:
    """What the helper tells; None for anything else, since libraries print all sorts of things."""
    import json

    try:
        fields = json.loads(line)
        event = HelperEvent(fields["event"])
        minutes = fields["minutes"] if event is HelperEvent.SNOOZE else None
        return HelperAnswer(event=event, snooze_min=None if minutes is None else int(minutes))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
