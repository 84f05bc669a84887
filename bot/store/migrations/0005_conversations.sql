-- Where every conversation stands, what every button means, and which updates have been taken in.
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id),
    owner INTEGER NOT NULL REFERENCES people (id),  -- whose key seals the answers; stays when a link code says who the person is
    account INTEGER REFERENCES accounts (id),       -- the chat it was begun in; NULL: on the secure page
    conversation TEXT NOT NULL,
    given BLOB NOT NULL,  -- sealed JSON: what it was begun with
    state TEXT NOT NULL CHECK (state IN ('open', 'parked', 'ended', 'cancelled', 'expired', 'deleted')),
    asked TEXT,           -- the key asked now
    draft BLOB,           -- sealed JSON: ticks not yet sent
    shown INTEGER,        -- outbox row of the message that holds the question
    kept INTEGER NOT NULL DEFAULT 0,
    started_at TEXT NOT NULL,
    last_at TEXT NOT NULL
) STRICT;
-- One conversation at a time for a person, on whatever surface; others wait.
CREATE UNIQUE INDEX sessions_one_open ON sessions (person) WHERE state = 'open';
CREATE INDEX sessions_unfinished ON sessions (last_at) WHERE state IN ('open', 'parked');
CREATE INDEX sessions_of_person ON sessions (person, state);

CREATE TABLE answers (
    session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value BLOB NOT NULL,  -- sealed JSON
    PRIMARY KEY (session, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE keyboards (
    token TEXT PRIMARY KEY,
    account INTEGER NOT NULL,
    session INTEGER REFERENCES sessions (id) ON DELETE CASCADE,
    key TEXT,
    meanings TEXT NOT NULL,  -- JSON list, one for each button: ids and codes only, nothing a person wrote
    outbox INTEGER,          -- the message it stands under
    used_at TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX keyboards_expiring ON keyboards (expires_at);
CREATE INDEX keyboards_of_session ON keyboards (session);

CREATE TABLE inbox (
    update_id INTEGER NOT NULL,
    digest BLOB NOT NULL,
    taken_at TEXT NOT NULL,
    PRIMARY KEY (update_id, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_by_time ON inbox (taken_at);

CREATE TABLE inbox_failed (
    id INTEGER PRIMARY KEY,
    update_id INTEGER,
    body BLOB NOT NULL,  -- sealed: what it was
    fault TEXT NOT NULL,
    set_aside_at TEXT NOT NULL
) STRICT;
