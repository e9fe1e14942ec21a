"""Enumerations that are made quickly are those that `enum` would have made."""

import enum
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.app.quick_enums import _create, create

Base = type[enum.Enum]
Pairs = list[tuple[str, int]]
NAMES = st.from_regex(r"[A-Za-z_]\w{0,6}", fullmatch=True)
PAIRS = st.lists(st.tuples(NAMES, st.integers(-40, 40)), max_size=30, unique_by=lambda pair: pair[0])
BASES = st.sampled_from([enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag])
MANY: Pairs = [(f"Name{number}", number % 11) for number in range(16)]


def seen(made: Base) -> dict[str, object]:
    """Whatever tells one enumeration from another, without the order in which a class keeps its attributes."""
    attributes = {
        name: str(value) if isinstance(value, enum.Enum) else value
        for name, value in vars(made).items()
        if name not in {"_member_map_", "_value2member_map_", "__dict__", "__weakref__"}
    }
    return {
        "attributes": {name: value for name, value in attributes.items() if isinstance(value, str | int | list | type)},
        "mro": made.__mro__[1:],
        "members": [(name, member.name, member.value) for name, member in made.__members__.items()],
        "iterated": [member.name for member in made],
        "by value": {value: member.name for value, member in made._value2member_map_.items()},
        "own": [sorted(vars(member)) for member in made],
        "shown": [(repr(member), str(member), hash(member), f"{member}") for member in made],
        "dir": dir(made),
    }


def made_by(how: Callable[..., Base], base: Base, pairs: Pairs) -> object:
    try:
        return seen(how(base, "Made", pairs, module="somewhere", start=1, boundary=None))
    except (TypeError, ValueError) as error:
        return type(error)


@given(base=BASES, pairs=PAIRS)
def test_it_is_what_enum_makes(base: Base, pairs: Pairs) -> None:
    assert made_by(create, base, pairs) == made_by(_create, base, pairs)


@pytest.mark.parametrize("base", [enum.Enum, enum.IntEnum])
def test_many_plain_members_have_names_values_and_aliases(base: Base) -> None:
    made: Any = create(base, "Made", MANY, module="somewhere")
    assert made.Name3 is made(3) is made["Name3"] is made.Name14
    assert isinstance(made.Name3, made)
    assert made.Name14.name == "Name3"
    assert len(made) == 11
    assert made.Name3 != made.Name4
    assert made.__module__ == "somewhere"
    with pytest.raises(ValueError, match="99 is not a valid"):
        made(99)
    with pytest.raises(AttributeError, match="cannot reassign member"):
        made.Name3 = 5


@pytest.mark.parametrize("name", ["name", "real", "mro", "_missing_", "value"])
@pytest.mark.parametrize("base", [enum.Enum, enum.IntEnum])
def test_a_name_with_a_meaning_is_left_to_enum(base: Base, name: str) -> None:
    pairs = [*MANY, (name, 50)]
    assert made_by(create, base, pairs) == made_by(_create, base, pairs)


def test_those_of_qt_are_the_same() -> None:
    program = """
import enum, sys
from stretchplayer.app import quick_enums
made = 0

def both(cls, class_name, names, **options):
    global made
    options["module"] = "somewhere"
    quick, usual = (how(cls, class_name, names, **options) for how in (quick_enums.create, quick_enums._create))
    for one in (dict, list):
        assert repr(one(quick.__members__)) == repr(one(usual.__members__)), class_name
    assert repr([*quick]) == repr([*usual]) and dir(quick) == dir(usual), class_name
    made += len(names)
    return quick

enum.EnumMeta._create_ = both
from PySide6 import QtCore, QtGui, QtWidgets
QtCore.Qt.Key, QtCore.QEvent.Type
print(made > 1500, QtCore.Qt.Key.Key_F5.value, QtCore.QEvent.Type(12).name, QtCore.QLocale().language().name)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env={"LC_ALL": "C"}
    )
    assert (done.stdout, done.stderr) == ("True 16777268 Paint C\n", "")


def test_the_module_is_the_one_that_asked() -> None:
    program = """
import enum
from stretchplayer.app.quick_enums import make_enums_quickly
make_enums_quickly()
print(enum.IntEnum("Many", [(f"a{n}", n) for n in range(20)]).__module__, enum.Enum("Few", "a b").__module__)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "__main__ __main__\n"
