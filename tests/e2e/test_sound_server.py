"""A session whose sound server hangs, or goes away and comes back."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.player import SLOW_ROUTINE, TINY_ROUTINE, Player, write_routine
from tests.e2e.sound_stage import SoundStage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[SoundStage]:
    with SoundStage() as stage:
        stage.env["STRETCHPLAYER_DATA_DIR"] = str(tmp_path / "stretchplayer-data")
        yield stage


@pytest.mark.parametrize("state", [None, "hold"])
def test_a_sound_server_that_hangs_changes_nothing_but_the_sound(
    stage: SoundStage, tmp_path: Path, state: str | None
) -> None:
    if state is None:
        stage.tell_sound(signal.SIGSTOP)
    with Player(stage, write_routine(tmp_path, TINY_ROUTINE), "--rate", "2", "--exit") as player:
        if state is not None:
            player.wait(lambda: state in player.trace.states, "the state")
            stage.tell_sound(signal.SIGSTOP)
        assert player.exit_code() == 0
        assert player.trace.outcome == "finished"
        assert "interrupted" not in player.trace.states


def test_sound_comes_back_with_its_server(stage: SoundStage, tmp_path: Path) -> None:
    with Player(stage, write_routine(tmp_path, SLOW_ROUTINE)) as player:
        player.wait_for_beginning()
        stage.wait_for_tone_of_key("space")
        stage.end_sound()
        stage.start_sound()
        stage.wait_for_tone_of_key("space")
        stage.tell_sound(signal.SIGSTOP)
        stage.tell_sound(signal.SIGCONT)
        stage.wait_for_tone_of_key("space")
