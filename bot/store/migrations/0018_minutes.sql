-- Minutes, what was decided, and who does what by when. What anybody wrote is sealed with the case's key.
CREATE TABLE minutes (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL UNIQUE REFERENCES meetings (id),
    case_id INTEGER NOT NULL REFERENCES cases (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'read_back', 'sent')),
    edition INTEGER NOT NULL DEFAULT 0,  -- one more each time they are written
    writer INTEGER NOT NULL REFERENCES people (id),
    present TEXT NOT NULL,    -- JSON list of people
    points BLOB NOT NULL,     -- sealed JSON
    next_on TEXT,             -- a day in Oslo
    why_not BLOB,             -- sealed: why there is no next date
    begun_at TEXT NOT NULL,
    sent_at TEXT,
    archived_at TEXT,
    CHECK ((state = 'sent') = (sent_at IS NOT NULL))
) STRICT;
CREATE INDEX minutes_of_case ON minutes (case_id);
-- What has been sent is not written over.
CREATE TRIGGER minutes_sent BEFORE UPDATE OF points, present, next_on, why_not, state, edition ON minutes WHEN OLD.state = 'sent'
BEGIN
    SELECT RAISE(ABORT, 'minutes that were sent are never changed');
END;

-- Those present who say that it was understood rightly, or that it was not.
CREATE TABLE minutes_answers (
    minutes INTEGER NOT NULL REFERENCES minutes (id),
    person INTEGER NOT NULL REFERENCES people (id),
    right INTEGER NOT NULL CHECK (right IN (0, 1)),
    words BLOB,               -- sealed
    at TEXT NOT NULL,
    PRIMARY KEY (minutes, person)
) STRICT;

CREATE TABLE member_tasks (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    meeting INTEGER REFERENCES meetings (id),
    owner INTEGER NOT NULL REFERENCES people (id),
    code TEXT CHECK (code IN ('archive', 'archive_plan', 'update_plan', 'bring_on')),  -- what always comes of minutes, for whoever coordinates
    words BLOB NOT NULL,      -- sealed
    due_on TEXT NOT NULL,     -- a day in Oslo
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'cannot', 'dropped')),
    why BLOB,                 -- sealed
    longer INTEGER NOT NULL DEFAULT 0,
    given_by INTEGER NOT NULL REFERENCES people (id),
    given_at TEXT NOT NULL,
    ended_at TEXT,
    CHECK ((state = 'open') = (ended_at IS NULL))
) STRICT;
CREATE INDEX member_tasks_of_case ON member_tasks (case_id);
CREATE INDEX member_tasks_open ON member_tasks (owner, due_on) WHERE state = 'open';
CREATE TRIGGER member_tasks_final BEFORE UPDATE OF state ON member_tasks WHEN OLD.ended_at IS NOT NULL AND NEW.state <> OLD.state
BEGIN
    SELECT RAISE(ABORT, 'a task that has ended does not begin again');
END;
