"""Nothing is in the bundle of which nobody knows the licence."""

import json
import re
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import notices
import pytest
from cyclonedx.model.bom import Bom
from license_expression import get_spdx_licensing  # type: ignore[import-untyped]
from notices import UnknownLicenceError, bill_of_materials, known_components, normalised, parts_of, write_collected

from stretchplayer.storage.licences import find_credits
from tests.posix import not_on_windows

ROOT = Path(__file__).resolve().parents[2]
LOCKED = re.findall(
    r"^([\w.-]+)==", (ROOT / "packaging" / "locks" / "run.txt").read_text(encoding="utf-8"), re.MULTILINE
)
LEFT_OUT = {"pygments", "markdown-it-py", "mdurl", "pycparser"}
"""What the bundle does without."""
MODULES = ["stretchplayer.cli", "msgspec._core", "rich.live", "wakepy", "jeepney", "json", "platformdirs"]


@pytest.mark.parametrize("package", sorted({normalised(name) for name in LOCKED} - LEFT_OUT))
def test_the_licence_of_every_dependency_is_known(package: str) -> None:
    assert package in {name for each in known_components() for name in each.get("package", "").split()}


def expressions() -> list[str]:
    system = tomllib.loads(notices.SYSTEM.read_text(encoding="utf-8"))["packages"]
    return sorted({*(each["licence"] for each in known_components()), *system.values()})


@pytest.mark.parametrize("expression", expressions())
def test_licences_are_spdx_expressions(expression: str) -> None:
    assert get_spdx_licensing().validate(expression).errors == []


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_every_licence_has_its_text(platform: str) -> None:
    for part in find_credits(ROOT / "assets" / "licences", platform):
        assert len(part.text) > 400, part.name


def test_no_text_is_left_over() -> None:
    texts = {path.name for path in (ROOT / "assets" / "licences").glob("*.txt")}
    assert texts == {name for each in known_components() for name in each["texts"]}


def test_our_own_licence_is_the_one_in_the_root() -> None:
    own = ROOT / "assets" / "licences" / "stretchplayer.txt"
    assert own.read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_lgpl_libraries_come_with_where_their_source_is() -> None:
    lgpl = [part for part in find_credits() if "LGPL" in part.licence]
    assert {part.name for part in lgpl} == {"Qt", "PySide6 and Shiboken6"}
    assert all(part.source.startswith("https://download.qt.io/") for part in lgpl)
    assert all("GNU LESSER GENERAL PUBLIC LICENSE" in part.text for part in lgpl)


@not_on_windows("the parts named are Linux's")
def test_the_parts_are_the_packages_of_the_modules() -> None:
    names = {part.name for part in parts_of(MODULES, [])}
    assert {"msgspec", "rich", "wakepy", "jeepney", "platformdirs", "pyside6-essentials", "Qt", "Python"} <= names
    assert not names & {"json", "stretchplayer", "hypothesis"}


def test_a_library_of_python_is_part_of_its_package() -> None:
    library = find_spec("_cffi_backend")
    assert library is not None
    assert library.origin is not None
    assert "cffi" in {part.name for part in parts_of(MODULES, [library.origin])}


def test_a_package_nobody_knows_ends_the_build() -> None:
    with pytest.raises(UnknownLicenceError, match=r"hypothesis: write its licence into components\.toml"):
        parts_of([*MODULES, "hypothesis.core"], [])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no packages with libraries")
def test_a_library_of_the_system_is_known_by_its_package(tmp_path: Path) -> None:
    library = next(Path("/usr/lib").glob("*-linux-gnu/libxcb-cursor.so.0"))
    part = next(part for part in parts_of(MODULES, [str(library)]) if part.name == "libxcb-cursor0")
    assert part.licence == "X11"
    written = write_collected([part], tmp_path)
    assert {path.name for path in written} == {"libxcb-cursor0.txt", "collected.toml"}
    credit = find_credits(tmp_path)[0]
    assert credit.name.startswith("libxcb-cursor0 ")
    assert "Permission is hereby granted" in credit.text


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no packages with libraries")
def test_a_library_of_no_package_ends_the_build(tmp_path: Path) -> None:
    library = tmp_path / "libx.so.1"
    library.touch()
    with pytest.raises(UnknownLicenceError, match="in no package of this system"):
        parts_of(MODULES, [str(library)])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no packages with libraries")
def test_a_package_of_the_system_without_a_known_licence_ends_the_build() -> None:
    with pytest.raises(UnknownLicenceError, match="write its licence into packaging/licences"):
        parts_of(MODULES, ["/bin/sh"])


def test_nothing_is_collected_where_nothing_is_brought_along(tmp_path: Path) -> None:
    assert write_collected(parts_of(MODULES, []), tmp_path / "new") == []


def test_the_bill_of_materials_lists_every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    parts = parts_of(MODULES, [])
    document = bill_of_materials(parts)
    assert document == bill_of_materials(parts)
    bom = Bom.from_json(json.loads(document))  # type: ignore[attr-defined]  # a decorator adds it
    assert {component.name for component in bom.components} == {part.name for part in parts}
    assert all(component.licenses for component in bom.components)
    assert bom.metadata.component.name == "Stretch Player"
    assert bom.metadata.component.licenses
