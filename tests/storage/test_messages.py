"""How values of files and the system's errors are worded."""

import errno
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from stretchplayer.storage import messages


def test_a_value_is_written_as_in_a_file_or_named() -> None:
    named = {
        "abc": '"abc"',
        "": "an empty text",
        "a" * 50: f'"{"a" * 40}…" (50 characters)',
        True: "true",
        7: "7",
        10**18: "a huge number",
        0.5: "0.5",
        date(2026, 1, 2): "a date or time",
    }
    assert {thing: messages.value(thing) for thing in named} == named
    others: tuple[object, ...] = ([], [1, 2], {})
    assert [messages.value(thing) for thing in others] == ["an empty list", "a list of 2", "a table"]


def test_windows_says_of_a_folder_that_permission_is_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reason(path: Path) -> str:
        return messages.reason(PermissionError(errno.EACCES, "Permission denied", str(path)))

    monkeypatch.setattr(messages, "sys", SimpleNamespace(platform="win32"))
    assert reason(tmp_path) == "it is a folder; name a file"
    assert reason(tmp_path / "file").startswith("permission is denied;")
    assert messages.reason(PermissionError(errno.EACCES, "Permission denied")).startswith("permission is denied;")


@pytest.mark.parametrize("mark", ["\x1b", "\n", "\u061c", "\u200e", "\u200f", "\u202e", "\u2066"])
def test_what_can_t_be_seen_in_the_name_of_a_file_is_shown_escaped(mark: str) -> None:
    assert messages.shown(f"a{mark}b.json") == f"a{mark.encode('unicode_escape').decode()}b.json"
