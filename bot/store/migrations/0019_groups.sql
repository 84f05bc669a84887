-- Responsibility groups. What anybody wrote is sealed with the case's key.
CREATE TABLE groups (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    state TEXT NOT NULL CHECK (state IN ('active', 'dissolved')),
    words BLOB NOT NULL,      -- sealed JSON: purpose, goals
    until TEXT,               -- the last day, in Oslo, of a group for a time
    chair INTEGER REFERENCES people (id),
    chair_until TEXT,         -- a day in Oslo
    turns TEXT NOT NULL,      -- JSON list of people: who writes, in turn
    begun_by INTEGER NOT NULL REFERENCES people (id),
    begun_at TEXT NOT NULL,
    evaluated_on TEXT,
    ended_at TEXT,
    ended_why TEXT CHECK (ended_why IN ('no_need', 'person_wants', 'consent_ended', 'case_closed')),
    CHECK ((state = 'dissolved') = (ended_at IS NOT NULL)),
    CHECK ((ended_at IS NULL) = (ended_why IS NULL)),
    CHECK (ended_why IS NOT 'no_need' OR evaluated_on IS NOT NULL)
) STRICT;
-- One group at a time; a new need gives a new one (P08).
CREATE UNIQUE INDEX groups_one_active ON groups (case_id) WHERE state = 'active';
