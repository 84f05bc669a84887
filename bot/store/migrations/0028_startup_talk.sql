-- The start-up talk of the coordinator and the person: what is talked about, how it ended, and how they work together from then on.
CREATE TABLE startup_points (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    point TEXT NOT NULL,
    words BLOB NOT NULL,      -- sealed
    person INTEGER NOT NULL REFERENCES people (id),
    at TEXT NOT NULL,
    UNIQUE (case_id, point, person)
) STRICT;

-- How a start-up talk ended: a day for the next contact, whose it is and a task for it, or why there is none.
CREATE TABLE startup_ends (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    next_on TEXT,             -- a day in Oslo
    owner INTEGER REFERENCES people (id),
    task INTEGER REFERENCES member_tasks (id),
    why_not BLOB,             -- sealed
    noted_by INTEGER NOT NULL REFERENCES people (id),
    noted_at TEXT NOT NULL,
    CHECK ((next_on IS NULL) <> (why_not IS NULL)),
    CHECK ((next_on IS NULL) = (owner IS NULL))
) STRICT;
CREATE INDEX startup_ends_of_case ON startup_ends (case_id);

-- With which tool they work; the newest counts, the earlier ones stay.
CREATE TABLE ways_of_working (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    way TEXT NOT NULL CHECK (way IN ('plan', 'minutes', 'simple')),
    words BLOB,               -- sealed: how they work where there is no plan
    chosen_by INTEGER NOT NULL REFERENCES people (id),
    chosen_at TEXT NOT NULL,
    CHECK (way = 'plan' OR words IS NOT NULL)
) STRICT;
CREATE INDEX ways_of_working_of_case ON ways_of_working (case_id);

-- Each member of the circle is told once by each coordinator who it is; who has answered.
CREATE TABLE introductions (
    member INTEGER NOT NULL REFERENCES members (id),
    coordinator INTEGER NOT NULL REFERENCES people (id),
    sent_at TEXT NOT NULL,
    answered_at TEXT,
    PRIMARY KEY (member, coordinator)
) STRICT;

-- What a coordinator has ticked about the own work in a case.
CREATE TABLE self_checks (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    item TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (case_id, person, item)
) STRICT;

-- When somebody at work can be reached, where it is not as the municipality's profile says.
CREATE TABLE office_hours (
    person INTEGER PRIMARY KEY REFERENCES people (id),
    opens TEXT NOT NULL,      -- times of the day in Oslo
    closes TEXT NOT NULL,
    days TEXT NOT NULL,       -- JSON list of weekdays, Monday is 0
    set_at TEXT NOT NULL
) STRICT;
