"""Code that is kept from one start to the next."""

import dataclasses
import errno
import marshal
import os
import sys
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path
from types import CodeType

import pytest

from stretchplayer import kept_code
from stretchplayer.kept_code import KeptCode, keep_dataclasses, place_of


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "folder" / "some.code"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that were compiled, and not recalled."""
    sources: list[str] = []

    def compiling(source: str, filename: str, mode: str, *, dont_inherit: bool) -> CodeType:
        sources.append(source)
        return compile(source, filename, mode, dont_inherit=dont_inherit)

    monkeypatch.setattr(kept_code, "compile_code", compiling)
    return sources


def result(code: CodeType) -> object:
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102 -- to see what it does
    return names.get("x")


def test_what_was_compiled_once_is_recalled(path: Path, compiled: list[str]) -> None:
    first = KeptCode(path)
    assert result(first.code("x = 1", "one")) == 1
    assert result(first.code("x = 2", "one")) == 2
    assert result(first.code("x = 1", "other")) == 1
    first.keep()
    assert compiled == ["x = 1", "x = 2", "x = 1"]
    second = KeptCode(path)
    code = second.code("x = 1", "one")
    assert (result(code), code.co_filename) == (1, "one")
    assert result(second.code("x = 2", "one")) == 2
    assert len(compiled) == 3
    assert result(second.code("x = 3", "one")) == 3
    assert len(compiled) == 4


def checked(content: bytes) -> bytes:
    """A file with this content whose checksum is right."""
    return MAGIC_NUMBER + source_hash(content) + content


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"nonsense",
        MAGIC_NUMBER,
        MAGIC_NUMBER + b"\xff\xff",
        MAGIC_NUMBER + bytes(8),
        checked(b""),
        checked(bytes(4) + marshal.dumps([1])),
        checked(bytes(4) + marshal.dumps({1: 2})),
        checked(bytes(4) + marshal.dumps({1: ("a", "b")})),
        b"\0\0\0\0" + bytes(8) + marshal.dumps({}),
    ],
)
def test_a_damaged_file_is_made_anew(path: Path, compiled: list[str], damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    kept = KeptCode(path)
    assert result(kept.code("x = 1", "one")) == 1
    kept.keep()
    assert result(KeptCode(path).code("x = 1", "one")) == 1
    assert compiled == ["x = 1"]


def test_a_damaged_piece_is_compiled_anew(path: Path) -> None:
    kept = KeptCode(path)
    kept.code("x = 1", "one")
    kept.keep()
    known: kept_code.Known = dict.fromkeys(kept_code._read(path), marshal.dumps(5))
    path.write_bytes(kept_code._joined(known))
    assert result(KeptCode(path).code("x = 1", "one")) == 1


def test_a_single_damaged_byte_is_noticed_wherever_it_is(path: Path, compiled: list[str]) -> None:
    kept = KeptCode(path)
    kept.code("x = 1", "one")
    kept.keep()
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert result(KeptCode(path).code("x = 1", "one")) == 1
    assert len(compiled) == 1 + len(whole), "nothing of a damaged file is run"


def test_nothing_is_written_where_python_writes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptCode(path)
    kept.keep()
    assert not path.exists(), "there is nothing to keep"
    kept.code("x = 1", "one")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept.keep()
    assert not path.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    kept.keep()
    assert not path.exists()
    kept.keep(always=True)
    assert path.exists()


def test_a_place_that_cannot_be_written_does_no_harm(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path, _data: bytes) -> int:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    kept = KeptCode(path)
    kept.code("x = 1", "one")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", refuse)
        kept.keep()
    assert not any(path.parent.iterdir())
    kept.keep()
    assert path.exists()


def test_a_folder_that_cannot_be_looked_into_does_no_harm(path: Path) -> None:
    path.parent.touch()  # it refuses even the removal of what isn't there, as a folder of somebody else's does
    kept = KeptCode(path)
    assert result(kept.code("x = 1", "one")) == 1
    kept.keep()
    assert path.parent.read_bytes() == b""


def test_it_begins_anew_when_there_is_too_much(
    path: Path, monkeypatch: pytest.MonkeyPatch, compiled: list[str]
) -> None:
    monkeypatch.setattr(kept_code, "MOST", 2)
    kept = KeptCode(path)
    for number in range(3):
        kept.code(f"x = {number}", "one")
    kept.keep()
    KeptCode(path).code("x = 0", "one")
    assert compiled == ["x = 0", "x = 1", "x = 2", "x = 0"]


def test_data_classes_are_what_they_always_are(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(dataclasses), "exec", exec)

    def make() -> type:
        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True, order=True)
        class Point:
            """A point."""

            x: int
            y: int = 2

        return Point

    usual = make()
    kept = keep_dataclasses(KeptCode(path))
    first = make()
    kept.keep()
    keep_dataclasses(KeptCode(path))
    second = make()
    for made in (usual, first, second):
        point = made(x=1)
        assert (point.x, point.y, hash(point)) == (1, 2, hash(usual(x=1)))
        assert repr(point).endswith("Point(x=1, y=2)")
        assert point == made(x=1)
        assert point < made(x=2)
        with pytest.raises(dataclasses.FrozenInstanceError):
            point.x = 3
        with pytest.raises(TypeError):
            made(1)


def test_it_is_kept_beside_compiled_modules() -> None:
    place = place_of("some")
    assert place.name == f"some.{sys.implementation.cache_tag}.code"
    assert place.parent == Path(vars(kept_code)["__cached__"]).parent


def test_in_a_bundle_it_lies_beside_its_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert place_of("some") == Path(str(kept_code.__file__)).with_name("some.code")
