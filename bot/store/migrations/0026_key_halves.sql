-- Each data key opens only with its other half, which lies in the file beside the key file and in no backup of this database.
ALTER TABLE data_keys ADD COLUMN half INTEGER;  -- its number there; NULL: made where there is no such file
CREATE UNIQUE INDEX data_keys_one_half ON data_keys (half) WHERE half IS NOT NULL;

-- A case's content as it was handed to the record system, so that it may be destroyed here.
CREATE TABLE case_exports (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    at TEXT NOT NULL,
    digest TEXT NOT NULL     -- SHA-256 of the files, as they were written
) STRICT;
CREATE INDEX case_exports_of_case ON case_exports (case_id);
