"""What a program that is started asks of one that runs already."""

import os
from pathlib import Path

from stretchplayer.app.options import LaunchOptions
from stretchplayer.desktop.ipc.handover import claim_or_hand_over
from stretchplayer.desktop.ipc.instance import Instance
from stretchplayer.desktop.ipc.protocol import MAX_TOKEN, TOKEN_VARIABLES, Request, Verb
from stretchplayer.storage.routines.routine_folder import names_a_file


def hand_over(options: LaunchOptions) -> Instance | None:
    """Let the program that runs do what is asked for: None; or find this one's place beside it or after it."""
    return claim_or_hand_over(options.data_dir, request_for(options), beside=plays_by_itself(options))


def plays_by_itself(options: LaunchOptions) -> bool:
    """Whether the session needs a process of its own: its end, its record, its speed or its place are special."""
    return options.terminal or options.exit_when_done or options.trace is not None or options.rate != 1


def request_for(options: LaunchOptions) -> Request:
    token = next((found for name in TOKEN_VARIABLES if (found := os.environ.get(name))), None)
    if token is not None and not (token.isascii() and token.isprintable() and len(token) <= MAX_TOKEN):
        token = None
    if options.start:
        routine = options.routine
        if routine is not None and names_a_file(routine):
            routine = str(Path(routine).absolute())
        return Request(verb=Verb.START, routine=routine, fullscreen=options.fullscreen or None, token=token)
    if options.background:
        return Request(verb=Verb.REMIND)
    return Request(verb=Verb.RAISE, token=token)
