"""A helper process that behaves as it is told: python fake_speech_helper.py LOG BEHAVIOUR.

What it was asked to do goes to LOG, a JSON object a line, with the behaviour's name first. It knows a single voice.
"""

import json
import os
import sys
import time
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path


class Behaviour(StrEnum):
    """How it goes wrong."""

    GOOD = "good"
    MUTE = "mute"
    """It never answers."""
    MUTE_WHEN_SAYING = "mute_when_saying"
    SILENT = "silent"
    """It takes words and never begins to say them."""
    NO_VOICE = "no_voice"
    BABBLING = "babbling"
    """It says all sorts of other things between its answers."""
    ENDLESS = "endless"
    """It writes a line that never ends."""
    COMPLAINING = "complaining"
    """It writes to standard error."""
    BROKEN = "broken"
    """It answers that something went wrong."""
    DYING_WHEN_SAYING = "dying_when_saying"
    DEAF = "deaf"
    """It doesn't end with its input."""


BABBLE = (
    "hello world",
    "[1, 2]",
    "null",
    "{}",
    '{"event": "ready"}',
    '{"event": 7, "id": {}}',
    "\xff\x00",
    "[" * 9_000,
)
VOICES: list[object] = [
    {"id": "en/Ann", "name": "Ann", "language": "en"},
    {"id": "de/Ute", "name": "Ute", "language": "de"},
    {"id": "en/half"},
    "nobody",
]


def put(text: str) -> None:
    """Write a line to whoever started this."""
    os.write(1, text.encode() + b"\n")


def answer(event: str, number: int, **details: object) -> None:
    """Write an answer."""
    put(json.dumps({"event": event, "id": number, **details}))


def say(number: int, behaviour: Behaviour) -> None:
    """Answer a request to say something."""
    if behaviour is Behaviour.DYING_WHEN_SAYING:
        os._exit(3)
    if behaviour is Behaviour.MUTE_WHEN_SAYING:
        return
    answer("accepted", number)
    if behaviour is not Behaviour.SILENT:
        answer("started", number)
        answer("finished", number)


def hello(number: int, behaviour: Behaviour) -> None:
    """Answer the first request."""
    if behaviour is Behaviour.NO_VOICE:
        answer("no_voice", number, reason="none here")
    elif behaviour is Behaviour.BROKEN:
        answer("error", number, reason="it is broken")
    elif behaviour is Behaviour.ENDLESS:
        os.write(1, b"x" * (1 << 21))
    else:
        answer("ready", number, engine="fake", voices=VOICES)


def serve(message: Mapping[str, object], behaviour: Behaviour) -> None:
    """Answer one request."""
    number = int(str(message["id"]))
    if behaviour is Behaviour.COMPLAINING:
        os.write(2, b"no sound card\n")
    if behaviour is Behaviour.BABBLING:
        for line in BABBLE:
            put(line)
    if message["do"] == "hello":
        hello(number, behaviour)
    elif message["do"] == "say":
        say(number, behaviour)
    else:
        answer("done", number)


def main() -> None:
    """Serve until standard input ends."""
    log, behaviour = Path(sys.argv[1]), Behaviour(sys.argv[2])
    with log.open("a", encoding="utf-8", buffering=1) as asked:
        asked.write(json.dumps({"do": "start", "behaviour": behaviour}) + "\n")
        for line in sys.stdin:
            asked.write(line)
            if behaviour is not Behaviour.MUTE:
                serve(json.loads(line), behaviour)
        asked.write(json.dumps({"do": "end"}) + "\n")
    if behaviour is Behaviour.DEAF:
        time.sleep(600)


if __name__ == "__main__":
    main()
