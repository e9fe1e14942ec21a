"""Hands the pages routines with the doses the person has chosen, and keeps those."""

from collections.abc import Callable

from stretchplayer.app.playback import Playback
from stretchplayer.errors import DomainError
from stretchplayer.i18n import _
from stretchplayer.routine.dose import OwnDoses
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.storage.doses import DoseFile
from stretchplayer.ui.library.personal_routine import PersonalRoutine


class DoseController:
    """Implements `PersonalRoutines`."""

    def __init__(self, playback: Playback, tell: Callable[[str], None]) -> None:
        self._playback = playback
        self._tell = tell

    def _file(self, routine_id: str) -> DoseFile:
        return DoseFile(self._playback.options.data_dir, routine_id)

    def find(self, routine_id: str) -> PersonalRoutine:
        # The one that is offered may come from a file outside the library.
        offered = self._playback.routine
        routine = offered if offered.id == routine_id else self._playback.routines.find(routine_id)
        file = self._file(routine_id)
        own = file.load()
        for problem in file.problems:
            self._tell(problem)
        personal = PersonalRoutine(routine=routine, own=own)
        try:
            personal.check()
        except DomainError as error:
            what = _("Your changes to “{routine}” are left out: {why}.")
            self._tell(what.format(routine=routine.title, why=error))
            return PersonalRoutine(routine=routine)
        return personal

    def keep(self, routine_id: str, own: OwnDoses) -> None:
        self._file(routine_id).save(own)

    def timeline_of(self, routine: Routine) -> Timeline:
        return self._playback.timeline_of(routine)
