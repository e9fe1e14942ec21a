"""What a Linux desktop is told about the program."""

import gzip
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import project
import pytest
from man_page import commands, man_page
from share import metainfo, release_notes, write_share

from stretchplayer import __version__
from stretchplayer.cli.parser import make_parser

HOME = "https://example.org/stretchplayer"


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """All the files."""
    write_share(tmp_path)
    return tmp_path


@pytest.fixture
def home_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The project has a page."""
    monkeypatch.setenv(project.HOME_VARIABLE, HOME + "/")


def entry(share: Path, name: str) -> str:
    return (share / "applications" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["stretchplayer.desktop", "stretchplayer-routine.desktop"])
def test_desktop_entries_are_valid(share: Path, name: str) -> None:
    told = subprocess.run(
        ["desktop-file-validate", share / "applications" / name], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout) == (0, "")


def test_the_desktop_entry_offers_what_the_tray_does(share: Path) -> None:
    text = entry(share, "stretchplayer.desktop")
    for line in ("Exec=stretchplayer start", "Exec=stretchplayer snooze", "Exec=stretchplayer quit"):
        assert line in text.splitlines()
    assert "StartupWMClass=stretchplayer" in text


def test_a_double_click_opens_a_routine(share: Path) -> None:
    text = entry(share, "stretchplayer-routine.desktop")
    kind = ET.parse(share / "mime" / "packages" / "stretchplayer.xml").getroot()[0]  # noqa: S314 # our own file
    assert f"MimeType={kind.get('type')};" in text
    assert "Exec=stretchplayer start %f" in text


def test_routine_files_have_a_type_and_an_icon(share: Path, tmp_path: Path) -> None:
    subprocess.run(["update-mime-database", share / "mime"], check=True, capture_output=True)
    assert "80:application/x-stretchplayer-routine:*.stretch.toml" in (share / "mime" / "globs2").read_text()
    icon = share / "icons" / "hicolor" / "scalable" / "mimetypes" / "application-x-stretchplayer-routine.svg"
    assert icon.is_file()


@pytest.mark.usefixtures("home_page")
def test_the_metadata_is_valid_and_shows_pictures(tmp_path: Path) -> None:
    page = tmp_path / f"{project.REVERSE_DNS}.metainfo.xml"
    page.write_text(metainfo(), encoding="utf-8")
    subprocess.run(["appstreamcli", "validate", "--no-net", page], check=True, capture_output=True)
    shots = [image.text or "" for image in ET.fromstring(metainfo()).iter("image")]  # noqa: S314 # our own
    assert len(shots) == 5
    for shot in shots:
        assert shot.startswith(f"{HOME}/raw/v{__version__}/")
        assert (project.ROOT / shot.partition(f"v{__version__}/")[2]).is_file()


def test_the_metadata_is_valid_without_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("share.home_page", lambda: "")
    page = tmp_path / f"{project.REVERSE_DNS}.metainfo.xml"
    page.write_text(metainfo(), encoding="utf-8")
    subprocess.run(["appstreamcli", "validate", "--no-net", page], check=True, capture_output=True)


def test_release_notes_are_those_of_the_changelog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    changelog = (
        "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A *new*\n  thing.\n- Another.\n\n"
        "## [0.0.9] - 2025-12-24\n\n- [Old](https://example.org) `thing`.\n\n## [0.0.1]\n"
    )
    assert release_notes(changelog) == [
        (__version__, "2026-01-01", ["A new thing.", "Another."]),
        ("0.0.9", "2025-12-24", ["Old thing."]),
    ]


def test_the_manual_names_every_command_and_option(share: Path) -> None:
    page = gzip.decompress((share / "man" / "man1" / "stretchplayer.1.gz").read_bytes()).decode()
    assert page == man_page()
    for name, parser in commands(make_parser()).items():
        section = page.partition(f".SS stretchplayer {name.replace('-', '&-')}".replace("&", "\\"))[2]
        assert section, name
        for option in re.findall(r"(?m)^ +(?:-\w, )?(--[\w-]+)", parser.format_help()):
            assert option.replace("-", r"\-") in section


def test_the_version_is_that_of_the_program() -> None:
    assert project.version() == __version__
