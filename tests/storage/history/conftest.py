"""What the tests of the history share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.storage.history.watched import Watched


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    """Makes stores, and closes them."""
    made: list[Watched] = []

    def make(**how: int) -> Watched:
        made.append(Watched(tmp_path / "data", **how))
        return made[-1]

    yield make
    for each in made:
        each.store.close()
