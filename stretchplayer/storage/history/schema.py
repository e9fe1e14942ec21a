"""The tables of the history, as numbered migrations. A migration that has been released is never changed."""

from typing import Final

_FIRST: Final = """
-- What sessions were to be, each once, however often it was played: the whole plan as JSON.
CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    content TEXT NOT NULL UNIQUE
) STRICT;

-- Moments are ISO 8601 with milliseconds and UTC offset. The sums of a session's holds and
-- repetitions stand beside it: per leg, and for everything else, except that `repetitions` has those of everything.
CREATE TABLE session (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 0 AND 9007199254740991),
    plan INTEGER NOT NULL REFERENCES plan,
    routine TEXT NOT NULL,
    title TEXT NOT NULL,
    started_at TEXT NOT NULL CHECK (length(started_at) >= 29),
    seen_at TEXT NOT NULL,
    ended_at TEXT,
    slot TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('open', 'finished', 'stopped', 'interrupted')),
    rate REAL NOT NULL CHECK (rate > 0),
    phase INTEGER NOT NULL CHECK (phase >= 0),
    day TEXT NOT NULL GENERATED ALWAYS AS (substr(started_at, 1, 10)) STORED,
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
    left_ms INTEGER NOT NULL,
    right_ms INTEGER NOT NULL,
    both_ms INTEGER NOT NULL,
    repetitions INTEGER NOT NULL DEFAULT 0,
    left_repetitions INTEGER NOT NULL DEFAULT 0,
    right_repetitions INTEGER NOT NULL DEFAULT 0,
    CHECK ((outcome = 'open') = (ended_at IS NULL))
) STRICT;

CREATE INDEX session_by_day ON session (
    day, rate, done, complete, left_ms, right_ms, both_ms, repetitions, left_repetitions, right_repetitions
);
CREATE INDEX session_by_slot ON session (slot) WHERE slot IS NOT NULL;
CREATE INDEX session_open ON session (outcome) WHERE outcome = 'open';

-- `limb` is what has the side.
CREATE TABLE hold (
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    phase INTEGER NOT NULL CHECK (phase >= 0),
    stretch TEXT NOT NULL,
    title TEXT NOT NULL,
    side TEXT CHECK (side IN ('left', 'right')),
    planned_ms INTEGER NOT NULL,
    held_ms INTEGER NOT NULL CHECK (held_ms BETWEEN 0 AND planned_ms),
    limb TEXT NOT NULL DEFAULT 'leg',
    PRIMARY KEY (session, phase)
) STRICT, WITHOUT ROWID;

-- The repetitions of one exercise on one side.
CREATE TABLE repetition (
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    phase INTEGER NOT NULL CHECK (phase >= 0),
    stretch TEXT NOT NULL,
    title TEXT NOT NULL,
    side TEXT CHECK (side IN ('left', 'right')),
    planned INTEGER NOT NULL,
    done INTEGER NOT NULL CHECK (done BETWEEN 0 AND planned),
    limb TEXT NOT NULL,
    PRIMARY KEY (session, phase)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    session INTEGER PRIMARY KEY REFERENCES session ON DELETE CASCADE,
    answered_at TEXT NOT NULL,
    back INTEGER CHECK (back BETWEEN 0 AND 10),
    leg INTEGER CHECK (leg BETWEEN 0 AND 10),
    note TEXT NOT NULL,
    worse INTEGER NOT NULL CHECK (worse IN (0, 1)),
    numb INTEGER NOT NULL CHECK (numb IN (0, 1)),
    weak INTEGER NOT NULL CHECK (weak IN (0, 1))
) STRICT;

-- From the fingertips to the floor.
CREATE TABLE measure (
    day TEXT PRIMARY KEY,
    cm REAL NOT NULL CHECK (cm BETWEEN 0 AND 200)
) STRICT, WITHOUT ROWID;

-- What became of reminders that nothing was done for; those that something was done for stand in `session`.
-- A slot may be marked as done by the person's word; its state is what it would be without that.
CREATE TABLE slot (
    slot TEXT PRIMARY KEY CHECK (length(slot) = 16),
    state TEXT NOT NULL CHECK (state IN ('skipped', 'missed', 'paused')),
    marked_done INTEGER NOT NULL DEFAULT 0 CHECK (marked_done IN (0, 1))
) STRICT, WITHOUT ROWID;
"""

MIGRATIONS: Final = (_FIRST,)
"""The SQL that leads from one version to the next; the first makes the tables. `user_version` counts how many ran."""
EVERYTHING: Final = ("answer", "hold", "repetition", "session", "plan", "measure", "slot")
"""All tables, in an order in which they can be emptied."""
