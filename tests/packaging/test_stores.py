"""What shops for programs are told: winget and Flathub; and what PyPI shows."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from project import HOME_VARIABLE, PACKAGING, REVERSE_DNS, ROOT
from winget import IDENTIFIER, write

from stretchplayer import __version__

HOME = "https://example.org/stretchplayer"


@pytest.fixture
def manifests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is written about an installer, by its kind."""
    monkeypatch.setenv(HOME_VARIABLE, HOME)
    setup = tmp_path / "setup.exe"
    setup.write_bytes(b"an installer")
    written = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in write(setup, tmp_path / "winget")]
    return {each["ManifestType"]: each for each in written}


def test_winget_is_told_where_the_installer_is_and_what_it_contains(manifests: dict[str, Any]) -> None:
    assert set(manifests) == {"version", "installer", "defaultLocale"}
    (installer,) = manifests["installer"]["Installers"]
    assert installer["InstallerUrl"] == f"{HOME}/releases/download/v{__version__}/setup.exe"
    assert installer["InstallerSha256"] == hashlib.sha256(b"an installer").hexdigest().upper()
    assert installer["ProductCode"] == "{7C1B52D4-2E0E-4E7B-9C0B-6B0C6F3B6A55}_is1"
    assert installer["Scope"] == "user"


def test_all_manifests_are_of_one_version(manifests: dict[str, Any]) -> None:
    names = {(each["PackageIdentifier"], each["PackageVersion"]) for each in manifests.values()}
    assert names == {(IDENTIFIER, __version__)}
    assert manifests["version"]["DefaultLocale"] == manifests["defaultLocale"]["PackageLocale"]


def test_the_flatpak_bears_the_name_of_the_metadata() -> None:
    manifest = yaml.safe_load((PACKAGING / "linux" / f"{REVERSE_DNS}.yml").read_text(encoding="utf-8"))
    assert manifest["id"] == REVERSE_DNS
    for key in ("rename-desktop-file", "rename-icon"):
        assert manifest[key].removesuffix(".desktop") == manifest["command"]
    assert (PACKAGING / "linux" / "share" / manifest["rename-desktop-file"]).is_file()


def test_a_flatpak_sees_nothing_of_the_person_s_files() -> None:
    manifest = yaml.safe_load((PACKAGING / "linux" / f"{REVERSE_DNS}.yml").read_text(encoding="utf-8"))
    seen = [each for each in manifest["finish-args"] if each.startswith("--filesystem")]
    assert seen == ["--filesystem=xdg-run/speech-dispatcher:ro"]
    assert "--share=network" not in manifest["finish-args"]


def test_the_metadata_says_where_the_project_lives() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"Homepage", "Issues", "Changelog", "Documentation"} <= set(project["urls"])
    assert all(url.startswith(f"{project['urls']['Homepage']}") for url in project["urls"].values())
    assert len(project["keywords"]) == len(set(project["keywords"]))
