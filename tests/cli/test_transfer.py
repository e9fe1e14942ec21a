"""The commands that export and import."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from stretchplayer.cli import main
from stretchplayer.cli.commands import transfer
from stretchplayer.desktop.ipc.protocol import DONE
from stretchplayer.settings import Settings
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.settings import SettingsFile


@pytest.mark.parametrize("ending", ["json", "zip"])
def test_export_and_import(folder: Path, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = str(tmp_path / f"first.{ending}"), str(tmp_path / f"second.{ending}")
    new = str(tmp_path / "new")
    assert main(["export", first, "--data-dir", str(folder)]) == 0
    assert main(["import-data", first, "--data-dir", new]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "New: 3 sessions."
    assert told[1].startswith("Done. To undo it, import ")
    assert main(["export", second, "--data-dir", new]) == 0
    assert Path(first).read_bytes() == Path(second).read_bytes()
    assert main(["import-data", first, "--data-dir", new]) == 0
    assert capsys.readouterr().out == "3 sessions are here already.\n"


def test_an_import_is_shown_before_and_settings_are_asked_for(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    SettingsFile(folder).save(Settings(viewing_distance_m=3.5))
    out, new = str(tmp_path / "all.zip"), tmp_path / "new"
    where = ["--data-dir", str(new)]
    assert main(["export", out, "--data-dir", str(folder)]) == 0
    assert main(["import-data", out, "--preview", *where]) == 0
    assert capsys.readouterr().out == "New: 3 sessions.\n"
    assert HistoryFileReader(new).total().sessions == 0
    answers = iter(["n\n", "y\n"])
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True, readline=lambda: next(answers)))
    assert main(["import-data", out, *where]) == 0
    assert HistoryFileReader(new).total().sessions == 0
    assert main(["import-data", out, *where]) == 0
    assert HistoryFileReader(new).total().sessions == 2, "and a rehearsal"
    assert "use --settings" in capsys.readouterr().out
    assert SettingsFile(new).peek() == Settings()
    assert main(["import-data", out, "--settings", "--yes", *where]) == 0
    assert "The settings are now those of the export." in capsys.readouterr().out
    assert SettingsFile(new).peek() == Settings(viewing_distance_m=3.5)


def test_settings_are_not_taken_beside_a_program_that_would_write_over_them(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer, "ask_program", lambda _data_dir, _request: DONE)
    SettingsFile(folder).save(Settings(viewing_distance_m=3.5))
    out, new = str(tmp_path / "all.zip"), tmp_path / "new"
    assert main(["export", out, "--data-dir", str(folder)]) == 0
    assert main(["import-data", out, "--settings", "--yes", "--data-dir", str(new)]) == 2
    assert "quit it first" in capsys.readouterr().err
    assert SettingsFile(new).peek() == Settings()
    assert HistoryFileReader(new).total().sessions == 0
    assert main(["import-data", out, "--settings", "--preview", "--data-dir", str(new)]) == 0
    assert main(["import-data", out, "--yes", "--data-dir", str(new)]) == 0


@pytest.mark.parametrize("arguments", [["export", "all.txt"], ["import-data", "none.json"]])
def test_what_can_t_be_done_is_said_in_one_sentence(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--data-dir", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
