"""The command that writes a routine as a PDF."""

import os
from argparse import Namespace

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

from stretchplayer.cli.options import chosen_routine
from stretchplayer.cli.output import ExitCode, fail, print_errors
from stretchplayer.cli.timelines import saved_settings, timelines
from stretchplayer.desktop.clock import system_now
from stretchplayer.errors import DomainError, shortened
from stretchplayer.i18n import _
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.doses import DoseFile
from stretchplayer.storage.poses.pose_folder import PoseFiles
from stretchplayer.ui.charts.paper import save_pdf
from stretchplayer.ui.library.personal_routine import PersonalRoutine
from stretchplayer.ui.library.routine_sheet import RoutinePrint, on_paper
from stretchplayer.ui.text.dates import follow_language
from stretchplayer.ui.theme.style import interface_font


def sheet(arguments: Namespace) -> int:
    if arguments.out.suffix.lower() != ".pdf":
        wrong = DomainError(_("{name} is not a PDF; the name must end in .pdf."), name=shortened(arguments.out.name))
        return fail(wrong, ExitCode.WRONG_USE)
    data_dir = find_data_dir(arguments.data_dir)
    routine, settings = chosen_routine(arguments, data_dir), saved_settings(data_dir)
    personal = PersonalRoutine(routine=routine, own=DoseFile(data_dir, routine.id).peek())
    store = PoseFiles(data_dir)
    poses = store.poses()
    print_errors(store.problems)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # drawing into a file needs no display
    app = QGuiApplication.instance() or QGuiApplication(["stretchplayer"])
    follow_language()
    paper = RoutinePrint(
        content=on_paper(personal, poses, timelines(settings)),
        poses=poses,
        locale=QLocale(),
        font=interface_font(asset_dir("fonts"), QGuiApplication.font()),
        made=system_now().date(),
    )
    save_pdf(arguments.out, paper.as_pdf())
    del app
    return ExitCode.DONE
