"""The commands in an invented language: nothing they print is left in English."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from stretchplayer.cli import main
from stretchplayer.cli.parser import COMMANDS
from stretchplayer.i18n import install

ENGLISH = re.compile(r"[A-Za-z]{2,}")
NAMES = re.compile(
    r"""hamstring-trio | \b(?:hips|bridge|cat|cow|tabletop)\b
    | stretchplayer | STRETCHPLAYER_\w+ | Stretch[ ]Player | --?[\w-]+ | \[?\[?stretches\]?\]?
    | ar-XB, | \ben(?:-XA)?\b | \b(?:format|title|description|source|licence|safety|stretches)\b | [a-z]+(?:-[a-z]+)+
    | \b(?:lying|seated|standing)\b | `[^`]*` | \{left,right\}
    | \S+\.(?:toml|txt|json|zip|png|svg|ics) | \.(?:toml|json|zip|png|svg|ics)
    | \b(?:JSON|CSV|TOML|MIT|DIR|ID|FILE|ROUTINE|LANGUAGE)\b
    | "[^"]*" | '[^']*' | https?://\S+ | /\S+ | \b(?:PNG|SVG|COMMAND|MINUTES?|MIN|NAME|SIDE|AT|PART|N)\b""",
    re.VERBOSE,
)
"""Names of things, files, options and their arguments."""
BAD_ROUTINE = "format = 1\ntitle = 5\nx = 1\n"


@pytest.fixture(autouse=True)
def _english_again(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("STRETCHPLAYER_DATA_DIR", str(data_dir))
    monkeypatch.setenv("COLUMNS", "300")


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The lines with plain English."""
    try:
        main(["--language", "en-XA", *arguments])
    except SystemExit:
        pass
    finally:
        install(Path("nowhere"), "en")
    shown = capsys.readouterr()
    lines = (shown.out + shown.err).splitlines()
    assert lines
    commands = re.compile(rf"\b(?:{'|'.join(COMMANDS)})\b")
    return {line for line in lines if ENGLISH.search(commands.sub("", NAMES.sub("", line)))}


@pytest.mark.parametrize(
    "arguments",
    [
        ["routines"], ["plan"], ["status"], ["history"], ["pause"], ["snooze", "0"], ["check", "bad.toml"],
        ["check", "none.toml"], ["plan", "nothing-like-it"], ["export", "bad.txt"], ["import-data", "none.json"],
        ["pose", "none", "--out", "a.png"], ["pose", "standing", "--out", "a.txt"], ["calendar", "bad.txt"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_no_answer_is_left_in_english(
    qapp: QApplication,
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert qapp is not None
    monkeypatch.chdir(tmp_path)
    Path("bad.toml").write_text(BAD_ROUTINE, encoding="utf-8")
    assert not printed(arguments, capsys)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_no_help_is_left_in_english(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert not printed([*filter(None, [command]), "--help"], capsys)
