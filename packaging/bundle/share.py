"""What a Linux desktop wants to know about the program, as the files of a `share` folder."""

import gzip
import re
import shutil
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from man_page import man_page
from project import NAME, PACKAGING, REVERSE_DNS, ROOT, home_page, source_date_epoch, version

SOURCES: Final = PACKAGING / "linux" / "share"
SCREENSHOTS: Final = {
    "today.png": "The exercises, how long they take and what to have at hand",
    "follow-hold.png": "A hold, followed from the floor",
    "player.png": "The figure, the ring and one sentence",
    "library.png": "Routines to choose from, with their length, place and goal",
    "progress.png": "A dot for every reminder, minutes a week, left against right, pain and reach",
}
"""The pictures of packaging/screenshots and what they show, the most telling first."""
UNRELEASED: Final = "Unreleased"
_RELEASE: Final = re.compile(r"^## \[(?P<version>[^]]+)\](?: - (?P<date>\d{4}-\d\d-\d\d))?\s*$")


def write_share(share: Path) -> list[Path]:
    """Write all the files below `share`; returned are their paths."""
    pages = {
        share / "applications" / f"{NAME}.desktop": (SOURCES / f"{NAME}.desktop").read_text(encoding="utf-8"),
        share / "applications" / f"{NAME}-routine.desktop": (SOURCES / f"{NAME}-routine.desktop").read_text("utf-8"),
        share / "mime" / "packages" / f"{NAME}.xml": (SOURCES / f"{NAME}.xml").read_text(encoding="utf-8"),
        share / "metainfo" / f"{REVERSE_DNS}.metainfo.xml": metainfo(),
    }
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(PACKAGING / "icons" / "hicolor", share / "icons" / "hicolor", dirs_exist_ok=True)
    page = share / "man" / "man1" / f"{NAME}.1.gz"
    page.parent.mkdir(parents=True, exist_ok=True)
    write_gzip(page, man_page())
    return sorted(path for path in share.rglob("*") if path.is_file())


def write_gzip(path: Path, text: str) -> None:
    """Write a text packed, with no name and no time in it."""
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def metainfo() -> str:
    """The AppStream metadata, with the screenshots and the release notes of CHANGELOG.md."""
    root = ET.fromstring((SOURCES / "metainfo.xml").read_text(encoding="utf-8"))  # noqa: S314 # our own file
    home = home_page()
    if home:
        ET.SubElement(root, "url", type="homepage").text = home
        ET.SubElement(root, "url", type="bugtracker").text = f"{home}/issues"
        shots = ET.SubElement(root, "screenshots")
        for place, (name, words) in enumerate(SCREENSHOTS.items()):
            shot = ET.SubElement(shots, "screenshot", {"type": "default"} if place == 0 else {})
            ET.SubElement(shot, "caption").text = words
            ET.SubElement(shot, "image").text = f"{home}/raw/v{version()}/packaging/screenshots/{name}"
    releases = ET.SubElement(root, "releases")
    for number, date, changes in release_notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")):
        release = ET.SubElement(releases, "release", version=number, date=date)
        notes = ET.SubElement(ET.SubElement(release, "description"), "ul")
        for change in changes:
            ET.SubElement(notes, "li").text = change
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def release_notes(changelog: str) -> list[tuple[str, str, list[str]]]:
    """Version, date and changes of every release in a changelog, the newest first.

    What is not released yet belongs to the version that is being built, at the date of its commit.
    """
    found: list[tuple[str, str, list[str]]] = []
    for line in changelog.splitlines():
        if heading := _RELEASE.match(line):
            today = datetime.fromtimestamp(source_date_epoch(), UTC).date().isoformat()
            number = version() if heading["version"] == UNRELEASED else heading["version"]
            found.append((number, heading["date"] or today, []))
        elif found and line.startswith("- "):
            found[-1][2].append(line[2:].strip())
        elif found and found[-1][2] and line.startswith("  "):
            found[-1][2][-1] += f" {line.strip()}"
    return [(number, date, [_plain(change) for change in changes]) for number, date, changes in found if changes]


def _plain(markdown: str) -> str:
    """A line of Markdown without its marks."""
    return re.sub(r"[*`]|\[([^]]+)\]\([^)]*\)", r"\1", markdown)
