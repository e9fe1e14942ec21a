"""A Windows to try the program on: Wine, with a real Windows Python in it and what the program needs from its locks.

It is made once, in build/windows, by Debian's wine64, gcc-mingw-w64-x86-64 and xvfb, and again when what it is made of
has changed. try_windows.py uses it, and tells what Wine hasn't got.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, CompletedProcess, Popen, TimeoutExpired
from threading import Thread
from typing import Final, Self

ROOT: Final = Path(__file__).resolve().parents[2]
HERE: Final = Path(__file__).resolve().parent / "wine"
MACHINE: Final = ROOT / "build" / "windows"
WINE: Final = "/usr/lib/wine/wine64"
COMPILER: Final = "x86_64-w64-mingw32-gcc"
WITHOUT_LIBRARY: Final = ("-shared", "-nostdlib", "-e", "DllMainCRTStartup")
NOT_IN_LIBRARY: Final = ("site-packages", "test", "__pycache__", "lib-dynload", "config-3*")
LOCKS: Final = ("run", "build", "test", "bundle")
LAST_WORDS_S: Final = 5.0
"""How long what a program printed last may take to arrive."""
DPI: Final = 96
"""What Windows calls 100 %."""


class Machine:
    """Runs programs on this Windows; a context, since it needs a screen meanwhile. `scale` is 1.5 for 150 %."""

    def __init__(self, *, size: str = "1920x1080", scale: float = 1.0) -> None:
        self._display = f":{_free_display()}"
        self._size = size
        self._scale = scale
        self._running: list[Popen[bytes]] = []
        self.python = MACHINE / "python" / "python.exe"

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TZ"}}
        return {
            **kept,
            "DISPLAY": self._display,
            "WINEPREFIX": str(MACHINE / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
        }

    def __enter__(self) -> Self:
        screen = ["Xvfb", self._display, "-screen", "0", f"{self._size}x24", "-nolisten", "tcp"]
        self._running.append(Popen(screen, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True))
        self._wineserver("-k")  # one that was left behind has another screen
        if not is_made():
            make(self)
        dpi = ("/v", "LogPixels", "/t", "REG_DWORD", "/d", f"{round(self._scale * DPI)}", "/f")
        self.run(WINE, "reg", "add", r"HKCU\Control Panel\Desktop", *dpi)
        self._wineserver("-k")
        # The server and Windows' services come first: they keep the pipes of the program that they are started for.
        subprocess.run(["wineserver", "-p"], env=self.env, check=True)
        subprocess.run([WINE, "cmd", "/c", "exit"], env=self.env, check=True, stdout=DEVNULL, stderr=DEVNULL)
        self.start(WINE, "explorer", f"/desktop=shell,{self._size}")
        return self

    def __exit__(self, *_error: object) -> None:
        self._wineserver("-k")
        for each in reversed(self._running):
            each.terminate()
            each.wait()

    def run(self, *command: str, env: Mapping[str, str] | None = None, within_s: float = 600) -> CompletedProcess[str]:
        """Run a program to its end; returns what it printed, too, through a pipe: Wine writes files in its own way."""
        started = Popen(
            [*command], env={**self.env, **(env or {})}, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, cwd=ROOT
        )
        printed: list[bytes] = []
        # A console that a program leaves behind keeps the pipe, so its end is not waited for.
        reader = Thread(target=printed.extend, args=(started.stdout,), daemon=True)
        reader.start()
        try:
            started.wait(within_s)
        except TimeoutExpired:
            started.kill()
            raise
        reader.join(LAST_WORDS_S)
        return CompletedProcess(command, started.returncode, b"".join(printed).decode("utf-8", "replace"))

    def start(self, *command: str, env: Mapping[str, str] | None = None) -> Popen[bytes]:
        """Start a program, which is ended with this machine at the latest."""
        started = Popen(
            [*command], env={**self.env, **(env or {})}, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, cwd=ROOT,
            start_new_session=True,
        )  # fmt: skip
        self._running.append(started)
        return started

    def run_python(self, *arguments: str, within_s: float = 3_600) -> CompletedProcess[str]:
        return self.run(WINE, str(self.python), *arguments, within_s=within_s)

    def _wineserver(self, option: str) -> None:
        subprocess.run(["wineserver", option], env=self.env, check=False, stdout=DEVNULL, stderr=DEVNULL)


def is_made() -> bool:
    mark = MACHINE / "made"
    return mark.exists() and mark.read_text(encoding="ascii") == checksum()


def checksum() -> str:
    """Of all that it is made of."""
    locks = [ROOT / "packaging" / "locks" / f"{lock}.txt" for lock in LOCKS]
    files = [ROOT / "pyproject.toml", *locks, *sorted(HERE.iterdir())]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def make(machine: Machine) -> None:
    """Make it, from nothing."""
    if sys.version_info[:2] != (3, 11):
        sys.exit("Run this with Python 3.11: its standard library is used on that Windows, too.")
    made_of = checksum()
    shutil.rmtree(MACHINE, ignore_errors=True)
    home = MACHINE / "python"
    (home / "Lib" / "site-packages").mkdir(parents=True)
    say("downloading Python for Windows")
    _download()
    _unpack_python(home)
    say("compiling what starts it")
    _compile(home)
    say("making Wine's Windows")
    for command in (("wineboot", "-i"), ("winecfg", "-v", "win10")):
        machine.run(WINE, *command)
    debugger = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug"
    machine.run(WINE, "reg", "add", debugger, "/v", "Debugger", "/d", "false", "/f")  # nobody looks at its window
    say("installing what the locks list")
    for lock in LOCKS:
        arguments = ("--quiet", "--no-warn-script-location", "--require-hashes", "--no-deps")
        done = machine.run_python("-m", "pip", "install", *arguments, "-r", f"packaging/locks/{lock}.txt")
        if done.returncode:
            sys.exit(done.stdout)
    project = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", windows_path(ROOT))
    done = machine.run_python(*project)
    if done.returncode:
        sys.exit(done.stdout)
    shutil.copy(MACHINE / "icuuc.dll", home / "Lib" / "site-packages" / "PySide6")
    (MACHINE / "made").write_text(made_of, encoding="ascii")


def _download() -> None:
    platform = ("--platform", "win_amd64", "--python-version", "3.11", "--only-binary", ":all:")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", *platform]
    subprocess.run([*command, "--dest", str(MACHINE / "downloads"), "-r", str(HERE / "downloads.txt")], check=True)


def _unpack_python(home: Path) -> None:
    libraries = home / "DLLs"
    libraries.mkdir()
    with zipfile.ZipFile(next((MACHINE / "downloads").glob("panda3d-*.whl"))) as wheel:
        for name in wheel.namelist():
            found = re.fullmatch(
                r"deploy_libs/(python311|VCRUNTIME140|lib\w+-\d(?:_1)?|sqlite3)\.dll|deploy_libs/.+\.pyd", name
            )
            if found:
                folder = home if found[1] in {"python311", "VCRUNTIME140"} else libraries
                (folder / Path(name).name).write_bytes(wheel.read(name))
    with zipfile.ZipFile(next((MACHINE / "downloads").glob("pip-*.whl"))) as wheel:
        wheel.extractall(home / "Lib" / "site-packages")
    # The standard library is the same on all systems.
    ignored = shutil.ignore_patterns(*NOT_IN_LIBRARY)
    shutil.copytree(sysconfig.get_path("stdlib"), home / "Lib", ignore=ignored, dirs_exist_ok=True)


def _compile(home: Path) -> None:
    def compile_(*arguments: str | Path) -> None:
        subprocess.run([COMPILER, "-O2", "-s", *map(str, arguments)], check=True, cwd=MACHINE)

    shutil.copy(HERE / "python.manifest", MACHINE)
    (MACHINE / "python.rc").write_text('1 24 "python.manifest"\n', encoding="ascii")
    subprocess.run(
        ["x86_64-w64-mingw32-windres", "python.rc", "-O", "coff", "-o", "python.res"], check=True, cwd=MACHINE
    )
    compile_("-municode", "-o", home / "python.exe", HERE / "python.c", "python.res")
    compile_("-municode", "-mwindows", "-o", home / "pythonw.exe", HERE / "python.c", "python.res")
    compile_(*WITHOUT_LIBRARY, "-o", "icuuc.dll", HERE / "icuuc.c")
    # python3.dll has the stable part of Python's interface, for all versions: each of its functions is python311's.
    dump = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", str(home / "python311.dll")], check=True, capture_output=True, text=True
    ).stdout
    names = re.findall(r"\b_?Py\w+$", dump.partition("Name Pointer] Table")[2], re.MULTILINE)
    lines = ["LIBRARY python3", "EXPORTS", *(f"  {name}=python311.{name}" for name in names)]
    (MACHINE / "python3.def").write_text("\n".join(lines) + "\n", encoding="ascii")
    (MACHINE / "empty.c").write_text(
        "int __stdcall DllMainCRTStartup(void *a, unsigned b, void *c) { return 1; }\n", encoding="ascii"
    )
    compile_(*WITHOUT_LIBRARY, "-o", home / "python3.dll", "empty.c", "python3.def")


def _free_display() -> int:
    return next(number for number in range(60, 200) if not Path(f"/tmp/.X11-unix/X{number}").exists())  # noqa: S108 -- X's own


def windows_path(path: Path) -> str:
    """The path as Windows has it: Wine shows the whole file system as drive Z."""
    return "Z:" + str(path).replace("/", "\\")


def say(words: str) -> None:
    print(f"• {words}", flush=True)


def show(lines: Sequence[str]) -> None:
    for line in lines:
        print(f"    {line}", flush=True)
