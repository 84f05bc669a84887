-- Substitutes, absences, and a coordinator who hands over to another.
CREATE TABLE substitutes (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    instead_of INTEGER NOT NULL REFERENCES people (id),
    scope TEXT NOT NULL CHECK (scope IN ('meeting', 'period')),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined', 'recalled', 'ended')),
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    note BLOB,               -- sealed: what the substitute must know
    refusal BLOB,            -- sealed: why not
    proposed_by INTEGER NOT NULL REFERENCES people (id),
    proposed_at TEXT NOT NULL,
    answered_at TEXT,
    ended_at TEXT,
    CHECK (starts_at < ends_at),
    CHECK (person <> instead_of),
    CHECK (state IN ('proposed', 'recalled') OR answered_at IS NOT NULL),
    CHECK ((state IN ('proposed', 'accepted')) = (ended_at IS NULL))
) STRICT;
CREATE INDEX substitutes_of_case ON substitutes (case_id);
CREATE INDEX substitutes_of_person ON substitutes (person) WHERE ended_at IS NULL;
-- One substitute at a time: nobody has to guess whom to turn to.
CREATE TRIGGER substitutes_one_at_a_time BEFORE UPDATE ON substitutes WHEN NEW.state = 'accepted' AND EXISTS (
    SELECT 1 FROM substitutes AS other WHERE other.case_id = NEW.case_id AND other.id <> NEW.id AND other.state = 'accepted'
    AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at)
BEGIN
    SELECT RAISE(ABORT, 'another substitute stands in for that time');
END;

-- Days on which somebody is away. Why is nobody's business and is not kept.
CREATE TABLE absences (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id),
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,   -- when back
    noted_by INTEGER NOT NULL REFERENCES people (id),
    noted_at TEXT NOT NULL,
    CHECK (starts_at <= ends_at)
) STRICT;
CREATE INDEX absences_of_person ON absences (person, ends_at);

CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    state TEXT NOT NULL CHECK (state IN ('leader_asked', 'person_asked', 'asking', 'leaders_meet', 'unit_decides', 'department_names',
        'taking_over', 'done', 'stopped')),
    reason TEXT NOT NULL CHECK (reason IN ('need_changed', 'life_transition', 'new_job', 'other_service', 'long_substitute', 'wish',
        'other')),
    started_as TEXT NOT NULL CHECK (started_as IN ('coordinator', 'person', 'leader', 'unit')),
    started_by INTEGER NOT NULL REFERENCES people (id),
    coordinator INTEGER NOT NULL REFERENCES people (id),  -- who is to be followed by another
    leader INTEGER REFERENCES people (id),                -- the coordinator's own
    department TEXT,                                      -- whose leader names somebody
    at_meeting INTEGER NOT NULL DEFAULT 0 CHECK (at_meeting IN (0, 1)),  -- to be taken up at a meeting with the person
    words BLOB,              -- sealed: why, in the words of whoever began it
    wish BLOB,               -- sealed: whom the person wishes, in their own words
    back_to TEXT CHECK (back_to IN ('leaders_meet', 'unit_decides', 'department_names')),  -- who goes on where everybody asked says no
    started_at TEXT NOT NULL,
    since TEXT NOT NULL,     -- when the present step began
    tool_at TEXT,            -- when the roles were changed in the planning tool
    ended_at TEXT,
    CHECK ((state IN ('done', 'stopped')) = (ended_at IS NOT NULL))
) STRICT;
CREATE INDEX changes_of_case ON changes (case_id);
CREATE UNIQUE INDEX changes_one_open ON changes (case_id) WHERE ended_at IS NULL;

CREATE TABLE change_asks (
    id INTEGER PRIMARY KEY,
    change INTEGER NOT NULL REFERENCES changes (id),
    person INTEGER NOT NULL REFERENCES people (id),
    place INTEGER NOT NULL,  -- the person's own order first
    wished INTEGER NOT NULL CHECK (wished IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'asked', 'leader_asked', 'agreed', 'declined', 'leader_refused', 'recalled')),
    leader INTEGER REFERENCES people (id),
    refusal BLOB,            -- sealed: why not
    asked_at TEXT,
    answered_at TEXT,
    CHECK (state IN ('waiting', 'recalled') OR asked_at IS NOT NULL),
    CHECK (state <> 'leader_asked' OR leader IS NOT NULL)
) STRICT;
CREATE INDEX change_asks_of_change ON change_asks (change);
CREATE INDEX change_asks_of_person ON change_asks (person, state);
-- One is asked at a time, and one takes over.
CREATE UNIQUE INDEX change_asks_one ON change_asks (change) WHERE state IN ('asked', 'leader_asked', 'agreed');

-- Who takes over, while the one before still has the case. It ends when the roles are changed.
CREATE TABLE taking_over (
    id INTEGER PRIMARY KEY,
    change INTEGER NOT NULL REFERENCES changes (id),
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    starts_at TEXT NOT NULL,
    until TEXT NOT NULL,     -- a day in Oslo: so long both work together, as planned
    met_at TEXT,             -- when the new one had met the person
    ended_at TEXT,
    ended_as TEXT CHECK (ended_as IN ('coordinator', 'fell_away')),
    CHECK ((ended_at IS NULL) = (ended_as IS NULL)),
    -- Nobody lets go before another has taken hold: accepted, and met the person.
    CHECK (ended_as IS NOT 'coordinator' OR met_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX taking_over_one ON taking_over (case_id) WHERE ended_at IS NULL;
CREATE INDEX taking_over_by ON taking_over (person) WHERE ended_at IS NULL;
