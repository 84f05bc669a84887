-- The secure page: who has logged in there, and what a browser may do until when. Tokens and logins are kept as keyed codes only.
CREATE TABLE identities (
    id INTEGER PRIMARY KEY,
    provider TEXT NOT NULL CHECK (provider IN ('citizen', 'staff')),
    subject_mac BLOB NOT NULL,  -- keyed code of the provider's subject; never a national identity number
    person INTEGER NOT NULL REFERENCES people (id),
    created_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    UNIQUE (provider, subject_mac)
) STRICT;
CREATE INDEX identities_of_person ON identities (person, provider);

CREATE TABLE staff_logins (
    login_mac BLOB PRIMARY KEY,  -- keyed code of the e-mail address or user name that the staff file names
    person INTEGER NOT NULL UNIQUE REFERENCES people (id)
) STRICT;

CREATE TABLE login_attempts (
    state_mac BLOB PRIMARY KEY,
    browser_mac BLOB NOT NULL,  -- the attempt ends in the browser it began in
    provider TEXT NOT NULL CHECK (provider IN ('citizen', 'staff')),
    nonce TEXT NOT NULL,
    verifier BLOB NOT NULL,  -- sealed
    takes INTEGER,           -- the web session whose conversations and cases come along, where the person has said so
    goes_to TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;

CREATE TABLE web_sessions (
    id INTEGER PRIMARY KEY,
    token_mac BLOB NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES people (id),
    trust TEXT NOT NULL CHECK (trust IN ('visitor', 'handed', 'citizen', 'staff')),
    handed INTEGER,          -- the conversation that a link from the chat handed over
    identity INTEGER REFERENCES identities (id),
    flash TEXT,              -- a code: what the next page says once
    began_at TEXT NOT NULL,
    last_at TEXT NOT NULL
) STRICT;
CREATE INDEX web_sessions_of_person ON web_sessions (person);

CREATE TABLE last_words (
    person INTEGER PRIMARY KEY REFERENCES people (id),
    conversation TEXT NOT NULL,
    words BLOB NOT NULL,     -- sealed JSON: what a conversation said when it ended, until the next one begins
    said_at TEXT NOT NULL
) STRICT;
