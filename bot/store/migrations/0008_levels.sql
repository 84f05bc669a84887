-- What may reach a person through the chat, what waits for them on the secure page, and the way there.
CREATE TABLE channels (
    person INTEGER PRIMARY KEY REFERENCES people (id),
    own TEXT CHECK (own IN ('off', 'notice')),  -- stricter than the municipality's level; NULL: nothing of their own
    practical_since TEXT,                       -- when the person said yes to times and places; NULL: never, or no longer
    protected INTEGER NOT NULL DEFAULT 0,       -- protected address
    muted INTEGER NOT NULL DEFAULT 0            -- notices come without a sound
) STRICT;

CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id),
    case_id INTEGER REFERENCES cases (id),
    owner_kind TEXT NOT NULL,
    owner INTEGER NOT NULL,
    class TEXT NOT NULL CHECK (class IN ('rights', 'reminder', 'answer')),
    told TEXT NOT NULL CHECK (told IN ('chat', 'hint', 'page', 'phone')),  -- all of it in the chat; that there is something; nothing; KE phones
    words BLOB,       -- sealed; NULL when it is no longer kept
    actions BLOB,     -- sealed JSON: what can be done about it
    dedupe_key TEXT UNIQUE,
    created_at TEXT NOT NULL,
    read_at TEXT
) STRICT;
CREATE INDEX notices_of_person ON notices (person, id);
CREATE INDEX notices_unread ON notices (person) WHERE read_at IS NULL;
CREATE INDEX notices_kept ON notices (read_at) WHERE words IS NOT NULL AND read_at IS NOT NULL;

CREATE TABLE hand_overs (
    mac BLOB PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id),
    account INTEGER NOT NULL,
    session INTEGER REFERENCES sessions (id) ON DELETE CASCADE,
    issued_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX hand_overs_expiring ON hand_overs (expires_at);
CREATE INDEX hand_overs_of_account ON hand_overs (account);

-- Messages with a time or a place in them, below `full`: taken out of the chat after the talk, or at 47 hours.
ALTER TABLE outbox ADD COLUMN fleeting INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN fleeting_until TEXT;  -- the talk it speaks of; NULL: as long as Telegram lets a bot delete
CREATE INDEX outbox_fleeting ON outbox (finished_at) WHERE fleeting = 1 AND state = 'sent';

ALTER TABLE reminders ADD COLUMN notice INTEGER;
CREATE INDEX reminders_of_notice ON reminders (notice) WHERE notice IS NOT NULL;
