-- What of the list for archiving is done in a case that has ended (Herøy, Utskrift and Arkivering).
CREATE TABLE archive_steps (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    item TEXT NOT NULL,
    done_by INTEGER NOT NULL REFERENCES people (id),
    done_at TEXT NOT NULL,
    PRIMARY KEY (case_id, item)
) STRICT;

-- What a message in a circle is about: whoever may know that kind of thing may read it, while they may.
ALTER TABLE circle_messages ADD COLUMN kind TEXT NOT NULL DEFAULT 'contact'
    CHECK (kind IN ('contact', 'meetings', 'minutes', 'tasks', 'plan', 'needs', 'health'));

-- When somebody at the unit last checked a line of the service directory, and what they found.
CREATE TABLE directory_checks (
    service TEXT PRIMARY KEY,
    right INTEGER NOT NULL CHECK (right IN (0, 1)),
    checked_by INTEGER NOT NULL REFERENCES people (id),
    checked_at TEXT NOT NULL
) STRICT;
