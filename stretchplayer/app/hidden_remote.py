"""What a program without a window does when it is asked from outside."""

from typing import TYPE_CHECKING

from stretchplayer.app.options import LaunchOptions
from stretchplayer.app.remote import NOTHING_PLAYS, SNOOZE_MIN
from stretchplayer.app.window_remote import quit_when_answered, wishes_of
from stretchplayer.desktop.ipc.remote import DONE, Answer, Reply, Request, Verb, refused
from stretchplayer.errors import StretchPlayerError
from stretchplayer.player.statechart import State
from stretchplayer.player.status import status_as_data, views_as_data

if TYPE_CHECKING:
    from stretchplayer.app.main import Program


class HiddenRemote:
    """Shows the window where that is what it takes."""

    def __init__(self, program: "Program", options: LaunchOptions) -> None:
        self._program = program
        self._options = options

    def handle(self, request: Request) -> Answer:
        """Do what is asked."""
        try:
            return self._granted(request)
        except StretchPlayerError as error:
            return refused(str(error))

    def _granted(self, request: Request) -> Answer:
        match request.verb:
            case Verb.STATUS:
                return Answer(reply=Reply.DONE, status=self._status())
            case Verb.RAISE:
                self._program.open(token=request.token)
            case Verb.START:
                self._start(request)
            case Verb.REMIND:
                return DONE
            case Verb.QUIT:
                quit_when_answered()
            case Verb.SNOOZE | Verb.SKIP | Verb.NOT_TODAY:
                self._remind(request)
            case Verb.BEGUN | Verb.ENDED | Verb.FINISHED:
                self._note(request)
            case _:
                return refused(NOTHING_PLAYS)
        return DONE

    def _start(self, request: Request) -> None:
        from stretchplayer.app.background import offered_routine

        # What can't be read is said to who asked, and not by a window that then has nothing to show.
        offered_routine(self._options.data_dir, request.routine or self._options.routine)
        self._program.open(start=True, fullscreen=request.fullscreen, routine=request.routine, token=request.token)

    def _status(self) -> dict[str, object]:
        from stretchplayer.app.background import offered_routine

        routine = offered_routine(self._options.data_dir, self._options.routine).id
        slots: dict[str, object] = {"slots": [], "next_reminder": None}
        background = self._program.background
        if background is not None:
            keeper = background.reminding.keeper
            keeper.look()
            slots = views_as_data(keeper.slots, keeper.next_at, background.reminding.shown.now)
        return status_as_data(slots, running=True, state=State.IDLE, routine=routine)

    def _remind(self, request: Request) -> None:
        background = self._program.background
        if background is None:
            return
        keeper = background.reminding.keeper
        wishes = wishes_of(keeper)
        if request.verb is Verb.SNOOZE:
            wishes.snooze(request.minutes or SNOOZE_MIN)
        elif request.verb is Verb.SKIP:
            wishes.skip()
        else:
            wishes.not_today()

    def _note(self, request: Request) -> None:
        """Take note of a session in another program."""
        background = self._program.background
        if background is None:
            return
        if request.verb is Verb.FINISHED:
            background.reminding.keeper.note_finished_elsewhere(request.took_s or 0)
        else:
            background.reminding.keeper.look()
