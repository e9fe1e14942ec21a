"""Reading the licences of what the program is made of."""

from pathlib import Path

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.storage.licences import find_credits

LIST = """\
[[components]]
name = "One"
licence = "MIT"
texts = ["a.txt", "b.txt"]
home = "https://one"

[[components]]
name = "Two"
licence = "ISC"
texts = ["b.txt"]
systems = ["win32"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of licences."""
    (tmp_path / "components.toml").write_text(LIST, encoding="utf-8")
    (tmp_path / "a.txt").write_text("First.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("\nSecond.", encoding="utf-8")
    return tmp_path


def test_all_texts_of_a_part_are_read(folder: Path) -> None:
    (one,) = find_credits(folder, "linux")
    assert (one.name, one.licence, one.home, one.source) == ("One", "MIT", "https://one", "")
    assert one.text == "First.\n\nSecond."


def test_parts_of_other_systems_are_left_out(folder: Path) -> None:
    assert [part.name for part in find_credits(folder, "win32")] == ["One", "Two"]


def test_what_was_collected_comes_after_it(folder: Path) -> None:
    (folder / "collected.toml").write_text('[[components]]\nname = "Lib"\nlicence = "Zlib"\ntexts = ["a.txt"]\n')
    assert [part.name for part in find_credits(folder, "linux")] == ["One", "Lib"]


@pytest.mark.parametrize("damage", ["not toml", "[[components]]\nname = 'x'\n", LIST.replace("a.txt", "gone.txt")])
def test_damage_is_told_in_a_sentence(folder: Path, damage: str) -> None:
    (folder / "components.toml").write_text(damage, encoding="utf-8")
    with pytest.raises(StorageError, match=r"can't be read .*: install Stretch Player again\."):
        find_credits(folder)
