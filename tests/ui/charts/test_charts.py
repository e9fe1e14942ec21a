"""The charts: what is drawn where, at any size, and never by colour alone."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from stretchplayer.progress.adherence import CalendarDay, Dot, DotState
from stretchplayer.progress.history import BySide
from stretchplayer.progress.report import Week
from stretchplayer.progress.trends import Point, series
from stretchplayer.ui.charts.bars import draw_balance, draw_bars, scale_of
from stretchplayer.ui.charts.calendar import CalendarChart, calendar_height
from stretchplayer.ui.charts.chart import Chart, ChartStyle, DrawnChart
from stretchplayer.ui.charts.dots import Fortnight, draw_dot, draw_dots, states_of
from stretchplayer.ui.charts.line import LineData, draw_line, joined, weekly_means
from stretchplayer.ui.pages.progress_cards import CalendarCard
from stretchplayer.ui.text.dates import long_date
from stretchplayer.ui.theme import palette as theme
from tests.progress_data import TODAY, a_year, counted, report_of, slot

Draw = Callable[[QPainter, QRectF, ChartStyle], object]
WHITE = QColor("white")


@pytest.fixture
def style(qapp: QApplication) -> ChartStyle:
    """Light colours, at design size."""
    return ChartStyle(palette=theme.palette(theme.LIGHT), font=qapp.font(), unit=1.0)


def drawn(draw: Draw, style: ChartStyle, size: tuple[int, int] = (300, 160)) -> QImage:
    """What is drawn on white, 20 px from each edge."""
    image = QImage(QSize(*size), QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, QRectF(20, 20, size[0] - 40, size[1] - 40), style)
    painter.end()
    return image


def inked(image: QImage, role: QColor | None = None) -> list[tuple[int, int]]:
    """Where something is drawn, or something in that colour."""
    wanted = None if role is None else role.rgb()
    white = WHITE.rgb()
    return [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if (image.pixel(x, y) == wanted if wanted is not None else image.pixel(x, y) != white)
    ]


def stays_inside(image: QImage) -> bool:
    """Whether nothing is drawn beyond the 20 px at each edge."""
    spots = inked(image)
    return all(18 <= x < image.width() - 18 and 18 <= y < image.height() - 18 for x, y in spots)


# Dots


def test_every_state_has_a_shape_of_its_own(style: ChartStyle) -> None:
    """In black alone they still differ."""
    black = theme.palette(theme.LIGHT)
    for role in (theme.DONE, theme.MUTED, theme.MOVEMENT):
        black.setColor(role, QColor("black"))
    grey = ChartStyle(palette=black, font=style.font, unit=1.0)
    shapes = [
        drawn(lambda p, box, s, state=state: draw_dot(p, s, box.center(), 40, state), grey)  # type: ignore[misc]
        for state in DotState
    ]
    masks = [[x * 1000 + y for x, y in inked(image)] for image in shapes]
    for number, one in enumerate(masks):
        for other in masks[number + 1 :]:
            assert len(set(one) ^ set(other)) > 60


def test_a_day_has_a_dot_for_each_slot_and_each_extra_session(style: ChartStyle) -> None:
    day = CalendarDay(day=TODAY, dots=(Dot(slot=slot(TODAY), state=DotState.MISSED),), finished=2)
    assert states_of(day) == (DotState.MISSED, DotState.DONE, DotState.DONE)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 24])
def test_any_number_of_dots_fits(style: ChartStyle, count: int) -> None:
    states = [DotState.DONE] * count
    image = drawn(lambda p, box, s: draw_dots(p, s, box, states, 30), style, (100, 80))
    assert bool(inked(image)) is (count > 0)
    assert stays_inside(image)


# The calendar


@pytest.fixture
def calendar(qapp: QApplication) -> Iterator[CalendarChart]:
    """A year."""
    assert qapp is not None
    chart = CalendarChart()
    chart.show_days(report_of(a_year(), 53).days, ((DotState.DONE, "done"), (DotState.MISSED, "missed")))
    yield chart
    chart.deleteLater()


def test_a_narrow_calendar_is_in_blocks_and_higher(calendar: CalendarChart) -> None:
    heights = [calendar.heightForWidth(width) for width in (1400, 600, 320)]
    assert heights == sorted(heights)
    assert len(set(heights)) == 3
    assert calendar.sizeHint().height() == calendar.heightForWidth(500)
    assert calendar.hasHeightForWidth()


def points_of(calendar: CalendarChart) -> list[QPointF]:
    """Points all over it, close enough to hit every day: each is 17 px wide and high at least."""
    return [QPointF(x, y) for x in range(0, calendar.width(), 8) for y in range(0, calendar.height(), 8)]


@pytest.mark.parametrize("width", [320, 700, 1400])
@pytest.mark.parametrize("language", ["de_DE", "en_US"])
def test_every_day_has_a_place_of_its_own(calendar: CalendarChart, width: int, language: str) -> None:
    calendar.setLocale(QLocale(language))
    calendar.resize(width, calendar.heightForWidth(width))
    days = [calendar.day_at(place) for place in points_of(calendar)]
    assert {day.day for day in days if day is not None} == {day.day for day in report_of(a_year(), 53).days}
    assert calendar.day_at(QPointF(1, 1)) is None
    assert calendar.day_at(QPointF(width + 1, 40)) is None


def test_the_calendar_is_drawn_and_described(calendar: CalendarChart) -> None:
    calendar.setPalette(theme.palette(theme.LIGHT))
    calendar.resize(600, calendar.heightForWidth(600))
    image = calendar.grab().toImage()
    assert inked(image, QColor(theme.LIGHT.done))
    calendar.set_accessible_text("Days", "12 done, 3 missed")
    assert (calendar.accessibleName(), calendar.accessible_value()) == ("Days", "12 done, 3 missed")


def test_an_empty_calendar_is_nothing(qapp: QApplication, style: ChartStyle) -> None:
    assert qapp is not None
    chart = CalendarChart()
    chart.resize(400, 100)
    assert chart.day_at(QPointF(50, 50)) is None
    assert calendar_height((), 400, style, QLocale()) == 0
    empty = chart.grab().toImage()
    assert {empty.pixel(x, y) for x in range(400) for y in range(100)} == {empty.pixel(0, 0)}


def test_a_day_has_a_tool_tip(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, _widget: told.append(words))
    card = CalendarCard()
    card.show_report(report_of(counted(a_year(), holds=True)))
    card.resize(700, 300)
    card.grab()
    calendar = card.calendar
    days = [(place, calendar.day_at(place)) for place in points_of(calendar)]
    today = next(place for place, day in days if day is not None and day.day == TODAY)
    for place in (QPoint(1, 1), today.toPoint()):
        qapp.sendEvent(calendar, QHelpEvent(QEvent.Type.ToolTip, place, calendar.mapToGlobal(place)))
    assert told == [
        "",
        "Monday, 2 March 2026: 08:00 done, 20:00 later today\n2 min 42 s held, 23 repetitions\nClick to change it.",
    ]


def test_the_arrow_keys_tell_a_day_and_stay_within_the_calendar(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, _widget: told.append(words))
    card = CalendarCard()
    qtbot.addWidget(card)
    card.show_report(report_of(a_year()))
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_A):
        QTest.keyClick(card.calendar, key)
    assert [words.split(",")[0] for words in told] == ["Sunday", "Monday", "Monday"]
    for _unused in range(60):
        QTest.keyClick(card.calendar, Qt.Key.Key_Left)
    assert told[-1].startswith(long_date(card.locale(), report_of(a_year()).first))


def test_a_right_click_and_the_menu_key_choose_a_day(calendar: CalendarChart) -> None:
    calendar.resize(700, calendar.heightForWidth(700))
    chosen: list[CalendarDay] = []
    calendar.day_chosen.connect(lambda day, _place: chosen.append(day))
    place = next(place for place in points_of(calendar) if calendar.day_at(place) is not None).toPoint()
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        event = QContextMenuEvent(reason, place, calendar.mapToGlobal(place), Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(calendar, event)
    QTest.keyClick(calendar, Qt.Key.Key_Menu)
    QTest.mouseClick(calendar, Qt.MouseButton.RightButton, pos=place)
    QTest.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert chosen == [calendar.day_at(QPointF(place)), report_of(a_year(), 53).days[-1]]


# Bars


@pytest.mark.parametrize(
    ("highest", "expected"), [(0, (1, 1)), (3, (1, 3)), (9, (5, 2)), (40, (10, 4)), (61, (20, 4)), (9_999, (2500, 4))]
)
def test_an_axis_has_round_steps(highest: float, expected: tuple[float, int]) -> None:
    step, count = scale_of(highest)
    assert (step, count) == expected
    assert step * count >= highest


@pytest.mark.parametrize("count", [1, 13, 53])
@pytest.mark.parametrize("minutes", [0, 1, 45, 10_000])
def test_bars_stay_in_their_box_and_the_present_week_is_marked(style: ChartStyle, count: int, minutes: int) -> None:
    held_ms = BySide(left=minutes * 60_000)
    weeks = [Week(begins=TODAY + timedelta(weeks=number), held_ms=held_ms) for number in range(count)]
    image = drawn(lambda p, box, s: draw_bars(p, box, s, weeks, QLocale("en_US")), style, (360, 200))
    assert stays_inside(image)
    assert bool(inked(image, QColor(theme.LIGHT.movement))) is (minutes > 0)
    assert bool(inked(image, QColor(theme.LIGHT.done))) is (minutes > 0 and count > 1)


def test_no_weeks_no_bars(style: ChartStyle) -> None:
    assert not inked(drawn(lambda p, box, s: draw_bars(p, box, s, [], QLocale()), style))


# Lines


def line_of(values: list[float], *, highest: float = 10, every: int = 1) -> LineData:
    """A measure with a value every few days, up to today."""
    first = TODAY - timedelta(days=every * (len(values) - 1))
    points = [Point(day=first + timedelta(days=every * number), value=value) for number, value in enumerate(values)]
    return LineData(series=series(points, 2), first=first, last=TODAY, highest=highest)


@pytest.mark.parametrize("values", [[5.0], [0.0, 10.0], [3.0, 4.0] * 10, [7.0, 2.0] * 60, [250.0, 3.0]])
def test_lines_stay_in_their_box(style: ChartStyle, values: list[float]) -> None:
    data = line_of(values)
    image = drawn(lambda p, box, s: draw_line(p, box, s, data, QLocale("de_DE")), style, (340, 220))
    assert stays_inside(image)
    assert inked(image)
    step, count = data.scale
    assert step * count >= max(values)


def test_the_band_is_where_no_change_can_be_told(style: ChartStyle) -> None:
    """From 2 below to 2 above the first week, that is half of an axis of 8."""
    data = line_of([4.0] * 20, highest=8)
    with_band = drawn(lambda p, box, s: draw_line(p, box, s, data, QLocale()), style, (340, 240))
    nothing = LineData(series=series([], 2), first=data.first, last=data.last, highest=8)
    without = drawn(lambda p, box, s: draw_line(p, box, s, nothing, QLocale()), style, (340, 240))
    column = 200
    changed = [y for y in range(240) if with_band.pixel(column, y) != without.pixel(column, y)]
    area = [y for y in range(240) if without.pixel(column, y) != WHITE.rgb()]
    plot = area[-1] - area[0]
    assert len(changed) == pytest.approx(plot / 2, rel=0.15)


def test_gaps_in_the_data_are_not_joined() -> None:
    near, far = Point(day=TODAY, value=1), Point(day=TODAY + timedelta(days=22), value=2)
    assert list(joined((near, far))) == [(near,), (far,)]
    assert list(joined((near, near))) == [(near, near)]
    assert list(joined(())) == []


def test_weekly_means() -> None:
    points = tuple(Point(day=TODAY + timedelta(days=number), value=number) for number in range(14))
    assert weekly_means(points) == (
        Point(day=TODAY + timedelta(days=3), value=3),
        Point(day=TODAY + timedelta(days=10), value=10),
    )


# Both legs


def test_the_longer_leg_has_the_longer_bar(style: ChartStyle) -> None:
    def bars(left_ms: int, right_ms: int) -> tuple[int, int]:
        legs = (left_ms, right_ms)
        image = drawn(lambda p, box, s: draw_balance(p, box, s, legs, ("", "")), style, (240, 160))
        assert stays_inside(image)
        spots = inked(image, QColor(theme.LIGHT.done))
        upper = len({x for x, y in spots if y < 70})
        return upper, len({x for x, y in spots if y >= 70})

    left, right = bars(90_000, 45_000)
    assert right == pytest.approx(left / 2, abs=3)
    assert bars(0, 0) == (0, 0)
    assert len(set(bars(60_000, 60_000))) == 1


# Widgets


@pytest.mark.parametrize("make", [lambda: DrawnChart(260, 100), Fortnight])
def test_a_chart_without_data_can_be_shown(qapp: QApplication, make: Callable[[], Chart]) -> None:
    chart = make()
    assert qapp is not None
    chart.resize(320, 100)
    assert not chart.grab().isNull()
    assert chart.minimumSizeHint().width() <= chart.sizeHint().width()


def test_a_chart_has_to_say_what_it_draws(qapp: QApplication, style: ChartStyle) -> None:
    assert qapp is not None
    with pytest.raises(NotImplementedError):
        Chart().draw(QPainter(), QRectF(), style)


def test_the_last_fourteen_days_are_told_and_drawn(qapp: QApplication) -> None:
    assert qapp is not None
    dots = Fortnight()
    dots.setPalette(theme.palette(theme.LIGHT))
    dots.show_days(report_of(a_year()).days)
    assert dots.accessibleName() == "The last 14 days"
    done, missed = (int(part.split()[0]) for part in dots.accessible_value().split(", "))
    assert done + missed == 27, "the evening is later today"
    dots.resize(dots.sizeHint())
    assert inked(dots.grab().toImage(), QColor(theme.LIGHT.done))


def test_what_was_marked_as_done_is_counted_apart(qapp: QApplication) -> None:
    assert qapp is not None
    dots = Fortnight()
    marked = Dot(slot=slot(TODAY), state=DotState.MARKED_DONE)
    dots.show_days((CalendarDay(day=TODAY, dots=(marked,), finished=1),))
    assert dots.accessible_value() == "1 done, 1 marked as done, 0 missed"


def test_the_labels_of_a_chart_stay_where_they_belong_in_a_language_read_from_the_right(style: ChartStyle) -> None:
    weeks = [Week(begins=TODAY, held_ms=BySide(left=600_000))]

    def bars(direction: Qt.LayoutDirection) -> QImage:
        def draw(painter: QPainter, box: QRectF, style: ChartStyle) -> None:
            painter.setLayoutDirection(direction)
            draw_bars(painter, box, style, weeks, QLocale("en_US"))

        return drawn(draw, style, (360, 200))

    assert bars(Qt.LayoutDirection.RightToLeft) == bars(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("language", ["en_US", "hr_HR", "ja_JP"])
@pytest.mark.parametrize("count", [1, 13, 53])
def test_dates_below_the_bars_never_touch(
    style: ChartStyle, monkeypatch: pytest.MonkeyPatch, language: str, count: int
) -> None:
    placed: list[tuple[float, float]] = []

    def place(_painter: object, _plot: QRectF, style: ChartStyle, x: float, text: str, **_align: object) -> None:
        placed.append((x - style.width_of(text) / 2, x + style.width_of(text) / 2))

    monkeypatch.setattr("stretchplayer.ui.charts.bars.write_below", place)
    weeks = [Week(begins=TODAY - timedelta(weeks=count - 1 - number), held_ms=BySide()) for number in range(count)]
    drawn(lambda p, box, s: draw_bars(p, box, s, weeks, QLocale(language)), style, (420, 160))
    placed.sort()
    assert placed
    assert all(20 <= left < right <= 400 for left, right in placed)
    assert all(one[1] + 10 <= other[0] for one, other in pairwise(placed))
