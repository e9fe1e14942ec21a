"""Virtual desktops as fixtures. They are put up once a run; each test gets them with nothing running on them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeVar

import pytest

from tests.e2e.desktop import Desktop, MissingProgramError
from tests.e2e.wayland import WaylandDesktop
from tests.e2e.x11 import X11Desktop

KNOWN_NOISE: Final = (
    # Qt mixes up the order of its own input method messages when a window of sway's gets or loses the focus.
    r"^qt\.qpa\.wayland\.textinput: .*Trying to (dis|en)able",
)
"""What Qt writes to standard error on a virtual desktop, whatever the program does."""
_AnyDesktop = TypeVar("_AnyDesktop", bound=Desktop)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the bundle, which takes longest to make, whatever the random order."""
    items.sort(key=lambda item: item.path.name != "test_bundle.py")


@pytest.fixture(scope="session")
def x11_session() -> Iterator[X11Desktop]:
    """The desktop behind `x11`."""
    try:
        with X11Desktop() as desktop:
            yield desktop
    except MissingProgramError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def wayland_session() -> Iterator[WaylandDesktop]:
    """The desktop behind `wayland`."""
    try:
        with WaylandDesktop() as desktop:
            yield desktop
    except MissingProgramError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def x11(x11_session: X11Desktop, data_dir: Path) -> Iterator[X11Desktop]:
    """A desktop with X11, 1920×1080, at which somebody is: what ran before may have taken minutes."""
    x11_session.key("shift")
    yield from _lend(x11_session, data_dir)


@pytest.fixture
def wayland(wayland_session: WaylandDesktop, data_dir: Path) -> Iterator[WaylandDesktop]:
    """A desktop with Wayland, 1920×1080."""
    yield from _lend(wayland_session, data_dir)


@pytest.fixture
def fresh_wayland(data_dir: Path) -> Iterator[WaylandDesktop]:
    """A desktop with Wayland on which nothing has happened: whom sway lets take the focus depends on what has."""
    with WaylandDesktop() as desktop:
        yield from _lend(desktop, data_dir)


@pytest.fixture(params=["x11", "wayland"])
def desktop(request: pytest.FixtureRequest) -> Desktop:
    """One after the other, for what has to work on both."""
    lent = request.getfixturevalue(request.param)
    assert isinstance(lent, Desktop)
    return lent


def _lend(desktop: _AnyDesktop, data_dir: Path) -> Iterator[_AnyDesktop]:
    """Hand the desktop to a test; afterwards what its programs wrote to standard error is noise, unless allowed."""
    desktop.env["STRETCHPLAYER_DATA_DIR"] = str(data_dir)
    desktop.allowed_noise.clear()
    yield desktop
    lines = desktop.end_programs()
    allowed = [*KNOWN_NOISE, *desktop.allowed_noise]
    noise = [line for line in lines if not any(re.search(pattern, line) for pattern in allowed)]
    if noise:
        pytest.fail("The program wrote to standard error:\n" + "\n".join(noise), pytrace=False)
