"""The command-line parser."""

import argparse
import re
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from math import nan
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

from stretchplayer import __version__
from stretchplayer.errors import LONGEST_QUOTED, shortened
from stretchplayer.i18n import N_, _, languages
from stretchplayer.reminders.snooze import LONGEST_SNOOZE_MIN, SHORTEST_SNOOZE_MIN, USUAL_SNOOZE_MIN
from stretchplayer.storage.assets import asset_dir

FASTEST: Final = 1000
MOST: Final = 100_000
_COMMANDS: Final = {
    "pause": N_("Pause the session."),
    "resume": N_("Resume after a pause, or start the hold that waits."),
    "toggle": N_("Pause or resume, as the space bar does."),
    "next": N_("Go to the next phase."),
    "back": N_("Go back to the start of this phase, or to the previous one."),
    "stop": N_("End the session."),
    "snooze": N_("Snooze the reminder."),
    "skip": N_("Skip the reminder."),
    "done": N_("Mark the reminder as done: you did it already, without a session."),
    "not-today": N_("Skip today's other reminders."),
    "quit": N_("Quit the program."),
}
"""The commands sent to a running program."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, without quoting long ones whole."""
        long = rf"'[^']{{{LONGEST_QUOTED + 1},}}'|\S{{{LONGEST_QUOTED + 1},}}"
        super().error(re.sub(long, lambda found: shortened(found[0]), message))


def make_parser() -> argparse.ArgumentParser:
    """Make the parser; the function to call is `command` in the parsed arguments."""
    # These options may come before or after the command; after it without a default, which would override the former.
    # --help is among them, so that it is made once and not for every command.
    common = _Parser(argument_default=argparse.SUPPRESS)
    _add_data_dir(common)
    _add_language(common)
    parser = _Parser(
        prog="stretchplayer",
        description=_("A guided player for hamstring stretches. Without a command it opens its window."),
        epilog=_(
            "ROUTINE is the id of a routine or a TOML file. "
            "Exit codes: 0 done, 1 failed, 2 wrong use or bad input, 3 not running."
        ),
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=f"Stretch Player {__version__}", help=_("show the version and exit")
    )
    _add_data_dir(parser)
    _add_language(parser)
    parser.add_argument("--background", action="store_true", help=_("start without a window"))
    parser.set_defaults(command=partial(_run, "window.window"))
    subcommands = parser.add_subparsers(title=_("commands"), metavar="COMMAND")
    for name, command in COMMANDS.items():
        added = subcommands.add_parser(
            name,
            parents=[common],
            add_help=False,
            help=_(command.help),
            description=_(command.help),
            allow_abbrev=False,
        )
        added.set_defaults(command=partial(_run, command.function))
        for add in command.arguments:
            add(added)
    return parser


def _run(function: str, arguments: argparse.Namespace) -> int:
    """Call a function of `cli/commands`, such as `plan.plan`; each command loads only what it uses."""
    module, name = function.split(".")
    return int(getattr(import_module(f"stretchplayer.cli.commands.{module}"), name)(arguments))


def _add_start(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fullscreen", action="store_true", help=_("open full screen"))
    parser.add_argument("--rate", type=_rate, default=1.0, metavar="N", help=_("play N times as fast, to rehearse"))
    parser.add_argument("--trace", type=Path, metavar="FILE", help=_("record what happens as JSON lines in FILE"))
    parser.add_argument("--exit", action="store_true", help=_("quit after the session"))
    parser.add_argument("--terminal", action="store_true", help=_("play in the terminal, without a window"))


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_("a routine file"))


def _add_pose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", type=_non_empty, metavar="NAME", help=_("the name of a pose"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("a file that ends in .png or .svg"))
    parser.add_argument(
        "--side", choices=("left", "right"), help=_("the working leg (default: right)"), default="right"
    )
    parser.add_argument(
        "--at", type=_fraction, default=1.0, metavar="PART", help=_("how far into the movement, 0 to 1")
    )


def _add_sheet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("a file that ends in .pdf"))


def _add_calendar(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=_non_empty, metavar="FILE", help=_("a file that ends in .ics; - is standard output")
    )


