"""Writes the manifests by which `winget install` finds a release: winget.py SETUP_EXE FOLDER, after it is on the page.

They go to https://github.com/microsoft/winget-pkgs as manifests/s/StretchPlayer/StretchPlayer/VERSION. The schema is
https://aka.ms/winget-manifest.installer.1.9.0.schema.json; YAML takes JSON, so that is what is written.
"""

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bundle"))

from project import PACKAGING, SUMMARY, TITLE, home_page, version

IDENTIFIER: Final = "StretchPlayer.StretchPlayer"
SCHEMA: Final = "1.9.0"
LOCALE: Final = "en-US"


def product_code() -> str:
    """By what Windows lists the program once it is installed: Inno Setup's AppId, and its ending."""
    script = (PACKAGING / "windows" / "stretchplayer.iss").read_text(encoding="utf-8")
    found = re.search(r"^AppId=\{(\{[-0-9A-F]+\})$", script, re.MULTILINE)
    if found is None:
        sys.exit("stretchplayer.iss has no AppId.")
    return f"{found[1]}_is1"


def manifests(setup: Path) -> dict[str, dict[str, object]]:
    """The contents of the three files, by their names."""
    number, home = version(), home_page()
    what = {"PackageIdentifier": IDENTIFIER, "PackageVersion": number}
    installer = {
        "Architecture": "x64",
        "InstallerType": "inno",
        "Scope": "user",
        "InstallerUrl": f"{home}/releases/download/v{number}/{setup.name}",
        "InstallerSha256": hashlib.sha256(setup.read_bytes()).hexdigest().upper(),
        "ProductCode": product_code(),
    }
    words = {
        "PackageLocale": LOCALE,
        "Publisher": "The Stretch Player authors",
        "PackageName": TITLE,
        "PackageUrl": home,
        "License": "MIT",
        "LicenseUrl": f"{home}/blob/v{number}/LICENSE",
        "ShortDescription": SUMMARY,
        "Moniker": "stretchplayer",
        "Tags": ["exercise", "physiotherapy", "reminder", "stretching"],
    }
    kinds: dict[str, tuple[str, dict[str, object]]] = {
        "": ("version", {"DefaultLocale": LOCALE}),
        ".installer": ("installer", {"MinimumOSVersion": "10.0.17763.0", "Installers": [installer]}),
        f".locale.{LOCALE}": ("defaultLocale", {**words}),
    }
    return {
        f"{IDENTIFIER}{part}.yaml": {**what, **content, "ManifestType": kind, "ManifestVersion": SCHEMA}
        for part, (kind, content) in kinds.items()
    }


def write(setup: Path, folder: Path) -> list[Path]:
    """Write the files; returned are their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in manifests(setup).items():
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return sorted(folder.iterdir())


if __name__ == "__main__":
    for written in write(Path(sys.argv[1]), Path(sys.argv[2])):
        print(f"wrote {written}")
