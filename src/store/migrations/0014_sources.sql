-- Where data comes from again and again. An address is a secret and stands in no store: `place` is what of it may be
-- seen, and `address_tag` finds the whole in the configuration's folder of the machine that was given it.
CREATE TABLE source (
    id            INTEGER PRIMARY KEY,
    name          TEXT    NOT NULL COLLATE NOCASE UNIQUE,
    what          TEXT    NOT NULL CHECK (what IN ('requests', 'people', 'absences', 'calendar', 'shares')),
    way           TEXT    NOT NULL
        CHECK (way IN ('file', 'newest', 'folder', 'command', 'url', 'url-env', 'url-command')),
    place         TEXT    NOT NULL,
    address_tag   TEXT    NOT NULL,
    known_as      TEXT    NOT NULL,
    preset        TEXT    NOT NULL,
    day_first     INTEGER CHECK (day_first IN (0, 1)),
    at_start      INTEGER NOT NULL CHECK (at_start IN (0, 1)),
    every_minutes INTEGER CHECK (every_minutes > 0),
    applies       INTEGER NOT NULL CHECK (applies IN (0, 1)),
    limit_seconds INTEGER NOT NULL CHECK (limit_seconds > 0)
) STRICT;

-- How each stands. Nobody did that, so the journal passes over it, and a row may outlive its source until an undo
-- brings that back.
CREATE TABLE source_state (
    source_id INTEGER PRIMARY KEY,
    tried     TEXT,
    refreshed TEXT,
    data_from TEXT,
    current   TEXT,
    new       INTEGER,
    changed   INTEGER,
    gone      INTEGER,
    -- The operation that took something in last, and whether that was what was found last. One that was undone is
    -- not done again by itself.
    operation INTEGER,
    is_taken  INTEGER NOT NULL CHECK (is_taken IN (0, 1)),
    error     TEXT
) STRICT;
