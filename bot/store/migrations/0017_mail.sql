-- What leaves by e-mail lies in the outbox (channel 'mail', chat: the person's number). Here: the links by which an invitation is answered,
-- and e-mails that came back.
CREATE TABLE answer_links (
    mac BLOB PRIMARY KEY,    -- keyed code of what stands in the link; the link itself is kept nowhere
    meeting INTEGER NOT NULL REFERENCES meetings (id),
    person INTEGER NOT NULL REFERENCES people (id),
    sequence INTEGER NOT NULL,  -- the meeting's when the link was made
    issued_at TEXT NOT NULL,
    used_at TEXT                -- last answered by it
) STRICT;
CREATE INDEX answer_links_of_meeting ON answer_links (meeting);

CREATE TABLE mail_returned (
    outbox INTEGER PRIMARY KEY REFERENCES outbox (id),
    status TEXT,             -- the enhanced status code (RFC 3463), such as 5.1.1; never the other side's words
    at TEXT NOT NULL
) STRICT;
