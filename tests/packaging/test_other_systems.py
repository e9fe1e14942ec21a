"""What is built on Windows and macOS, as far as it can be seen from here."""

import ast
import plistlib
import re
import subprocess
import sys
from pathlib import Path

import machine
import pytest
from project import REVERSE_DNS
from property_list import TOML, property_list
from version_resource import numbers, version_resource

from stretchplayer import __version__
from stretchplayer.cli.output import ExitCode
from stretchplayer.desktop import app_id
from stretchplayer.desktop.autostart import windows as autostart
from stretchplayer.desktop.autostart.macos import BUNDLE

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
    assert {"Setup", "Files", "Icons", "Registry", "Run"} <= set(sections)
    setup = dict(line.split("=", 1) for line in sections["Setup"])
    for key in ("LicenseFile", "SetupIconFile"):
        assert (PACKAGING / "windows" / setup[key].replace("\\", "/")).resolve().is_file()
    assert setup["AppVersion"] == setup["VersionInfoVersion"] == "{#AppVersion}"
    assert setup["PrivilegesRequired"] == "lowest"


def test_what_is_removed_is_what_was_installed() -> None:
    sections = inno_sections()
    assert "UninstallDelete" not in sections
    (deleted,) = sections["InstallDelete"]
    assert 'Name: "{app}\\_internal"; Check: IsOurs' in deleted


def test_a_running_program_is_asked_to_quit_before_its_files_are_touched() -> None:
    code = "\n".join(inno_sections()["Code"])
    assert "Exec(Program, 'quit'" in code
    assert f"NotRunning = {int(ExitCode.NOT_RUNNING)};" in code
    for entry in ("PrepareToInstall", "InitializeUninstall"):
        body = code.partition(f"function {entry}")[2].partition("\nend;")[0]
        assert "HasQuit" in body


def test_the_installer_knows_the_program_s_own_entries() -> None:
    registry = "\n".join(inno_sections()["Registry"])
    assert f'ValueName: "{autostart.NAME}"' in registry
    assert autostart.RUN in registry
    assert autostart.APPROVED in registry
    assert f'#define AppId "{app_id.APP_ID}"' in inno_sections()[""]


def test_the_installer_names_no_version_of_its_own() -> None:
    assert __version__ not in (PACKAGING / "windows" / "stretchplayer.iss").read_text(encoding="utf-8")


def test_the_windows_to_try_it_on_is_made_anew_for_other_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locks = tmp_path / "packaging" / "locks"
    locks.mkdir(parents=True)
    for file in (tmp_path / "pyproject.toml", *(locks / f"{lock}.txt" for lock in machine.LOCKS)):
        file.touch()
    monkeypatch.setattr(machine, "ROOT", tmp_path)
    monkeypatch.setattr(machine, "MACHINE", tmp_path)
    assert not machine.is_made()
    (tmp_path / "made").write_text(machine.checksum(), encoding="ascii")
    assert machine.is_made()
    (locks / "run.txt").write_text("tomli==2.4.0\n", encoding="utf-8")
    assert not machine.is_made()


def test_the_property_list_can_be_written_and_read() -> None:
    entries = property_list(__version__)
    assert plistlib.loads(plistlib.dumps(entries)) == entries
    assert entries["CFBundleShortVersionString"] == __version__
    read = plistlib.loads(plistlib.dumps(entries))
    assert read["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [TOML]
    (declared,) = read["UTImportedTypeDeclarations"]
    assert declared["UTTypeIdentifier"] == TOML
    assert not [each for each in declared["UTTypeTagSpecification"]["public.filename-extension"] if "." in each]


def test_entitlements_are_few() -> None:
    entitlements = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert set(entitlements) == {
        "com.apple.security.cs.disable-library-validation",
        "com.apple.security.cs.allow-unsigned-executable-memory",
    }


def test_the_login_item_is_the_program_s() -> None:
    assert REVERSE_DNS == BUNDLE


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
