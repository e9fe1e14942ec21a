"""The command that checks files, the only one of those about routines that reads poses."""

from argparse import Namespace
from pathlib import Path

from stretchplayer.cli.output import ExitCode, fail, print_lines
from stretchplayer.cli.timelines import extent, lengths_ms
from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.routine.routine import Routine
from stretchplayer.settings import Settings
from stretchplayer.storage import toml_file
from stretchplayer.storage.messages import shortened, shown
from stretchplayer.storage.poses.pose_file import is_pose, read_pose
from stretchplayer.storage.routines.routine_file import read_routine


def check(arguments: Namespace) -> int:
    code = ExitCode.DONE
    for path in arguments.files:
        try:
            found = _found_in(path)
        except StorageError as error:
            code = fail(error, ExitCode.WRONG_USE)
        else:
            print_lines([_("{path}: fine, {extent}").format(path=shown(path), extent=found)])
    return code


def _found_in(path: Path) -> str:
    """What is in a routine or pose file; StorageError if it can't be used."""
    if is_pose(toml_file.read_bytes(path)):
        read_pose(path)
        return _("a pose")
    routine = read_routine(path)
    _check_pictures(path, routine)
    return extent(routine, lengths_ms(Settings())(routine))


def _check_pictures(path: Path, routine: Routine) -> None:
    """StorageError for one that can't be shown."""
    if not any(exercise.picture_path for exercise in routine.exercises):
        return
    from PySide6.QtCore import QLoggingCategory  # noqa: PLC0415 -- most routines need no Qt

    from stretchplayer.ui.figure.pictures import load_picture  # noqa: PLC0415

    QLoggingCategory.setFilterRules("qt.svg.warning=false\nqt.gui.imageio*.warning=false")  # one sentence is enough
    for number, exercise in enumerate(routine.exercises, start=1):
        if exercise.picture_path and load_picture(exercise.picture_path).isNull():
            what = _(
                '{path}, exercise {number}: "picture" is "{name}", which is damaged or not what its name says; '
                "save it again as PNG, JPEG or SVG."
            )
            raise StorageError(what.format(path=shown(path), number=number, name=shortened(exercise.picture or "")))
