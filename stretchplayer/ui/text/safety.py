"""What holds for every routine before it starts."""

from collections.abc import Iterable
from typing import Final

from stretchplayer.i18n import N_, _
from stretchplayer.routine.routine import Routine

RED_FLAGS: Final = (
    N_("numbness around the genitals or anus"),
    N_("new trouble with bladder or bowel"),
    N_("weakness or numbness in both legs"),
    N_("pain after a bad fall"),
)
URGENT: Final = N_(
    "Get medical help at once for numbness around the genitals or anus, new trouble with bladder or bowel, weakness or "
    "numbness in both legs, or pain after a bad fall."
)
"""The same as one sentence."""


def safety_lines(routine: Routine) -> Iterable[str]:
    """How to stay safe, for a terminal."""
    yield _("Before you start")
    yield ""
    for note in routine.safety:
        yield f"• {note.text}"
    yield ""
    yield _(URGENT)
    if routine.caution:
        yield routine.caution
    yield ""
    yield _("Press Enter to start, q or Esc to leave.")
