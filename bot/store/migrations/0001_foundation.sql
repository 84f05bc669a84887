-- What every other table rests on: numbers never given twice, and the wrapped keys that seal sensitive fields.
CREATE TABLE series (
    name TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE data_keys (
    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('case', 'person', 'unit')),
    owner INTEGER NOT NULL,
    version INTEGER NOT NULL,
    wrapped_by TEXT NOT NULL,
    wrapped BLOB,  -- NULL: destroyed on purpose, and all that was sealed with it is gone
    PRIMARY KEY (owner_kind, owner, version)
) STRICT;
