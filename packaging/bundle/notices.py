"""Which works are in the bundle, and under which licences: what becomes `collected.toml` and the bill of materials.

Every file in the bundle belongs to a component of assets/licences/components.toml or to a package of the system that
packaging/licences/system.toml knows. What belongs to neither ends the build.
"""

import json
import platform
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from project import NAME, PACKAGING, ROOT, TITLE, source_date_epoch, version

COMPONENTS: Final = ROOT / "assets" / "licences" / "components.toml"
SYSTEM: Final = PACKAGING / "licences" / "system.toml"
_VERSIONS: Final = {"Qt": metadata.version("pyside6-essentials"), "Python": platform.python_version()}
"""Of what is no Python package. PySide's version is Qt's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A work that is in the bundle."""

    name: str
    version: str
    licence: str
    purl: str
    home: str = ""
    copyright_file: Path | None = None
    """For a package of the system: where that says under which licence it is."""


class UnknownLicenceError(Exception):
    """Something is in the bundle of which nobody has written down the licence."""


def parts_of(modules: Iterable[str], binaries: Iterable[str]) -> list[Part]:
    """The works that Python modules and libraries (by their paths) come from, in order of their names.

    UnknownLicenceError when the licence of one is not known.
    """
    libraries = list(binaries)
    extensions = (Path(library).name for library in libraries)
    distributions = _distributions([*modules, *extensions]) | {"pyside6-essentials", "pyside6-addons", "shiboken6"}
    found = [*_own_parts(distributions), *(_system_part(*each) for each in sorted(_packages(libraries)))]
    return sorted(found, key=lambda part: part.name.lower())


def known_components() -> list[dict[str, Any]]:
    """What components.toml says."""
    components: list[dict[str, Any]] = tomllib.loads(COMPONENTS.read_text(encoding="utf-8"))["components"]
    return components


def normalised(name: str) -> str:
    """The name of a Python package as all its spellings are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _distributions(modules: Iterable[str]) -> set[str]:
    """The names of the Python packages that have these modules."""
    tops = {module.partition(".")[0] for module in modules} - sys.stdlib_module_names - {NAME}
    by_module = metadata.packages_distributions()
    return {normalised(name) for top in tops for name in by_module.get(top, ())}


def _own_parts(distributions: set[str]) -> list[Part]:
    known = {name: each for each in known_components() for name in each.get("package", "").split()}
    unknown = distributions - set(known)
    if unknown:
        raise UnknownLicenceError(f"{', '.join(sorted(unknown))}: write its licence into {COMPONENTS.name}.")
    parts = [
        Part(
            name=name,
            version=metadata.version(name),
            licence=known[name]["licence"],
            purl=f"pkg:pypi/{name}@{metadata.version(name)}",
            home=known[name].get("home", ""),
        )
        for name in distributions
    ]
    for each in known_components():
        if not each.get("package") and sys.platform in each.get("systems", (sys.platform,)):
            number = _VERSIONS.get(each["name"], "")
            name = normalised(each["name"].partition(",")[0].partition(" (")[0].replace(" ", "-"))
            purl = f"pkg:generic/{name}@{number}".rstrip("@")
            parts.append(
                Part(name=each["name"], version=number, licence=each["licence"], purl=purl, home=each.get("home", ""))
            )
    return parts


def _packages(binaries: Iterable[str]) -> set[tuple[str, str]]:
    """Name and version of the system's packages that these libraries are from; none on other systems than Debian."""
    inside = (Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), ROOT)
    found: set[tuple[str, str]] = set()
    for binary in binaries:
        path = Path(binary).resolve()
        if not any(path.is_relative_to(folder) for folder in inside) and sys.platform == "linux":
            found.add(package_of(path))
    return found


def package_of(path: Path) -> tuple[str, str]:
    """Name and version of the Debian package a file is from; UnknownLicenceError when it is from none."""
    # Where /lib is a link to /usr/lib, packages may still say /lib.
    for name in (str(path), str(path).removeprefix("/usr")):
        asked = subprocess.run(["dpkg-query", "--search", name], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            package = asked.stdout.partition(":")[0]
            show = ["dpkg-query", "--show", "--showformat=${Version}\n", package]
            return package, subprocess.run(show, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    raise UnknownLicenceError(f"{path} is in no package of this system, so its licence is not known.")


def _system_part(package: str, number: str) -> Part:
    known: dict[str, str] = tomllib.loads(SYSTEM.read_text(encoding="utf-8"))["packages"]
    if package not in known:
        raise UnknownLicenceError(f"{package}: write its licence into packaging/licences/{SYSTEM.name}.")
    return Part(
        name=package,
        version=number,
        licence=known[package],
        purl=f"pkg:deb/{platform.freedesktop_os_release()['ID']}/{package}@{number}",
        copyright_file=Path("/usr/share/doc") / package / "copyright",
    )


def write_collected(parts: Sequence[Part], folder: Path) -> list[Path]:
    """Write collected.toml and the texts it names into the folder; what was written is returned."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    lines = ["# The libraries of the system that were put into this bundle."]
    for part in parts:
        if part.copyright_file is not None:
            text = folder / f"{part.name}.txt"
            text.write_bytes(part.copyright_file.read_bytes())
            written.append(text)
            pairs = {"name": f"{part.name} {part.version}", "licence": part.licence}
            lines += ["", "[[components]]", *(f"{key} = {json.dumps(words)}" for key, words in pairs.items())]
            lines += [f"texts = [{json.dumps(text.name)}]"]
    if written:
        listing = folder / "collected.toml"
        listing.write_text("\n".join(lines) + "\n", encoding="utf-8")
        written.append(listing)
    return written


def bill_of_materials(parts: Sequence[Part]) -> str:
    """The parts as a CycloneDX 1.6 document in JSON; the same for the same parts and commit."""
    make = LicenseFactory().make_from_string
    program = Component(
        name=TITLE, version=version(), type=ComponentType.APPLICATION, licenses=[make("MIT")], bom_ref=NAME
    )
    components = [
        Component(
            name=part.name,
            version=part.version or None,
            type=ComponentType.DATA if "voice" in part.name or "font" in part.name else ComponentType.LIBRARY,
            licenses=[make(part.licence)],
            purl=PackageURL.from_string(part.purl),
            bom_ref=part.purl,
            external_references=[ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part.home))]
            if part.home
            else [],
        )
        for part in parts
        if part.name != NAME
    ]
    bom = Bom(components=components, serial_number=uuid5(NAMESPACE_URL, f"{NAME} {version()} {source_date_epoch()}"))
    bom.metadata.component = program
    bom.metadata.timestamp = datetime.fromtimestamp(source_date_epoch(), UTC)
    bom.register_dependency(program, components)
    return JsonV1Dot6(bom).output_as_string(indent=2)
