"""What a reminder shows outside our own window, and what the person may answer."""

from dataclasses import dataclass
from enum import StrEnum


class ReminderAction(StrEnum):
    """What the person chose."""

    START = "start"
    SNOOZE = "snooze"
    SKIP = "skip"
    OPEN = "open"
    """Show the program: the reminder itself was clicked, none of its buttons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A reminder in the person's language, as plain text.

    `body` has to be true where there are no buttons, too, and promises nothing of a click: servers differ in that.
    `start`, `snooze` and `skip` are what the buttons say, `open` what a click on the reminder itself does. Without
    `sound` the system is asked to make none.
    """

    title: str
    body: str
    start: str
    snooze: str
    skip: str
    open: str
    sound: bool = True
