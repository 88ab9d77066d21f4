-- What the work is for, and what it changes: outcomes, the headroom ledger, friction, influence, risks, links.
-- Texts that were never given are empty; days and enumerations are checked as in the first step.

CREATE TABLE outcome (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL CHECK (name <> ''),
    lever         TEXT CHECK (lever IN ('speed-to-market', 'brand-consistency', 'risk-reduction', 'measurable-impact')),
    metric        TEXT NOT NULL,
    unit          TEXT NOT NULL,
    direction     TEXT CHECK (direction IN ('up', 'down')),
    baseline      REAL,
    baseline_on   TEXT NOT NULL CHECK (baseline_on IS date(baseline_on)),
    target        REAL,
    due           TEXT CHECK (due IS date(due)),
    owner         TEXT NOT NULL,
    value_per_day REAL,
    confidence    INTEGER CHECK (confidence BETWEEN 0 AND 100),
    notes         TEXT NOT NULL,
    closed        TEXT CHECK (closed IS date(closed))
) STRICT;

CREATE TABLE reading (
    id         INTEGER PRIMARY KEY,
    outcome_id INTEGER NOT NULL REFERENCES outcome (id),
    value      REAL NOT NULL,
    day        TEXT NOT NULL CHECK (day IS date(day)),
    source     TEXT NOT NULL
) STRICT;
CREATE INDEX reading_outcome ON reading (outcome_id, day);

CREATE TABLE stakeholder (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL CHECK (name <> ''),
    role     TEXT NOT NULL,
    cares    TEXT NOT NULL,
    pressure TEXT NOT NULL,
    currency TEXT CHECK (currency IN ('speed', 'safety', 'visibility', 'money', 'ease')),
    email    TEXT NOT NULL,
    notes    TEXT NOT NULL
) STRICT;

CREATE TABLE trust (
    id             INTEGER PRIMARY KEY,
    stakeholder_id INTEGER NOT NULL REFERENCES stakeholder (id),
    level          INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
    day            TEXT NOT NULL CHECK (day IS date(day)),
    note           TEXT NOT NULL
) STRICT;
CREATE INDEX trust_stakeholder ON trust (stakeholder_id, day);

CREATE TABLE decision (
    id         INTEGER PRIMARY KEY,
    question   TEXT NOT NULL CHECK (question <> ''),
    approver   TEXT NOT NULL,
    part       TEXT CHECK (part IN ('driver', 'contributor', 'recommender')),
    options    TEXT NOT NULL,
    position   TEXT NOT NULL,
    changed    TEXT NOT NULL,
    result     TEXT NOT NULL,
    decided    TEXT CHECK (decided IS date(decided)),
    check_on   TEXT CHECK (check_on IS date(check_on)),
    confidence INTEGER CHECK (confidence BETWEEN 0 AND 100),
    held       INTEGER CHECK (held IN (0, 1)),
    credit     TEXT NOT NULL,
    meeting    TEXT,
    opened     TEXT NOT NULL CHECK (opened IS date(opened))
) STRICT;

CREATE TABLE stance (
    id             INTEGER PRIMARY KEY,
    stakeholder_id INTEGER NOT NULL REFERENCES stakeholder (id),
    decision_id    INTEGER NOT NULL REFERENCES decision (id),
    level          INTEGER NOT NULL CHECK (level BETWEEN -2 AND 2),
    day            TEXT NOT NULL CHECK (day IS date(day))
) STRICT;
CREATE INDEX stance_decision ON stance (decision_id);
CREATE INDEX stance_stakeholder ON stance (stakeholder_id);

CREATE TABLE promise (
    id      INTEGER PRIMARY KEY,
    text    TEXT NOT NULL CHECK (text <> ''),
    way     TEXT NOT NULL CHECK (way IN ('to', 'from')),
    whom    TEXT NOT NULL,
    due     TEXT CHECK (due IS date(due)),
    kept    TEXT CHECK (kept IS date(kept)),
    broken  TEXT CHECK (broken IS date(broken)),
    meeting TEXT,
    made    TEXT NOT NULL CHECK (made IS date(made)),
    CHECK (kept IS NULL OR broken IS NULL)
) STRICT;

