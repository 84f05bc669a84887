-- Life phases and the transitions between them.
CREATE TABLE phases (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    phase TEXT NOT NULL CHECK (phase IN ('child', 'youth', 'adult', 'elderly')),
    set_by INTEGER NOT NULL REFERENCES people (id),
    set_at TEXT NOT NULL
) STRICT;

-- What has become of each card of the lists: given to read, not relevant, or to come back on a day in Oslo. Which schemes somebody is told
-- of can say something about their health.
CREATE TABLE phase_cards (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    words BLOB NOT NULL,      -- sealed
    set_by INTEGER NOT NULL REFERENCES people (id),
    set_at TEXT NOT NULL
) STRICT;

-- What was said about now and later.
CREATE TABLE outlooks (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    words BLOB NOT NULL,      -- sealed
    said_on TEXT NOT NULL,
    noted_by INTEGER NOT NULL REFERENCES people (id)
) STRICT;
CREATE INDEX outlooks_of_case ON outlooks (case_id);

-- A change that is agreed: from where, to where, and who informs whom.
CREATE TABLE transitions (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    words BLOB NOT NULL,      -- sealed
    recorded_by INTEGER NOT NULL REFERENCES people (id),
    recorded_at TEXT NOT NULL,
    passed_on_by INTEGER REFERENCES people (id),
    passed_on_at TEXT,
    CHECK ((passed_on_by IS NULL) = (passed_on_at IS NULL))
) STRICT;
CREATE INDEX transitions_of_case ON transitions (case_id);

-- Changes that do not concern the person.
CREATE TABLE transitions_skipped (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    set_by INTEGER NOT NULL REFERENCES people (id),
    set_at TEXT NOT NULL,
    PRIMARY KEY (case_id, kind)
) STRICT;

-- School is at risk: until somebody has contacted the follow-up service.
CREATE TABLE drop_outs (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    reported_by INTEGER NOT NULL REFERENCES people (id),
    reported_at TEXT NOT NULL,
    contacted_by INTEGER REFERENCES people (id),
    contacted_at TEXT,
    CHECK ((contacted_by IS NULL) = (contacted_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX drop_outs_one ON drop_outs (case_id) WHERE contacted_at IS NULL;
