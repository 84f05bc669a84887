-- Who is invited to a meeting, and what they answered.
CREATE TABLE attendance (
    meeting INTEGER NOT NULL REFERENCES meetings (id),
    person INTEGER NOT NULL REFERENCES people (id),
    reply TEXT NOT NULL CHECK (reply IN ('coming', 'by_video', 'cannot', 'someone_else', 'maybe')),
    words BLOB,              -- sealed: a reason, or the name of whoever comes instead
    sequence INTEGER NOT NULL,
    by_phone INTEGER NOT NULL DEFAULT 0 CHECK (by_phone IN (0, 1)),
    noted_by INTEGER NOT NULL REFERENCES people (id),
    at TEXT NOT NULL,
    PRIMARY KEY (meeting, person)
) STRICT;

-- The last `sequence` at which time or place changed, so that answers to an earlier one count no more, and when it was sent.
CREATE TABLE invitations (
    meeting INTEGER PRIMARY KEY REFERENCES meetings (id),
    asked_since INTEGER NOT NULL,
    asked_at TEXT NOT NULL,
    tool_sequence INTEGER,   -- the `sequence` that was put into the planning tool as well
    tool_by INTEGER REFERENCES people (id),
    tool_at TEXT
) STRICT;

-- What the recipient, who cannot be there, says beforehand to each measure that is proposed (Lund § 11.4, Gruppens funksjon).
CREATE TABLE proposals (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meetings (id),
    words BLOB NOT NULL,     -- sealed
    put_by INTEGER NOT NULL REFERENCES people (id),
    put_at TEXT NOT NULL,
    yes INTEGER CHECK (yes IN (0, 1)),  -- NULL: not answered, which is never a yes
    answered_by INTEGER REFERENCES people (id),
    answered_at TEXT,
    CHECK ((yes IS NULL) = (answered_at IS NULL))
) STRICT;
CREATE INDEX proposals_of_meeting ON proposals (meeting);

-- Two members meet the recipient before and after, where the recipient does not want to sit in the meeting (Lund § 11.4).
CREATE TABLE go_betweens (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meetings (id),
    member INTEGER NOT NULL REFERENCES members (id),
    met_before TEXT,
    met_after TEXT,
    ended_at TEXT            -- the recipient has chosen another
) STRICT;
CREATE UNIQUE INDEX go_betweens_once ON go_betweens (meeting, member) WHERE ended_at IS NULL;
