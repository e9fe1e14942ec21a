"""The manual page, made of the command line's own grammar, so that it says what the program does."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from project import NAME, SUMMARY, TITLE, source_date_epoch, version

from stretchplayer.cli.arguments import make_parser

ENDING: Final = r"""
.SH FILES
.TP
.I *.stretch.toml
A routine; desktops open it with this program.
.TP
.I $XDG_DATA_HOME/stretchplayer
Settings, data and the log, unless another folder is named.
.SH ENVIRONMENT
.TP
.B STRETCHPLAYER_DATA_DIR
Another folder for settings and data.
.SH EXIT STATUS
.TP
.B 0
All is done.
.TP
.B 1
Something failed.
.TP
.B 2
Wrong use or bad input.
.SH NOTES
It is not a medical device. Stretch to a mild pull, never to pain.
"""


def man_page() -> str:
    """The page, in roff's man macros."""
    parser = make_parser()
    day = datetime.fromtimestamp(source_date_epoch(), UTC).date().isoformat()
    lines = [f'.TH {NAME.upper()} 1 "{day}" "{TITLE} {version()}" "User Commands"']
    lines += [".SH NAME", f"{NAME} \\- {_roff(SUMMARY[0].lower() + SUMMARY[1:])}"]
    lines += [".SH SYNOPSIS", f".B {NAME}", r"[\fIOPTION\fR]... [\fICOMMAND\fR [\fIARGUMENT\fR]...]"]
    lines += [".SH DESCRIPTION", _roff(parser.description or ""), ".PP", _roff(parser.epilog or "")]
    lines += [".SH OPTIONS", *_arguments(parser)]
    lines += [".SH COMMANDS"]
    for name, command in commands(parser).items():
        lines += [f".SS {NAME} {_roff(name)}", _roff(command.description or ""), *_arguments(command)]
    return "\n".join(lines) + ENDING


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parsers of the commands, by their names."""
    return {
        name: command
        for action in parser._actions  # noqa: SLF001 # argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001 # the same
        for name, command in action.choices.items()
    }


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001 # argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction) or action.help == argparse.SUPPRESS:  # noqa: SLF001 # the same
            continue
        value = ""
        if action.nargs != 0:
            choices = "|".join(map(str, action.choices)) if action.choices else None
            value = action.metavar if isinstance(action.metavar, str) else choices or action.dest.upper()
        names = ", ".join(rf"\fB{_roff(option)}\fR" for option in action.option_strings)
        yield ".TP"
        yield " ".join(filter(None, (names, rf"\fI{_roff(value)}\fR" if value else "")))
        yield _roff(str(action.help or ""))


def _roff(text: str) -> str:
    """A text with what roff would take for its own."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")
    return rf"\&{escaped}" if escaped.startswith((".", r"\(aq")) else escaped
