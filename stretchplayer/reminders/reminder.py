"""A reminder as a notification, and the possible answers."""

from dataclasses import dataclass
from enum import StrEnum


class ReminderAction(StrEnum):
    START = "start"
    SNOOZE = "snooze"
    SKIP = "skip"
    DONE = "done"
    """They did it already."""
    OPEN = "open"
    """The reminder itself was clicked: show the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A reminder in the person's language, as plain text.

    `body` must also make sense without buttons, and doesn't mention clicking, because notification servers differ.
    `start`, `snooze`, `skip` and, where there is room, `done` label the buttons, `open` a click on the reminder itself.
    `sound` is whether the system may play one.
    """

    title: str
    body: str
    start: str
    snooze: str
    skip: str
    done: str
    open: str
    sound: bool = True
