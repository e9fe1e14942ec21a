"""Modules that wait to be used."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event

import pytest

from stretchplayer.waiting_modules import RARELY_USED, WaitingModule, import_later


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of a module that counts how often it is loaded."""
    (tmp_path / "slow_module.py").write_text("import sys\nsys.times_loaded += 1\nvalue = 7\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "times_loaded", 0, raising=False)
    yield "slow_module"
    sys.modules.pop("slow_module", None)


def times_loaded() -> int:
    return int(vars(sys)["times_loaded"])


def test_it_is_loaded_when_it_is_used(slow: str) -> None:
    import_later(slow)
    module = sys.modules[slow]
    assert isinstance(module, WaitingModule)
    assert times_loaded() == 0
    assert module.value == 7
    assert type(module) is not WaitingModule
    assert module.value == 7
    assert times_loaded() == 1
    with pytest.raises(AttributeError, match="no attribute 'other'"):
        _ = module.other


def test_another_thread_waits_until_it_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "halting_module.py").write_text(
        "import sys\nsys.is_loading.set()\nsys.may_go_on.wait(20)\nvalue = 7\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    is_loading, may_go_on = Event(), Event()
    monkeypatch.setattr(sys, "is_loading", is_loading, raising=False)
    monkeypatch.setattr(sys, "may_go_on", may_go_on, raising=False)
    import_later("halting_module")
    module = sys.modules["halting_module"]
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(lambda: module.value)
        assert is_loading.wait(20)
        second = threads.submit(getattr, module, "value", "not there yet")
        # It has to wait, so it can't be waited for; without that it would be done in a moment.
        wait([second], timeout=0.1)
        may_go_on.set()
        assert (first.result(20), second.result(20)) == (7, 7)
    del sys.modules["halting_module"]


def test_a_name_taken_from_it_loads_it(slow: str) -> None:
    import_later(slow)
    names: dict[str, object] = {}
    exec(f"from {slow} import value", names)  # noqa: S102 -- the name isn't known before
    assert names["value"] == 7
    with pytest.raises(ImportError, match="cannot import name 'other'"):
        exec(f"from {slow} import other", {})  # noqa: S102 -- the same


def test_asking_whether_it_is_a_package_does_not_load_it(slow: str) -> None:
    import_later(slow)
    assert not hasattr(sys.modules[slow], "__path__")
    assert times_loaded() == 0


def test_what_fails_to_load_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_module.py").write_text("raise RuntimeError('broken')\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import_later("broken_module")
    module = sys.modules["broken_module"]
    with pytest.raises(RuntimeError, match="broken"):
        _ = module.value
    with pytest.raises(AttributeError):
        _ = module.value


def test_what_has_gone_since_says_so(slow: str, tmp_path: Path) -> None:
    import_later(slow)
    module = sys.modules[slow]
    (tmp_path / "slow_module.py").unlink()
    importlib.invalidate_caches()
    with pytest.raises(ModuleNotFoundError, match="No module named 'slow_module'"):
        _ = module.value


def test_one_in_a_package_is_there_in_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some_package").mkdir()
    (tmp_path / "some_package" / "__init__.py").touch()
    (tmp_path / "some_package" / "part.py").write_text("value = 8\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import_later("some_package.part")
    package = importlib.import_module("some_package")
    assert isinstance(package.part, WaitingModule)
    assert package.part.value == 8
    for name in ("some_package", "some_package.part"):
        del sys.modules[name]


def test_what_is_loaded_or_not_there_stays_as_it_is() -> None:
    import_later("sys", "pathlib", "there_is_no_such_module")
    assert not isinstance(sys.modules["pathlib"], WaitingModule)
    assert "there_is_no_such_module" not in sys.modules


def test_those_of_the_program_are_what_they_always_are() -> None:
    """In a fresh Python: what the modules have while they wait must be what they have when they are loaded."""
    program = f"""
import sys, typing
from stretchplayer.waiting_modules import WaitingModule, import_later
import_later(*{RARELY_USED!r})
waiting = [name for name in {RARELY_USED!r} if isinstance(sys.modules.get(name), WaitingModule)]
import platform, typing_extensions
before = platform.system(), typing_extensions.Required, typing_extensions.NotRequired
assert isinstance(platform, WaitingModule) and isinstance(typing_extensions, WaitingModule)
class Sheet(typing.TypedDict):
    page: typing_extensions.Required[int]
hints = typing_extensions.get_type_hints(Sheet, include_extras=True)
platform.machine(), typing_extensions.Protocol
assert before == (platform.system(), typing_extensions.Required, typing_extensions.NotRequired)
assert hints == typing_extensions.get_type_hints(Sheet, include_extras=True)
import copy, gettext, inspect, ipaddress, pathlib, string, tempfile, textwrap, urllib.parse
assert pathlib.Path("/a b/ä").as_uri() == "file:///a%20b/%C3%A4"
assert isinstance(string, WaitingModule)
known = [string.ascii_letters, string.digits, string.hexdigits]
assert string.capwords("a b") == "A B" and known == [string.ascii_letters, string.digits, string.hexdigits]
assert gettext.gettext("usage") == "usage" and gettext.ngettext("one", "many", 2) == "many" and gettext.NullTranslations
assert copy.deepcopy([[1]]) == [[1]] and urllib.parse.quote("a b") == "a%20b" and copy.__spec__.name == "copy"
assert inspect.signature(inspect.signature) and ipaddress.ip_address("::1") and tempfile.gettempdir()
assert textwrap.dedent("  x") == "x"
print(len(waiting))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (f"{len(RARELY_USED)}\n", "")
