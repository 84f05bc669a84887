-- Meetings: what is called, when, where, and what it is about. What anybody wrote is sealed with the case's key.
CREATE TABLE meetings (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL CHECK (kind IN ('startup', 'group', 'plan', 'cooperation', 'settle')),
    state TEXT NOT NULL CHECK (state IN ('asked', 'talk_first', 'voting', 'called', 'held', 'cancelled')),
    place TEXT NOT NULL CHECK (place IN ('office', 'home', 'school', 'video', 'other')),
    words BLOB NOT NULL,      -- sealed JSON: purpose, where, link, reason for short notice, agenda
    proposals TEXT NOT NULL,  -- JSON list of moments
    refused TEXT NOT NULL DEFAULT '[]',  -- JSON list of moments that the recipient does not want
    at TEXT,
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 10 AND 480),
    chair INTEGER REFERENCES people (id),
    writer INTEGER REFERENCES people (id),
    notice_days INTEGER NOT NULL,
    short INTEGER NOT NULL DEFAULT 0 CHECK (short IN (0, 1)),  -- called with shorter notice than the profile asks for
    leader_knows INTEGER NOT NULL DEFAULT 0 CHECK (leader_knows IN (0, 1)),
    first INTEGER NOT NULL DEFAULT 0 CHECK (first IN (0, 1)),
    sequence INTEGER NOT NULL DEFAULT 0,
    uid TEXT NOT NULL UNIQUE,
    proposed_by INTEGER NOT NULL REFERENCES people (id),
    created_at TEXT NOT NULL,
    called_at TEXT,
    ended_at TEXT,
    CHECK (state NOT IN ('called', 'held') OR (at IS NOT NULL AND called_at IS NOT NULL)),
    CHECK ((state IN ('held', 'cancelled')) = (ended_at IS NOT NULL))
) STRICT;
CREATE INDEX meetings_of_case ON meetings (case_id);
CREATE INDEX meetings_coming ON meetings (at) WHERE state = 'called';
-- Nobody is called to what the recipient has not said yes to.
CREATE TRIGGER meetings_forward BEFORE UPDATE OF state ON meetings
WHEN NEW.state <> OLD.state AND NOT (
    (OLD.state = 'asked' AND NEW.state IN ('talk_first', 'voting', 'called', 'cancelled'))
    OR (OLD.state = 'talk_first' AND NEW.state IN ('asked', 'cancelled'))
    OR (OLD.state = 'voting' AND NEW.state IN ('called', 'asked', 'cancelled'))
    OR (OLD.state = 'called' AND NEW.state IN ('held', 'cancelled'))
)
BEGIN
    SELECT RAISE(ABORT, 'a meeting does not go that way');
END;

CREATE TABLE meeting_people (
    meeting INTEGER NOT NULL REFERENCES meetings (id),
    person INTEGER NOT NULL REFERENCES people (id),
    part TEXT NOT NULL CHECK (part IN ('recipient', 'party', 'member', 'coordinator')),
    member INTEGER REFERENCES members (id),
    needed INTEGER NOT NULL DEFAULT 0 CHECK (needed IN (0, 1)),
    points TEXT NOT NULL DEFAULT '[]',  -- JSON list of places in the agenda; empty: all of it
    out INTEGER NOT NULL DEFAULT 0 CHECK (out IN (0, 1)),
    PRIMARY KEY (meeting, person),
    CHECK ((part = 'member') = (member IS NOT NULL)),
    CHECK (part <> 'recipient' OR out = 0)
) STRICT;
CREATE INDEX meeting_people_of_person ON meeting_people (person);

-- Which of the times suit whom.
CREATE TABLE meeting_votes (
    meeting INTEGER NOT NULL REFERENCES meetings (id),
    person INTEGER NOT NULL REFERENCES people (id),
    suits TEXT NOT NULL,  -- JSON list of moments; empty: none of them
    at TEXT NOT NULL,
    PRIMARY KEY (meeting, person)
) STRICT;
