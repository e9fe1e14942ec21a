"""The commands that speak to the running program. None of them imports Qt."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from stretchplayer.cli.commands.listings import status_as_lines
from stretchplayer.cli.commands.slots_listing import slots_as_data
from stretchplayer.cli.output import ExitCode, fail, say, say_json
from stretchplayer.desktop.clock import system_now
from stretchplayer.desktop.ipc.remote import Answer, Reply, Request, Verb
from stretchplayer.desktop.remote_address import remote_address
from stretchplayer.desktop.remote_client import ask
from stretchplayer.player.status import status_as_data
from stretchplayer.routine.routine import DEFAULT_ROUTINE
from stretchplayer.storage.directories import find_data_dir

NONE_RUNS: Final = "Stretch Player is not running; start it with: stretchplayer"


def wish(arguments: Namespace) -> int:
    """Ask the running program to do something."""
    answer = _ask(
        find_data_dir(arguments.data_dir),
        Request(verb=Verb(arguments.verb), minutes=getattr(arguments, "minutes", None)),
    )
    if answer is None:
        return fail(NONE_RUNS, ExitCode.NOT_RUNNING)
    return _code(answer)


def status(arguments: Namespace) -> int:
    """Print what the running program does, or what is known without one."""
    data_dir = find_data_dir(arguments.data_dir)
    answer = _ask(data_dir, Request(verb=Verb.STATUS))
    if answer is not None and answer.status is None:
        return _code(answer)
    found = _status_without_program(data_dir) if answer is None or answer.status is None else answer.status
    if arguments.json:
        say_json(found)
    else:
        say(status_as_lines(found))
    return ExitCode.DONE if answer is not None else fail(NONE_RUNS, ExitCode.NOT_RUNNING)


def _ask(data_dir: Path, request: Request) -> Answer | None:
    address = remote_address(data_dir)
    return None if address is None else ask(address, request)


def _code(answer: Answer) -> ExitCode:
    if answer.reply is Reply.DONE:
        return ExitCode.DONE
    return fail(answer.problem or "Stretch Player refused.", ExitCode.FAILURE)


def _status_without_program(data_dir: Path) -> Mapping[str, object]:
    slots = slots_as_data(data_dir, system_now())
    return status_as_data(slots, running=False, state="idle", routine=DEFAULT_ROUTINE)
