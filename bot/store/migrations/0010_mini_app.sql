-- What has been handed over from the page opened inside Telegram, so that nothing works twice.
CREATE TABLE mini_app_used (
    mac BLOB PRIMARY KEY,    -- keyed code of what Telegram signed
    until TEXT NOT NULL      -- after this it is too old anyway
) STRICT;

-- A browser inside Telegram is a kind of its own; and when the person last showed who they are.
CREATE TABLE web_sessions_new (
    id INTEGER PRIMARY KEY,
    token_mac BLOB NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES people (id),
    trust TEXT NOT NULL CHECK (trust IN ('visitor', 'mini_app', 'handed', 'citizen', 'staff')),
    handed INTEGER,          -- the conversation that a link from the chat handed over, or that was begun inside Telegram
    identity INTEGER REFERENCES identities (id),
    flash TEXT,              -- a code: what the next page says once
    proved_at TEXT,          -- when the login service last asked the person who they are; NULL: it has not said
    began_at TEXT NOT NULL,
    last_at TEXT NOT NULL
) STRICT;
INSERT INTO web_sessions_new (id, token_mac, person, trust, handed, identity, flash, began_at, last_at)
    SELECT id, token_mac, person, trust, handed, identity, flash, began_at, last_at FROM web_sessions;
DROP TABLE web_sessions;
ALTER TABLE web_sessions_new RENAME TO web_sessions;
CREATE INDEX web_sessions_of_person ON web_sessions (person);

ALTER TABLE login_attempts ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0;  -- the person must be asked anew, however lately they logged in
ALTER TABLE last_words ADD COLUMN neutral INTEGER NOT NULL DEFAULT 0;    -- they tell nothing about anybody
