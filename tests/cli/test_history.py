"""The commands about the history."""

import json
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import time, timedelta
from errno import ENOSPC
from pathlib import Path
from types import SimpleNamespace

import pytest

from stretchplayer.cli import main
from stretchplayer.cli.commands import history
from stretchplayer.desktop.ipc.protocol import DONE, Answer, Reply, Request, Verb
from stretchplayer.errors import DesktopError
from stretchplayer.progress.history import HoldRecord, SessionRecord
from stretchplayer.reminders.log import ReminderLog, SlotRecord
from stretchplayer.reminders.slots import Slot
from stretchplayer.storage.history import rows
from stretchplayer.storage.history.database import FILE_NAME, open_database, transaction
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.rows import put_session
from stretchplayer.storage.reminders import ReminderFile
from tests.fakes import START
from tests.storage.history.past import HOLDS, LEGS, record

NO_QT = """
import sys
from stretchplayer.cli import main
code = main(sys.argv[1:])
loaded = [name for name in sys.modules if name.startswith("PySide6")]
assert not loaded, loaded
sys.exit(code)
"""


def test_history_lists_the_newest_first_and_adds_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "--data-dir", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-03-02 21:00  open         held 0:30 of 1:10  Trio (rehearsal)",
        "2026-03-02 20:00  stopped      held 0:12 of 1:10  Trio",
        "2026-03-02 08:00  finished     held 1:10 of 1:10  Trio",
        "2 sessions since 2026-03-02, 1 complete. Held 0:42 left, 0:30 right, 0:10 without sides.",
    ]


