-- Evaluations and complaints. What anybody wrote is sealed with the case's key.
CREATE TABLE evaluation_days (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    agreed_on TEXT NOT NULL,  -- a day in Oslo
    noted_by INTEGER NOT NULL REFERENCES people (id),
    noted_at TEXT NOT NULL
) STRICT;

CREATE TABLE evaluations (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    questions TEXT NOT NULL CHECK (questions IN ('plan', 'cooperation', 'child')),
    answers BLOB NOT NULL,    -- sealed JSON: marks and words
    read_by TEXT NOT NULL CHECK (read_by IN ('coordinator', 'unit')),
    goes_on TEXT CHECK (goes_on IN ('yes', 'no', 'unsure')),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX evaluations_of_case ON evaluations (case_id);

-- Whether anybody has been in touch, and whether the person knows what happens next.
CREATE TABLE follow_ups (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    in_touch INTEGER NOT NULL CHECK (in_touch IN (0, 1)),
    knows_next INTEGER NOT NULL CHECK (knows_next IN (0, 1)),
    words BLOB,               -- sealed
    at TEXT NOT NULL
) STRICT;
CREATE INDEX follow_ups_of_case ON follow_ups (case_id);

CREATE TABLE complaints (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    about TEXT NOT NULL CHECK (about IN ('coordinator', 'decision')),
    decision INTEGER REFERENCES decisions (id),
    concerned INTEGER REFERENCES people (id),
    sent_to TEXT NOT NULL CHECK (sent_to IN ('leader', 'unit')),
    to_unit_at TEXT,
    handler INTEGER REFERENCES people (id),
    task INTEGER,             -- the unit's task; it bears no case, so that nobody finds the complaint through the case
    words BLOB NOT NULL,      -- sealed JSON: what is wrong, what is wished, why it comes late
    late INTEGER NOT NULL CHECK (late IN (0, 1)),
    received_at TEXT NOT NULL,
    answer_by TEXT NOT NULL,  -- a day in Oslo
    outcome TEXT CHECK (outcome IN ('put_right', 'another', 'explained', 'changed', 'sent_on', 'withdrawn')),
    answer BLOB,              -- sealed
    answered_at TEXT,
    CHECK ((about = 'decision') = (decision IS NOT NULL)),
    CHECK ((outcome IS NULL) = (answered_at IS NULL))
) STRICT;
CREATE INDEX complaints_of_case ON complaints (case_id);
CREATE INDEX complaints_open ON complaints (answer_by) WHERE answered_at IS NULL;
-- An answer that was given stands.
CREATE TRIGGER complaints_answered BEFORE UPDATE OF outcome, answer, words ON complaints WHEN OLD.answered_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a complaint that was answered is never changed');
END;

-- Who wants a prompt on Fridays to look back. What they think is stored nowhere.
CREATE TABLE look_backs (
    person INTEGER PRIMARY KEY REFERENCES people (id),
    since TEXT NOT NULL
) STRICT;
