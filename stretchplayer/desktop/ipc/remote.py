"""What a running program is asked from outside, and what it answers: one line of JSON each way.

Whatever comes in is taken for hostile: a fixed list of verbs, known keys only, and nothing in it is ever run.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from stretchplayer.errors import DomainError

MAX_LINE_BYTES: Final = 4096
"""The longest line, the line feed included, each way."""
MAX_SNOOZE_MIN: Final = 12 * 60
MAX_TOOK_S: Final = 24 * 60 * 60
"""The longest a finished session can have taken."""
MAX_TOKEN: Final = 256
"""The longest activation token, in characters."""


class Verb(StrEnum):
    """What can be asked. RAISE and START are also what a program started a second time hands over to the first."""

    RAISE = "raise"
    STATUS = "status"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    TOGGLE = "toggle"
    NEXT = "next"
    BACK = "back"
    STOP = "stop"
    SNOOZE = "snooze"
    SKIP = "skip"
    NOT_TODAY = "not-today"
    REMIND = "remind"
    """Somebody wants to be reminded, which takes nothing where the program does that."""
    BEGUN = "begun"
    """A session has begun in another program that keeps its data in the same place."""
    ENDED = "ended"
    """It is over there, however it ended."""
    FINISHED = "finished"
    """It was played to its end."""
    QUIT = "quit"


class Reply(StrEnum):
    """How a request can end."""

    DONE = "done"
    REFUSED = "refused"
    NO_WINDOW = "no-window"
    """The program runs in a terminal: it has nothing to show that could be raised."""
    ONLY_PLAYS = "only-plays"
    """The program ends with its session, and reminds of nothing."""
    BUSY = "busy"
    """Too many asked at once, and nothing was done; the request may be made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A verb and what belongs to it.

    SNOOZE takes `minutes`, None for the usual time. START takes `routine`, an id or an absolute path, None for the one
    the window offers, and `fullscreen`. `token` lets RAISE and START take the focus where a desktop asks for one.
    FINISHED takes `took_s`, how long ago the session began.
    """

    verb: Verb
    minutes: int | None = None
    routine: str | None = None
    fullscreen: bool = False
    token: str | None = None
    took_s: int | None = None

    def __post_init__(self) -> None:
        _check_request(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How it ended: `problem` is one sentence that says why not, `status` what STATUS asks for."""

    reply: Reply
    problem: str | None = None
    status: Mapping[str, object] | None = None


DONE: Final = Answer(reply=Reply.DONE)

_TAKES: Final[Mapping[Verb, frozenset[str]]] = {
    Verb.RAISE: frozenset({"token"}),
    Verb.START: frozenset({"routine", "fullscreen", "token"}),
    Verb.SNOOZE: frozenset({"minutes"}),
    Verb.FINISHED: frozenset({"took_s"}),
}
"""What may stand beside the verb; nothing beside those that are not here."""
_STATUS: Final[Mapping[str, tuple[type, ...]]] = {
    "running": (bool,),
    "state": (str,),
    "routine": (str,),
    "phase": (dict, type(None)),
    "remaining_ms": (int,),
    "slots": (list,),
    "next_reminder": (str, type(None)),
}
_FOR_PEOPLE: Final = frozenset({"text", "say", "equipment", "problem"})
_SHORTER: Final = (300, 100, 30, 10)
"""To how many characters texts for people are cut, one after the other, until an answer fits its line."""
_Kind = TypeVar("_Kind", bound=StrEnum)
_Wanted = TypeVar("_Wanted")


def refused(problem: str) -> Answer:
    """The answer that says, in one sentence, why not."""
    return Answer(reply=Reply.REFUSED, problem=problem)


# Lines


def encode_request(request: Request) -> bytes:
    """Return the request as a line; DomainError when it is too long for one."""
    fields: dict[str, object] = {"verb": request.verb}
    given = {"minutes": request.minutes, "routine": request.routine, "token": request.token, "took_s": request.took_s}
    fields |= {name: value for name, value in given.items() if value is not None}
    if request.fullscreen:
        fields["fullscreen"] = True
    line = _line(fields)
    if len(line) > MAX_LINE_BYTES:
        raise DomainError("The path of the routine is too long to be handed over; put the file elsewhere.")
    return line


