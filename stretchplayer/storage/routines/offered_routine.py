"""Which routine is offered when none is named: the one rule that every front end follows."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.reminders.log import with_start
from stretchplayer.reminders.rules import advise
from stretchplayer.routine.routine import DEFAULT_ROUTINE, Routine
from stretchplayer.settings import Settings
from stretchplayer.storage.reminders import ReminderFile
from stretchplayer.storage.routines.routine_folder import RoutineFiles

log = logging.getLogger(__name__)


def offered_id(data_dir: Path, settings: Settings, now: datetime) -> str:
    """The id of the person's routine for the reminder that is due or comes next; `now` is aware and local."""
    reminders = with_start(ReminderFile(data_dir).peek(), now)
    return settings.next_routine(now, advise(now, settings.reminders, reminders).slots)


def find_offered(routines: RoutineFiles, routine_id: str, tell: Callable[[str], None]) -> Routine:
    """Read the person's routine; where that can't be, `tell` why, and return the shipped one."""
    try:
        return routines.find(routine_id)
    except StorageError as error:
        if routine_id == DEFAULT_ROUTINE:
            raise
        log.info("%s", error)
        shipped = routines.find(DEFAULT_ROUTINE)
        instead = _("Your routine “{routine}” can't be played; choose another one in the Library. {shipped} stands in.")
        tell(instead.format(routine=routine_id, shipped=shipped.title))
        return shipped
