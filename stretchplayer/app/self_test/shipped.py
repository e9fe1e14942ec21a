"""Checks of what is shipped: every asset loads and can be shown or decoded."""

import json
import sys
import wave
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, qVersion
from PySide6.QtGui import QColorConstants, QImage, QPainter

from stretchplayer import __version__
from stretchplayer.app.self_test.bench import Bench, CheckError, fail_for
from stretchplayer.audio.clips.library import CLIPS, MANIFEST, ClipLibrary
from stretchplayer.audio.decoding import RATE, decode
from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.routine.cues import TONE_MS
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.timeline_builder import build_timeline, estimate_speech_ms
from stretchplayer.storage.assets import asset_dir, voice_dir
from stretchplayer.storage.licences import find_credits
from stretchplayer.storage.poses.pose_folder import PoseFiles
from stretchplayer.storage.routines.routine_folder import RoutineFiles
from stretchplayer.ui.figure.export import render_pose
from stretchplayer.ui.theme.icons import Icon

PICTURE_PX: Final = 96


def check_version(_bench: Bench) -> str:
    kind = "bundle" if getattr(sys, "frozen", False) else "source"
    python = ".".join(str(part) for part in sys.version_info[:3])
    return _("Stretch Player {version}, Python {python}, Qt {qversion}, {kind}").format(
        version=__version__, python=python, qversion=qVersion(), kind=kind
    )


def check_routines(bench: Bench) -> str:
    store = RoutineFiles(bench.data_dir)
    routines = store.routines()
    fail_for(store.problems)
    phases = sum(len(build_timeline(routine, Preferences(), estimate_speech_ms).phases) for routine in routines)
    if not phases:
        raise CheckError(_("there is no routine"))
    return _("{routines} read, {phases} phases").format(routines=len(routines), phases=phases)


def check_figure(bench: Bench) -> str:
    store = PoseFiles(bench.data_dir)
    poses = store.poses()
    fail_for(store.problems)
    if not poses:
        raise CheckError(_("there are no poses"))
    size = QSize(3 * PICTURE_PX, 2 * PICTURE_PX)
    blank = [name for name in poses if not _colours(render_pose(poses, name, size, side=Side.LEFT))]
    if blank:
        raise CheckError(_("these poses are blank: {names}").format(names=", ".join(blank)))
    return _("{poses} poses drawn").format(poses=len(poses))


def check_icons(_bench: Bench) -> str:
    directory = asset_dir("icons")
    names = sorted(path.stem for path in directory.glob("*.svg"))
    blank = []
    for name in names:
        image = QImage(PICTURE_PX, PICTURE_PX, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColorConstants.Transparent)
        painter = QPainter(image)
        Icon(directory, name).paint(painter, QRectF(image.rect()), QColorConstants.Black)
        painter.end()
        if not _colours(image):
            blank.append(name)
    pictures = sorted(directory.glob("*.png"))
    blank += [path.stem for path in pictures if not _colours(QImage(str(path)))]
    if blank or not names:
        raise CheckError(_("these icons are blank: {names}").format(names=", ".join(blank) or _("all")))
    return _("{names} icons, {pictures} pictures").format(names=len(names), pictures=len(pictures))


def check_tones(_bench: Bench) -> str:
    paths = sorted(asset_dir("sounds").glob("*.wav"))
    missing = set(TONE_MS) - {path.stem for path in paths}
    if missing:
        raise CheckError(_("{missing} missing").format(missing=", ".join(sorted(missing))))
    return _("{count} tones, {seconds:.1f} s").format(count=len(paths), seconds=sum(map(_tone_ms, paths)) / 1000)


def check_voice(_bench: Bench) -> str:
    """Every sentence of the manifest has its clip, and each decodes."""
    directory = voice_dir()
    wanted = {str(each["text"]) for each in json.loads((directory / MANIFEST).read_text(encoding="utf-8"))[CLIPS]}
    library = ClipLibrary(directory)
    missing = wanted - library.texts
    if missing or not wanted:
        raise CheckError(
            _("missing or damaged recordings: {missing}").format(
                missing=", ".join(sorted(missing)) or _("any sentence")
            )
        )
    paths = {Path(path) for text in wanted for path in library.paths(text) or ()}
    return _("{count} sentences, {seconds:.0f} s").format(
        count=len(wanted), seconds=sum(map(_decoded_ms, paths)) / 1000
    )


def _tone_ms(path: Path) -> int:
    try:
        with wave.open(str(path), "rb") as sound:
            frames, rate = sound.getnframes(), sound.getframerate()
            whole = len(sound.readframes(frames)) == frames * sound.getsampwidth() * sound.getnchannels()
    except (OSError, EOFError, wave.Error) as error:
        raise CheckError(_("{name} can't be decoded: {error}").format(name=path.name, error=error)) from error
    if not whole or not frames:
        raise CheckError(_("{name} is cut short").format(name=path.name))
    return frames * 1000 // rate


def _decoded_ms(path: Path) -> int:
    try:
        return len(decode(path)) // (RATE // 1000 * 2)
    except (OSError, ValueError) as error:
        raise CheckError(_("{name} can't be decoded: {error}").format(name=path.name, error=error)) from error


def _colours(image: QImage) -> int:
    """How many different colours there are in a picture, besides its first one."""
    width, height = image.width(), image.height()
    return len({image.pixel(x, y) for x in range(0, width, 2) for y in range(0, height, 2)}) - 1


def check_licences(_bench: Bench) -> str:
    """Whose work this is, and under which licences, is told: about Python, Qt and what else a bundle brings along."""
    parts = find_credits()
    empty = [part.name for part in parts if not part.text.strip()]
    if empty or not parts:
        raise CheckError(_("no licence text for {empty}").format(empty=", ".join(empty) or _("all")))
    return ", ".join(part.name for part in parts)
