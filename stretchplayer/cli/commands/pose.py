"""The command that draws a pose into a picture."""

import os
from argparse import Namespace

from PySide6.QtGui import QGuiApplication

from stretchplayer.cli.output import ExitCode, fail, print_errors
from stretchplayer.errors import DomainError
from stretchplayer.figure.side import Side
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.poses.pose_folder import PoseFiles
from stretchplayer.ui.figure.export import export_pose


def pose(arguments: Namespace) -> int:
    store = PoseFiles(find_data_dir(arguments.data_dir))
    poses = store.poses()
    print_errors(store.problems)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # drawing into a file needs no display
    app = QGuiApplication.instance() or QGuiApplication(["stretchplayer"])
    try:
        export_pose(poses, arguments.name, arguments.out, side=Side(arguments.side), at=arguments.at)
    except DomainError as error:
        return fail(error, ExitCode.WRONG_USE)
    finally:
        del app
    return ExitCode.DONE
