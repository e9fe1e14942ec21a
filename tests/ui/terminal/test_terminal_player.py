"""The terminal player, on a terminal and on a plain stream."""

import io
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale
from rich.console import Console

from stretchplayer.player.state import State
from stretchplayer.routine.routine import SideMode, Step, StepKind
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.ui.terminal import terminal_player as terminal
from stretchplayer.ui.terminal.terminal_player import TerminalPlayer, big
from tests.player.stage import Stage
from tests.posix import not_on_windows
from tests.ui.stage import HOLD, MOVE, RELEASE, one_exercise, shipped_timeline


class Screen:
    """A session shown by a terminal player."""

    def __init__(self, stage: Stage, output: io.StringIO) -> None:
        self.stage = stage
        self.session = stage.session
        self.output = output
        self.player = TerminalPlayer(stage.session, output=output)

    def new_text(self) -> str:
        """What was written since the last call."""
        text = self.output.getvalue()
        self.output.seek(0)
        self.output.truncate()
        return text


@pytest.fixture
def plain(make_stage: Callable[..., Stage]) -> Screen:
    return Screen(make_stage(frame_ms=100), io.StringIO())


@pytest.fixture
def live(make_stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    def console(*, file: io.StringIO, highlight: bool) -> Console:
        return Console(file=file, highlight=highlight, force_terminal=True, width=90, height=40, color_system=None)

    monkeypatch.setattr(terminal, "Console", console)
    screen = Screen(make_stage(frame_ms=100), io.StringIO())
    yield screen
    screen.player.close()


def test_digits_are_three_lines_of_equal_width() -> None:
    for digits in ("0", "12", "3456789", "1:40"):
        rows = big(digits).split("\n")
        assert len(rows) == 3
        assert len({len(row) for row in rows}) == 1
    assert len({big(str(digit)) for digit in range(10)}) == 10


# Without a terminal


def test_a_line_is_written_for_each_phase(plain: Screen) -> None:
    timeline = one_exercise(MOVE, HOLD, RELEASE)
    plain.stage.play(timeline)
    plain.stage.run_for(timeline.total_ms + 1_000)
    lines = plain.new_text().splitlines()
    assert len(lines) == len(timeline.phases)
    assert lines[2] == "  30 s  hold [left]  Hold your left leg."
    assert lines[-1] == "The end. 2 of 2 holds, 1 min held."
    assert not any("\x1b" in line for line in lines)


def test_a_session_that_is_stopped_tells_the_truth(plain: Screen) -> None:
    plain.stage.go_to(PhaseKind.HOLD, plan=one_exercise(MOVE, HOLD, RELEASE))
    plain.stage.run_for(12_000)
    plain.player.on_key("q")
    assert plain.new_text().splitlines()[-1] == "Stopped. 0 of 2 holds, 12 s held."


def test_what_is_told_is_written(plain: Screen) -> None:
    plain.player.tell("No sound [bold]here[/bold].")
    assert plain.new_text() == "No sound [bold]here[/bold].\n"
    plain.player.withdraw("No sound [bold]here[/bold].")
    plain.player.withdraw("Something else.")
    assert plain.new_text() == ""


@pytest.mark.parametrize("harm", ["\x1b[2J", "\x1b]0;mine\x07", "\x9b", "a\nb", "\u202e"])
def test_nothing_that_is_told_steers_the_terminal(plain: Screen, live: Screen, harm: str) -> None:
    for screen in (plain, live):
        screen.player.tell(f"A title: {harm}")
        screen.player.ask(f"Go on with {harm}?", "", lambda _yes: None)
        assert harm not in screen.new_text()


def test_text_of_a_routine_is_plain_text(plain: Screen) -> None:
    text = "[red]Hold[/red] <b>it</b> &amp; breathe."
    step = Step(kind=StepKind.HOLD, text=text, seconds=10)
    plain.stage.go_to(PhaseKind.HOLD, plan=one_exercise(step, sides=SideMode.NONE))
    assert plain.new_text().splitlines()[-1] == f"  10 s  hold  {text}"


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("n", PhaseKind.MOVE),
        ("b", PhaseKind.PREPARE),
        ("N", PhaseKind.MOVE),
        ("r", PhaseKind.PREPARE),
        ("right", PhaseKind.MOVE),
        ("page_down", PhaseKind.MOVE),
        ("left", PhaseKind.PREPARE),
        ("page_up", PhaseKind.PREPARE),
        ("up", PhaseKind.PREPARE),
        ("т", PhaseKind.MOVE),
        ("\N{GREEK CAPITAL LETTER NU}", PhaseKind.MOVE),
        ("מ", PhaseKind.MOVE),
        ("ى", PhaseKind.MOVE),
    ],
)
def test_keys_move(plain: Screen, key: str, kind: PhaseKind) -> None:
    plain.stage.play(one_exercise(MOVE, HOLD))
    plain.player.on_key(key)
    assert plain.session.phase is not None
    assert plain.session.phase.kind is kind


@pytest.mark.parametrize("key", ["q", "escape", "й", "Й", "ض"])
def test_q_and_escape_stop_on_any_keyboard(plain: Screen, key: str) -> None:
    plain.stage.play(shipped_timeline())
    plain.player.on_key(key)
    assert plain.stage.state() is State.STOPPED


