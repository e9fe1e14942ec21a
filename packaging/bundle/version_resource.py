"""What Windows shows about the program's file, in the form PyInstaller reads."""

import re
from typing import Final

from project import NAME, SUMMARY, TITLE

_ENGLISH_UNICODE: Final = "040904B0"


def numbers(version: str) -> tuple[int, int, int, int]:
    """A version as the four numbers Windows wants: (1, 2, 3, 0) for "1.2.3rc1"."""
    found = [int(number) for number in re.findall(r"\d+", version.partition("+")[0])[:3]]
    first, second, third = (*found, 0, 0, 0)[:3]
    return first, second, third, 0


def version_resource(version: str) -> str:
    """The resource, as a Python expression."""
    shown = {
        "CompanyName": "The Stretch Player authors",
        "FileDescription": TITLE,
        "Comments": SUMMARY,
        "FileVersion": version,
        "InternalName": NAME,
        "LegalCopyright": "The Stretch Player authors, MIT licence",
        "OriginalFilename": f"{NAME}.exe",
        "ProductName": TITLE,
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({key!r}, {words!r})" for key, words in shown.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={numbers(version)}, prodvers={numbers(version)}, mask=0x3F, flags=0x0,"
        " OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([StringTable({_ENGLISH_UNICODE!r}, [{strings}])]),"
        " VarFileInfo([VarStruct('Translation', [1033, 1200])])],\n"
        ")\n"
    )
