"""The lines by which a program is asked: what goes in comes out, and everything else is refused in one sentence."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.desktop.ipc.protocol import (
    DONE,
    MAX_ANSWER_BYTES,
    MAX_REQUEST_BYTES,
    MAX_TOKEN,
    MAX_TOOK_S,
    VERBS,
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
from stretchplayer.errors import DesktopError
from stretchplayer.reminders.snooze import LONGEST_SNOOZE_MIN

WORDS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1, max_size=200)
Decoded = TypeVar("Decoded", Request, Answer)
PLAIN_VERBS = sorted(verb for verb, row in VERBS.items() if not row.arguments)
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
    st.builds(Request, verb=st.just(Verb.SNOOZE), minutes=st.none() | st.integers(1, LONGEST_SNOOZE_MIN)),
    st.builds(Request, verb=st.just(Verb.MARK_DONE), undo=st.none() | st.booleans()),
    st.builds(Request, verb=st.just(Verb.SESSION_FINISHED), took_s=st.none() | st.integers(0, MAX_TOOK_S)),
    st.builds(
        Request,
        verb=st.just(Verb.START),
        routine=st.none() | WORDS,
        fullscreen=st.none() | st.booleans(),
        token=st.none() | WORDS,
    ),
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
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
    except DesktopError as error:
        return None, str(error)


# Requests


@given(requests)
def test_a_request_comes_out_as_it_went_in(request: Request) -> None:
    encoded = encode_request(request)
    assert encoded.endswith(b"\n")
    assert encoded.count(b"\n") == 1
    assert len(encoded) <= MAX_REQUEST_BYTES
    assert decode_request(encoded) == request


def test_every_verb_stands_in_the_table() -> None:
    assert set(VERBS) == set(Verb)


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
        (b"", "incomplete"),
        (b'{"verb":"pause"}', "incomplete"),
        (b" " * MAX_REQUEST_BYTES + b"\n", "longer than 4096 bytes"),
        (b"\n", "not valid"),
        (b"pause\n", "not valid"),
        (b"\xff\xfe\n", "not valid"),
        (b"\xef\xbb\xbf{}\n", "not valid"),
        ('{"verb":"pause"}'.encode("utf-16") + b"\n", "not valid"),
        (b"[" * 4000 + b"\n", "not valid"),
        (b'["pause"]\n', "not valid"),
        (b"null\n", "not valid"),
        (b"{}\n", "not valid"),
        (b'{"verb":"eval"}\n', "not valid"),
        (b'{"verb":"PAUSE"}\n', "not valid"),
        (b'{"verb":5}\n', "not valid"),
        (b'{"verb":["pause"]}\n', "not valid"),
        (b'{"verb":null}\n', "not valid"),
        (b'{"verb":"pause","minutes":5}\n', '"pause" takes no such argument: minutes'),
        (b'{"verb":"raise","fullscreen":true}\n', '"raise" takes no such argument: fullscreen'),
        (b'{"verb":"pause","x\\n":5}\n', "not valid"),
        (b'{"verb":"snooze","minutes":NaN}\n', "not valid"),
        (b'{"verb":"snooze","minutes":true}\n', "minutes"),
        (b'{"verb":"snooze","minutes":1.0}\n', "minutes"),
        (b'{"verb":"snooze","minutes":0}\n', "minutes"),
        (b'{"verb":"snooze","minutes":721}\n', "minutes"),
        (b'{"verb":"session-finished","took_s":-1}\n', "took_s"),
        (b'{"verb":"session-finished","took_s":86401}\n', "took_s"),
        (b'{"verb":"session-finished","minutes":5}\n', '"session-finished" takes no such argument: minutes'),
        (b'{"verb":"start","fullscreen":1}\n', "fullscreen"),
        (b'{"verb":"start","routine":""}\n', "routine"),
        (b'{"verb":"start","routine":"a\\u0000"}\n', "routine"),
        (b'{"verb":"start","routine":"\\ud800"}\n', "not valid"),
        (line(verb="raise", token="x" * (MAX_TOKEN + 1)), "token"),
    ],
)
def test_what_is_no_request_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(DesktopError, match=message):
        decode_request(data)


def test_a_path_that_is_too_long_is_not_sent() -> None:
    with pytest.raises(DesktopError, match="too long to be handed over"):
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
    "data",
    [
        line(reply="fine"),
        line(reply=["done"]),
        line(problem="x"),
        line(reply="done", more=1),
        line(reply="refused", problem=["x"]),
        line(reply="done", status=[]),
    ],
)
def test_what_is_no_answer_is_refused(data: bytes) -> None:
    with pytest.raises(DesktopError, match="not valid"):
        decode_answer(data)


def test_the_longest_texts_of_a_phase_fit_into_an_answer() -> None:
    phase = {
        "index": 7,
        "text": "伸" * 500,
        "equipment": ["椅" * 100] * 50,
        "cues": [{"at_ms": 5, "name": "session_start", "say": "展" * 900}] * 6,
    }
    answer = Answer(reply=Reply.DONE, status={**STATUS, "phase": phase})
    assert len(encode_answer(answer)) < MAX_ANSWER_BYTES
    assert decode_answer(encode_answer(answer)) == answer


def test_a_file_name_that_is_no_text_can_be_told_of() -> None:
    assert decode_answer(encode_answer(refused("a\udcff.toml is missing."))).problem == "a?.toml is missing."
