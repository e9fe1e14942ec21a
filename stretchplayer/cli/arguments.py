"""The command line's grammar."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from stretchplayer import __version__
from stretchplayer.cli import commands

FASTEST: Final = 1000

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
        epilog="ROUTINE is the id of a routine or a TOML file. Exit codes: 0 done, 1 failed, 2 wrong use or bad input.",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"Stretch Player {__version__}")
    _add_data_dir(whole)
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
    _add_json(add("routines", commands.routines, "List the routines there are."))
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


def _part(text: str) -> float:
    try:
        part = float(text)
    except ValueError:
        part = -1.0
    if not 0 <= part <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} must be a number from 0 to 1")
    return part
