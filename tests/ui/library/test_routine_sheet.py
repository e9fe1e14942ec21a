"""A routine on paper: one or two pages, with pictures, the person's dose and what to heed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QLocale, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from stretchplayer.figure.side import Side
from stretchplayer.routine.dose import Dose, DoseSides, OwnDoses, Variant
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.storage.routines.routine_file import read_routine
from stretchplayer.ui.charts.paper import Paper
from stretchplayer.ui.library.personal_routine import PersonalRoutine
from stretchplayer.ui.library.routine_sheet import RoutineOnPaper, RoutinePrint, RoutineSheet, on_paper
from tests.routine.shipped import hamstring_trio
from tests.shipped_poses import shipped_poses
from tests.ui.library.routines import BRIDGE, RICH, STILL, WALL

EVERYTHING = Path(__file__).parents[2] / "routine" / "everything.toml"
DAY = date(2026, 3, 2)


def content(routine: Routine, **doses: Dose) -> RoutineOnPaper:
    personal = PersonalRoutine(routine=routine, own=OwnDoses(exercises=doses))
    return on_paper(personal, shipped_poses(), build_timeline)


def print_of(paper: RoutineOnPaper, language: str) -> RoutinePrint:
    poses, font = shipped_poses(), QApplication.font()
    return RoutinePrint(content=paper, poses=poses, locale=QLocale(language), font=font, made=DAY)


def as_pdf(paper: RoutineOnPaper, app: QApplication, language: str = "en_GB") -> bytes:
    """The sheet in that language's place."""
    assert app is not None
    return print_of(paper, language).as_pdf()


def pages(data: bytes) -> int:
    return data.count(b"/Type /Page\n")


def test_the_sheet_has_the_exercises_as_they_are_played() -> None:
    own = {"lying-leg-raise": Dose(hold_s=15, sides=DoseSides.LEFT), "seated-hamstring-stretch": Dose(left_out=True)}
    paper = content(hamstring_trio(), **own)
    first, second = paper.exercises
    assert first.title == "1  Lying leg raise"
    assert first.dose == "on your back · hold 15 s · left leg only"
    assert first.routine_says == "The routine says: hold 30 s · each leg"
    assert (first.start, first.end, first.side) == ("lying", "leg-up", Side.LEFT)
    assert first.steps[0] == "Lie on your back, legs out straight."
    assert first.steps[-1] == "Bend your left knee, and slowly lower the leg."
    assert (second.title, second.routine_says) == ("2  Towel stretch", "")
    assert paper.left_out == ("Seated hamstring stretch",)
    assert paper.facts.endswith(" min · have a towel at hand")


def test_a_variant_and_what_it_stands_for_are_named() -> None:
    paper = content(RICH, bridge=Dose(variant=Variant.EASIER))
    bridge, turn, wall = paper.exercises
    assert bridge.title == "1  Half a bridge"
    assert bridge.routine_says.startswith("The routine says: Bridge · hold 5 s · ")
    assert not bridge.notes
    assert (turn.start, turn.end) == (None, None)
    assert wall.end == "leg-out"


def test_a_routine_in_blocks_gets_a_sheet(qapp: QApplication) -> None:
    everything = read_routine(EVERYTHING)
    paper = content(everything, **{"curl-up": Dose(variant=Variant.HARDER), "rest": Dose(hold_s=10)})
    assert [exercise.title for exercise in paper.exercises] == [
        "1  Slow curl-up", "2  Bird-dog", "3  Side bridge", "4  Rest on one side",
    ]  # fmt: skip
    assert paper.exercises[0].routine_says.startswith("The routine says: Curl-up · ")
    assert paper.exercises[3].routine_says.startswith("The routine says: hold 20 s")
    assert pages(as_pdf(paper, qapp)) == 1


