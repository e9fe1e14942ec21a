"""The loader of what is shipped."""

from pathlib import Path

import pytest

import stretchplayer
from stretchplayer.errors import StorageError
from stretchplayer.storage.assets import asset_dir


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the package seems to lie."""
    package = tmp_path / "stretchplayer"
    monkeypatch.setattr(stretchplayer, "__path__", [str(package)])
    return package


def test_a_checkout_has_them_beside_the_package() -> None:
    assert asset_dir("routines") == Path(__file__).resolve().parents[2] / "assets" / "routines"


def test_an_installation_has_them_inside_and_looks_there_first(package: Path) -> None:
    (package.parent / "assets" / "routines").mkdir(parents=True)
    (package / "assets" / "routines").mkdir(parents=True)
    assert asset_dir("routines") == package / "assets" / "routines"


def test_an_installation_without_them_is_told_of(package: Path) -> None:
    with pytest.raises(StorageError) as caught:
        asset_dir("routines")
    missing = package / "assets" / "routines"
    assert str(caught.value) == f"This installation is incomplete ({missing} is missing); install Stretch Player again."
