"""`export` and `import-data`. Neither needs Qt."""

from argparse import Namespace

from stretchplayer.cli.commands.remote import ask_program
from stretchplayer.cli.output import ExitCode, agrees, print_lines
from stretchplayer.desktop.clock import system_now
from stretchplayer.desktop.ipc.protocol import Request, Verb
from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.history.merge import merge, preview
from stretchplayer.storage.history.transfer import export_history, read_export
from stretchplayer.storage.settings import SettingsFile


def export(arguments: Namespace) -> int:
    export_history(find_data_dir(arguments.data_dir), arguments.file)
    return ExitCode.DONE


def import_data(arguments: Namespace) -> int:
    data_dir, now = find_data_dir(arguments.data_dir), system_now
    incoming = read_export(arguments.file)
    found = preview(data_dir, incoming, now=now)
    print_lines([found.summary()])
    takes_settings = found.settings is not None and arguments.settings
    if takes_settings and not arguments.preview and ask_program(data_dir, Request(verb=Verb.STATUS)) is not None:
        raise StorageError(
            _("Stretch Player is running and would write over the settings: quit it first, or import in its window.")
        )
    if arguments.preview or (found.is_nothing and not takes_settings):
        return ExitCode.DONE
    if not agrees(_("Import this? y for yes, anything else for no:"), yes=arguments.yes):
        return ExitCode.DONE
    merged = merge(data_dir, incoming, takes_settings=takes_settings, now=now)
    if merged.copy is not None:
        print_lines([_("Done. To undo it, import {copy}.").format(copy=merged.copy)])
    if takes_settings and merged.settings is not None:
        SettingsFile(data_dir).save(merged.settings)
        print_lines([_("The settings are now those of the export.")])
    elif merged.settings is not None:
        print_lines([_("Your settings are kept; use --settings to take those of the export.")])
    return ExitCode.DONE
