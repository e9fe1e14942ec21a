"""Finds `assets/`: everything shipped that is not code."""

from pathlib import Path
from typing import Final

import stretchplayer
from stretchplayer.errors import StorageError
from stretchplayer.i18n import _, language

SILENCE: Final = "warm.wav"
"""In `sounds`: it gets the sound device ready."""
OWN_SOUNDS: Final = "sounds"
"""The folder of the data directory with tones of the person's own."""


def asset_dir(name: str) -> Path:
    """Return the directory `assets/<name>`, for instance "routines" or "sounds".

    In an installed wheel and in the frozen program the assets are inside the package; in a checkout (and an editable
    installation, which points to one) they are beside it. They are always real files: the package is never run from an
    archive. StorageError when the directory is not there.
    """
    package = Path(stretchplayer.__path__[0])
    for assets in (package / "assets", package.parent / "assets"):
        directory = assets / name
        if directory.is_dir():
            return directory
    raise StorageError(
        _("This installation is incomplete ({package} is missing); install Stretch Player again."),
        package=package / "assets" / name,
    )


def voice_dir() -> Path:
    """The recordings of the voice that speaks the person's language, or else English.

    StorageError when there are none at all.
    """
    voices = asset_dir("voice")
    return next(iter(sorted(voices.glob(f"{language()}-*"))), voices / "en-heart")
