-- Cases that close, messages in a circle, and what stops all sending.
CREATE TABLE closings (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'agreed', 'refused', 'recalled')),
    why TEXT NOT NULL CHECK (why IN ('not_wanted', 'not_needed')),
    words BLOB,               -- sealed
    proposed_by INTEGER NOT NULL REFERENCES people (id),
    proposed_at TEXT NOT NULL,
    answered_by INTEGER REFERENCES people (id),
    answered_at TEXT,
    CHECK ((state = 'proposed') = (answered_at IS NULL))
) STRICT;
CREATE INDEX closings_of_case ON closings (case_id);
CREATE UNIQUE INDEX closings_one ON closings (case_id) WHERE state = 'proposed';

-- While this row is there, nothing about the case leaves but to staff at KE.
CREATE TABLE halts (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    why TEXT NOT NULL CHECK (why IN ('died', 'moved')),
    noted_by INTEGER NOT NULL REFERENCES people (id),
    noted_at TEXT NOT NULL
) STRICT;

-- Short messages among those of a circle (Ås, Enkelt samspill). `receivers` are those whom consent allowed when it was written.
CREATE TABLE circle_messages (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    sender INTEGER NOT NULL REFERENCES people (id),
    answers INTEGER REFERENCES circle_messages (id),
    words BLOB NOT NULL,      -- sealed
    answer_by TEXT,           -- a day in Oslo: an answer is needed by then
    sent_at TEXT NOT NULL
) STRICT;
CREATE INDEX circle_messages_of_case ON circle_messages (case_id);

CREATE TABLE circle_receivers (
    message INTEGER NOT NULL REFERENCES circle_messages (id),
    person INTEGER NOT NULL REFERENCES people (id),
    read_at TEXT,
    answered_at TEXT,
    PRIMARY KEY (message, person)
) STRICT;
CREATE INDEX circle_receivers_unread ON circle_receivers (person) WHERE read_at IS NULL;

-- «I am being sent around» (Ås, BTI), «I'm stuck»: counted, and answered by somebody with a name.
CREATE TABLE sent_around (
    id INTEGER PRIMARY KEY,
    case_id INTEGER REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    words BLOB,               -- sealed
    said_at TEXT NOT NULL,
    taken_by INTEGER REFERENCES people (id),
    taken_at TEXT,
    CHECK ((taken_by IS NULL) = (taken_at IS NULL))
) STRICT;
