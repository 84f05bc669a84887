-- People, their chats, what they are in the municipality, and the codes by which KE links a chat to a person.
CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    name BLOB,   -- sealed
    phone BLOB,  -- sealed
    language TEXT NOT NULL CHECK (language IN ('nb', 'nn')),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,  -- Telegram's user id
    person INTEGER NOT NULL REFERENCES people (id),
    link TEXT NOT NULL DEFAULT 'none' CHECK (link IN ('none', 'unconfirmed', 'confirmed')),
    stopped_at TEXT,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX accounts_of_person ON accounts (person);

CREATE TABLE roles (
    person INTEGER NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN ('ke', 'ke_leader', 'leader', 'coordinator', 'reporter', 'admin', 'auditor')),
    department TEXT,
    since TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (person, role)
) STRICT;

CREATE TABLE training (
    person INTEGER PRIMARY KEY REFERENCES people (id),
    taken_on TEXT NOT NULL
) STRICT;

CREATE TABLE link_codes (
    code_mac BLOB PRIMARY KEY,
    spoken_mac BLOB NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES people (id),
    issued_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    used_by INTEGER,
    revoked_at TEXT
) STRICT;
CREATE INDEX link_codes_of_person ON link_codes (person);

CREATE TABLE link_attempts (
    account INTEGER NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX link_attempts_of_account ON link_attempts (account, at);

CREATE TABLE informed (
    month TEXT NOT NULL,  -- only that a professional told someone, never about whom
    person INTEGER NOT NULL REFERENCES people (id),
    times INTEGER NOT NULL,
    PRIMARY KEY (month, person)
) STRICT;
