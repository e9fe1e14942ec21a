"""What has to be there."""

import pytest

from stretchplayer.routine.certain import certain


def test_what_is_there_is_handed_on() -> None:
    assert certain(0) == 0


def test_what_is_missing_is_a_fault() -> None:
    with pytest.raises(LookupError):
        certain(None)
