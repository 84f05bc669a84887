-- What Samråd carries of an individual plan, whatever tool holds the document. What anybody wrote is sealed with the case's key.
-- One person has one plan (K07): the case is the key.
CREATE TABLE plans (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    opened_on TEXT NOT NULL,  -- a day in Oslo
    opened_by INTEGER NOT NULL REFERENCES people (id),
    tool BLOB NOT NULL,       -- sealed: where the plan is written
    converted INTEGER NOT NULL CHECK (converted IN (0, 1)),  -- was it simple cooperation (Enkelt samspill) before?
    noted_at TEXT NOT NULL
) STRICT;

-- What is ticked when a plan is opened.
CREATE TABLE plan_steps (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    step TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES people (id),
    at TEXT NOT NULL,
    PRIMARY KEY (case_id, step)
) STRICT;

CREATE TABLE goals (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'reached', 'dropped')),
    words BLOB NOT NULL,      -- sealed
    own INTEGER NOT NULL CHECK (own IN (0, 1)),  -- the person wrote it, or those who act for the person
    written_by INTEGER NOT NULL REFERENCES people (id),
    written_at TEXT NOT NULL,
    ended_at TEXT,
    CHECK ((state = 'open') = (ended_at IS NULL))
) STRICT;
CREATE INDEX goals_of_case ON goals (case_id);
CREATE TRIGGER goals_final BEFORE UPDATE OF state ON goals WHEN OLD.ended_at IS NOT NULL AND NEW.state <> OLD.state
BEGIN
    SELECT RAISE(ABORT, 'a goal that has ended does not begin again');
END;

-- A measure is somebody's task towards a goal (K02).
CREATE TABLE measures (
    task INTEGER PRIMARY KEY REFERENCES member_tasks (id),
    goal INTEGER NOT NULL REFERENCES goals (id)
) STRICT;
CREATE INDEX measures_of_goal ON measures (goal);

-- Sub-plans mirror the goals of the one plan (K07): which, whose, since when; never what stands in them.
CREATE TABLE sub_plans (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    owner BLOB NOT NULL,      -- sealed: who holds it
    on_day TEXT NOT NULL,     -- a day in Oslo
    added_by INTEGER NOT NULL REFERENCES people (id),
    added_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX sub_plans_of_case ON sub_plans (case_id);

-- "I'll find out" (K18): what the person asks or wishes, by when they get an answer, and the answer (K19).
CREATE TABLE promises (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    words BLOB NOT NULL,      -- sealed
    made_by INTEGER NOT NULL REFERENCES people (id),
    made_at TEXT NOT NULL,
    due_on TEXT NOT NULL,     -- a day in Oslo
    answer TEXT CHECK (answer IN ('yes', 'no', 'partly')),
    reply BLOB,               -- sealed
    answered_by INTEGER REFERENCES people (id),
    answered_at TEXT,
    CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CHECK (answer IS NULL OR answer = 'yes' OR reply IS NOT NULL)  -- a no or a part says why (K19)
) STRICT;
CREATE INDEX promises_of_case ON promises (case_id);

-- "I am stuck" and what is lifted on the person's behalf (K16, K21).
CREATE TABLE guidance (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL CHECK (kind IN ('stuck', 'lifted')),
    to_leader INTEGER NOT NULL CHECK (to_leader IN (0, 1)),
    words BLOB NOT NULL,      -- sealed
    asked_by INTEGER NOT NULL REFERENCES people (id),
    asked_at TEXT NOT NULL,
    task INTEGER NOT NULL REFERENCES ke_tasks (id),
    answered_at TEXT
) STRICT;
CREATE INDEX guidance_of_task ON guidance (task);

-- The coordinator's own look at the work, each month (K10).
CREATE TABLE own_looks (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    at TEXT NOT NULL,
    done TEXT NOT NULL        -- JSON list of what was done
) STRICT;
CREATE INDEX own_looks_of_case ON own_looks (case_id);

-- Who has read how progress is asked for (K06).
CREATE TABLE progress_read (
    member INTEGER PRIMARY KEY REFERENCES members (id),
    read_at TEXT NOT NULL
) STRICT;
