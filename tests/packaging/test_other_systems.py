"""What is built on Windows and macOS, as far as it can be seen from here."""

import ast
import plistlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from property_list import ROUTINE_TYPE, property_list
from version_resource import numbers, version_resource

from stretchplayer import __version__

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


def inno_sections() -> dict[str, list[str]]:
    """The lines of the Inno Setup script, by section."""
    sections: dict[str, list[str]] = {"": []}
    name = ""
    for line in (PACKAGING / "windows" / "stretchplayer.iss").read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            name = heading[1]
            sections[name] = []
        elif line and not line.startswith(";"):
            sections[name].append(line)
    return sections


def test_the_version_resource_has_the_one_version(tmp_path: Path) -> None:
    tree = ast.parse(version_resource(__version__), mode="eval")
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert constants.count(__version__) == 2
    assert "The Stretch Player authors, MIT licence" in constants


@pytest.mark.parametrize(
    ("version", "expected"), [("1.2.3", (1, 2, 3, 0)), ("1.2", (1, 2, 0, 0)), ("1.2.3rc4+x.5", (1, 2, 3, 0))]
)
def test_versions_are_four_numbers_on_windows(version: str, expected: tuple[int, ...]) -> None:
    assert numbers(version) == expected


def test_the_installer_has_what_it_refers_to() -> None:
    sections = inno_sections()
    assert {"Setup", "Files", "Icons", "Registry", "Run", "UninstallDelete"} <= set(sections)
    setup = dict(line.split("=", 1) for line in sections["Setup"])
    for key in ("LicenseFile", "SetupIconFile"):
        assert (PACKAGING / "windows" / setup[key].replace("\\", "/")).resolve().is_file()
    assert setup["AppVersion"] == setup["VersionInfoVersion"] == "{#AppVersion}"
    assert setup["PrivilegesRequired"] == "lowest"


def test_the_installer_names_no_version_of_its_own() -> None:
    assert __version__ not in (PACKAGING / "windows" / "stretchplayer.iss").read_text(encoding="utf-8")


def test_the_property_list_can_be_written_and_read() -> None:
    entries = property_list(__version__)
    assert plistlib.loads(plistlib.dumps(entries)) == entries
    assert entries["CFBundleShortVersionString"] == __version__
    document_type = plistlib.loads(plistlib.dumps(entries))["CFBundleDocumentTypes"][0]
    assert document_type["LSItemContentTypes"] == [ROUTINE_TYPE]


def test_entitlements_are_few() -> None:
    entitlements = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert set(entitlements) == {
        "com.apple.security.cs.disable-library-validation",
        "com.apple.security.cs.allow-unsigned-executable-memory",
    }


def test_the_login_item_starts_the_program_of_the_app() -> None:
    item = plistlib.loads((PACKAGING / "macos" / "login-item.plist").read_bytes())
    executable = str(property_list(__version__)["CFBundleExecutable"])
    assert item["BundleProgram"] == f"Contents/MacOS/{executable}"
    assert item["RunAtLoad"] is True


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such shell")
@pytest.mark.parametrize("script", ["macos/make-dmg", "linux/install.sh", "linux/try-deb", "bootstrap"])
def test_shell_scripts_can_be_read_by_a_shell(script: str) -> None:
    subprocess.run(["sh", "-n", PACKAGING / script], check=True)
    assert (PACKAGING / script).stat().st_mode & 0o100


def test_icons_for_all_systems_are_there() -> None:
    icns = (PACKAGING / "icons" / "stretchplayer.icns").read_bytes()
    assert icns[:4] == b"icns"
    assert int.from_bytes(icns[4:8], "big") == len(icns)
    assert (PACKAGING / "icons" / "stretchplayer.ico").read_bytes()[:4] == b"\0\0\1\0"
