"""The tables of the history, as numbered migrations. A migration that has been shipped is never changed."""

from typing import Final

_FIRST: Final = """
-- What sessions were to be, each once, however often it was played. `content` is the whole plan as JSON.
CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    routine TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;

CREATE TABLE plan_hold (
    plan INTEGER NOT NULL REFERENCES plan,
    phase INTEGER NOT NULL CHECK (phase >= 0),
    stretch TEXT NOT NULL,
    title TEXT NOT NULL,
    side TEXT CHECK (side IN ('left', 'right')),
    planned_ms INTEGER NOT NULL CHECK (planned_ms >= 0),
    PRIMARY KEY (plan, phase)
) STRICT, WITHOUT ROWID;

-- Moments are ISO 8601 with milliseconds and UTC offset. What was held stands in `held`; the sums of it are kept here,
-- and those of a day in `day_total`, by the triggers below. `short` counts the holds that were not held in full.
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL REFERENCES plan,
    started_at TEXT NOT NULL CHECK (length(started_at) >= 29),
    seen_at TEXT NOT NULL,
    ended_at TEXT,
    slot TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('open', 'finished', 'stopped', 'interrupted')),
    rate REAL NOT NULL CHECK (rate > 0),
    phase INTEGER NOT NULL CHECK (phase >= 0),
    short INTEGER NOT NULL CHECK (short >= 0),
    left_ms INTEGER NOT NULL DEFAULT 0,
    right_ms INTEGER NOT NULL DEFAULT 0,
    both_ms INTEGER NOT NULL DEFAULT 0,
    day TEXT NOT NULL GENERATED ALWAYS AS (substr(started_at, 1, 10)) STORED,
    done INTEGER NOT NULL GENERATED ALWAYS AS (outcome = 'finished' AND left_ms + right_ms + both_ms > 0) VIRTUAL,
    complete INTEGER NOT NULL
        GENERATED ALWAYS AS (outcome = 'finished' AND left_ms + right_ms + both_ms > 0 AND short = 0) VIRTUAL,
    CHECK ((outcome = 'open') = (ended_at IS NULL))
) STRICT;

CREATE INDEX session_by_day ON session (day);
CREATE INDEX session_by_slot ON session (slot) WHERE slot IS NOT NULL;
CREATE INDEX session_open ON session (outcome) WHERE outcome = 'open';

CREATE TABLE held (
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    phase INTEGER NOT NULL,
    held_ms INTEGER NOT NULL CHECK (held_ms > 0),
    PRIMARY KEY (session, phase)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_total (
    day TEXT PRIMARY KEY,
    sessions INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    left_ms INTEGER NOT NULL,
    right_ms INTEGER NOT NULL,
    both_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    session INTEGER PRIMARY KEY REFERENCES session ON DELETE CASCADE,
    day TEXT NOT NULL,
    given_at TEXT NOT NULL,
    back INTEGER CHECK (back BETWEEN 0 AND 10),
    leg INTEGER CHECK (leg BETWEEN 0 AND 10),
    note TEXT NOT NULL,
    worse INTEGER NOT NULL CHECK (worse IN (0, 1)),
    numb INTEGER NOT NULL CHECK (numb IN (0, 1)),
    weak INTEGER NOT NULL CHECK (weak IN (0, 1))
) STRICT;

CREATE INDEX answer_by_day ON answer (day);

CREATE TABLE day_pain (
    day TEXT PRIMARY KEY,
    answers INTEGER NOT NULL,
    backs INTEGER NOT NULL,
    back_sum INTEGER NOT NULL,
    legs INTEGER NOT NULL,
    leg_sum INTEGER NOT NULL,
    worse INTEGER NOT NULL,
    numb INTEGER NOT NULL,
    weak INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE measure (
    day TEXT PRIMARY KEY,
    cm REAL NOT NULL CHECK (cm BETWEEN 0 AND 200)
) STRICT, WITHOUT ROWID;

-- What became of reminders that nothing was done for; those that something was done for stand in `session`.
CREATE TABLE slot (
    slot TEXT PRIMARY KEY CHECK (length(slot) = 16),
    state TEXT NOT NULL CHECK (state IN ('skipped', 'missed', 'paused'))
) STRICT, WITHOUT ROWID;

-- Rows of `held` without their session change nothing: an import writes them first, and the session with its sums.
CREATE TRIGGER held_added AFTER INSERT ON held BEGIN
    UPDATE session SET
        left_ms = left_ms + iif(hold.side = 'left', NEW.held_ms, 0),
        right_ms = right_ms + iif(hold.side = 'right', NEW.held_ms, 0),
        both_ms = both_ms + iif(hold.side IS NULL, NEW.held_ms, 0),
        short = short - (NEW.held_ms >= hold.planned_ms)
    FROM plan_hold AS hold
    WHERE session.id = NEW.session AND hold.plan = session.plan AND hold.phase = NEW.phase;
END;

CREATE TRIGGER held_grown AFTER UPDATE OF held_ms ON held BEGIN
    UPDATE session SET
        left_ms = left_ms + iif(hold.side = 'left', NEW.held_ms - OLD.held_ms, 0),
        right_ms = right_ms + iif(hold.side = 'right', NEW.held_ms - OLD.held_ms, 0),
        both_ms = both_ms + iif(hold.side IS NULL, NEW.held_ms - OLD.held_ms, 0),
        short = short - (NEW.held_ms >= hold.planned_ms) + (OLD.held_ms >= hold.planned_ms)
    FROM plan_hold AS hold
    WHERE session.id = NEW.session AND hold.plan = session.plan AND hold.phase = NEW.phase;
END;

CREATE TRIGGER session_added AFTER INSERT ON session WHEN NEW.rate = 1.0 BEGIN
    INSERT INTO day_total
        VALUES (NEW.day, 1, NEW.done, NEW.complete, NEW.left_ms, NEW.right_ms, NEW.both_ms)
        ON CONFLICT (day) DO UPDATE SET
            sessions = sessions + 1,
            finished = finished + excluded.finished,
            complete = complete + excluded.complete,
            left_ms = left_ms + excluded.left_ms,
            right_ms = right_ms + excluded.right_ms,
            both_ms = both_ms + excluded.both_ms;
END;

CREATE TRIGGER session_changed AFTER UPDATE OF outcome, short, left_ms, right_ms, both_ms ON session
WHEN NEW.rate = 1.0 BEGIN
    UPDATE day_total SET
        finished = finished + NEW.done - OLD.done,
        complete = complete + NEW.complete - OLD.complete,
        left_ms = left_ms + NEW.left_ms - OLD.left_ms,
        right_ms = right_ms + NEW.right_ms - OLD.right_ms,
        both_ms = both_ms + NEW.both_ms - OLD.both_ms
    WHERE day = NEW.day;
END;

CREATE TRIGGER answer_added AFTER INSERT ON answer BEGIN
    INSERT INTO day_pain
        VALUES (
            NEW.day, 1, NEW.back IS NOT NULL, ifnull(NEW.back, 0), NEW.leg IS NOT NULL, ifnull(NEW.leg, 0),
            NEW.worse, NEW.numb, NEW.weak
        )
        ON CONFLICT (day) DO UPDATE SET
            answers = answers + 1,
            backs = backs + excluded.backs,
            back_sum = back_sum + excluded.back_sum,
            legs = legs + excluded.legs,
            leg_sum = leg_sum + excluded.leg_sum,
            worse = worse + excluded.worse,
            numb = numb + excluded.numb,
            weak = weak + excluded.weak;
END;

CREATE TRIGGER answer_changed AFTER UPDATE ON answer BEGIN
    UPDATE day_pain SET
        backs = backs + (NEW.back IS NOT NULL) - (OLD.back IS NOT NULL),
        back_sum = back_sum + ifnull(NEW.back, 0) - ifnull(OLD.back, 0),
        legs = legs + (NEW.leg IS NOT NULL) - (OLD.leg IS NOT NULL),
        leg_sum = leg_sum + ifnull(NEW.leg, 0) - ifnull(OLD.leg, 0),
        worse = worse + NEW.worse - OLD.worse,
        numb = numb + NEW.numb - OLD.numb,
        weak = weak + NEW.weak - OLD.weak
    WHERE day = NEW.day;
END;
"""

MIGRATIONS: Final = (_FIRST,)
"""The SQL that leads from one version to the next; the first makes the tables. `user_version` counts how many ran."""
EVERYTHING: Final = ("answer", "day_pain", "held", "day_total", "session", "plan_hold", "plan", "measure", "slot")
"""All tables, in an order in which they can be emptied."""
