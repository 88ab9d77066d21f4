-- What is handed to people and what comes back of it: briefs as they were written and shown, standups that were held,
-- remarks for them, suggestions that were waved off for good; and in reflections what came true.

CREATE TABLE brief (
    id        INTEGER PRIMARY KEY,
    meeting   TEXT NOT NULL,
    series    TEXT NOT NULL,
    line      TEXT NOT NULL,
    ask       TEXT NOT NULL,
    recommend TEXT NOT NULL,
    numbers   TEXT NOT NULL,
    risk      TEXT NOT NULL,
    frozen    TEXT CHECK (frozen IS date(frozen)),
    claims    TEXT NOT NULL,
    document  TEXT NOT NULL
) STRICT;
CREATE INDEX brief_meeting ON brief (meeting);
CREATE INDEX brief_series ON brief (series, frozen);

CREATE TABLE standup (
    id   INTEGER PRIMARY KEY,
    held TEXT NOT NULL
) STRICT;

CREATE TABLE remark (
    id    INTEGER PRIMARY KEY,
    day   TEXT NOT NULL CHECK (day IS date(day)),
    about TEXT NOT NULL,
    text  TEXT NOT NULL CHECK (text <> '')
) STRICT;
CREATE INDEX remark_day ON remark (day);

CREATE TABLE waved (
    id   INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

ALTER TABLE reflection ADD COLUMN came_up TEXT NOT NULL DEFAULT '[]';
ALTER TABLE reflection ADD COLUMN kept INTEGER CHECK (kept IN (0, 1));
