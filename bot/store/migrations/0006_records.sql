-- The audit chain, what is to be reminded of, and what an operator must see.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor INTEGER,          -- a person; NULL: Samråd itself
    action TEXT NOT NULL,
    case_id INTEGER,
    detail TEXT NOT NULL,   -- JSON of ids and codes, no content
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_of_case ON audit (case_id);
CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never shortened'); END;

CREATE TABLE reminders (
    key TEXT PRIMARY KEY,
    case_id INTEGER,
    session INTEGER,
    kind TEXT NOT NULL,
    person INTEGER,
    object INTEGER,
    due_at TEXT NOT NULL,
    useful_until TEXT,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'fired', 'skipped')),
    outcome TEXT,
    settled_at TEXT
) STRICT;
CREATE INDEX reminders_due ON reminders (due_at) WHERE state = 'pending';
CREATE INDEX reminders_of_case ON reminders (case_id);
CREATE INDEX reminders_of_session ON reminders (session);

CREATE TABLE alarms (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,  -- codes and ids only
    times INTEGER NOT NULL DEFAULT 1,
    raised_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    seen_at TEXT
) STRICT;
CREATE UNIQUE INDEX alarms_open ON alarms (kind, detail) WHERE seen_at IS NULL;
