"""What a running program does when it is asked from outside: turns verbs into wishes, and says what came of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from stretchplayer.desktop.ipc.remote import DONE, Answer, Reply, Request, Verb, refused
from stretchplayer.errors import StretchPlayerError
from stretchplayer.player.session import Session
from stretchplayer.player.statechart import ACTIVE_STATES, State
from stretchplayer.player.status import status_as_data

SNOOZE_MIN: Final = 10
"""How long a reminder is put off when nobody says how long."""
NOTHING_PLAYS: Final = "Nothing is playing."
PLAYS_ALREADY: Final = "A session is being played already; stop it first."
NO_REMINDERS: Final = "This program doesn't remind: it only plays a session."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderWishes:
    """What can be wished of reminders. A wish that can't be granted raises StretchPlayerError, which says why not."""

    snooze: Callable[[int], None]
    skip: Callable[[], None]
    not_today: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is around the session.

    `reminds` is false for a program that ends with its session. `routine` gives the id of the routine that would be
    played. `raise_window` takes an activation token or None; where there is no window it is None. `start` takes a
    routine or None, and whether to fill the screen; it may raise StretchPlayerError. `look` is called when a session
    has begun or ended in another program, `finished` is told how many s one took that was played to its end there.
    `slots` gives what `player/status.py` takes. `quit` must not end the program at once: the answer has to leave first.
    """

    reminds: bool
    routine: Callable[[], str]
    raise_window: Callable[[str | None], None] | None
    start: Callable[[str | None, bool], None]
    quit: Callable[[], None]
    look: Callable[[], None]
    finished: Callable[[int], None]
    slots: Callable[[], Mapping[str, object]]
    reminders: ReminderWishes | None = None


class _RefusedError(StretchPlayerError):
    """A wish that isn't possible now."""


class Remote:
    """Answers requests. Never raises because of a request; what is broken inside comes out as it is."""

    def __init__(self, session: Session, surroundings: Surroundings) -> None:
        self._session = session
        self._around = surroundings
        self._when_playing: Mapping[Verb, Callable[[], None]] = {
            Verb.PAUSE: self._pause,
            Verb.RESUME: self._resume,
            Verb.TOGGLE: session.toggle,
            Verb.NEXT: session.next,
            Verb.BACK: session.back,
            Verb.STOP: session.stop,
        }

    def handle(self, request: Request) -> Answer:
        """Do what is asked."""
        if request.verb is Verb.RAISE and self._around.raise_window is None:
            return Answer(reply=Reply.NO_WINDOW)
        if request.verb is Verb.REMIND:
            return DONE if self._around.reminds else Answer(reply=Reply.ONLY_PLAYS)
        try:
            return self._granted(request)
        except StretchPlayerError as error:
            return refused(str(error))

    def _granted(self, request: Request) -> Answer:
        match request.verb:
            case Verb.STATUS:
                return Answer(reply=Reply.DONE, status=self._status())
            case Verb.RAISE:
                self._raise(request.token)
            case Verb.START:
                self._start(request)
            case Verb.QUIT:
                self._around.quit()
            case Verb.BEGUN | Verb.ENDED:
                self._around.look()
            case Verb.FINISHED:
                self._around.finished(request.took_s or 0)
            case Verb.SNOOZE | Verb.SKIP | Verb.NOT_TODAY:
                self._remind(request)
            case _:
                if self._session.state not in ACTIVE_STATES:
                    raise _RefusedError(NOTHING_PLAYS)
                self._when_playing[request.verb]()
        return DONE

    def _status(self) -> dict[str, object]:
        session, playing = self._session, self._session.state in ACTIVE_STATES
        routine = session.timeline.routine.id if playing and session.timeline else self._around.routine()
        return status_as_data(
            self._around.slots(),
            running=True,
            state=session.state,
            routine=routine,
            phase=session.phase if playing else None,
            remaining_ms=session.left_ms if playing else 0,
        )

    def _raise(self, token: str | None) -> None:
        if self._around.raise_window is not None:
            self._around.raise_window(token)

    def _start(self, request: Request) -> None:
        self._raise(request.token)
        if self._session.state in ACTIVE_STATES:
            raise _RefusedError(PLAYS_ALREADY)
        self._around.start(request.routine, request.fullscreen)

    def _pause(self) -> None:
        # Paused or interrupted already is as good, and no reason to complain.
        if self._session.state not in {State.PAUSED, State.INTERRUPTED}:
            self._session.pause()

    def _resume(self) -> None:
        if self._session.state is State.WAITING:
            self._session.confirm()
        elif self._session.state in {State.PAUSED, State.INTERRUPTED}:
            self._session.resume()

    def _remind(self, request: Request) -> None:
        wishes = self._around.reminders
        if wishes is None:
            raise _RefusedError(NO_REMINDERS)
        if request.verb is Verb.SNOOZE:
            wishes.snooze(request.minutes or SNOOZE_MIN)
        elif request.verb is Verb.SKIP:
            wishes.skip()
        else:
            wishes.not_today()
