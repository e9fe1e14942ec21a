"""The commands. Each imports only what it uses, and those that need no window no Qt."""

import os
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from stretchplayer.app import run
from stretchplayer.app.options import LaunchOptions
from stretchplayer.audio.speech_time import speech_time
from stretchplayer.cli.commands.listings import extent, plan_as_data, plan_as_lines, routine_as_data
from stretchplayer.cli.output import ExitCode, fail, say, say_bytes, say_json, tell
from stretchplayer.errors import DomainError, StorageError, StretchPlayerError
from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.routine.routine import DEFAULT_ROUTINE, Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Settings
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.calendar_file import calendar_of, write_calendar
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.messages import shown
from stretchplayer.storage.poses.pose_folder import open_poses
from stretchplayer.storage.routines.routine_file import read_routine
from stretchplayer.storage.routines.routine_folder import open_routines
from stretchplayer.storage.settings import open_settings
from stretchplayer.storage.trace import require_traceable


def window(arguments: Namespace) -> int:
    """Open the window. Returns the exit code."""
    return _launch(LaunchOptions(data_dir=_data_dir(arguments), background=arguments.background))


def start(arguments: Namespace) -> int:
    """Start playing at once. Returns the exit code."""
    options = LaunchOptions(
        data_dir=_data_dir(arguments),
        routine=arguments.routine,
        start=True,
        fullscreen=arguments.fullscreen,
        rate=arguments.rate,
        trace=arguments.trace,
        exit_when_done=arguments.exit,
        terminal=arguments.terminal,
    )
    # What can't be played is said at once, in the terminal, and not by a window that then has nothing to show.
    _routine(arguments, options.data_dir)
    if options.trace is not None:
        require_traceable(options.trace)
    return _launch(options)


def _launch(options: LaunchOptions) -> int:
    try:
        return run(options)
    except StretchPlayerError as error:
        return fail(error, ExitCode.FAILURE)


def plan(arguments: Namespace) -> int:
    """Print what happens when. Returns the exit code."""
    data_dir = _data_dir(arguments)
    timeline = _timeline(_routine(arguments, data_dir), _settings(data_dir))
    if arguments.json:
        say_json(plan_as_data(timeline))
    else:
        say(plan_as_lines(timeline))
    return ExitCode.DONE


def check(arguments: Namespace) -> int:
    """Check routine files. Returns the exit code."""
    code = ExitCode.DONE
    for path in arguments.files:
        try:
            routine = read_routine(path)
        except StorageError as error:
            code = fail(error, ExitCode.WRONG_USE)
        else:
            say([f"{shown(path)}: fine, {extent(_timeline(routine, Settings()))}"])
    return code


def routines(arguments: Namespace) -> int:
    """List the routines there are. Returns the exit code."""
    data_dir = _data_dir(arguments)
    store = open_routines(data_dir)
    settings = _settings(data_dir)
    timelines = [_timeline(routine, settings) for routine in store.routines()]
    if arguments.json:
        say_json([routine_as_data(timeline) for timeline in timelines])
    else:
        width = max((len(each.routine.id) for each in timelines), default=0)
        say(f"{each.routine.id:{width}}  {each.routine.title}, {extent(each)}" for each in timelines)
    tell(store.problems)
    return ExitCode.DONE


def calendar(arguments: Namespace) -> int:
    """Write the reminders as a calendar. Returns the exit code."""
    data_dir = _data_dir(arguments)
    settings = _settings(data_dir)
    timeline = _timeline(_routine(arguments, data_dir), settings)
    if arguments.file == "-":
        say_bytes(calendar_of(settings.reminders, timeline))
    else:
        write_calendar(Path(arguments.file), settings.reminders, timeline)
    return ExitCode.DONE


def pose(arguments: Namespace) -> int:
    """Draw a pose into a picture. Returns the exit code."""
    poses = _poses(_data_dir(arguments))
    try:
        _export(poses, arguments)
    except DomainError as error:
        return fail(error, ExitCode.WRONG_USE)
    return ExitCode.DONE


def self_test(_arguments: Namespace) -> int:
    """Check that all the program needs is there, a line for each check. Returns the exit code."""
    from stretchplayer.app.self_test import Finding, run_self_test  # noqa: PLC0415 -- Qt is slow, and few commands need it

    def tell_finding(finding: Finding) -> None:
        say([f"{finding.verdict:4}  {finding.name:13}  {finding.words}"])

    return ExitCode.DONE if run_self_test(tell_finding) else ExitCode.FAILURE


def _poses(data_dir: Path) -> Mapping[str, Pose]:
    store = open_poses(data_dir)
    poses = store.poses()
    tell(store.problems)
    return poses


def _export(poses: Mapping[str, Pose], arguments: Namespace) -> None:
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 -- Qt is slow, and few commands need it

    from stretchplayer.ui.figure.export import export_pose  # noqa: PLC0415 -- Qt is slow, and few commands need it

    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # drawing into a file needs no display
    app = QGuiApplication.instance() or QGuiApplication(["stretchplayer"])
    export_pose(poses, arguments.name, arguments.out, side=Side(arguments.side), at=arguments.at)
    del app


def _data_dir(arguments: Namespace) -> Path:
    return find_data_dir(arguments.data_dir)


def _routine(arguments: Namespace, data_dir: Path) -> Routine:
    return open_routines(data_dir).find(arguments.routine or DEFAULT_ROUTINE)


def _timeline(routine: Routine, settings: Settings) -> Timeline:
    return build_timeline(routine, settings.playing, speech_time(asset_dir("voice") / "en", settings.speech))


def _settings(data_dir: Path) -> Settings:
    store = open_settings(data_dir)
    settings = store.load()
    tell(store.problems)
    return settings