def decode_request(line: bytes) -> Request:
    """Return the request in the line; DomainError, in one sentence, for everything that is none."""
    fields = _fields(line, "request")
    verb = _one_of(Verb, fields, "verb")
    _refuse_unknown(fields.keys() - {"verb"}, _TAKES.get(verb, frozenset()))
    return Request(
        verb=verb,
        minutes=_typed(fields, "minutes", int),
        routine=_typed(fields, "routine", str),
        fullscreen=_typed(fields, "fullscreen", bool) or False,
        token=_typed(fields, "token", str),
        took_s=_typed(fields, "took_s", int),
    )


def encode_answer(answer: Answer) -> bytes:
    """Return the answer as a line. Texts in it are cut where it would be too long otherwise."""
    given = {"reply": answer.reply, "problem": answer.problem, "status": answer.status}
    fields = {name: value for name, value in given.items() if value is not None}
    line = _line(fields)
    for length in _SHORTER:
        if len(line) <= MAX_LINE_BYTES:
            break
        line = _line(_cut(fields, length))
    return line


def decode_answer(line: bytes) -> Answer:
    """Return the answer in the line; DomainError, in one sentence, for everything that is none."""
    fields = _fields(line, "answer")
    _refuse_unknown(fields.keys(), {"reply", "problem", "status"})
    status = _typed(fields, "status", dict)
    if status is not None:
        _check_status(status)
    return Answer(reply=_one_of(Reply, fields, "reply"), problem=_typed(fields, "problem", str), status=status)


# What may be in them


def _check_request(request: Request) -> None:
    if request.minutes is not None and not 1 <= request.minutes <= MAX_SNOOZE_MIN:
        raise DomainError(f"A reminder can be put off by 1 to {MAX_SNOOZE_MIN} minutes.")
    if request.took_s is not None and not 0 <= request.took_s <= MAX_TOOK_S:
        raise DomainError(f"A session can have taken 0 to {MAX_TOOK_S} seconds.")
    for name, text in (("routine", request.routine), ("token", request.token)):
        if text is not None:
            _check_text(name, text)
    if request.token is not None and len(request.token) > MAX_TOKEN:
        raise DomainError(f'"token" can have at most {MAX_TOKEN} characters.')


def _check_text(name: str, text: str) -> None:
    if not text or any(ord(letter) < ord(" ") for letter in text):
        raise DomainError(f'"{name}" must be a text without control characters.')
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise DomainError(f'"{name}" has a character that is none.') from error


def _check_status(status: Mapping[str, object]) -> None:
    _refuse_unknown(status.keys(), _STATUS.keys())
    for name, kinds in _STATUS.items():
        if name not in status or type(status[name]) not in kinds:
            raise DomainError(f'The status has no usable "{name}".')


def _fields(line: bytes, what: str) -> dict[str, object]:
    if len(line) > MAX_LINE_BYTES:
        raise DomainError(f"The {what} is longer than {MAX_LINE_BYTES} bytes.")
    if not line.endswith(b"\n") or b"\n" in line[:-1]:
        raise DomainError(f"The {what} is not one whole line.")
    try:
        found = json.loads(line.decode(), object_pairs_hook=_without_twins, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise DomainError(f"The {what} is not JSON.") from error
    if not isinstance(found, dict):
        raise DomainError(f"The {what} is not an object.")
    return found


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_constant(_name: str) -> object:
    raise ValueError


def _refuse_unknown(names: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise DomainError(f"{json.dumps(unknown[0])} is not known here.")


def _one_of(kind: type[_Kind], fields: Mapping[str, object], name: str) -> _Kind:
    try:
        return kind(_typed(fields, name, str) or "")
    except ValueError as error:
        raise DomainError(f'"{name}" must be one of {", ".join(kind)}.') from error


def _typed(fields: Mapping[str, object], name: str, kind: type[_Wanted]) -> _Wanted | None:
    value = fields.get(name)
    # Not isinstance: True is an int, and no number of minutes.
    if value is None and name not in fields:
        return None
    if type(value) is not kind:
        raise DomainError(f'"{name}" is not what it has to be.')
    return value


def _line(fields: object) -> bytes:
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode(errors="replace") + b"\n"


def _cut(value: object, length: int, *, here: bool = False) -> object:
    """The same with what is written for people, everything in those fields, cut to so many characters."""
    if isinstance(value, Mapping):
        return {name: _cut(each, length, here=name in _FOR_PEOPLE) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(each, length, here=here) for each in value]
    if here and isinstance(value, str) and len(value) > length:
        return f"{value[: length - 1]}…"
    return value
