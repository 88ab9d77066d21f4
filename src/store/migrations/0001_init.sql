-- The first shape of the store. Every table is STRICT; days are ISO text, instants RFC 3339 in UTC.
-- Foreign keys restrict: nothing disappears because something else did, so every undo can name what it would take along.

CREATE TABLE operation (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       TEXT    NOT NULL,
    label    TEXT    NOT NULL,
    origin   TEXT    NOT NULL CHECK (origin IN ('cockpit', 'command-line', 'import', 'sample')),
    kind     TEXT    NOT NULL DEFAULT 'do' CHECK (kind IN ('do', 'undo', 'redo')),
    target   INTEGER REFERENCES operation (id),
    undone   INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    schema   INTEGER NOT NULL
) STRICT;
CREATE INDEX operation_target ON operation (target) WHERE target IS NOT NULL;
CREATE INDEX operation_undoable ON operation (id) WHERE kind = 'do' AND undone = 0;
CREATE INDEX operation_undone ON operation (id) WHERE kind = 'do' AND undone = 1;

-- Which operation writes now. The triggers copy it into every change; outside an operation it is NULL,
-- and a write then fails, so that no write can escape the journal.
CREATE TABLE journal (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    current INTEGER REFERENCES operation (id)
) STRICT;
INSERT INTO journal (id, current) VALUES (1, NULL);

CREATE TABLE change (
    id           INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    table_name   TEXT    NOT NULL,
    row_id       INTEGER NOT NULL,
    before       TEXT,
    after        TEXT
) STRICT;
CREATE INDEX change_operation ON change (operation_id, table_name);
CREATE INDEX change_row ON change (table_name, row_id, id);
-- Shares are part of what happened to their request and their person, also once they are gone.
CREATE INDEX change_share_request ON change (json_extract(coalesce(after, before), '$.request_id'))
    WHERE table_name = 'allocation';
CREATE INDEX change_share_person ON change (json_extract(coalesce(after, before), '$.person_id'))
    WHERE table_name = 'allocation';

-- Small facts of the program itself (where the cockpit stood); not part of the journal.
CREATE TABLE memo (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id             INTEGER PRIMARY KEY,
    handle         TEXT    NOT NULL UNIQUE CHECK (handle <> ''),
    name           TEXT    NOT NULL,
    discipline     TEXT    NOT NULL DEFAULT '',
    email          TEXT    NOT NULL DEFAULT '',
    is_role        INTEGER NOT NULL DEFAULT 0 CHECK (is_role IN (0, 1)),
    factor_percent INTEGER NOT NULL DEFAULT 80 CHECK (factor_percent BETWEEN 1 AND 100),
    first_day      TEXT CHECK (first_day IS date(first_day)),
    last_day       TEXT CHECK (last_day IS date(last_day))
) STRICT;

CREATE TABLE contract (
    id        INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    from_day  TEXT    NOT NULL CHECK (from_day IS date(from_day)),
    mon INTEGER NOT NULL CHECK (mon BETWEEN 0 AND 1440),
    tue INTEGER NOT NULL CHECK (tue BETWEEN 0 AND 1440),
    wed INTEGER NOT NULL CHECK (wed BETWEEN 0 AND 1440),
    thu INTEGER NOT NULL CHECK (thu BETWEEN 0 AND 1440),
    fri INTEGER NOT NULL CHECK (fri BETWEEN 0 AND 1440),
    sat INTEGER NOT NULL CHECK (sat BETWEEN 0 AND 1440),
    sun INTEGER NOT NULL CHECK (sun BETWEEN 0 AND 1440),
    UNIQUE (person_id, from_day)
) STRICT;

