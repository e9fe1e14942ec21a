"""The lines by which a program is asked: what goes in comes out, and everything else is refused in one sentence."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.desktop.ipc.remote import (
    DONE,
    MAX_LINE_BYTES,
    MAX_SNOOZE_MIN,
    MAX_TOKEN,
    MAX_TOOK_S,
    Answer,
    Reply,
    Request,
    Verb,
    decode_answer,
    decode_request,
    encode_answer,
    encode_request,
    refused,
)
from stretchplayer.errors import DomainError

WORDS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1, max_size=200)
Decoded = TypeVar("Decoded", Request, Answer)
PLAIN_VERBS = sorted(set(Verb) - {Verb.RAISE, Verb.START, Verb.SNOOZE, Verb.FINISHED})
STATUS: dict[str, Any] = {
    "running": True,
    "state": "hold",
    "routine": "hamstring-trio",
    "phase": None,
    "remaining_ms": 5,
    "slots": [{"date": "2026-03-02", "time": "08:00", "state": "done"}],
    "next_reminder": None,
}

requests = st.one_of(
    st.builds(Request, verb=st.sampled_from(PLAIN_VERBS)),
    st.builds(Request, verb=st.just(Verb.RAISE), token=st.none() | WORDS),
    st.builds(Request, verb=st.just(Verb.SNOOZE), minutes=st.none() | st.integers(1, MAX_SNOOZE_MIN)),
    st.builds(Request, verb=st.just(Verb.FINISHED), took_s=st.none() | st.integers(0, MAX_TOOK_S)),
    st.builds(
        Request,
        verb=st.just(Verb.START),
        routine=st.none() | WORDS,
        fullscreen=st.booleans(),
        token=st.none() | WORDS,
    ),
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(
    ["verb", "minutes", "routine", "fullscreen", "token", "took_s", "other", "reply", "problem", "status"]
)
objects = st.dictionaries(names, values | st.sampled_from([*Verb, *Reply, 5, True]), max_size=4)


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def tried(decode: Callable[[bytes], Decoded], data: bytes) -> tuple[Decoded | None, str]:
    """What the line says, or None and why it says nothing."""
    try:
        return decode(data), ""
    except DomainError as error:
        return None, str(error)


# Requests


@given(requests)
def test_a_request_comes_out_as_it_went_in(request: Request) -> None:
    encoded = encode_request(request)
    assert encoded.endswith(b"\n")
    assert encoded.count(b"\n") == 1
    assert len(encoded) <= MAX_LINE_BYTES
    assert decode_request(encoded) == request


def test_the_verbs_are_these() -> None:
    assert set(Verb) == {
        *("raise", "status", "start", "pause", "resume", "toggle", "next", "back", "stop"),
        *("snooze", "skip", "not-today", "remind", "begun", "ended", "finished", "quit"),
    }


def test_the_line_can_be_written_by_hand() -> None:
    assert decode_request(b' {"verb": "pause"} \r\n') == Request(verb=Verb.PAUSE)
    assert decode_request(b'{"verb":"snooze","minutes":30}\n') == Request(verb=Verb.SNOOZE, minutes=30)
    start = decode_request(b'{"verb":"start","routine":"trio","fullscreen":true}\n')
    assert start == Request(verb=Verb.START, routine="trio", fullscreen=True)


@given(
    st.binary(max_size=200) | st.binary(max_size=60).map(lambda data: data + b"\n") | objects.map(lambda o: line(**o))
)
def test_whatever_comes_in_is_a_request_or_one_sentence(data: bytes) -> None:
    request, told = tried(decode_request, data)
    if request is not None:
        assert decode_request(encode_request(request)) == request
    else:
        assert told.endswith(".")
        assert told.isprintable()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not one whole line"),
        (b'{"verb":"pause"}', "not one whole line"),
        (b'{"verb":\n"pause"}\n', "not one whole line"),
        (b" " * MAX_LINE_BYTES + b"\n", "longer than 4096 bytes"),
        (b"\n", "not JSON"),
        (b"pause\n", "not JSON"),
        (b"\xff\xfe\n", "not JSON"),
        (b"\xef\xbb\xbf{}\n", "not JSON"),
        ('{"verb":"pause"}'.encode("utf-16") + b"\n", "not JSON"),
        (b"[" * 4000 + b"\n", "not JSON"),
        (b'{"verb":"snooze","minutes":NaN}\n', "not JSON"),
        (b'{"verb":"pause","verb":"quit"}\n', "not JSON"),
        (b'["pause"]\n', "not an object"),
        (b"null\n", "not an object"),
        (b"{}\n", '"verb" must be one of raise, status'),
        (b'{"verb":"eval"}\n', '"verb" must be one of raise, status'),
        (b'{"verb":"PAUSE"}\n', '"verb" must be one of raise, status'),
        (b'{"verb":5}\n', '"verb" is not what it has to be'),
        (b'{"verb":null}\n', '"verb" is not what it has to be'),
        (b'{"verb":"pause","minutes":5}\n', '"minutes" is not known here'),
        (b'{"verb":"raise","fullscreen":true}\n', '"fullscreen" is not known here'),
        (b'{"verb":"pause","x\\n":5}\n', r'"x\\n" is not known here'),
        (b'{"verb":"snooze","minutes":true}\n', '"minutes" is not what it has to be'),
        (b'{"verb":"snooze","minutes":1.0}\n', '"minutes" is not what it has to be'),
        (b'{"verb":"snooze","minutes":null}\n', '"minutes" is not what it has to be'),
        (b'{"verb":"snooze","minutes":0}\n', "by 1 to 720 minutes"),
        (b'{"verb":"snooze","minutes":721}\n', "by 1 to 720 minutes"),
        (b'{"verb":"finished","took_s":-1}\n', "taken 0 to 86400 seconds"),
        (b'{"verb":"finished","took_s":86401}\n', "taken 0 to 86400 seconds"),
        (b'{"verb":"finished","minutes":5}\n', '"minutes" is not known here'),
        (b'{"verb":"start","fullscreen":1}\n', '"fullscreen" is not what it has to be'),
        (b'{"verb":"start","routine":""}\n', '"routine" must be a text without control characters'),
        (b'{"verb":"start","routine":"a\\u0000"}\n', '"routine" must be a text without control characters'),
        (b'{"verb":"start","routine":"\\ud800"}\n', '"routine" has a character that is none'),
        (line(verb="raise", token="x" * (MAX_TOKEN + 1)), '"token" can have at most 256 characters'),
    ],
)
def test_what_is_no_request_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(DomainError, match=message):
        decode_request(data)


def test_a_path_that_is_too_long_is_not_sent() -> None:
    with pytest.raises(DomainError, match="too long to be handed over"):
        encode_request(Request(verb=Verb.START, routine="/" + "ü" * 3000))


# Answers


@pytest.mark.parametrize(
    "answer",
    [
        DONE,
        refused("Nothing is playing."),
        Answer(reply=Reply.BUSY),
        Answer(reply=Reply.NO_WINDOW),
        Answer(reply=Reply.DONE, status=STATUS),
        Answer(
            reply=Reply.DONE, status={**STATUS, "phase": {"index": 3}, "next_reminder": "2026-03-02T20:00:00+01:00"}
        ),
    ],
)
def test_an_answer_comes_out_as_it_went_in(answer: Answer) -> None:
    encoded = encode_answer(answer)
    assert encoded.endswith(b"\n")
    assert encoded.count(b"\n") == 1
    assert decode_answer(encoded) == answer


@given(st.binary(max_size=200) | objects.map(lambda o: line(**o)))
def test_whatever_comes_back_is_an_answer_or_one_sentence(data: bytes) -> None:
    answer, told = tried(decode_answer, data)
    if answer is not None:
        assert decode_answer(encode_answer(answer)) == answer
    else:
        assert told.endswith(".")
        assert told.isprintable()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (line(reply="fine"), '"reply" must be one of done, refused'),
        (line(reply="done", more=1), '"more" is not known here'),
        (line(reply="refused", problem=["x"]), '"problem" is not what it has to be'),
        (line(reply="done", status=[]), '"status" is not what it has to be'),
        (line(reply="done", status={}), 'no usable "running"'),
        (line(reply="done", status={**STATUS, "remaining_ms": True}), 'no usable "remaining_ms"'),
        (line(reply="done", status={**STATUS, "extra": 1}), '"extra" is not known here'),
    ],
)
def test_what_is_no_answer_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(DomainError, match=message):
        decode_answer(data)


def test_only_what_is_written_for_people_is_cut_to_fit_the_line() -> None:
    phase = {
        "index": 7,
        "kind": "switch_sides",
        "stretch": "s" * 100,
        "text": "伸" * 500,
        "equipment": ["椅" * 100] * 50,
        "cues": [{"at_ms": 5, "name": "session_start", "say": "展" * 900}] * 6,
    }
    slots = [{"date": "2026-03-02", "time": f"{hour:02}:00", "state": "snoozed"} for hour in range(24)]
    status = {**STATUS, "phase": phase, "slots": slots, "next_reminder": "2026-03-02T20:00:00+01:00"}
    encoded = encode_answer(Answer(reply=Reply.DONE, status=status))
    assert len(encoded) <= MAX_LINE_BYTES
    found: Any = decode_answer(encoded).status
    assert found["slots"] == slots
    assert found["next_reminder"] == status["next_reminder"]
    assert (found["phase"]["kind"], found["phase"]["stretch"]) == ("switch_sides", "s" * 100)
    assert found["phase"]["text"].startswith("伸伸伸")
    assert found["phase"]["text"].endswith("…")
    assert {cue["name"] for cue in found["phase"]["cues"]} == {"session_start"}


def test_what_just_fits_is_not_cut() -> None:
    room = MAX_LINE_BYTES - len(encode_answer(refused("")))
    assert decode_answer(encode_answer(refused("x" * room))).problem == "x" * room
    assert decode_answer(encode_answer(refused("x" * (room + 1)))).problem == "x" * 299 + "…"


def test_a_file_name_that_is_no_text_can_be_told_of() -> None:
    assert decode_answer(encode_answer(refused("a\udcff.toml is missing."))).problem == "a?.toml is missing."
