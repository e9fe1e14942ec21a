"""What goes into the bundle: which of the files that PyInstaller finds are of use to the program.

Its `excludes` keep modules out, but not the libraries and plugins that Qt's hooks bring along; so the lists of files
are filtered by where they would lie in the bundle. Names are those of Linux, Windows and macOS alike.
"""

import re
import sys
from pathlib import PurePosixPath
from typing import Final

from stretchplayer.i18n import languages
from stretchplayer.storage.assets import asset_dir

EXCLUDED_MODULES: Final = (
    *"tkinter turtle idlelib unittest doctest pydoc pdb lib2to3 ensurepip venv distutils setuptools pip".split(),
    *"_ssl ssl _hashlib multiprocessing xmlrpc ftplib imaplib poplib smtplib telnetlib nntplib cgi wsgiref".split(),
    *"curses readline dbm mailbox sqlite3.test test xml.sax bz2 _bz2 lzma _lzma".split(),
    *"pygments markdown_it mdurl".split(),  # rich needs them for what is not used here: source text and Markdown
    *"yaml attr IPython numpy".split(),  # what msgspec and rich can work with, where it is there
    *"icalendar.tests dateutil.zoneinfo".split(),
    *("tzdata" for _ in range(sys.platform == "linux")),  # every Linux has this data itself
    *"PySide6.QtQml PySide6.QtQuick PySide6.QtPdf PySide6.QtOpenGL PySide6.QtTest".split(),
)
"""Modules nothing here uses, though something imports them. hashlib does without OpenSSL, and so does the program."""

PLUGINS: Final = {
    "iconengines": "qsvgicon",
    "imageformats": "qico|qjpeg|qsvg",
    "multimedia": "windowsmediaplugin|darwinmediaplugin",
    "platforminputcontexts": "composeplatforminputcontextplugin|ibusplatforminputcontextplugin",
    "platforms": "qwayland|qxcb|qoffscreen|qwindows|qcocoa",
    "platformthemes": "qxdgdesktopportal",
    "printsupport": r"\w+printersupport",
    "styles": "qmodernwindowsstyle|qmacstyle",
    "texttospeech": r"qtexttospeech_(?!mock)\w+",
    "wayland-decoration-client": r"\w+",
    "wayland-graphics-integration-client": "qt-plugin-wayland-egl",
    "wayland-shell-integration": "xdg-shell|qt-shell",
    "xcbglintegrations": r"qxcb-\w+-integration",
}
"""The plugins of Qt that are kept, by their folder: patterns of their names without `lib` and the ending."""

LIBRARIES: Final = (
    r"Concurrent|Core|DBus|Gui|Multimedia|Network|PrintSupport|StateMachine|Svg|TextToSpeech|Widgets|XcbQpa|WaylandClient"
    r"|OpenGL|WaylandEglClientHwIntegration|WlShellIntegration"
)
"""The libraries of Qt that are kept."""

SYSTEM_LIBRARIES: Final = (
    r"python3\.\d+|sqlite3|ffi|z|expat|uuid|mpdec"  # Python's own needs
    r"|xcb-(?:cursor|icccm|image|keysyms|render-util|util|xkb)|xkbcommon(?:-x11)?"  # Qt's on X11, not on every desktop
)
"""The libraries of the Linux it is built on that are brought along; all others are on every desktop, or of no use."""

_SYSTEM_LIBRARY: Final = re.compile(r"lib(?P<name>[\w.+-]+?)\.so[.\d]*")
_QT_LIBRARY: Final = re.compile(r"(?:lib)?Qt6?(?P<name>[A-Z][\w-]*?)(?:\.(?:abi3\.)?(?:so|pyd|dll|dylib)[.\d]*)?")
_PLUGIN: Final = re.compile(r".*/plugins/(?P<folder>[\w-]+)/(?:lib)?(?P<name>[\w-]+)\.(?:so|dll|dylib)")
_UNUSED: Final = re.compile(
    r"(?:lib)?(?:av(?:codec|format|util|device|filter)|swresample|swscale|pyside6qml|opengl32sw|d3dcompiler)\b.*"
    r"|(?:lib)?ffmpeg.*|qt\.conf\.in"
)


QT_TRANSLATIONS: Final = frozenset(
    f"qtbase_{form}.qm"
    for tag in languages(asset_dir("translations"))
    for form in (tag.replace("-", "_"), tag.partition("-")[0])
)
"""Qt's own words in the languages that the program speaks: buttons, menus, file dialogs."""


def is_kept(place: str) -> bool:
    """Whether the file that would lie at `place` in the bundle is of use."""
    posix = place.replace("\\", "/")
    name = PurePosixPath(posix).name
    if posix.startswith("PySide6/") and ("/translations/" in posix or "/qml/" in posix):
        return name in QT_TRANSLATIONS
    if _UNUSED.fullmatch(name):
        return False
    if plugin := _PLUGIN.fullmatch(posix):
        wanted = PLUGINS.get(plugin["folder"])
        return wanted is not None and re.fullmatch(wanted, plugin["name"]) is not None
    if library := _QT_LIBRARY.fullmatch(name):
        return re.fullmatch(LIBRARIES, library["name"]) is not None
    if system := _SYSTEM_LIBRARY.fullmatch(posix):
        return re.fullmatch(SYSTEM_LIBRARIES, system["name"]) is not None
    return True