@pytest.mark.parametrize("arguments", [["history"], ["history", "--json"]], ids=" ".join)
@pytest.mark.parametrize("harm", ["\x1b[2J", "\x9b", "\x85", "\u202e", "a\nb"])
def test_a_stored_title_does_not_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], harm: str
) -> None:
    with closing(open_database(tmp_path / FILE_NAME, now=lambda: START)) as db, transaction(db):
        put_session(db, replace(record(), title=f"Trio {harm}"))
    assert main([*arguments, "--data-dir", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "Trio " in out
    assert harm not in out


def test_as_many_as_were_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "--data-dir", str(folder), "--last", "1"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.mark.parametrize("number", ["0", "-1", "many", "1000000", "²"])
def test_another_number_is_wrong_use(folder: Path, number: str) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["history", "--last", number])
    assert leaving.value.code == 2


def test_history_as_data(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "--json", "--data-dir", str(folder)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["total"] == {
        "first_day": "2026-03-02",
        "last_day": "2026-03-02",
        "sessions": 2,
        "finished": 1,
        "complete": 1,
        "held_ms": {"left": 42_900, "right": 30_000, "both": 10_000},
        "repetitions": {"left": 0, "right": 0, "both": 0},
    }
    assert [session["outcome"] for session in data["sessions"]] == ["open", "stopped", "finished"]
    assert [session["rate"] for session in data["sessions"]] == [20, 1, 1]
    assert data["sessions"][0]["ended_at"] is None
    last = data["sessions"][-1]
    assert last["started_at"] == "2026-03-02T08:00:00.000+01:00"
    assert last["ended_at"] == "2026-03-02T08:05:00.000+01:00"
    assert last["slot"] == "2026-03-02T08:00"
    assert last["holds"][0] == {
        "stretch": "raise", "title": "Leg raise", "side": "left", "planned_ms": 30_000, "held_ms": 30_000,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("holds", "line", "total"),
    [
        ((), "8 of 10 repetitions", "8 repetitions: 8 left, 0 right, 0 without sides."),
        (
            HOLDS[:1],
            "held 0:00 of 0:30, 8 of 10 repetitions",
            "8 repetitions: 8 left, 0 right, 0 without sides.",
        ),
        (
            (replace(HOLDS[0], held_ms=30_000),),
            "held 0:30 of 0:30, 8 of 10 repetitions",
            "Held 0:30 left, 0:00 right. 8 repetitions: 8 left, 0 right, 0 without sides.",
        ),
    ],
)
def test_repetitions_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], holds: tuple[HoldRecord, ...], line: str, total: str
) -> None:
    with closing(open_database(tmp_path / FILE_NAME, now=lambda: START)) as db, transaction(db):
        put_session(db, replace(record(), holds=holds, repetitions=LEGS[:1]))
    assert main(["history", "--data-dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"2026-03-02 08:00  open         {line}  Trio",
        f"1 session since 2026-03-02, 0 complete. {total}",
    ]
    assert main(["history", "--json", "--data-dir", str(tmp_path)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["total"]["repetitions"] == {"left": 8, "right": 0, "both": 0}
    assert data["sessions"][0]["repetitions"] == [
        {"stretch": "reach", "title": "Reach", "side": "left", "planned": 10, "done": 8}
    ]


def test_without_a_history(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data_dir = str(tmp_path / "none")
    assert main(["history", "--data-dir", data_dir]) == 0
    assert capsys.readouterr().out == "No sessions yet.\n"
    assert main(["history", "--json", "--data-dir", data_dir]) == 0
    assert json.loads(capsys.readouterr().out)["total"]["first_day"] is None


def test_sums_of_a_single_long_session(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = replace(HOLDS[0], planned_ms=4_000_000, held_ms=3_725_000)
    with closing(open_database(tmp_path / FILE_NAME, now=lambda: START)) as db, transaction(db):
        put_session(db, replace(record(), holds=(long,)))
    assert main(["history", "--data-dir", str(tmp_path)]) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    assert told == "1 session since 2026-03-02, 0 complete. Held 1:02:05 left, 0:00 right."


def test_one_session_is_deleted_after_a_question(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    delete = ["history", "--data-dir", str(folder), "--delete"]
    answers = iter(["n\n", "y\n"])
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True, readline=lambda: next(answers)))
    open_one = record(START + timedelta(hours=13))
    for unknown in (open_one.id, 77):
        assert main([*delete, str(unknown), "--yes"]) == 2
        assert "There is no ended session" in capsys.readouterr().err
    for sessions in (2, 1):
        assert main([*delete, str(record().id)]) == 0
        out = capsys.readouterr().out
        assert out.startswith("2026-03-02 08:00  finished     held 1:10 of 1:10  Trio\nDelete this session? y")
        assert HistoryFileReader(folder).total().sessions == sessions
    assert main([*delete, str(record(START + timedelta(hours=12)).id), "--yes"]) == 0
    assert HistoryFileReader(folder).total().sessions == 0


def test_a_deletion_that_can_t_be_written_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(db: object, session: int) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(rows, "take_session", refuse)
    assert main(["history", "--data-dir", str(folder), "--delete", str(record().id), "--yes"]) != 0
    assert "not being saved" in capsys.readouterr().err


def test_the_slot_of_a_deleted_session_is_not_done_any_more(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slot = Slot(day=START.date(), at=time(8))
    store = ReminderFile(folder)
    store.save(ReminderLog(records=(SlotRecord(slot=slot, done_at=START),)))
    asked: list[Request] = []
    answers = iter((DONE, None, Answer(reply=Reply.ONLY_PLAYS)))

    def ask(_data_dir: Path, request: Request) -> Answer | None:
        if request.verb is Verb.STATUS:
            return DONE
        asked.append(request)
        return next(answers)

    monkeypatch.setattr(history, "ask_program", ask)
    (whole,) = HistoryFileReader(folder).sessions(START.date(), START.date(), newest=3)[2:]
    for done_at in (START, None, None):  # the first time, the program that reminds writes it down
        write_again(folder, whole)
        assert main(["history", "--delete", str(whole.id), "--yes", "--data-dir", str(folder)]) == 0
        assert store.load().of(slot).done_at == done_at
    assert asked == [Request(verb=Verb.SESSION_DELETED, slot=slot.key)] * 3
    for other in (record(START + timedelta(minutes=1), held_ms=(30_000, 0, 0)), whole):
        write_again(folder, replace(other, outcome=whole.outcome, ended_at=whole.ended_at, slot=whole.slot))
    assert main(["history", "--delete", str(whole.id), "--yes", "--data-dir", str(folder)]) == 0
    assert len(asked) == 3, "another session was played for it"


def test_nothing_is_deleted_beside_a_program_that_does_not_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ask(_data_dir: Path, _request: Request) -> None:
        raise DesktopError("It doesn't answer.")

    monkeypatch.setattr(history, "ask_program", ask)
    sessions = HistoryFileReader(folder).sessions(START.date(), START.date(), newest=9)
    assert main(["history", "--delete", str(sessions[-1].id), "--yes", "--data-dir", str(folder)]) == 1
    assert capsys.readouterr().err == "It doesn't answer.\n"
    assert HistoryFileReader(folder).sessions(START.date(), START.date(), newest=9) == sessions


def write_again(folder: Path, session: SessionRecord) -> None:
    with closing(open_database(folder / FILE_NAME, now=lambda: START)) as db, transaction(db):
        put_session(db, session)


def test_none_of_it_needs_qt(folder: Path, tmp_path: Path) -> None:
    to = str(tmp_path / "all.json")
    for arguments in (["history"], ["history", "--json"], ["export", to], ["import-data", to]):
        where = tmp_path / "new" if arguments[0] == "import-data" else folder
        command = [sys.executable, "-c", NO_QT, *arguments, "--data-dir", str(where)]
        subprocess.run(command, check=True, capture_output=True)
