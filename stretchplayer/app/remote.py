"""The remote control: what a running program does when it is asked from outside, and what it says came of it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QTimer

from stretchplayer.desktop.clock import system_now
from stretchplayer.desktop.ipc.protocol import DONE, VERBS, Answer, AnsweredBy, Reply, Request, Verb, refused
from stretchplayer.errors import DomainError, StretchPlayerError
from stretchplayer.i18n import _
from stretchplayer.player.reminder_scheduler import ReminderScheduler
from stretchplayer.player.state import ACTIVE_STATES, State
from stretchplayer.player.status import status_as_data, views_as_data
from stretchplayer.reminders.slots import UNSETTLED, SlotState
from stretchplayer.reminders.snooze import USUAL_SNOOZE_MIN

if TYPE_CHECKING:
    from stretchplayer.player.session import Session


class FrontEnd(Protocol):
    """What is asked: the program with its window or without it, or the session in the terminal."""

    @property
    def has_window(self) -> bool:
        """Whether there is a window, or one can be opened."""

    @property
    def session(self) -> "Session | None":
        """The session, where there can be one without a window being opened first."""

    @property
    def reminders(self) -> ReminderScheduler | None:
        """The reminders; None for a program that ends with its session."""

    @property
    def reminder_problem(self) -> str | None:
        """Why it doesn't remind, if something is wrong."""

    def routine_id(self) -> str:
        """The routine that would be played."""

    def raise_window(self, token: str | None) -> None:
        """Show the window; the activation token lets it take the focus."""

    def start(self, routine: str | None, *, fullscreen: bool, token: str | None) -> None:
        """Show the window and play a routine, None for the one that is offered; StretchPlayerError when it can't be."""


class Remote:
    """Answers requests. Never raises because of a request; what is broken inside comes out as it is."""

    def __init__(self, front_end: FrontEnd) -> None:
        self._front_end = front_end

    def handle(self, request: Request) -> Answer:
        try:
            match VERBS[request.verb].answered_by:
                case AnsweredBy.SESSION:
                    return self._ask_session(request)
                case AnsweredBy.REMINDERS:
                    return self._ask_reminders(request)
                case _:
                    return self._ask_program(request)
        except StretchPlayerError as error:
            return refused(str(error))

    def _playing(self) -> "Session | None":
        session = self._front_end.session
        return session if session is not None and session.state in ACTIVE_STATES else None

    def _ask_session(self, request: Request) -> Answer:
        session = self._playing()
        if session is None:
            return refused(_("Nothing is playing."))
        commands: Mapping[Verb, Callable[[], None]] = {
            Verb.PAUSE: lambda: _pause(session),
            Verb.RESUME: lambda: _resume(session),
            Verb.TOGGLE: session.toggle,
            Verb.NEXT: session.next,
            Verb.BACK: session.back,
            Verb.STOP: session.stop,
        }
        commands[request.verb]()
        return DONE

    def _ask_reminders(self, request: Request) -> Answer:
        reminders = self._front_end.reminders
        if reminders is None:
            return Answer(
                reply=Reply.ONLY_PLAYS,
                problem=_("There are no reminders here: this program only plays a session."),
            )
        match request.verb:
            case Verb.SNOOZE:
                _check_due(reminders)
                reminders.snooze(USUAL_SNOOZE_MIN if request.minutes is None else request.minutes)
            case Verb.SKIP:
                _check_due(reminders)
                reminders.skip()
            case Verb.MARK_DONE:
                _mark(reminders, done=not request.undo)
            case Verb.NOT_TODAY:
                reminders.not_today()
            case Verb.SESSION_FINISHED:
                reminders.note_finished_elsewhere(request.took_s or 0)
            case Verb.SESSION_DELETED:
                reminders.note_slot_done(request.slot or "", None)
        return DONE

    def _ask_program(self, request: Request) -> Answer:
        front_end = self._front_end
        match request.verb:
            case Verb.STATUS:
                return Answer(reply=Reply.DONE, status=self._status())
            case Verb.RAISE if not front_end.has_window:
                return Answer(reply=Reply.NO_WINDOW)
            case Verb.RAISE:
                front_end.raise_window(request.token)
            case Verb.START:
                if self._playing():
                    front_end.raise_window(request.token)
                    return refused(plays_already())
                front_end.start(request.routine, fullscreen=bool(request.fullscreen), token=request.token)
            case Verb.REMIND if front_end.reminders is None:
                return Answer(reply=Reply.ONLY_PLAYS)
            case Verb.QUIT:
                self._quit()
        return DONE

    def _status(self) -> dict[str, object]:
        playing, reminders = self._playing(), self._front_end.reminders
        session, problem = self._front_end.session, self._front_end.reminder_problem
        slots: Mapping[str, object] = {"slots": None, "next_reminder": None}  # who asks reads them from the files
        waits_for = None
        if reminders is not None:
            reminders.look()
            waits_for = reminders.waits_for
            slots = views_as_data(reminders.slots, reminders.next_at, system_now())
        timeline = None if playing is None else playing.timeline
        return status_as_data(
            slots,
            running=True,
            state=State.IDLE if session is None else session.state,
            routine=self._front_end.routine_id() if timeline is None else timeline.routine.id,
            phase=None if playing is None else playing.phase,
            remaining_ms=0 if playing is None else playing.left_ms,
            waits_for=waits_for,
            problem=problem,
        )

    def _quit(self) -> None:
        """End the program as soon as the answer has left. A session is stopped, without a question.

        Not by `quit`, which windows may refuse: closing one may mean to go on in the background.
        """
        session, application = self._front_end.session, QCoreApplication.instance()
        if session is not None:
            session.stop()
        if application is not None:
            QTimer.singleShot(0, application, lambda: application.exit(0))


def plays_already() -> str:
    return _("A session is already playing; stop it first.")


def _pause(session: "Session") -> None:
    # Paused or interrupted already is as good, and no reason to complain.
    if session.state not in {State.PAUSED, State.INTERRUPTED}:
        session.pause()


def _resume(session: "Session") -> None:
    if session.state is State.WAITING:
        session.confirm()
    elif session.state in {State.PAUSED, State.INTERRUPTED}:
        session.resume()


def _mark(reminders: ReminderScheduler, *, done: bool) -> None:
    """Mark the due slot as done, or else the last one of today that was left out; or take back the last mark."""
    ways = (UNSETTLED, {SlotState.MISSED, SlotState.SKIPPED}) if done else ({SlotState.MARKED_DONE},)
    for states in ways:
        found = [view.slot for view in reminders.slots if view.state in states]
        if found:
            reminders.mark(found[-1], done)
            return
    raise DomainError(_("No reminder is due now.") if done else _("No reminder of today was marked as done."))


def _check_due(reminders: ReminderScheduler) -> None:
    if not any(view.state in UNSETTLED for view in reminders.slots):
        raise DomainError(_("No reminder is due now."))
