"""Rules about the source itself that the import linter can't check."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "stretchplayer"
LONGEST_FILE: Final = 600
"""Lines; about 300 is what we aim for."""

QT_MODULES: Final = {
    "errors": set[str](),
    "figure": set[str](),
    "routine": set[str](),
    "reminders": set[str](),
    "progress": set[str](),
    "settings": set[str](),
    "i18n": set[str](),
    "ports": set[str](),
    "storage": set[str](),
    "player": {"QtCore", "QtStateMachine"},
    "audio": {"QtCore", "QtMultimedia", "QtTextToSpeech"},
    "desktop": {"QtCore", "QtGui", "QtNetwork"},
    "ui": {"QtCore", "QtGui", "QtPrintSupport", "QtSvg", "QtWidgets"},
    "app": {"PySide6", "QtCore", "QtGui", "QtNetwork", "QtWidgets"},
    "cli": {"QtCore", "QtGui"},
    "__main__": set[str](),
}
"""The Qt modules that each part of the program may import."""
WITHOUT_QT_AT_THE_TOP: Final = {"cli", "__main__"}
"""Parts that may import Qt only inside functions, so that a command without a window starts without it."""
SIBLINGS: Final = {"ui", "audio", "desktop", "storage"}
ASSETS: Final = {
    "fonts",
    "help",
    "icons",
    "licences",
    "poses",
    "routines",
    "safety.toml",
    "schema",
    "sounds",
    "translations",
    "voice",
}

# Put together from halves, so that this file doesn't contain what it looks for.
FORBIDDEN: Final = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + r"(work|root|home/\w+|Users/\w+)/",
            r"[A-Z]:\\" + r"Users\\",
            r"py" + r"pi\.(org|python)",
            r"python" + r"hosted\.org",
            r"--(extra-)?index-" + r"url[ =]",
            r"--find-" + r"links[ =]",
        ]
    )
)
TEXT_ENDINGS: Final = {"", ".cfg", ".in", ".json", ".md", ".py", ".sh", ".svg", ".toml", ".txt", ".yaml", ".yml"}


def _part(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _sources() -> list[Path]:
    return sorted(file for file in PACKAGE.rglob("*.py") if file != PACKAGE / "__init__.py")


def _own_files() -> list[Path]:
    """What belongs to the project: what git has, or would have if it were asked to add everything."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def _imports(tree: ast.AST) -> Iterator[tuple[str, str | None]]:
    """Every import below a node, as a module and a name in it, or None for the module itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def _qt_modules(tree: ast.AST) -> set[str]:
    found = set()
    for module, name in _imports(tree):
        package, _, rest = module.partition(".")
        if package == "PySide6":
            found.add(rest.partition(".")[0] or name or "PySide6")
    return found


def _at_the_top(tree: ast.Module) -> ast.Module:
    """The module without what is inside functions."""
    kept = [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
    return ast.Module(body=kept, type_ignores=[])


@pytest.mark.parametrize("file", _sources(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_qt_modules(file: Path) -> None:
    part, tree = _part(file), ast.parse(file.read_text(encoding="utf-8"))
    assert part in QT_MODULES, f"say in QT_MODULES which Qt modules {part} may import"
    assert _qt_modules(tree) <= QT_MODULES[part]
    if part in WITHOUT_QT_AT_THE_TOP and file.name not in {"pose.py", "sheet.py"}:
        assert not _qt_modules(_at_the_top(tree))


@pytest.mark.parametrize("file", _sources(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_the_four_siblings_are_wired_together_in_app_only(file: Path) -> None:
    part = _part(file)
    if part in {"app", "cli"}:
        return
    named = [
        f"{module}.{name}"
        for module, name in _imports(ast.parse(file.read_text(encoding="utf-8")))
        if re.fullmatch(r"_?[A-Z][a-zA-Z0-9]*[a-z][a-zA-Z0-9]*", name or "")
        and module.startswith("stretchplayer.")
        and module.split(".")[1] in SIBLINGS - {part}
    ]
    assert not named, "these are wired together in app.py"


def test_assets_are_in_known_folders() -> None:
    assert {folder.name for folder in (ROOT / "assets").iterdir() if folder.is_dir()} <= ASSETS


def test_packaging_does_not_hide_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_no_file_names_a_machine_or_a_package_index() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in _own_files()
        if file.suffix in TEXT_ENDINGS
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert not found


def test_no_source_is_too_long() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in _own_files()
        if file.suffix == ".py"
    }
    assert not {name: length for name, length in lengths.items() if length > LONGEST_FILE}


@pytest.mark.parametrize(
    "line",
    ["see /" + "work/main/x", "open('/" + "home/ann/x')", "https://py" + "pi.org/simple", "pip --index-" + "url x"],
)
def test_what_is_forbidden_is_found(line: str) -> None:
    assert FORBIDDEN.search(line)


@pytest.mark.parametrize("line", ["/homework/x", "https://example.org/work/x", "my/root/x", "the index-url"])
def test_what_is_harmless_is_not(line: str) -> None:
    assert not FORBIDDEN.search(line)
