"""The player that makes no sound."""

import pytest

from stretchplayer.audio.null import NullCuePlayer
from stretchplayer.domain.cues import Cue, CueName
from stretchplayer.domain.settings import SoundSettings
from stretchplayer.ports import CuePlayer


@pytest.mark.parametrize("name", CueName)
def test_it_takes_everything_and_tells_of_no_problem(name: CueName) -> None:
    told: list[str] = []
    player: CuePlayer = NullCuePlayer()
    player.on_problem(told.append)
    player.configure(SoundSettings(volume=0))
    player.play(Cue(at_ms=0, name=name))
    player.silence()
    player.close()
    assert player.lead_ms == 0
    assert told == []
