"""The person's own doses, in a JSON file for each routine."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from stretchplayer.errors import DomainError
from stretchplayer.i18n import N_
from stretchplayer.routine.dose import OwnDoses, with_doses
from stretchplayer.routine.routine import Routine
from stretchplayer.storage.versioned_file import VersionedFile, local_now

OWN_DIR: Final = "doses"

log = logging.getLogger(__name__)


class DoseFile(VersionedFile[OwnDoses]):
    """Keeps a routine's doses in `doses/ROUTINE-ID.json` of the data directory."""

    kind = OwnDoses
    version = 1
    instead = N_("The exercises are played as the routine says.")

    def __init__(self, data_dir: Path, routine_id: str, *, now: Callable[[], datetime] = local_now) -> None:
        super().__init__(data_dir / OWN_DIR / f"{routine_id}.json", now=now)


def own_doses(data_dir: Path) -> frozenset[str]:
    """The ids of the routines of which the person has changed anything."""
    names = (path.stem for path in (data_dir / OWN_DIR).glob("*.json"))
    return frozenset(name for name in names if DoseFile(data_dir, name).peek() != OwnDoses())


def delete_doses(data_dir: Path) -> None:
    """Delete all doses, also those that were set aside; what can't be deleted stays."""
    for path in (data_dir / OWN_DIR).glob("*.json"):
        with suppress(OSError):
            path.unlink()


def dosed(data_dir: Path, routine: Routine) -> Routine:
    """The routine as the person plays it; as its file says where their doses make it too long."""
    try:
        return with_doses(routine, DoseFile(data_dir, routine.id).peek())
    except DomainError as error:
        log.info("the doses of %s can't be played: %s", routine.id, error)
        return with_doses(routine, OwnDoses())
