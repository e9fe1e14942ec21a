"""The command that checks files, the only one of those about routines that reads poses."""

from argparse import Namespace
from pathlib import Path

from stretchplayer.cli.commands.routines import extent
from stretchplayer.cli.options import timelines
from stretchplayer.cli.output import ExitCode, fail, print_lines
from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.settings import Settings
from stretchplayer.storage import toml_file
from stretchplayer.storage.messages import shown
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
    return extent(timelines(Settings())(read_routine(path)))
