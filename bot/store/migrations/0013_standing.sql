-- Who may decide for the person a case is about, and what age and health change in that. What people wrote is sealed with the case's key.
CREATE TABLE births (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    born_on BLOB NOT NULL,  -- sealed; never an identity number
    recorded_by INTEGER NOT NULL REFERENCES people (id),
    recorded_at TEXT NOT NULL
) STRICT;

-- Parental responsibility, a guardian's mandate, a power of attorney: as somebody at the unit has seen it. Days in Oslo, the last included.
CREATE TABLE representatives (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    capacity TEXT NOT NULL CHECK (capacity IN ('parent', 'guardian', 'attorney')),
    since TEXT NOT NULL,
    until TEXT,
    mandate BLOB NOT NULL,  -- sealed JSON: areas, and what was seen
    recorded_by INTEGER NOT NULL REFERENCES people (id),
    recorded_at TEXT NOT NULL,
    ended_by INTEGER REFERENCES people (id),
    ended_at TEXT,
    CHECK (until IS NULL OR until >= since),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
    -- Nobody records their own right to decide for another.
    CHECK (recorded_by <> person)
) STRICT;
CREATE INDEX representatives_of_case ON representatives (case_id) WHERE ended_at IS NULL;
CREATE INDEX representatives_of_person ON representatives (person) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX representatives_once ON representatives (case_id, person, capacity) WHERE ended_at IS NULL;

-- That somebody cannot decide in a matter is decided by health personnel, and recorded with who, why and when (pbrl § 4-3).
CREATE TABLE lapses (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    matter TEXT NOT NULL CHECK (matter IN ('sharing', 'wish', 'channel', 'log')),
    profession TEXT NOT NULL CHECK (profession IN ('doctor', 'psychologist', 'nurse', 'dentist', 'other_health')),
    decided_on TEXT NOT NULL,
    until TEXT,
    grounds BLOB NOT NULL,  -- sealed JSON: the name of who decided, and why
    recorded_by INTEGER NOT NULL REFERENCES people (id),
    recorded_at TEXT NOT NULL,
    ended_by INTEGER REFERENCES people (id),
    ended_at TEXT,
    CHECK (until IS NULL OR until >= decided_on),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX lapses_once ON lapses (case_id, matter) WHERE ended_at IS NULL;

-- Parents do not see what is in the case of a child who has asked for it (pbrl § 3-4).
CREATE TABLE shieldings (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    reason BLOB NOT NULL,  -- sealed
    recorded_by INTEGER NOT NULL REFERENCES people (id),
    recorded_at TEXT NOT NULL,
    ended_by INTEGER REFERENCES people (id),
    ended_at TEXT,
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX shieldings_once ON shieldings (case_id) WHERE ended_at IS NULL;
