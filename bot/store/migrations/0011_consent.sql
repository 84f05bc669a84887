-- What a person has agreed to share, with whom, for what, until when; and what was asked and taken back.
CREATE TABLE consents (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    type TEXT NOT NULL CHECK (type IN ('sharing', 'cooperation')),
    state TEXT NOT NULL CHECK (state IN ('asked', 'given', 'refused', 'withdrawn', 'replaced', 'lapsed', 'recalled')),
    purpose TEXT NOT NULL CHECK (purpose IN ('together', 'meetings', 'plan', 'transition', 'other')),
    purpose_words BLOB,          -- sealed
    all_must_answer INTEGER NOT NULL CHECK (all_must_answer IN (0, 1)),
    text_version INTEGER NOT NULL,
    until TEXT NOT NULL,         -- the last day, in Oslo
    asked_by INTEGER REFERENCES people (id),  -- NULL: Samråd, for somebody who is new or decides anew
    asked_at TEXT NOT NULL,
    newest_member INTEGER NOT NULL,  -- of the circle when it was asked; 0: nobody
    given_at TEXT,
    ended_at TEXT,
    CHECK ((state IN ('asked', 'refused', 'recalled')) = (given_at IS NULL)),
    CHECK ((state IN ('asked', 'given')) = (ended_at IS NULL)),
    CHECK ((purpose = 'other') = (purpose_words IS NOT NULL))
) STRICT;
CREATE INDEX consents_of_case ON consents (case_id);
-- One question of a type at a time, so that nobody signs one of two that say different things.
CREATE UNIQUE INDEX consents_one_asked ON consents (case_id, type) WHERE state = 'asked';

-- Those a consent can name, each once in a case: a member, a service, or a member on behalf of a service. Elsewhere only by number.
CREATE TABLE consent_recipients (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    member INTEGER,
    service BLOB,                -- sealed: the id in the municipality's directory
    CHECK (member IS NOT NULL OR service IS NOT NULL)
) STRICT;
CREATE INDEX consent_recipients_of_case ON consent_recipients (case_id);

-- What was offered to each recipient, what was allowed, and when that ended.
CREATE TABLE consent_scope (
    consent INTEGER NOT NULL REFERENCES consents (id),
    recipient INTEGER NOT NULL REFERENCES consent_recipients (id),
    kind TEXT NOT NULL CHECK (kind IN ('contact', 'meetings', 'minutes', 'tasks', 'plan', 'needs', 'health')),
    allowed INTEGER NOT NULL DEFAULT 0 CHECK (allowed IN (0, 1)),
    ended_why TEXT CHECK (ended_why IN ('withdrawn', 'replaced', 'left', 'lapsed')),
    ended_at TEXT,
    PRIMARY KEY (consent, recipient, kind),
    CHECK ((ended_why IS NULL) = (ended_at IS NULL))
) STRICT, WITHOUT ROWID;
-- What has ended stays so: a new yes is a new consent.
CREATE TRIGGER consent_scope_never_restored BEFORE UPDATE ON consent_scope
WHEN OLD.ended_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'what has been taken back stays so'); END;
CREATE TRIGGER consent_scope_allowed_once BEFORE UPDATE OF allowed ON consent_scope
WHEN (SELECT state FROM consents WHERE id = OLD.consent) <> 'asked'
BEGIN SELECT RAISE(ABORT, 'an answered consent is never widened'); END;
CREATE TRIGGER consent_scope_offered_first BEFORE INSERT ON consent_scope
WHEN NEW.allowed = 1 OR (SELECT state FROM consents WHERE id = NEW.consent) <> 'asked'
BEGIN SELECT RAISE(ABORT, 'an answered consent is never widened'); END;
CREATE TRIGGER consent_state_forward BEFORE UPDATE OF state ON consents
WHEN NOT (OLD.state = 'asked' OR (OLD.state = 'given' AND NEW.state IN ('withdrawn', 'replaced', 'lapsed')))
BEGIN SELECT RAISE(ABORT, 'a consent that has ended stays so'); END;
CREATE TRIGGER consent_until_never_later BEFORE UPDATE OF until ON consents
WHEN NEW.until > OLD.until BEGIN SELECT RAISE(ABORT, 'a consent never lasts longer than was said'); END;

-- Who must answer, as what, and what they have said.
CREATE TABLE consent_answers (
    id INTEGER PRIMARY KEY,
    consent INTEGER NOT NULL REFERENCES consents (id),
    person INTEGER REFERENCES people (id),   -- NULL: somebody who signed on paper and is not known here
    capacity TEXT NOT NULL CHECK (capacity IN ('self', 'parent', 'guardian', 'attorney')),
    asked_at TEXT NOT NULL,
    yes INTEGER CHECK (yes IN (0, 1)),       -- NULL: not answered
    signed INTEGER NOT NULL DEFAULT 0 CHECK (signed IN (0, 1)),
    trust TEXT CHECK (trust IN ('chat_unconfirmed', 'chat_confirmed', 'page', 'oral', 'paper', 'login')),
    language TEXT,
    scope TEXT,                              -- JSON: the recipient's number to kinds
    until TEXT,
    text_hash TEXT,
    words BLOB,                              -- sealed: the form as it was shown
    details BLOB,                            -- sealed: a name, a place, where the paper is kept
    answered_on TEXT,                        -- the day, in Oslo, on which it was said or signed
    answered_at TEXT,
    recorded_by INTEGER REFERENCES people (id),
    CHECK ((yes IS NULL) = (answered_at IS NULL)),
    CHECK (yes IS NULL OR (trust IS NOT NULL AND language IS NOT NULL AND scope IS NOT NULL AND until IS NOT NULL AND text_hash IS NOT NULL
        AND words IS NOT NULL)),
    CHECK (signed = 0 OR yes IS NOT NULL)
) STRICT;
CREATE INDEX consent_answers_of_consent ON consent_answers (consent);
CREATE INDEX consent_answers_of_person ON consent_answers (person) WHERE signed = 0;
CREATE UNIQUE INDEX consent_answers_once ON consent_answers (consent, person) WHERE person IS NOT NULL;
CREATE TRIGGER consent_answer_stays BEFORE UPDATE ON consent_answers
WHEN OLD.signed = 1 BEGIN SELECT RAISE(ABORT, 'a signed answer is never changed'); END;

-- The person has said no to what health services may otherwise tell each other by law.
CREATE TABLE sharing_objections (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person INTEGER NOT NULL REFERENCES people (id),
    capacity TEXT NOT NULL CHECK (capacity IN ('self', 'parent', 'guardian', 'attorney')),
    details BLOB NOT NULL,       -- sealed JSON: which services, empty for all; and the person's own words
    trust TEXT NOT NULL,
    objected_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX sharing_objections_one ON sharing_objections (case_id) WHERE ended_at IS NULL;

-- Documents of a case, each sealed with the case's key.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL CHECK (kind IN ('consent')),
    consent INTEGER REFERENCES consents (id),
    language TEXT NOT NULL,
    body BLOB NOT NULL,          -- sealed, base64 of the file
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX documents_of_case ON documents (case_id);
