"""The requests a running program takes, in one table, and the lines of JSON that carry them.

Input is treated as hostile: only these verbs, only their arguments, and nothing in it is ever executed.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from stretchplayer.errors import DesktopError
from stretchplayer.i18n import _
from stretchplayer.reminders.snooze import LONGEST_SNOOZE_MIN, SHORTEST_SNOOZE_MIN

MAX_REQUEST_BYTES: Final = 4096
"""The line feed included."""
MAX_ANSWER_BYTES: Final = 65_536
"""Room for the longest texts that a routine file may have."""
MAX_TOOK_S: Final = 24 * 60 * 60
"""The longest a finished session can have taken."""
MAX_TOKEN: Final = 256
"""The longest activation token, in characters."""
TOKEN_VARIABLES: Final = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""Where a desktop puts the token that lets a window take the focus: on Wayland the first, on X11 the second."""


class Verb(StrEnum):
    """What can be requested, and what one program tells another."""

    RAISE = "raise"
    STATUS = "status"
    START = "start"
    REMIND = "remind"
    """Asks for a program that reminds; nothing to do where one is running."""
    QUIT = "quit"
    PAUSE = "pause"
    RESUME = "resume"
    TOGGLE = "toggle"
    NEXT = "next"
    BACK = "back"
    STOP = "stop"
    SNOOZE = "snooze"
    SKIP = "skip"
    NOT_TODAY = "not-today"
    SESSION_STARTED = "session-started"
    """A session plays in the program that says so, until it closes the connection or says it no more."""
    SESSION_FINISHED = "session-finished"
    """It was played to its end there."""


class AnsweredBy(StrEnum):
    """Who answers a verb."""

    PROGRAM = "program"
    SESSION = "session"
    """Only while one plays."""
    REMINDERS = "reminders"
    """Only in a program that reminds."""
    SERVER = "server"


class Row(NamedTuple):
    """Who answers the verb, and its arguments."""

    answered_by: AnsweredBy
    arguments: frozenset[str] = frozenset()


VERBS: Final[Mapping[Verb, Row]] = {
    Verb.RAISE: Row(AnsweredBy.PROGRAM, frozenset({"token"})),
    Verb.STATUS: Row(AnsweredBy.PROGRAM),
    Verb.START: Row(AnsweredBy.PROGRAM, frozenset({"routine", "fullscreen", "token"})),
    Verb.REMIND: Row(AnsweredBy.PROGRAM),
    Verb.QUIT: Row(AnsweredBy.PROGRAM),
    Verb.PAUSE: Row(AnsweredBy.SESSION),
    Verb.RESUME: Row(AnsweredBy.SESSION),
    Verb.TOGGLE: Row(AnsweredBy.SESSION),
    Verb.NEXT: Row(AnsweredBy.SESSION),
    Verb.BACK: Row(AnsweredBy.SESSION),
    Verb.STOP: Row(AnsweredBy.SESSION),
    Verb.SNOOZE: Row(AnsweredBy.REMINDERS, frozenset({"minutes"})),
    Verb.SKIP: Row(AnsweredBy.REMINDERS),
    Verb.NOT_TODAY: Row(AnsweredBy.REMINDERS),
    Verb.SESSION_FINISHED: Row(AnsweredBy.REMINDERS, frozenset({"took_s"})),
    Verb.SESSION_STARTED: Row(AnsweredBy.SERVER),
}