@pytest.mark.parametrize(("language", "key"), [(QLocale.Language.Greek, ";"), (QLocale.Language.Hebrew, "/")])
def test_a_mark_in_the_place_of_q_stops_where_it_is_there(
    make_stage: Callable[..., Stage], language: QLocale.Language, key: str
) -> None:
    usual = QLocale()
    try:
        for locale, state in ((usual, State.PAUSED), (QLocale(language), State.STOPPED)):
            QLocale.setDefault(locale)
            screen = Screen(make_stage(), io.StringIO())
            screen.stage.play(shipped_timeline())
            screen.player.on_key(key)
            assert screen.stage.state() is state
    finally:
        QLocale.setDefault(usual)


@pytest.mark.parametrize("key", ["\x13", "\x11", "\t", "\0"])
def test_what_is_typed_with_control_does_nothing(plain: Screen, key: str) -> None:
    plain.stage.play(shipped_timeline())
    plain.player.on_key(key)
    assert plain.stage.states == [State.PREPARE]


@pytest.mark.parametrize("key", ["s", "down"])
def test_s_skips_the_exercise(plain: Screen, key: str) -> None:
    plain.stage.play(shipped_timeline())
    plain.player.on_key(key)
    assert plain.session.phase is not None
    assert plain.session.phase.ordinal == 1


@pytest.mark.parametrize("key", [" ", "x", "function", "\r", "\n", "\x7f", "ж", "\ufffd"])
def test_any_other_key_pauses_and_resumes(plain: Screen, key: str) -> None:
    plain.stage.play(one_exercise(MOVE, HOLD))
    plain.player.on_key(key)
    plain.player.on_key(key)
    assert plain.stage.states == [State.PREPARE, State.PAUSED, State.RESUMING]


# In a terminal


def test_the_picture_shows_all_there_is_to_follow(live: Screen) -> None:
    live.stage.go_to(PhaseKind.HOLD, plan=shipped_timeline())
    live.new_text()
    live.stage.run_for(5_050)
    text = live.new_text()
    for words in (
        "Lying leg raise  1/3", "LEFT LEG", "Sole of your left foot towards the ceiling.", "HOLD",
        "Next: slowly release, then the right leg", "q or Esc stop",
    ):  # fmt: skip
        assert words in text
    for row in big("25").splitlines():
        assert row in text


def test_the_picture_is_drawn_again_only_when_it_changes(live: Screen) -> None:
    live.stage.go_to(PhaseKind.HOLD, plan=one_exercise(MOVE, HOLD))
    live.stage.run_for(1_050)
    live.session.pause()
    live.new_text()
    live.session.ticked.emit()
    assert live.new_text() == ""


def test_pausing_shows_at_once(live: Screen) -> None:
    live.stage.go_to(PhaseKind.HOLD, plan=one_exercise(MOVE, HOLD))
    live.new_text()
    live.player.on_key(" ")
    assert "PAUSED" in live.new_text()


def test_another_phase_of_the_same_length_shows_at_once(live: Screen) -> None:
    """Label, digits and time left can all be the same in two phases, but not the instruction."""
    live.stage.go_to(PhaseKind.MOVE, plan=shipped_timeline())
    live.new_text()
    for _ in range(3):
        live.session.next()
        assert live.session.phase is not None
        assert live.session.phase.text in live.new_text()


def test_what_is_told_stays_below(live: Screen) -> None:
    live.player.tell("No [sound] device.")
    live.stage.play(one_exercise(MOVE, HOLD))
    live.stage.run_for(2_000)
    assert live.new_text().count("No [sound] device.") > 1
    live.player.withdraw("No [sound] device.")
    live.new_text()
    live.stage.run_for(2_000)
    assert "No [sound] device." not in live.new_text()


@not_on_windows("only a console has a second screen there, and tests have none")
def test_the_screen_is_left_and_come_back_to(live: Screen) -> None:
    live.stage.play(one_exercise(MOVE, HOLD))
    live.new_text()
    live.player.leave_screen()
    assert "\x1b[?1049l" in live.new_text()
    live.player.return_to_screen()
    text = live.new_text()
    assert "\x1b[?1049h" in text
    assert "An exercise" in text


def test_without_one_there_is_no_screen_to_leave(plain: Screen) -> None:
    plain.player.leave_screen()
    plain.player.return_to_screen()
    assert plain.new_text() == ""


@not_on_windows("only a console has a second screen there, and tests have none")
def test_the_terminal_is_given_back_at_the_end(live: Screen) -> None:
    live.stage.play(one_exercise(MOVE, HOLD))
    live.player.on_key("q")
    text = live.new_text()
    assert "\x1b[?1049l" in text
    assert text.endswith("Stopped. 0 of 2 holds, 0 s held.\n")
    live.player.close()
    live.session.ticked.emit()
    assert live.new_text() == ""


def test_before_a_session_there_is_no_picture(live: Screen) -> None:
    live.new_text()
    live.session.ticked.emit()
    assert live.new_text() == ""
