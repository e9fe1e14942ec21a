"""Checks of what the system offers, and of the plugins by which Qt makes use of it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Timer
from typing import Any, Final

from PySide6.QtCore import QLibraryInfo, QPluginLoader
from PySide6.QtWidgets import QSystemTrayIcon

from stretchplayer.app.self_test.bench import Bench, CheckError, Lacking
from stretchplayer.audio.output import QtSoundOutput
from stretchplayer.audio.playback_check import rehearse
from stretchplayer.audio.system_voice.process import helper_command
from stretchplayer.desktop.notifications.server import notification_server
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
"""The plugins without which something would not work, by system."""
SPEECH_PLUGINS: Final[Mapping[str, str]] = {
    "linux": "texttospeech/qtexttospeech_speechd",
    "win32": "texttospeech/qtexttospeech_sapi",
    "darwin": "texttospeech/qtexttospeech_darwin",
}
"""The plugin through which the system speaks. It has to be there, but the library it needs may be missing."""
HELPER_WITHIN_S: Final = 12.0
_FORMS: Final = {"linux": "lib{}.so", "win32": "{}.dll", "darwin": "lib{}.dylib"}


def check_plugins(_bench: Bench) -> str:
    """Every plugin of Qt that is needed is there, and so are the libraries it needs."""
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
    answers = ask_helper("ping", "hello")
    if {"event": "done", "id": 0} not in answers:
        raise CheckError(_("the speech helper does not answer"))
    if not plugin.load():
        raise Lacking(_("only the recorded voice speaks: {why}").format(why=plugin.errorString()))
    ready = next((answer for answer in answers if answer["event"] == "ready"), None)
    if ready is None:
        why = answers[-1].get("reason", _("the system's speech service does not answer"))
        raise Lacking(_("only the recorded voice speaks: {why}").format(why=why))
    return _("{voices} voices of {engine}, besides the recorded one").format(
        voices=len(ready["voices"]), engine=ready["engine"]
    )


def ask_helper(*requests: str) -> list[dict[str, Any]]:
    """Put requests to a speech helper; its answers until that to the last request, or until it has taken too long."""
    answers: list[dict[str, Any]] = []
    with subprocess.Popen(helper_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as helper:  # noqa: S603 # us
        patience = Timer(HELPER_WITHIN_S, helper.kill)
        patience.start()
        if helper.stdin is not None and helper.stdout is not None:
            for number, what in enumerate(requests):
                helper.stdin.write(json.dumps({"do": what, "id": number}).encode() + b"\n")
            helper.stdin.flush()
            while not (answers and answers[-1]["id"] == len(requests) - 1) and (line := helper.stdout.readline()):
                answers.append(json.loads(line))
        patience.cancel()
        helper.kill()  # it has nothing to say any more, and might take its time
    return answers


def check_sound(bench: Bench) -> str:
    """Every tone and every clip is taken by the audio system, without being heard."""
    output = QtSoundOutput(bench.keep)
    if not output.device():
        raise Lacking(_("sessions play without sound: there is no sound server, or it has no output device"))
    paths = sorted((*asset_dir("sounds").glob("*.wav"), *voice_dir().glob("*.wav")))
    refused = rehearse(output, paths)
    if refused:
        raise CheckError(
            _("the audio system did not take {files}").format(files=", ".join(path.name for path in refused))
        )
    return _("{count} tones and clips played to {device}").format(
        count=len(paths), device=output.device().partition(" after ")[0]
    )


def check_notifications(_bench: Bench) -> str:
    if sys.platform != "linux":
        return _("the system's own")
    name = notification_server()
    if name is None:
        raise Lacking(_("no program shows the system's notifications; the window's own reminders do"))
    return name


def check_tray(bench: Bench) -> str:
    if bench.display_problem:
        raise Lacking(
            _("not looked for: {why}").format(why=bench.display_problem[0].lower() + bench.display_problem[1:])
        )
    if not QSystemTrayIcon.isSystemTrayAvailable():
        raise Lacking(_("this desktop has no tray; the window does without"))
    return _("there")
