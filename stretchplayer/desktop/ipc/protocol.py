"""The requests a running program takes, in one table, and the lines of JSON that carry them.

Input is treated as hostile: only these verbs, only their arguments, and nothing in it is ever executed.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Final, NamedTuple, TypeVar

import msgspec
from msgspec import Meta

from stretchplayer.errors import DesktopError
from stretchplayer.i18n import _
from stretchplayer.reminders.snooze import LONGEST_SNOOZE_MIN, SHORTEST_SNOOZE_MIN

MAX_REQUEST_BYTES: Final = 4096
"""The line feed included."""
MAX_ANSWER_BYTES: Final = 65_536
"""Room for the longest texts that a routine file may have."""
MAX_TOOK_S: Final = 24 * 60 * 60
"""The longest a finished session can have taken."""
SLOT_KEY: Final = 16
"""The length of a slot's key, in characters."""
MAX_TOKEN: Final = 256
"""The longest activation token, in characters."""
TOKEN_VARIABLES: Final = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""Where a desktop puts the token that lets a window take the focus: on Wayland the first, on X11 the second."""


class Verb(StrEnum):
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
    MARK_DONE = "done"
    NOT_TODAY = "not-today"
    SESSION_STARTED = "session-started"
    """A session plays in the program that says so, until it closes the connection or says it no more."""
    SESSION_FINISHED = "session-finished"
    """It was played to its end there."""
    SESSION_DELETED = "session-deleted"
    """It was deleted there, so the slot that was done by it isn't any more."""


class AnsweredBy(StrEnum):
    PROGRAM = "program"
    SESSION = "session"
    """Only while one plays."""
    REMINDERS = "reminders"
    """Only in a program that reminds."""
    SERVER = "server"


class Row(NamedTuple):
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
    Verb.MARK_DONE: Row(AnsweredBy.REMINDERS, frozenset({"undo"})),
    Verb.NOT_TODAY: Row(AnsweredBy.REMINDERS),
    Verb.SESSION_FINISHED: Row(AnsweredBy.REMINDERS, frozenset({"took_s"})),
    Verb.SESSION_DELETED: Row(AnsweredBy.REMINDERS, frozenset({"slot"})),
    Verb.SESSION_STARTED: Row(AnsweredBy.SERVER),
}


class Reply(StrEnum):
    DONE = "done"
    REFUSED = "refused"
    NO_WINDOW = "no-window"
    """The program runs in a terminal: it has nothing to show that could be raised."""
    ONLY_PLAYS = "only-plays"
    """The program quits with its session, and doesn't remind."""
    BUSY = "busy"
    """Too many asked at once, and nothing was done; the request may be made again."""


_Message = TypeVar("_Message")
_PLAIN: Final = r"^[^\u0000-\u001f]+(?![\s\S])"
"""A text without control characters."""


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A verb and its arguments.

    SNOOZE takes `minutes`, None for the usual time. MARK_DONE takes `undo`, to take the mark back. START takes
    `routine`, an id or an absolute path, None for the one the window offers, and `fullscreen`. `token` lets RAISE and
    START take the focus where a desktop asks for one. SESSION_FINISHED takes `took_s`, how long ago the session began,
    and SESSION_DELETED the key of its `slot`.
    """

    verb: Verb
    minutes: Annotated[int, Meta(ge=SHORTEST_SNOOZE_MIN, le=LONGEST_SNOOZE_MIN)] | None = None
    undo: bool | None = None
    routine: Annotated[str, Meta(pattern=_PLAIN)] | None = None
    fullscreen: bool | None = None
    token: Annotated[str, Meta(max_length=MAX_TOKEN, pattern=_PLAIN)] | None = None
    took_s: Annotated[int, Meta(ge=0, le=MAX_TOOK_S)] | None = None
    slot: Annotated[str, Meta(min_length=SLOT_KEY, max_length=SLOT_KEY, pattern=_PLAIN)] | None = None


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The result: `problem` is one sentence that says why it was refused, `status` the answer to STATUS."""

    reply: Reply
    problem: str | None = None
    status: dict[str, Any] | None = None


DONE: Final = Answer(reply=Reply.DONE)


def refused(problem: str) -> Answer:
    return Answer(reply=Reply.REFUSED, problem=problem)


def encode_request(request: Request) -> bytes:
    """Return the request as a line; DesktopError when it is too long for one."""
    line = encode_answer(request)
    if len(line) > MAX_REQUEST_BYTES:
        raise DesktopError(_("The path of the routine is too long to be handed over; put the file elsewhere."))
    return line


def decode_request(line: bytes) -> Request:
    """Decode a request; DesktopError, in one sentence, for anything else."""
    request = _decode(line, MAX_REQUEST_BYTES, Request)
    given = {name for name, value in msgspec.structs.asdict(request).items() if value is not None}
    unknown = given - {"verb"} - VERBS[request.verb].arguments
    if unknown:
        raise DesktopError(
            _('"{verb}" takes no such argument: {names}.'), verb=request.verb, names=", ".join(sorted(unknown))
        )
    return request


def encode_answer(message: Request | Answer) -> bytes:
    # msgspec's own encoder refuses file names that are not text.
    text = json.dumps(msgspec.to_builtins(message), ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="replace") + b"\n"


def decode_answer(line: bytes) -> Answer:
    return _decode(line, MAX_ANSWER_BYTES, Answer)


def _decode(line: bytes, most_bytes: int, kind: type[_Message]) -> _Message:
    if len(line) > most_bytes:
        raise DesktopError(_("The message is longer than {most} bytes."), most=most_bytes)
    if not line.endswith(b"\n"):
        raise DesktopError(_("The message is incomplete."))
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise DesktopError(_("The message is not valid: {why}."), why=repr(str(error))) from error