def test_a_picture_stands_in_for_the_poses(qapp: QApplication, tmp_path: Path) -> None:
    red = QImage(40, 20, QImage.Format.Format_RGB32)
    red.fill(QColor("#ff0000"))
    red.save(str(tmp_path / "cat.png"))
    pictured = replace(
        RICH, exercises=tuple(replace(each, picture_path=str(tmp_path / "cat.png")) for each in RICH.exercises)
    )
    bridge, turn, wall = content(pictured).exercises
    assert bridge.picture == turn.picture == str(tmp_path / "cat.png")
    assert not wall.picture, "it has a pose"
    up, _held, down = WALL.steps
    held = replace(WALL, picture="cat.png", picture_path="/cat.png", steps=(replace(up, pose="leg-out"), STILL, down))
    (shown,) = content(replace(RICH, exercises=(held,))).exercises
    assert (shown.end, shown.picture) == (None, "/cat.png"), "the hold has none"
    with_it, without = (as_pdf(content(routine), qapp) for routine in (pictured, RICH))
    assert with_it.count(b"/Subtype /Image") == without.count(b"/Subtype /Image") + 1
    missing = replace(
        RICH, exercises=(replace(BRIDGE, picture_path=str(tmp_path / "none.png"), easier=None, harder=None),)
    )
    assert pages(as_pdf(content(missing), qapp)) == 1


def test_what_it_is_for_what_to_feel_and_what_to_avoid_are_on_it() -> None:
    bridge = content(RICH).exercises[0]
    assert bridge.notes == (
        "Feel: Your buttocks work.", "Avoid: Don't arch your back.", "For: It makes the buttocks strong.",
    )  # fmt: skip


def test_how_often_it_is_meant_to_be_done_is_on_it() -> None:
    often = replace(RICH, times_per_day=2, days_per_week=5)
    assert "2 times a day, 5 days a week" in content(often).facts
    assert "once a day · have" in content(replace(RICH, times_per_day=1, days_per_week=7)).facts
    assert "day" not in content(RICH).facts


def many(count: int, words: int) -> Routine:
    """A routine of so many exercises, each with so many words."""
    exercises = tuple(
        replace(BRIDGE, id=f"bridge-{n}", easier=None, harder=None, why="word " * words) for n in range(count)
    )
    return replace(RICH, exercises=exercises)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (hamstring_trio, 1),
        (lambda: RICH, 1),
        (lambda: many(12, 40), 2),
        (lambda: many(60, 60), 4),
    ],
)
def test_the_sheet_is_one_or_two_pages_unless_there_is_far_too_much(
    qapp: QApplication, make: Callable[[], Routine], expected: int
) -> None:
    assert min(pages(as_pdf(content(make()), qapp)), 4) == expected


def drawn(language: str, height: int = 950) -> tuple[QImage, int]:
    """The sheet of the shipped routine as a picture, and how many pages of this height it takes."""
    picture = QImage(700, height, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paper = Paper(device=QPdfWriter(QBuffer()), painter=painter, size=QSizeF(700, height), unit=1.0)
    numbers: list[int] = []
    printed = print_of(content(hamstring_trio()), language)
    RoutineSheet(paper, printed, numbers).draw()
    painter.end()
    return picture, len(numbers)


def ink(picture: QImage, left: int, right: int) -> int:
    """How many pixels aren't white between these columns."""
    white = QColor(Qt.GlobalColor.white)
    return sum(picture.pixelColor(x, y) != white for x in range(left, right, 2) for y in range(80, 300, 2))


def test_the_sheet_is_mirrored_where_people_read_from_right_to_left(qapp: QApplication) -> None:
    assert qapp is not None
    picture, mirrored = drawn("en_GB")[0], drawn("ar_EG")[0]
    beside = (112 + 2, 112 + 16)  # between the two pictures is nothing but the arrow
    assert 0 < ink(picture, *beside) < 80
    assert 0 < ink(mirrored, 700 - beside[1], 700 - beside[0]) < 80
    assert ink(mirrored, *beside) > 80


def note_lines(picture: QImage) -> int:
    """How many lines go from edge to edge."""
    white, across = QColor(Qt.GlobalColor.white), (2, 150, 350, 550, 697)
    full = [all(picture.pixelColor(x, y) != white for x in across) for y in range(picture.height())]
    return sum(line and not before for before, line in pairwise([False, *full]))


def test_there_is_room_for_at_least_three_lines_of_notes(qapp: QApplication) -> None:
    assert qapp is not None
    sheets = [drawn("en_GB", height) for height in range(500, 1000, 13)]
    assert min(note_lines(picture) for picture, page_count in sheets if page_count == 1) == 3
