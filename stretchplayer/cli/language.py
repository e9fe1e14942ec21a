"""The language of the command line."""

import argparse
import gettext
import os
from collections.abc import Sequence

from stretchplayer.errors import StorageError
from stretchplayer.i18n import DOMAIN, ENGLISH, install, language
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.settings import SettingsFile


def choose_language(argv: Sequence[str]) -> None:
    """Use the language that the arguments ask for, or that of the settings, or the system's."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    for option in ("--language", "--data-dir"):
        early.add_argument(option, nargs="?")
    try:
        given, _rest = early.parse_known_args(argv)
        wanted = given.language or SettingsFile(find_data_dir(given.data_dir)).peek().language
    except (argparse.ArgumentError, StorageError):
        wanted = None  # What is wrong is said by the command itself
    install(asset_dir("translations"), wanted)
    if language() != ENGLISH:  # argparse has its words from gettext itself
        os.environ["LANGUAGE"] = language().replace("-", "_")
        gettext.bindtextdomain(DOMAIN, str(asset_dir("translations")))
        gettext.textdomain(DOMAIN)