def _add_history(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--last", type=partial(_whole, most=MOST), default=20, metavar="N", help=_("how many sessions (default: 20)")
    )
    parser.add_argument(
        "--delete",
        type=partial(_whole, least=0, most=sys.maxsize),
        metavar="ID",
        help=_("delete one session by its id"),
    )
    parser.add_argument("--yes", action="store_true", help=_("don't ask"))


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=_("a file that ends in .zip, or in .json for the history alone")
    )


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a file written by `export`"))
    parser.add_argument("--settings", action="store_true", help=_("also use its settings and reminder times"))
    parser.add_argument("--preview", action="store_true", help=_("only show what would be added"))
    parser.add_argument("--yes", action="store_true", help=_("don't ask"))


def _add_command(parser: argparse.ArgumentParser, *, verb: str) -> None:
    parser.set_defaults(verb=verb)
    if verb == "snooze":
        parser.add_argument(
            "minutes",
            nargs="?",
            type=partial(_whole, least=SHORTEST_SNOOZE_MIN, most=LONGEST_SNOOZE_MIN),
            metavar="MIN",
            help=_("for how long (default: {usual_snooze_min})").format(usual_snooze_min=USUAL_SNOOZE_MIN),
        )
    elif verb == "done":
        parser.add_argument("--undo", action="store_true", default=None, help=_("take that back"))


def _add_data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data-dir",
        type=_non_empty,
        metavar="DIR",
        help=_("keep all settings and data in DIR (default: STRETCHPLAYER_DATA_DIR, or the system's usual place)"),
    )


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language",
        choices=languages(asset_dir("translations")),
        metavar="LANGUAGE",
        help=_("the language to use (default: as in the settings, or the system's): %(choices)s"),
    )


def _add_routine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "routine",
        nargs="?",
        type=_non_empty,
        metavar="ROUTINE",
        help=_("the id of a routine or a TOML file (default: yours for the time of day)"),
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON for other programs"))


def _non_empty(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError(_("the name can't be empty"))
    return text


def _rate(text: str) -> float:
    rate = _number(text)
    if not 0 < rate <= FASTEST:
        raise argparse.ArgumentTypeError(
            _("{text!r} must be a number above 0, at most {fastest}").format(text=shortened(text), fastest=FASTEST)
        )
    return rate


def _fraction(text: str) -> float:
    part = _number(text)
    if not 0 <= part <= 1:
        raise argparse.ArgumentTypeError(_("{text!r} must be a number from 0 to 1").format(text=shortened(text)))
    return part


def _number(text: str) -> float:
    """NaN, which is in no range, for what is no number."""
    try:
        return float(text)
    except ValueError:
        return nan


def _whole(text: str, *, least: int = 1, most: int) -> int:
    if not text.isdecimal() or len(text) > len(str(most)) or not least <= int(text) <= most:
        sentence = _("{text!r} must be a whole number from {least} to {most}")
        raise argparse.ArgumentTypeError(sentence.format(text=shortened(text), least=least, most=most))
    return int(text)


class _Command(NamedTuple):
    function: str
    help: str
    arguments: tuple[Callable[[argparse.ArgumentParser], None], ...] = ()


COMMANDS: Final = {
    "start": _Command("start.start", N_("Start a session at once."), (_add_routine, _add_start)),
    "plan": _Command("plan.plan", N_("Print the timeline of a routine."), (_add_routine, _add_json)),
    "check": _Command("check.check", N_("Check routine and pose files."), (_add_check,)),
    "sheet": _Command("sheet.sheet", N_("Write a routine as a PDF, to print it."), (_add_routine, _add_sheet)),
    "pose": _Command("pose.pose", N_("Draw a pose of the figure as an image."), (_add_pose,)),
    "calendar": _Command(
        "calendar.calendar", N_("Write the reminders as a calendar for a phone."), (_add_calendar, _add_routine)
    ),
    "routines": _Command("routines.routines", N_("List the available routines."), (_add_json,)),
    "history": _Command("history.history", N_("List recent sessions."), (_add_history, _add_json)),
    "export": _Command("transfer.export", N_("Write all data to a file."), (_add_export,)),
    "import-data": _Command(
        "transfer.import_data", N_("Import an export, adding to the data already here."), (_add_import,)
    ),
    "status": _Command(
        "remote.status", N_("Print what the running program is doing, and today's reminders."), (_add_json,)
    ),
    **{verb: _Command("remote.command", text, (partial(_add_command, verb=verb),)) for verb, text in _COMMANDS.items()},
    "self-test": _Command("self_test.self_test", N_("Check that everything the program needs is there and works.")),
}
"""All commands, in the order of the help."""
