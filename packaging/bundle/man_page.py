"""The manual page: the program's manual (`assets/help/manual.md`) and the command line's own grammar."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from project import NAME, ROOT, SUMMARY, TITLE, source_date_epoch, version

from stretchplayer.cli.parser import make_parser

MANUAL: Final = ROOT / "assets" / "help" / "manual.md"
FILES: Final = r"""
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
"""
_FONTS: Final = {"strong": "B", "code_inline": "B", "em": "I"}


def man_page() -> str:
    """The page, in roff's man macros."""
    parser = make_parser()
    day = datetime.fromtimestamp(source_date_epoch(), UTC).date().isoformat()
    lines = [f'.TH {NAME.upper()} 1 "{day}" "{TITLE} {version()}" "User Commands"']
    lines += [".SH NAME", f"{NAME} \\- {_roff(SUMMARY[0].lower() + SUMMARY[1:])}"]
    lines += [".SH SYNOPSIS", f".B {NAME}", r"[\fIOPTION\fR]... [\fICOMMAND\fR [\fIARGUMENT\fR]...]"]
    lines += [".SH DESCRIPTION", *_manual()]
    lines += [".SH OPTIONS", *_arguments(parser)]
    lines += [".SH COMMANDS"]
    for name, command in commands(parser).items():
        lines += [f".SS {NAME} {_roff(name)}", _roff(command.description or ""), *_arguments(command)]
    return "\n".join(lines) + FILES


def _manual() -> Iterator[str]:
    """The program's manual in roff."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(MANUAL.read_text(encoding="utf-8")))
    for node in tree.children:
        if node.tag != "h1":
            yield from _block(node)


def _block(node: SyntaxTreeNode) -> Iterator[str]:
    match node.type:
        case "heading":
            yield f".SH {_inline(node).upper()}" if node.tag == "h2" else f".SS {_inline(node)}"
        case "bullet_list":
            for item in node.children:
                yield r".IP \(bu 2"
                yield _inline(item)
        case "table":
            for row in node.children[-1].children:
                yield ".TP"
                yield from (_inline(cell) for cell in row.children)
        case "fence":
            yield from (".PP", ".nf", *(_roff(line) for line in node.content.splitlines()), ".fi")
        case _:
            yield from (".PP", _inline(node))


def _inline(node: SyntaxTreeNode) -> str:
    """The words of a block and of what is in it."""
    if node.type in {"text", "softbreak", "code_inline"}:
        text = _roff(node.content or " ")
    else:
        text = "".join(_inline(child) for child in node.children)
    font = _FONTS.get(node.type)
    return rf"\f{font}{text}\fR" if font else text


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
