-- How somebody wants to be reminded, what was done about a reminder, what waits for a digest, and how far a recomputation has come.
CREATE TABLE nudge_choices (
    person INTEGER PRIMARY KEY REFERENCES people (id),
    how_often TEXT NOT NULL CHECK (how_often IN ('at_once', 'daily', 'weekly')),
    chosen_at TEXT NOT NULL
) STRICT;

CREATE TABLE nudges (
    id INTEGER PRIMARY KEY,
    reminder TEXT NOT NULL,     -- the key of the reminder that fired
    kind TEXT NOT NULL,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    notice INTEGER REFERENCES notices (id),
    useful_until TEXT,
    nudged_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'later', 'done', 'not_needed', 'over')),
    later_on TEXT,              -- the day it comes again
    why BLOB,                   -- sealed: why it is not needed
    answered_at TEXT,
    CHECK ((state = 'later') = (later_on IS NOT NULL)),
    UNIQUE (reminder, person)
) STRICT;
CREATE INDEX nudges_of_case ON nudges (case_id) WHERE state IN ('open', 'later');
CREATE INDEX nudges_of_person ON nudges (person) WHERE state IN ('open', 'later');
CREATE INDEX nudges_of_notice ON nudges (notice);

CREATE TABLE held_messages (
    notice INTEGER PRIMARY KEY REFERENCES notices (id),
    person INTEGER NOT NULL REFERENCES people (id),
    due_at TEXT NOT NULL,
    useful_until TEXT
) STRICT;
CREATE INDEX held_messages_due ON held_messages (due_at);

CREATE TABLE sent_days (
    person INTEGER NOT NULL REFERENCES people (id),
    day TEXT NOT NULL,          -- in Oslo
    number INTEGER NOT NULL DEFAULT 0,
    digest_at TEXT,
    PRIMARY KEY (person, day)
) STRICT;
CREATE INDEX sent_days_old ON sent_days (day);

CREATE TABLE recomputing (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    digest TEXT NOT NULL,       -- of the rules that are, or were last, computed by
    cursor INTEGER NOT NULL,    -- the last case that is done
    changed INTEGER NOT NULL,
    begun_at TEXT NOT NULL,
    finished_at TEXT            -- NULL: under way, to be taken up again
) STRICT;
