"""The licences of the program's components, from `assets/licences`.

components.toml is maintained by hand. A bundle has a second list of the same form, collected.toml, of the system
libraries it contains.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import tomli

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.routine.attribution import Attribution
from stretchplayer.storage.assets import asset_dir

LISTS: Final = ("components.toml", "collected.toml")


def find_credits(directory: Path | None = None, platform: str = sys.platform) -> Sequence[Attribution]:
    """Read what applies to this system; StorageError when a list or a text can't be read."""
    directory = directory or asset_dir("licences")
    try:
        return [
            Attribution(
                name=each["name"],
                licence=each["licence"],
                text="\n\n".join((directory / name).read_text(encoding="utf-8").strip() for name in each["texts"]),
                home=each.get("home", ""),
                source=each.get("source", ""),
            )
            for path in map(directory.joinpath, LISTS)
            if path.exists()
            for each in tomli.loads(path.read_text(encoding="utf-8"))["components"]
            if platform in each.get("systems", (platform,))
        ]
    except (OSError, KeyError, ValueError) as error:
        raise StorageError(
            _("The licences can't be read ({error}): install Stretch Player again."), error=error
        ) from error
