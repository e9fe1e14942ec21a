"""What a second start hands over to the first."""

from dataclasses import replace
from pathlib import Path

import pytest

from stretchplayer.app.options import LaunchOptions
from stretchplayer.app.second_start import plays_by_itself, request_for
from stretchplayer.desktop.ipc.protocol import Request, Verb


@pytest.fixture(autouse=True)
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have one."""
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    monkeypatch.delenv("DESKTOP_STARTUP_ID", raising=False)


@pytest.fixture
def options(data_dir: Path) -> LaunchOptions:
    return LaunchOptions(data_dir=data_dir)


@pytest.mark.parametrize(
    "changes", [{"terminal": True}, {"exit_when_done": True}, {"trace": Path("x")}, {"rate": 2.0}], ids=str
)
def test_some_sessions_need_a_process_of_their_own(options: LaunchOptions, changes: dict[str, object]) -> None:
    assert not plays_by_itself(options)
    assert plays_by_itself(replace(options, **changes))  # type: ignore[arg-type]  # fields of the options


def test_what_was_asked_for_is_handed_over(options: LaunchOptions) -> None:
    assert request_for(options) == Request(verb=Verb.RAISE)
    assert request_for(replace(options, background=True)) == Request(verb=Verb.REMIND)
    start = replace(options, start=True, routine="hamstring-trio", fullscreen=True)
    assert request_for(start) == Request(verb=Verb.START, routine="hamstring-trio", fullscreen=True)


def test_a_file_is_handed_over_by_its_whole_path(options: LaunchOptions) -> None:
    request = request_for(replace(options, start=True, routine="mine.toml"))
    assert request == Request(verb=Verb.START, routine=str(Path.cwd() / "mine.toml"))


@pytest.mark.parametrize(
    ("environ", "token"),
    [
        ({"XDG_ACTIVATION_TOKEN": "wayland", "DESKTOP_STARTUP_ID": "x11"}, "wayland"),
        ({"DESKTOP_STARTUP_ID": "x11_TIME5"}, "x11_TIME5"),
        ({"XDG_ACTIVATION_TOKEN": "a\nb"}, None),
        ({"XDG_ACTIVATION_TOKEN": "ü"}, None),
        ({"XDG_ACTIVATION_TOKEN": "x" * 257}, None),
    ],
)
def test_the_token_is_handed_over(
    options: LaunchOptions, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], token: str | None
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert request_for(options) == Request(verb=Verb.RAISE, token=token)
