"""What runs in the helper process that shows a reminder's small window on X11: see `domain/invitation.py`.

It ends when its standard input does, so it never outlives the program, however that ended.
"""

import os
import select
import signal
import threading
from typing import Final, NoReturn

STANDARD_INPUT, STANDARD_OUTPUT, STANDARD_ERROR = 0, 1, 2
"""By number, since what is printed is no answer."""
LONGEST_START_S: Final = 15
"""An X server that takes the connection and then says nothing would keep Qt waiting for good."""


def main() -> NoReturn:
    """Serve the program that started this process, until it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then ends this
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(LONGEST_START_S)  # the kernel ends this process then, whatever it is waiting for
    # Answers get a channel of their own, for libraries print what they like to standard output.
    channel = os.dup(STANDARD_OUTPUT)
    os.dup2(STANDARD_ERROR, STANDARD_OUTPUT)
    threading.Thread(target=end_with_input, name="input", daemon=True).start()
    from stretchplayer.app.helper_window import serve

    serve(STANDARD_INPUT, channel)


def end_with_input() -> None:
    """Wait until the program at the other end of standard input has gone, and end this one at once."""
    end = select.poll()
    end.register(STANDARD_INPUT, 0)  # no news but that it was hung up, which comes unasked
    end.poll()
    os._exit(0)


if __name__ == "__main__":
    main()
