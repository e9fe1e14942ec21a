"""The words are those of the language that was chosen, whenever they are asked for."""

import ast
import ctypes
import runpy
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from stretchplayer.cli import main
from stretchplayer.i18n import _, install, language, languages, ngettext, pgettext
from stretchplayer.settings import Settings
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui.text.dates import follow_language

ROOT = Path(__file__).resolve().parents[1]
MARKS = {"_", "N_", "ngettext", "pgettext"}
SCRIPT = ROOT / "packaging" / "assets" / "make_translations.py"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


@pytest.fixture(scope="module")
def catalogues(script: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with German as somebody would translate it."""
    folder = tmp_path_factory.mktemp("translations")
    (folder / "de.po").write_text(
        """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"
msgid "Pause"
msgstr "Anhalten"
msgid "{n} hold"
msgid_plural "{n} holds"
msgstr[0] "{n} Halt"
msgstr[1] "{n} Halte"
msgctxt "verb"
msgid "Hold"
msgstr "Halten"
""".replace("\nmsgid ", "\n\nmsgid ")
        .replace("\nmsgctxt", "\n\nmsgctxt")
        .replace('"verb"\n\n', '"verb"\n'),
        encoding="utf-8",
    )
    for name, content in script["make_all"](folder):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(autouse=True)
def english_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "")
    yield
    install(Path("nowhere"), "en")


def test_english_needs_no_catalogue(tmp_path: Path) -> None:
    install(tmp_path, "en")
    assert (_("Pause"), ngettext("{n} hold", "{n} holds", 2), pgettext("verb", "Hold")) == (
        "Pause",
        "{n} holds",
        "Hold",
    )
    assert language() == "en"
    assert _("") == ""


def test_what_was_imported_before_speaks_the_language_installed_later(catalogues: Path) -> None:
    install(catalogues, "de")
    assert (_("Pause"), pgettext("verb", "Hold")) == ("Anhalten", "Halten")
    assert [ngettext("{n} hold", "{n} holds", n).format(n=n) for n in (1, 2)] == ["1 Halt", "2 Halte"]
    assert _("never marked") == "never marked"
    assert _("") == ""
    install(catalogues, "en")
    assert _("Pause") == "Pause"


def test_the_languages_there_are(catalogues: Path, tmp_path: Path) -> None:
    assert languages(catalogues) == ["ar-XB", "de", "en", "en-XA"]
    assert languages(tmp_path) == ["en"]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_AT.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "de_DE"}, "de"),
        ({"LANG": "C", "LANGUAGE": "fr:de:en"}, "de"),
        ({"LANG": "de_DE", "LANGUAGE": "en_GB:de"}, "en"),
        ({"LANG": "fr_FR"}, "en"),
        ({}, "en"),
    ],
)
def test_without_a_command_it_is_the_systems_language(
    environment: dict[str, str], expected: str, catalogues: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    install(catalogues)
    assert language() == expected


@pytest.mark.parametrize(("number", "expected"), [(0x0C07, "de"), (0x040C, "en"), (0, "en")])
def test_on_windows_it_is_the_language_of_its_windows(
    number: int, expected: str, catalogues: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    monkeypatch.setattr("stretchplayer.i18n.sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    install(catalogues)
    assert language() == expected


def test_a_command_counts_more_than_the_system(catalogues: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    install(catalogues, "en-XA")
    assert language() == "en-XA"
    install(catalogues, "xx")
    assert language() == "en"


def test_the_template_is_up_to_date(script: dict[str, Any]) -> None:
    stale = [
        name for name, content in script["make_all"]() if (asset_dir("translations") / name).read_bytes() != content
    ]
    assert not stale, "run python packaging/assets/make_translations.py"


def test_the_invented_languages_keep_what_is_no_word(script: dict[str, Any]) -> None:
    accented, turned = (script["change_text"](change) for change in (script["accented"], script["turned"]))
    assert accented("<b>Next:</b> {title}") == "<b>Ñéééẋţ:</b> {title}"
    assert turned("Next: {title}") == "\u200f\u202eNext\u202c\u200f: {title}"
    assert len(accented("Stretch to a mild pull, never to pain.")) >= 1.4 * len(
        "Stretch to a mild pull, never to pain."
    )


@pytest.mark.parametrize(
    ("arguments", "saved", "expected"),
    [
        (["routines", "--language", "en-XA"], None, "en-XA"),
        (["--language=ar-XB", "routines"], "en-XA", "ar-XB"),
        (["routines"], "en-XA", "en-XA"),
        (["routines"], "xx", "en"),
        (["routines"], None, "en"),
    ],
)
def test_the_command_line_and_the_settings_choose(
    arguments: list[str], saved: str | None, expected: str, data_dir: Path
) -> None:
    if saved:
        SettingsFile(data_dir).save(Settings(language=saved))
    assert main(arguments) == 0
    assert language() == expected


def test_argparse_speaks_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--language", "en-XA", "--help"])
    shown = capsys.readouterr().out
    assert "usage" not in shown
    assert "options" not in shown
    assert "show this help" not in shown


def test_a_language_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["routines", "--language", "xx"])
    assert "ar-XB" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wanted", "direction"), [("en", Qt.LayoutDirection.LeftToRight), ("ar-XB", Qt.LayoutDirection.RightToLeft)]
)
def test_widgets_are_laid_out_as_the_language_is_read(
    wanted: str, direction: Qt.LayoutDirection, qapp: QApplication
) -> None:
    before = QLocale()
    install(asset_dir("translations"), wanted)
    follow_language()
    try:
        assert qapp.layoutDirection() == direction
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        QLocale.setDefault(before)


def test_a_message_is_one_whole_literal() -> None:
    """What Babel can't find in the source can't be translated: an f-string, a sum, a call within an f-string."""
    wrong = []
    for path in (ROOT / "stretchplayer").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        within = {id(call) for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for call in ast.walk(text)}
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKS:
                literal = [argument for argument in call.args if isinstance(argument, ast.JoinedStr | ast.BinOp)]
                if literal or (id(call) in within and isinstance(call.args[0], ast.Constant)):
                    wrong.append(f"{path.relative_to(ROOT)}:{call.lineno}")
    assert not wrong