CREATE TABLE absence (
    id           INTEGER PRIMARY KEY,
    person_id    INTEGER NOT NULL REFERENCES person (id),
    from_day     TEXT    NOT NULL CHECK (from_day IS date(from_day)),
    to_day       TEXT    NOT NULL CHECK (to_day IS date(to_day) AND to_day >= from_day),
    per_day      INTEGER CHECK (per_day BETWEEN 1 AND 1440),
    is_tentative INTEGER NOT NULL DEFAULT 0 CHECK (is_tentative IN (0, 1)),
    note         TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX absence_person ON absence (person_id, from_day);
CREATE INDEX absence_to ON absence (to_day);

CREATE TABLE holiday (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    from_day TEXT NOT NULL CHECK (from_day IS date(from_day)),
    to_day   TEXT NOT NULL CHECK (to_day IS date(to_day) AND to_day >= from_day)
) STRICT;
CREATE INDEX holiday_to ON holiday (to_day);

CREATE TABLE request (
    id               INTEGER PRIMARY KEY,
    title            TEXT    NOT NULL CHECK (title <> ''),
    ask              TEXT    NOT NULL,
    requester        TEXT    NOT NULL,
    brand            TEXT    NOT NULL,
    channel          TEXT    NOT NULL,
    outcome          TEXT    NOT NULL,
    lever            TEXT CHECK (lever IN ('speed-to-market', 'brand-consistency', 'risk-reduction', 'measurable-impact')),
    measure          TEXT    NOT NULL,
    audience         TEXT    NOT NULL,
    message          TEXT    NOT NULL,
    deliverables     TEXT    NOT NULL,
    asset_count      INTEGER CHECK (asset_count >= 0),
    due              TEXT CHECK (due IS date(due)),
    is_due_hard      INTEGER NOT NULL CHECK (is_due_hard IN (0, 1)),
    due_reason       TEXT    NOT NULL,
    first_agreed_due TEXT CHECK (first_agreed_due IS date(first_agreed_due)),
    due_moves        INTEGER NOT NULL CHECK (due_moves >= 0),
    decider          TEXT    NOT NULL,
    inputs           TEXT    NOT NULL,
    tier             INTEGER CHECK (tier BETWEEN 0 AND 4),
    stage            TEXT    NOT NULL CHECK (stage IN ('new', 'clarifying', 'ready', 'scheduled', 'in-progress',
                                 'in-review', 'delivered', 'on-hold', 'declined', 'withdrawn')),
    stage_since      TEXT    NOT NULL,
    stage_reason     TEXT    NOT NULL,
    blocked_reason   TEXT,
    blocked_since    TEXT CHECK (blocked_since IS date(blocked_since)),
    value            INTEGER CHECK (value IN (1, 2, 3, 5, 8, 13, 20)),
    time_criticality INTEGER CHECK (time_criticality IN (1, 2, 3, 5, 8, 13, 20)),
    risk             INTEGER CHECK (risk IN (1, 2, 3, 5, 8, 13, 20)),
    estimate         INTEGER CHECK (estimate >= 0),
    rounds           INTEGER NOT NULL CHECK (rounds >= 0),
    notes            TEXT    NOT NULL,
    tags             TEXT    NOT NULL,
    url              TEXT    NOT NULL,
    source           TEXT    NOT NULL,
    external_id      TEXT    NOT NULL,
    parent           INTEGER REFERENCES request (id),
    created          TEXT    NOT NULL,
    ready            TEXT,
    started          TEXT,
    delivered        TEXT,
    position         INTEGER,
    CHECK ((blocked_reason IS NULL) = (blocked_since IS NULL))
) STRICT;
CREATE UNIQUE INDEX request_source ON request (source, external_id) WHERE external_id <> '';
CREATE INDEX request_open ON request (id) WHERE stage NOT IN ('delivered', 'declined', 'withdrawn');
CREATE INDEX request_parent ON request (parent) WHERE parent IS NOT NULL;
CREATE INDEX request_delivered ON request (delivered, tier, ready) WHERE delivered IS NOT NULL;

-- What the source said of a request when it was last imported, so that only what changed there since is
-- taken over and what was changed here stays. The id is the request's.
CREATE TABLE request_seen (
    id   INTEGER PRIMARY KEY REFERENCES request (id),
    seen TEXT NOT NULL
) STRICT;

CREATE TABLE allocation (
    id           INTEGER PRIMARY KEY,
    request_id   INTEGER NOT NULL REFERENCES request (id),
    person_id    INTEGER NOT NULL REFERENCES person (id),
    minutes      INTEGER CHECK (minutes >= 0),
    from_day     TEXT    NOT NULL CHECK (from_day IS date(from_day)),
    to_day       TEXT    NOT NULL CHECK (to_day IS date(to_day) AND to_day >= from_day),
    is_tentative INTEGER NOT NULL DEFAULT 0 CHECK (is_tentative IN (0, 1)),
    shape        TEXT    NOT NULL
) STRICT;
CREATE INDEX allocation_request ON allocation (request_id);
CREATE INDEX allocation_person ON allocation (person_id, to_day);
CREATE INDEX allocation_to ON allocation (to_day);

CREATE TABLE meeting (
    id         INTEGER PRIMARY KEY,
    uid        TEXT    NOT NULL UNIQUE CHECK (uid <> ''),
    title      TEXT    NOT NULL,
    start      TEXT    NOT NULL,
    minutes    INTEGER NOT NULL CHECK (minutes >= 0),
    attendees  TEXT    NOT NULL,
    location   TEXT    NOT NULL,
    status     TEXT    NOT NULL CHECK (status IN ('confirmed', 'tentative', 'cancelled')),
    sequence   INTEGER NOT NULL,
    rule       TEXT    NOT NULL,
    extra      TEXT    NOT NULL,
    except_at  TEXT    NOT NULL,
    is_typed   INTEGER NOT NULL CHECK (is_typed IN (0, 1)),
    series     TEXT    NOT NULL,
    kind       TEXT CHECK (kind IN ('leadership', 'stakeholder', 'team', 'one-to-one')),
    span_from  INTEGER NOT NULL,
    span_to    INTEGER
) STRICT;
CREATE INDEX meeting_single ON meeting (span_from, span_to) WHERE span_to IS NOT NULL;
CREATE INDEX meeting_endless ON meeting (id) WHERE span_to IS NULL;

CREATE TABLE meeting_override (
    id         INTEGER PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    recurrence TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    start      TEXT    NOT NULL,
    minutes    INTEGER NOT NULL CHECK (minutes >= 0),
    attendees  TEXT    NOT NULL,
    location   TEXT    NOT NULL,
    status     TEXT    NOT NULL CHECK (status IN ('confirmed', 'tentative', 'cancelled')),
    sequence   INTEGER NOT NULL,
    UNIQUE (meeting_id, recurrence)
) STRICT;

-- What the lead wrote before one occurrence.
CREATE TABLE meeting_note (
    id         INTEGER PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    occurrence TEXT    NOT NULL,
    intent     TEXT    NOT NULL,
    if_then    TEXT    NOT NULL,
    predicted  TEXT    NOT NULL,
    UNIQUE (meeting_id, occurrence)
) STRICT;

-- Title and start are a copy: a reflection must still say where it belongs when the calendar has moved on.
CREATE TABLE reflection (
    id          INTEGER PRIMARY KEY,
    meeting_id  INTEGER NOT NULL REFERENCES meeting (id),
    occurrence  TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    start       TEXT    NOT NULL,
    stance      INTEGER NOT NULL CHECK (stance BETWEEN 1 AND 5),
    calm        INTEGER CHECK (calm BETWEEN 1 AND 5),
    engaged     INTEGER CHECK (engaged BETWEEN 1 AND 5),
    first_word  TEXT CHECK (first_word IN ('outcome', 'risk', 'ask', 'status', 'process')),
    expansion   INTEGER CHECK (expansion >= 0),
    contraction INTEGER CHECK (contraction >= 0),
    touched     TEXT CHECK (touched IN ('none', 'informed', 'framed', 'changed', 'stopped')),
    moment      TEXT    NOT NULL,
    if_then     TEXT    NOT NULL,
    written     TEXT    NOT NULL,
    UNIQUE (meeting_id, occurrence)
) STRICT;
CREATE INDEX reflection_start ON reflection (start);
