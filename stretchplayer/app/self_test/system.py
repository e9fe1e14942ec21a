"""Checks of what the system offers, and of the plugins by which Qt makes use of it."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any, Final

from PySide6.QtCore import QLibraryInfo, QPluginLoader
from PySide6.QtWidgets import QSystemTrayIcon

from stretchplayer.app.self_test.bench import Bench, CheckError, Lacking
from stretchplayer.audio.output import server_listens, sound_helper_command
from stretchplayer.audio.system_voice.voice import speech_helper_command
from stretchplayer.desktop.notifications.freedesktop import notification_server
from stretchplayer.desktop.notifications.native import desktop_notifier, make_notifier
from stretchplayer.i18n import _
from stretchplayer.storage.assets import asset_dir, voice_dir

NEEDED_PLUGINS: Final[Mapping[str, tuple[str, ...]]] = {
    "linux": (
        "platforms/qxcb",
        "platforms/qwayland",
        "platforms/qoffscreen",
        "wayland-shell-integration/xdg-shell",
        "wayland-decoration-client/adwaita",
        "wayland-graphics-integration-client/qt-plugin-wayland-egl",
        "platforminputcontexts/composeplatforminputcontextplugin",
        "platforminputcontexts/ibusplatforminputcontextplugin",
        "platformthemes/qxdgdesktopportal",
        "iconengines/qsvgicon",
        "imageformats/qsvg",
    ),
    "win32": ("platforms/qwindows", "multimedia/windowsmediaplugin", "imageformats/qico", "imageformats/qsvg"),
    "darwin": ("platforms/qcocoa", "multimedia/darwinmediaplugin", "imageformats/qsvg"),
}
SPEECH_PLUGINS: Final[Mapping[str, str]] = {
    "linux": "texttospeech/qtexttospeech_speechd",
    "win32": "texttospeech/qtexttospeech_sapi",
    "darwin": "texttospeech/qtexttospeech_darwin",
}
"""The plugin through which the system speaks. It has to be there, but the library it needs may be missing."""
HELPER_WITHIN_S: Final = 30.0
CLIPS_PLAYED: Final = 3
"""That each recording decodes is another check: here a few stand for all, of which there are hundreds."""
_FORMS: Final = {"linux": "lib{}.so", "win32": "{}.dll", "darwin": "lib{}.dylib"}


def check_plugins(_bench: Bench) -> str:
    names = NEEDED_PLUGINS.get(sys.platform, ())
    for name in names:
        loader = QPluginLoader(str(plugin_file(name)))
        if not loader.load():
            raise CheckError(loader.errorString())
    return ", ".join(name.partition("/")[2] for name in names)


def plugin_file(name: str) -> Path:
    folder, _slash, file = name.partition("/")
    path = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / folder / _FORMS[sys.platform].format(file)
    if not path.is_file():
        raise CheckError(_("the plugin {name} is missing").format(name=name))
    return path


def check_speech(_bench: Bench) -> str:
    """The helper process for the system's voice starts and answers; the system may have no voice."""
    plugin = QPluginLoader(str(plugin_file(SPEECH_PLUGINS[sys.platform])))
    requests = [{"do": what, "id": number} for number, what in enumerate(("ping", "hello"))]
    answers = ask_helper(speech_helper_command(), requests, lambda answers: answers[-1]["id"] == 1)
    if {"event": "done", "id": 0} not in answers:
        raise CheckError(_("the speech helper does not answer"))
    if not plugin.load():
        raise Lacking(_("only the recorded voice works: {why}").format(why=plugin.errorString()))
    ready = next((answer for answer in answers if answer["event"] == "ready"), None)
    if ready is None:
        why = answers[-1].get("reason", _("the system's speech service does not answer"))
        raise Lacking(_("only the recorded voice works: {why}").format(why=why))
    return _("{voices} voices of {engine}, besides the recorded one").format(
        voices=len(ready["voices"]), engine=ready["engine"]
    )


def ask_helper(
    command: list[str], requests: Sequence[Mapping[str, object]], is_all: Callable[[list[dict[str, Any]]], bool]
) -> list[dict[str, Any]]:
    """Put requests to a helper; its answers until that is all, or until it has taken too long."""
    answers: list[dict[str, Any]] = []
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL  # what Qt says there is in the findings, too
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere) as helper:  # noqa: S603 # us
        patience = Timer(HELPER_WITHIN_S, helper.kill)
        patience.start()
        if helper.stdin is not None and helper.stdout is not None:
            for request in requests:
                helper.stdin.write(json.dumps(request).encode() + b"\n")
            helper.stdin.flush()
            while not (answers and is_all(answers)) and (line := helper.stdout.readline()):
                answers.append(json.loads(line))
        patience.cancel()
        helper.kill()  # it has nothing to say any more, and might take its time
    return answers


_JUDGED: Final = {"loaded", "broken"}
"""What the helper says of each sound."""


def check_sound(_bench: Bench) -> str:
    clips = sorted(voice_dir().glob("*.ogg"))[:CLIPS_PLAYED]
    paths = [*sorted(asset_dir("sounds").glob("*.wav")), *clips]

    def is_all(answers: list[dict[str, Any]]) -> bool:
        judged = [answer for answer in answers if answer["event"] in _JUDGED]
        return answers[0]["event"] == "no_device" or len(judged) == len(paths)

    command = sound_helper_command(asset_dir("sounds") / "warm.wav")
    answers: list[dict[str, Any]] = []
    if server_listens():
        with TemporaryDirectory() as folder:
            load = {"do": "load", "volume": 0, "folder": folder}
            requests = [load | {"id": number, "path": str(path)} for number, path in enumerate(paths)]
            answers = ask_helper(command, requests, is_all)
    device = next((answer["name"] for answer in answers if answer["event"] == "device"), None)
    if device is None:
        raise Lacking(_("sessions play without sound: there is no sound server, or it has no output device"))
    judged = {answer["id"]: answer["event"] for answer in answers if answer["event"] in _JUDGED}
    if len(judged) < len(paths):
        raise CheckError(_("the audio system did not answer in time"))
    refused = [path.name for number, path in enumerate(paths) if judged[number] == "broken"]
    if refused:
        raise CheckError(_("the audio system rejected {files}").format(files=", ".join(refused)))
    return _("{count} tones and clips played to {device}").format(count=len(paths), device=device)


def check_notifications(_bench: Bench) -> str:
    if sys.platform != "linux":
        library = desktop_notifier()
        try:
            notifier = make_notifier(library, asset_dir("icons") / "app.png")
        except (OSError, RuntimeError) as error:
            told = _("the system shows no notifications ({error}); reminders use their own window")
            raise Lacking(told.format(error=error)) from error
        # What the library makes where the system has none, or on macOS outside a bundle, can do nothing.
        if not asyncio.run(notifier.get_capabilities()):
            raise Lacking(_("the system shows no notifications of this program; reminders use their own window"))
        return _("the system's own")
    name = notification_server()
    if name is None:
        raise Lacking(_("there is no notification service; reminders use their own window"))
    return name


def check_tray(bench: Bench) -> str:
    if bench.display_problem:
        raise Lacking(_("{problem}, so the tray was not checked").format(problem=bench.display_problem))
    if not QSystemTrayIcon.isSystemTrayAvailable():
        raise Lacking(_("this desktop has no tray; the window works without it"))
    return _("available")
