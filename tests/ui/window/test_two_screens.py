"""Windows on a desktop of two screens come up on the right one."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_windows_come_up_where_the_person_is(tmp_path: Path) -> None:
    screen = {"y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "dpr": 1}
    (tmp_path / "screens.json").write_text(
        json.dumps({"screens": [screen | {"name": "left", "x": 0}, screen | {"name": "right", "x": 1920}]})
    )
    # Named without its folder: Qt would take the colon of Windows' drives for its own.
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen:configfile=screens.json", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.ui.window.on_two_screens"],
        env=environ,
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    assert json.loads(ran.stdout) == {
        "pointer's": "right",
        "answered": "left, full",
        "afterwards": "left",
        "own": "left, full",
        "new": "right, full",
        "reminder": "right",
    }
