"""The tables of the history, as numbered migrations. A migration that has been shipped is never changed."""

from typing import Final

_FIRST: Final = """
-- What sessions were to be, each once, however often it was played: the whole plan as JSON.
CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    content TEXT NOT NULL UNIQUE
) STRICT;

-- Moments are ISO 8601 with milliseconds and UTC offset. The sums of a session's holds stand beside it.
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
    CHECK ((outcome = 'open') = (ended_at IS NULL))
) STRICT;

CREATE INDEX session_by_day ON session (day, rate, done, complete, left_ms, right_ms, both_ms);
CREATE INDEX session_by_slot ON session (slot) WHERE slot IS NOT NULL;
CREATE INDEX session_open ON session (outcome) WHERE outcome = 'open';

CREATE TABLE hold (
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    phase INTEGER NOT NULL CHECK (phase >= 0),
    stretch TEXT NOT NULL,
    title TEXT NOT NULL,
    side TEXT CHECK (side IN ('left', 'right')),
    planned_ms INTEGER NOT NULL,
    held_ms INTEGER NOT NULL CHECK (held_ms BETWEEN 0 AND planned_ms),
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
CREATE TABLE slot (
    slot TEXT PRIMARY KEY CHECK (length(slot) = 16),
    state TEXT NOT NULL CHECK (state IN ('skipped', 'missed', 'paused'))
) STRICT, WITHOUT ROWID;
"""

_SECOND: Final = """
-- Whether the person says that the slot was done; the state is what it would be without that.
ALTER TABLE slot ADD COLUMN marked_done INTEGER NOT NULL DEFAULT 0 CHECK (marked_done IN (0, 1));
"""

_THIRD: Final = """
-- What has the side. The sums per leg stand in the session; everything else is in its `both_ms`.
ALTER TABLE hold ADD COLUMN limb TEXT NOT NULL DEFAULT 'leg';

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

ALTER TABLE session ADD COLUMN repetitions INTEGER NOT NULL DEFAULT 0;
DROP INDEX session_by_day;
CREATE INDEX session_by_day ON session (day, rate, done, complete, left_ms, right_ms, both_ms, repetitions);
"""

_FOURTH: Final = """
-- The repetitions per leg; `repetitions` has those of everything.
ALTER TABLE session ADD COLUMN left_repetitions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN right_repetitions INTEGER NOT NULL DEFAULT 0;
UPDATE session SET (left_repetitions, right_repetitions) = (
    SELECT coalesce(sum(done) FILTER (WHERE side = 'left'), 0), coalesce(sum(done) FILTER (WHERE side = 'right'), 0)
    FROM repetition WHERE session = session.id AND limb = 'leg'
) WHERE repetitions > 0;
DROP INDEX session_by_day;
CREATE INDEX session_by_day ON session (
    day, rate, done, complete, left_ms, right_ms, both_ms, repetitions, left_repetitions, right_repetitions
);
"""

MIGRATIONS: Final = (_FIRST, _SECOND, _THIRD, _FOURTH)
"""The SQL that leads from one version to the next; the first makes the tables. `user_version` counts how many ran."""
EVERYTHING: Final = ("answer", "hold", "repetition", "session", "plan", "measure", "slot")
"""All tables, in an order in which they can be emptied."""
