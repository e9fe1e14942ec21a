"""The commands to a running program. If none is running, Qt isn't loaded."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from stretchplayer.cli.commands.listings import status_as_lines
from stretchplayer.cli.commands.slots_listing import slots_as_data
from stretchplayer.cli.output import ExitCode, fail, print_json, print_lines
from stretchplayer.desktop.clock import system_now
from stretchplayer.desktop.ipc.address import socket_address
from stretchplayer.desktop.ipc.protocol import Answer, Reply, Request, Verb
from stretchplayer.i18n import N_, _
from stretchplayer.player.status import status_as_data
from stretchplayer.routine.routine import DEFAULT_ROUTINE
from stretchplayer.storage.directories import find_data_dir

NOT_RUNNING: Final = N_("Stretch Player is not running; start it with: stretchplayer")


def command(arguments: Namespace) -> int:
    request = Request(verb=Verb(arguments.verb), minutes=getattr(arguments, "minutes", None))
    answer = _ask(find_data_dir(arguments.data_dir), request)
    if answer is None:
        return fail(_(NOT_RUNNING), ExitCode.NOT_RUNNING)
    return _code(answer)


def status(arguments: Namespace) -> int:
    """Print the state of the running program, or what the files say without one."""
    data_dir = find_data_dir(arguments.data_dir)
    answer = _ask(data_dir, Request(verb=Verb.STATUS))
    if answer is not None and answer.status is None:
        return _code(answer)
    if answer is None or answer.status is None:
        nothing = {"slots": None, "next_reminder": None}
        found = status_as_data(nothing, running=False, state="idle", routine=DEFAULT_ROUTINE)
    else:
        found = dict(answer.status)
    if found["slots"] is None:  # not the program that reminds, so ask the files
        found |= slots_as_data(data_dir, system_now())
    if arguments.json:
        print_json(found)
    else:
        print_lines(status_as_lines(found))
    return ExitCode.DONE if answer is not None else fail(_(NOT_RUNNING), ExitCode.NOT_RUNNING)


def _ask(data_dir: Path, request: Request) -> Answer | None:
    address = socket_address(data_dir)
    if address is None or (sys.platform != "win32" and not Path(address).exists()):
        return None
    from stretchplayer.desktop.ipc.client import ask  # noqa: PLC0415 -- Qt takes longer than all the rest

    return ask(address, request)


def _code(answer: Answer) -> ExitCode:
    if answer.reply is Reply.DONE:
        return ExitCode.DONE
    return fail(answer.problem or _("Stretch Player refused."), ExitCode.FAILURE)
