"""The command line's grammar."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from stretchplayer import __version__
from stretchplayer.cli import commands, history_commands, remote_commands

FASTEST: Final = 1000
MOST: Final = 100_000
LONGEST_SNOOZE_MIN: Final = 12 * 60
_WISHES: Final = {
    "pause": "Pause the session that plays.",
    "resume": "Play on after a pause, or begin the hold that waits.",
    "toggle": "Pause or play on, as the space bar does.",
    "next": "Go to the next phase.",
    "back": "Go back a phase, or to the start of this one.",
    "stop": "End the session.",
    "snooze": "Put the reminder off.",
    "skip": "Skip the reminder.",
    "not-today": "Be reminded no more today.",
    "quit": "End the program.",
}
"""The verbs that a running program takes as they are."""

# Given a width, argparse does not import what it takes to ask the terminal for one.
_Help: Final = partial(argparse.HelpFormatter, width=78)


def make_parser() -> argparse.ArgumentParser:
    """Make the parser; the arguments it returns have the command to be called as `command`."""
    # The option is taken before and after the command; there, without a default that would undo what stood before it.
    anywhere = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS, formatter_class=_Help)
    _add_data_dir(anywhere)
    whole = argparse.ArgumentParser(
        prog="stretchplayer",
        description="A guided player for hamstring stretches. Without a command it opens its window.",
        epilog="ROUTINE is the id of a routine or a TOML file. "
        "Exit codes: 0 done, 1 failed, 2 wrong use or bad input, 3 not running.",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"Stretch Player {__version__}")
    _add_data_dir(whole)
    whole.add_argument("--background", action="store_true", help="start without showing the window")
    whole.set_defaults(command=commands.window)
    subcommands = whole.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, command: Callable[[argparse.Namespace], int], what: str) -> argparse.ArgumentParser:
        added = subcommands.add_parser(
            name, parents=[anywhere], help=what, description=what, formatter_class=_Help, allow_abbrev=False
        )
        added.set_defaults(command=command)
        return added

    start = add("start", commands.start, "Start playing a routine at once.")
    _add_routine(start)
    start.add_argument("--fullscreen", action="store_true", help="play fullscreen")
    start.add_argument("--rate", type=_rate, default=1.0, metavar="N", help="play N times as fast, to rehearse")
    start.add_argument("--trace", type=Path, metavar="FILE", help="record what happens as JSON lines in FILE")
    start.add_argument("--exit", action="store_true", help="end the program with the session")
    start.add_argument("--terminal", action="store_true", help="play in the terminal, without a window")
    plan = add("plan", commands.plan, "Print what happens when in a routine.")
    _add_routine(plan)
    _add_json(plan)
    check = add("check", commands.check, "Check routine files.")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a routine file")
    pose = add("pose", commands.pose, "Draw a pose of the figure into a picture.")
    pose.add_argument("name", type=_named, metavar="NAME", help="the name of a pose")
    pose.add_argument("--out", type=Path, required=True, metavar="FILE", help="a file that ends in .png or .svg")
    pose.add_argument("--side", choices=("left", "right"), help="the leg that works (default: right)", default="right")
    pose.add_argument("--at", type=_part, default=1.0, metavar="PART", help="0 to 1: how far the movement has come")
    calendar = add("calendar", commands.calendar, "Write the reminders as a calendar for a phone.")
    calendar.add_argument("file", type=_named, metavar="FILE", help="a file that ends in .ics; - is standard output")
    _add_routine(calendar)
    _add_json(add("routines", commands.routines, "List the routines there are."))
    history = add("history", history_commands.history, "List the sessions that were played last.")
    history.add_argument("--last", type=_count, default=20, metavar="N", help="so many sessions (default: 20)")
    _add_json(history)
    export = add("export", history_commands.export, "Write everything that is remembered into a file.")
    export.add_argument("file", type=Path, metavar="FILE", help="a file that ends in .json, or in .zip for CSV tables")
    taking = add("import-data", history_commands.import_data, "Take over an export, where nothing is remembered yet.")
    taking.add_argument("file", type=Path, metavar="FILE", help="what `export` wrote")
    _add_json(add("status", remote_commands.status, "Print what the running program does, and today's reminders."))
    for verb, what in _WISHES.items():
        wish = add(verb, remote_commands.wish, what)
        wish.set_defaults(verb=verb)
        if verb == "snooze":
            wish.add_argument("minutes", nargs="?", type=_minutes, metavar="MIN", help="for how long (default: 10)")
    add("self-test", commands.self_test, "Check that everything the program needs is there and works.")
    return whole


def _add_data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data-dir",
        type=_named,
        metavar="DIR",
        help="keep all settings and data in DIR (default: STRETCHPLAYER_DATA_DIR, or the system's usual place)",
    )


def _add_routine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "routine",
        nargs="?",
        type=_named,
        metavar="ROUTINE",
        help="the id of a routine or a TOML file (default: the three hamstring stretches)",
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON for other programs")


def _named(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("the name can't be empty")
    return text


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= FASTEST:
        raise argparse.ArgumentTypeError(f"{text!r} must be a number above 0 and at most {FASTEST}")
    return rate


def _count(text: str) -> int:
    if not text.isdecimal() or len(text) > len(str(MOST)) or not 0 < int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"{text!r} must be a whole number from 1 to {MOST}")
    return int(text)


def _minutes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:9]) <= LONGEST_SNOOZE_MIN:
        raise argparse.ArgumentTypeError(f"{text!r} must be a whole number from 1 to {LONGEST_SNOOZE_MIN}")
    return int(text)


def _part(text: str) -> float:
    try:
        part = float(text)
    except ValueError:
        part = -1.0
    if not 0 <= part <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} must be a number from 0 to 1")
    return part
