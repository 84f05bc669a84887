-- The people around a case: who they are, what was set for each to see, and what each has been told.
CREATE TABLE members (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL CHECK (kind IN ('fixed', 'when_needed')),
    state TEXT NOT NULL CHECK (state IN ('added', 'invited', 'joined', 'declined', 'ended')),
    sees TEXT NOT NULL,      -- JSON list of kinds of information
    about BLOB NOT NULL,     -- sealed JSON: name, title, service, e-mail, phone, number in the register of health personnel
    email_mac BLOB,          -- finds the same professional in another case without storing the address in clear
    added_by INTEGER NOT NULL REFERENCES people (id),
    added_at TEXT NOT NULL,
    invited_at TEXT,
    joined_at TEXT,
    ended_at TEXT,
    ended_by INTEGER REFERENCES people (id),
    ended_why TEXT CHECK (ended_why IN ('left', 'removed', 'stopped_sharing')),
    CHECK ((state IN ('declined', 'ended')) = (ended_at IS NOT NULL)),
    CHECK ((state = 'ended') = (ended_why IS NOT NULL)),
    CHECK (state <> 'joined' OR joined_at IS NOT NULL),
    CHECK (state = 'added' OR state = 'ended' OR invited_at IS NOT NULL)
) STRICT;
CREATE INDEX members_of_case ON members (case_id);
CREATE INDEX members_of_person ON members (person);
CREATE INDEX members_by_email ON members (email_mac) WHERE email_mac IS NOT NULL;
-- Nobody is twice in one circle.
CREATE UNIQUE INDEX members_once ON members (case_id, person) WHERE ended_at IS NULL;
-- What has ended never begins again: whoever comes back is added anew, and consent is asked for anew.
CREATE TRIGGER members_final BEFORE UPDATE ON members WHEN OLD.ended_at IS NOT NULL AND NEW.state <> OLD.state
BEGIN
    SELECT RAISE(ABORT, 'a membership that has ended does not begin again');
END;

-- Everything a member was told about somebody else, by the kind of information in it, so that it can be held when that is no longer shared.
CREATE TABLE told_members (
    notice INTEGER PRIMARY KEY REFERENCES notices (id),
    member INTEGER NOT NULL REFERENCES members (id),
    info TEXT,               -- a kind of information; NULL: only that there is a circle
    told_at TEXT NOT NULL,
    held_at TEXT             -- taken back before it was read: it was no longer shared
) STRICT;
CREATE INDEX told_members_of_member ON told_members (member);

-- Children around the person: mapped (Lund § 6), met, and their own words (Rana, Barn).
CREATE TABLE children_asked (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no', 'not_yet')),
    follow_up BLOB,          -- sealed: who follows up
    person INTEGER NOT NULL REFERENCES people (id),
    at TEXT NOT NULL,
    CHECK (answer = 'yes' OR follow_up IS NULL)
) STRICT;
CREATE INDEX children_asked_of_case ON children_asked (case_id);

CREATE TABLE child_met (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    on_day TEXT NOT NULL,    -- a day in Oslo
    person INTEGER NOT NULL REFERENCES people (id),
    at TEXT NOT NULL
) STRICT;

CREATE TABLE child_words (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    words BLOB NOT NULL,     -- sealed: «What I want», in the child's own words
    person INTEGER NOT NULL REFERENCES people (id),
    by_child INTEGER NOT NULL CHECK (by_child IN (0, 1)),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX child_words_of_case ON child_words (case_id);
