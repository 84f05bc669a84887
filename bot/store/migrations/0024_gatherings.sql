-- Training, gatherings and guidance of coordinators, who helps with the planning tool, and the months that were published.
CREATE TABLE training_parts (
    person INTEGER NOT NULL REFERENCES people (id),
    part TEXT NOT NULL CHECK (part IN ('law', 'values', 'communication', 'role', 'plan', 'responsibility')),
    taken_on TEXT NOT NULL,  -- a day in Oslo
    noted_by INTEGER NOT NULL REFERENCES people (id),
    PRIMARY KEY (person, part)
) STRICT;

-- One for each department; '' stands for every department that has none of its own.
CREATE TABLE tool_contacts (
    department TEXT PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id),
    since TEXT NOT NULL
) STRICT;

CREATE TABLE gatherings (
    id INTEGER PRIMARY KEY,
    audience TEXT NOT NULL CHECK (audience IN ('coordinators', 'leaders', 'everybody')),
    at TEXT NOT NULL,
    words BLOB NOT NULL,     -- sealed JSON: where, what it is about
    called_by INTEGER NOT NULL REFERENCES people (id),
    called_at TEXT NOT NULL,
    cancelled_at TEXT
) STRICT;
CREATE INDEX gatherings_coming ON gatherings (at) WHERE cancelled_at IS NULL;

CREATE TABLE gathering_people (
    gathering INTEGER NOT NULL REFERENCES gatherings (id),
    person INTEGER NOT NULL REFERENCES people (id),
    reply TEXT CHECK (reply IN ('coming', 'by_video', 'cannot', 'maybe')),
    at TEXT,
    PRIMARY KEY (gathering, person),
    CHECK ((reply IS NULL) = (at IS NULL))
) STRICT;
CREATE INDEX gathering_people_of_person ON gathering_people (person);

-- What was published about a month stays what it is, so that no later run tells more by the difference.
CREATE TABLE monthly_pictures (
    month TEXT PRIMARY KEY,  -- YYYY-MM
    picture TEXT NOT NULL,   -- JSON of codes and numbers, small ones withheld
    made_at TEXT NOT NULL
) STRICT;
CREATE TRIGGER monthly_pictures_stay BEFORE UPDATE ON monthly_pictures BEGIN SELECT RAISE(ABORT, 'a published month is never changed'); END;
