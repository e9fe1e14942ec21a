"""What the tests of services share."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder with a short name, as the names of sockets have to be."""
    folder = Path(tempfile.mkdtemp(prefix="sp-"))
    yield folder
    shutil.rmtree(folder)