CREATE TABLE risk (
    id         INTEGER PRIMARY KEY,
    text       TEXT    NOT NULL CHECK (text <> ''),
    likelihood INTEGER NOT NULL CHECK (likelihood BETWEEN 1 AND 3),
    impact     INTEGER NOT NULL CHECK (impact BETWEEN 1 AND 3),
    sign       TEXT    NOT NULL,
    raise_by   TEXT CHECK (raise_by IS date(raise_by)),
    raised     TEXT CHECK (raised IS date(raised)),
    answer     TEXT    NOT NULL,
    subject    TEXT,
    end        TEXT CHECK (end IN ('caught', 'happened', 'passed')),
    ended      TEXT CHECK (ended IS date(ended)),
    seen       TEXT    NOT NULL CHECK (seen IS date(seen))
) STRICT;

CREATE TABLE friction (
    id       INTEGER PRIMARY KEY,
    text     TEXT    NOT NULL CHECK (text <> ''),
    area     TEXT CHECK (area IN ('people', 'process', 'platform')),
    hours    INTEGER NOT NULL CHECK (hours >= 0),
    whom     TEXT    NOT NULL,
    harms    TEXT    NOT NULL,
    evidence TEXT    NOT NULL,
    stage    TEXT    NOT NULL CHECK (stage IN ('seen', 'changing', 'unlocked', 'dropped')),
    seen     TEXT    NOT NULL CHECK (seen IS date(seen)),
    moved    TEXT CHECK (moved IS date(moved)),
    origin   TEXT    NOT NULL
) STRICT;

CREATE TABLE gain (
    id          INTEGER PRIMARY KEY,
    text        TEXT    NOT NULL CHECK (text <> ''),
    friction_id INTEGER REFERENCES friction (id),
    hours       INTEGER NOT NULL CHECK (hours > 0),
    from_day    TEXT    NOT NULL CHECK (from_day IS date(from_day)),
    to_day      TEXT CHECK (to_day IS date(to_day) AND to_day >= from_day),
    baseline    INTEGER NOT NULL CHECK (baseline >= hours),
    baseline_on TEXT    NOT NULL CHECK (baseline_on IS date(baseline_on)),
    evidence    TEXT    NOT NULL
) STRICT;
CREATE INDEX gain_friction ON gain (friction_id) WHERE friction_id IS NOT NULL;

CREATE TABLE redirect (
    id        INTEGER PRIMARY KEY,
    gain_id   INTEGER NOT NULL REFERENCES gain (id),
    target    TEXT    NOT NULL,
    hours     INTEGER NOT NULL CHECK (hours > 0),
    from_day  TEXT    NOT NULL CHECK (from_day IS date(from_day)),
    to_day    TEXT CHECK (to_day IS date(to_day) AND to_day >= from_day),
    result    TEXT    NOT NULL,
    result_on TEXT CHECK (result_on IS date(result_on))
) STRICT;
CREATE INDEX redirect_gain ON redirect (gain_id);

CREATE TABLE swap (
    id        INTEGER PRIMARY KEY,
    taken_id  INTEGER NOT NULL REFERENCES request (id),
    moved_id  INTEGER NOT NULL REFERENCES request (id),
    person_id INTEGER REFERENCES person (id),
    day       TEXT    NOT NULL CHECK (day IS date(day)),
    days      INTEGER NOT NULL,
    note      TEXT    NOT NULL
) STRICT;
CREATE INDEX swap_day ON swap (day);
CREATE INDEX swap_taken ON swap (taken_id);
CREATE INDEX swap_moved ON swap (moved_id);

-- Keys as people see them: a link may join any two records.
CREATE TABLE tie (
    id    INTEGER PRIMARY KEY,
    one   TEXT NOT NULL,
    other TEXT NOT NULL,
    CHECK (one <> other)
) STRICT;
CREATE INDEX tie_one ON tie (one);
CREATE INDEX tie_other ON tie (other);

-- The outcome that a request is for, what came of it, and when its ask was reframed.
ALTER TABLE request ADD COLUMN outcome_id INTEGER REFERENCES outcome (id);
ALTER TABLE request ADD COLUMN result TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN reframed TEXT;
CREATE INDEX request_outcome ON request (outcome_id) WHERE outcome_id IS NOT NULL;
CREATE INDEX request_created ON request (created);
