"""What goes into the bundle and what does not."""

import pytest
from contents import is_kept


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/QtWidgets.abi3.so",
        "PySide6/Qt6Core.dll",
        "PySide6/QtCore.pyd",
        "PySide6\\Qt6Widgets.dll",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/texttospeech/libqtexttospeech_speechd.so",
        "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so",
        "PySide6/Qt/plugins/xcbglintegrations/libqxcb-egl-integration.so",
        "libxcb-cursor.so.0",
        "libxkbcommon-x11.so.0",
        "libpython3.11.so.1.0",
        "libsqlite3.so.0",
        "python3.11/lib-dynload/_sqlite3.cpython-311-x86_64-linux-gnu.so",
        "stretchplayer/assets/voice/en/manifest.json",
        "stretchplayer/assets/translations/de.qm",
        "PySide6/Qt/translations/qtbase_en.qm",
    ],
)
def test_is_of_use(place: str) -> None:
    assert is_kept(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libavcodec.so.61",
        "PySide6/Qt/lib/libQt6FFmpegStub-ssl.so.3",
        "PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt6Pdf.dll",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/plugins/imageformats/libqwebp.so",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/Qt/lib/libQt6VirtualKeyboard.so.6",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/texttospeech/libqtexttospeech_mock.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/qtbase_lg.qm",
        "PySide6/Qt/translations/qt_help_en.qm",
        "PySide6/opengl32sw.dll",
        "libgtk-3.so.0",
        "libcrypto.so.3",
        "libstdc++.so.6",
        "libX11.so.6",
    ],
)
def test_is_of_no_use(place: str) -> None:
    assert not is_kept(place)
