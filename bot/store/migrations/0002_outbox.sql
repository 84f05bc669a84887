-- What waits to leave, and what has left. The row's number is given beforehand (series 'outbox'), since its seal is bound to it.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    account INTEGER,  -- NULL: a group, where nobody in particular is spoken to
    chat INTEGER NOT NULL,
    lane TEXT NOT NULL CHECK (lane IN ('press', 'notice', 'broadcast')),
    class TEXT NOT NULL CHECK (class IN ('rights', 'reminder', 'answer')),
    kind TEXT NOT NULL CHECK (kind IN ('send', 'edit', 'delete', 'answer', 'leave')),
    dedupe_key TEXT UNIQUE,
    case_id INTEGER,
    number INTEGER,  -- the number the reader sees, the same when it is sent again
    refers_to INTEGER REFERENCES outbox (id),  -- the row whose message is edited or deleted
    owner_kind TEXT NOT NULL,
    owner INTEGER NOT NULL,
    body BLOB,  -- sealed; NULL when it is no longer kept
    state TEXT NOT NULL CHECK (state IN ('ready', 'sending', 'retry', 'sent', 'unknown', 'dead')),
    attempt INTEGER NOT NULL DEFAULT 0,
    repeats INTEGER NOT NULL DEFAULT 0 CHECK (repeats <= 1 OR kind <> 'send'),  -- done again because nobody knew whether it had arrived
    created_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    useful_until TEXT,
    finished_at TEXT,
    last_error TEXT,
    message_id INTEGER,
    CHECK ((state IN ('sent', 'unknown', 'dead')) = (finished_at IS NOT NULL)),
    CHECK (state IN ('sent', 'unknown', 'dead') OR body IS NOT NULL)
) STRICT;

CREATE INDEX outbox_waiting ON outbox (channel, lane, id) WHERE state IN ('ready', 'retry');

CREATE INDEX outbox_in_chat ON outbox (chat, lane, id) WHERE state IN ('ready', 'retry', 'sending');

CREATE INDEX outbox_referring ON outbox (refers_to, id) WHERE refers_to IS NOT NULL AND state IN ('ready', 'retry', 'sending');

CREATE INDEX outbox_sending ON outbox (channel, id) WHERE state = 'sending';

CREATE INDEX outbox_useful ON outbox (useful_until) WHERE useful_until IS NOT NULL AND state IN ('ready', 'retry');

CREATE INDEX outbox_kept ON outbox (finished_at) WHERE body IS NOT NULL AND finished_at IS NOT NULL;

CREATE INDEX outbox_due ON outbox (due_at) WHERE state IN ('ready', 'retry');

-- What is finished stays finished: a message that was sent can never be sent again.
CREATE TRIGGER outbox_final BEFORE UPDATE OF state ON outbox
WHEN OLD.state IN ('sent', 'unknown', 'dead') AND NEW.state <> OLD.state
BEGIN
    SELECT RAISE(ABORT, 'a finished outbox row cannot change its state');
END;

-- Only what was claimed, so that the attempt is on disk before the call, can have been sent.
CREATE TRIGGER outbox_claimed BEFORE UPDATE OF state ON outbox
WHEN NEW.state IN ('sent', 'unknown') AND OLD.state <> 'sending' AND NEW.state <> OLD.state
BEGIN
    SELECT RAISE(ABORT, 'an outbox row must be claimed before it is sent');
END;
