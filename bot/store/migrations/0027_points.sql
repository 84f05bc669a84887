-- A child that goes neither to kindergarten nor to school: asked anew a year later.
CREATE TABLE child_goes_to_neither (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    since TEXT NOT NULL,  -- a day in Oslo
    person INTEGER NOT NULL REFERENCES people (id),
    at TEXT NOT NULL
) STRICT;
