"""A helper process that behaves as it is told: python fake_sound_helper.py LOG BEHAVIOUR SILENCE.

What it was asked to do goes to LOG, a JSON object a line, with the behaviour's name first.
"""

import json
import os
import sys
from enum import StrEnum
from pathlib import Path


class Behaviour(StrEnum):
    """What it answers at first; afterwards a beat to every request to play."""

    GOOD = "good"
    MUTE = "mute"
    """Nothing, ever: it waits for the sound server."""
    NO_DEVICE = "no_device"
    DYING = "dying"
    """Nothing: it ends."""
    LEAVING = "leaving"
    """It plays, and ends when it is asked to."""


def put(event: str, **details: object) -> None:
    """Write an answer."""
    os.write(1, json.dumps({"event": event, **details}).encode() + b"\n")


def main() -> None:
    """Serve until standard input ends."""
    log, behaviour = Path(sys.argv[1]), Behaviour(sys.argv[2])
    with log.open("a", encoding="utf-8", buffering=1) as asked:
        asked.write(json.dumps({"do": "start", "behaviour": behaviour}) + "\n")
        if behaviour is Behaviour.DYING:
            os._exit(3)
        if behaviour is Behaviour.NO_DEVICE:
            put("no_device", reason="none here")
        if behaviour in {Behaviour.GOOD, Behaviour.LEAVING}:
            put("device", name="speakers")
        for line in sys.stdin:
            asked.write(line)
            if behaviour is Behaviour.GOOD and '"play"' in line:
                put("broken", id=1)
                put("broken", id=99)
                put("beat")
            if behaviour is Behaviour.LEAVING and '"play"' in line:
                os._exit(4)


if __name__ == "__main__":
    main()
