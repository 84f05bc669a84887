-- Cases and what happens in them. Everything a person has told is sealed with the case's own key.
CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('received', 'clarifying', 'appointing', 'active', 'refused', 'withdrawn', 'closed')),
    source TEXT NOT NULL,
    for_whom TEXT NOT NULL,
    age_group TEXT NOT NULL,
    wanted TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('nb', 'nn')),
    content BLOB NOT NULL,  -- sealed JSON: names, services, need, wish, how to be reached
    subject_mac BLOB,       -- finds a possible duplicate without storing the name in clear
    received_at TEXT NOT NULL,
    answer_by TEXT NOT NULL,
    delay_until TEXT,
    decided_at TEXT,
    active_at TEXT,
    ended_at TEXT
) STRICT;
CREATE INDEX cases_living ON cases (answer_by) WHERE state IN ('received', 'clarifying', 'appointing', 'active');
CREATE INDEX cases_by_subject ON cases (subject_mac);

CREATE TABLE parties (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN ('self', 'youth', 'parent', 'guardian', 'attorney', 'relative', 'reporter')),
    since TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (case_id, person, role)
) STRICT;
CREATE INDEX parties_of_person ON parties (person);

CREATE TABLE talks (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL CHECK (kind IN ('clarifying', 'startup')),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'booked', 'held', 'cancelled')),
    place TEXT NOT NULL,
    proposals TEXT NOT NULL,  -- JSON list of moments
    at TEXT,
    proposed_by INTEGER NOT NULL REFERENCES people (id),
    created_at TEXT NOT NULL,
    held_at TEXT,
    note BLOB,  -- sealed
    CHECK (state NOT IN ('booked') OR at IS NOT NULL)
) STRICT;
CREATE INDEX talks_of_case ON talks (case_id);
CREATE UNIQUE INDEX talks_one_open ON talks (case_id, kind) WHERE state IN ('proposed', 'booked');

CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL CHECK (kind IN ('grant', 'part', 'refuse')),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'final', 'returned')),
    granted TEXT,
    reason BLOB NOT NULL,  -- sealed
    decided_by INTEGER NOT NULL REFERENCES people (id),
    decided_at TEXT NOT NULL,
    confirmed_by INTEGER REFERENCES people (id),
    confirmed_at TEXT,
    complain_by TEXT,
    -- A refusal becomes final only through a second person.
    CHECK (state <> 'final' OR kind <> 'refuse' OR (confirmed_by IS NOT NULL AND confirmed_by <> decided_by))
) STRICT;
CREATE INDEX decisions_of_case ON decisions (case_id);
CREATE UNIQUE INDEX decisions_one_proposed ON decisions (case_id) WHERE state = 'proposed';

CREATE TABLE assignments (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    step TEXT NOT NULL CHECK (step IN ('wish', 'most_involved', 'asked_department', 'own_department')),
    state TEXT NOT NULL CHECK (state IN ('leader_asked', 'candidate_asked', 'accepted', 'leader_refused', 'declined', 'recalled', 'ended')),
    department TEXT,
    candidate INTEGER REFERENCES people (id),
    leader INTEGER REFERENCES people (id),
    criteria TEXT NOT NULL,  -- JSON list of codes: what spoke for this candidate (C07)
    reason BLOB NOT NULL,    -- sealed: why this candidate
    refusal BLOB,            -- sealed: why not
    own_reason BLOB,         -- sealed: why the candidate takes one more than can be ordered
    over_limit INTEGER NOT NULL DEFAULT 0,
    proposed_by INTEGER NOT NULL REFERENCES people (id),
    created_at TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    answered_at TEXT,
    ended_at TEXT,
    CHECK (state NOT IN ('candidate_asked', 'accepted') OR candidate IS NOT NULL)
) STRICT;
CREATE INDEX assignments_of_case ON assignments (case_id);
CREATE INDEX assignments_of_candidate ON assignments (candidate, state);
CREATE INDEX assignments_of_leader ON assignments (leader, state);
-- One question at a time, and one coordinator (Ringerike; Herøy, Innleiing).
CREATE UNIQUE INDEX assignments_one_open ON assignments (case_id) WHERE state IN ('leader_asked', 'candidate_asked');
CREATE UNIQUE INDEX assignments_one_accepted ON assignments (case_id) WHERE state = 'accepted';

CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    place TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX contacts_of_case ON contacts (case_id);

CREATE TABLE ticks (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    checklist TEXT NOT NULL CHECK (checklist IN ('ke', 'coordinator')),
    item TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES people (id),
    at TEXT NOT NULL,
    PRIMARY KEY (case_id, checklist, item)
) STRICT;

CREATE TABLE ke_tasks (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    case_id INTEGER REFERENCES cases (id),
    inquiry INTEGER REFERENCES inquiries (id),
    dedupe_key TEXT UNIQUE,
    due_on TEXT NOT NULL,  -- a day in Oslo
    words BLOB,            -- sealed
    created_at TEXT NOT NULL,
    done_at TEXT,
    done_by INTEGER REFERENCES people (id)
) STRICT;
CREATE INDEX ke_tasks_open ON ke_tasks (due_on) WHERE done_at IS NULL;
CREATE INDEX ke_tasks_of_case ON ke_tasks (case_id) WHERE done_at IS NULL;

CREATE TABLE inquiries (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id),
    case_id INTEGER REFERENCES cases (id),
    words BLOB NOT NULL,  -- sealed
    phone BLOB,           -- sealed
    received_at TEXT NOT NULL,
    answered_at TEXT,
    answered_by INTEGER REFERENCES people (id)
) STRICT;