class Reply(StrEnum):
    """How a request can end."""

    DONE = "done"
    REFUSED = "refused"
    NO_WINDOW = "no-window"
    """The program runs in a terminal: it has nothing to show that could be raised."""
    ONLY_PLAYS = "only-plays"
    """The program quits with its session, and doesn't remind."""
    BUSY = "busy"
    """Too many asked at once, and nothing was done; the request may be made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A verb and its arguments.

    SNOOZE takes `minutes`, None for the usual time. START takes `routine`, an id or an absolute path, None for the one
    the window offers, and `fullscreen`. `token` lets RAISE and START take the focus where a desktop asks for one.
    SESSION_FINISHED takes `took_s`, how long ago the session began.
    """

    verb: Verb
    minutes: int | None = None
    routine: str | None = None
    fullscreen: bool | None = None
    token: str | None = None
    took_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The result: `problem` is one sentence that says why it was refused, `status` the answer to STATUS."""

    reply: Reply
    problem: str | None = None
    status: Mapping[str, Any] | None = None


DONE: Final = Answer(reply=Reply.DONE)


def refused(problem: str) -> Answer:
    return Answer(reply=Reply.REFUSED, problem=problem)


def encode_request(request: Request) -> bytes:
    """Return the request as a line; DesktopError when it is too long for one."""
    line = _encode(request)
    if len(line) > MAX_REQUEST_BYTES:
        raise DesktopError(_("The path of the routine is too long to be handed over; put the file elsewhere."))
    return line


def decode_request(line: bytes) -> Request:
    """Decode a request; DesktopError, in one sentence, for anything else."""
    arguments = _decode(line, MAX_REQUEST_BYTES, "request")
    name = arguments.pop("verb", None)
    if name not in list(Verb):
        raise DesktopError(f'"verb" must be one of {", ".join(Verb)}.')
    verb = Verb(name)
    for argument, value in arguments.items():
        if argument not in VERBS[verb].arguments:
            raise DesktopError(f'"{verb}" takes no {json.dumps(argument)}.')
        usable, what = _ARGUMENTS[argument]
        if not usable(value):
            raise DesktopError(f'"{argument}" must be {what}.')
    return Request(verb=verb, **arguments)


def encode_answer(answer: Answer) -> bytes:
    return _encode(answer)


def decode_answer(line: bytes) -> Answer:
    """Decode an answer; DesktopError, in one sentence, for anything else."""
    fields = _decode(line, MAX_ANSWER_BYTES, "answer")
    reply, problem, status = (fields.pop(name, None) for name in ("reply", "problem", "status"))
    if fields or reply not in list(Reply) or not isinstance(problem, str | None) or not isinstance(status, dict | None):
        raise DesktopError("The answer is none.")
    return Answer(reply=Reply(reply), problem=problem, status=status)


def _is_whole(value: object, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most  # True is an int, and no number of minutes


def _is_text(value: object, longest: int) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value) <= longest
        and all(letter >= " " and not "\ud800" <= letter <= "\udfff" for letter in value)
    )


_ARGUMENTS: Final[Mapping[str, tuple[Callable[[object], bool], str]]] = {
    "minutes": (
        lambda value: _is_whole(value, SHORTEST_SNOOZE_MIN, LONGEST_SNOOZE_MIN),
        f"a whole number from {SHORTEST_SNOOZE_MIN} to {LONGEST_SNOOZE_MIN}",
    ),
    "took_s": (lambda value: _is_whole(value, 0, MAX_TOOK_S), f"a whole number from 0 to {MAX_TOOK_S}"),
    "routine": (lambda value: _is_text(value, MAX_REQUEST_BYTES), "a text without control characters"),
    "token": (lambda value: _is_text(value, MAX_TOKEN), f"a text of at most {MAX_TOKEN} characters"),
    "fullscreen": (lambda value: isinstance(value, bool), "true or false"),
}
"""For each argument, a check and what it has to be."""


def _encode(message: Request | Answer) -> bytes:
    fields = {name: value for name, value in asdict(message).items() if value is not None}
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode(errors="replace") + b"\n"


def _decode(line: bytes, most_bytes: int, what: str) -> dict[str, Any]:
    if len(line) > most_bytes:
        raise DesktopError(f"The {what} is longer than {most_bytes} bytes.")
    if not line.endswith(b"\n"):
        raise DesktopError(f"The {what} is not one whole line.")
    try:
        found = json.loads(line.decode())
    except (ValueError, RecursionError) as error:
        raise DesktopError(f"The {what} is not JSON.") from error
    if not isinstance(found, dict):
        raise DesktopError(f"The {what} is not an object.")
    return found
