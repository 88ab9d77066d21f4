-- The zone in which an event repeats, where only its calendar describes it: as JSON, empty for a known zone. It belongs
-- to the event and not to a name, because two files may mean two zones by one name.
ALTER TABLE meeting ADD COLUMN zone TEXT NOT NULL DEFAULT '';
-- What it makes of the lead's time.
ALTER TABLE meeting ADD COLUMN shows_as TEXT NOT NULL DEFAULT 'busy'
    CHECK (shows_as IN ('busy', 'free', 'declined', 'out-of-office', 'working-location'));
-- The calendars that have it, by the names of their files: what vanishes from all of them is cancelled.
ALTER TABLE meeting ADD COLUMN sources TEXT NOT NULL DEFAULT '[]';
-- Cancelled here as a whole, whatever its calendar says.
ALTER TABLE meeting ADD COLUMN is_off INTEGER NOT NULL DEFAULT 0 CHECK (is_off IN (0, 1));

-- A change may reach further than its own start, and one made here stands beside that of the calendar.
CREATE TABLE meeting_override_new (
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
    shows_as   TEXT    NOT NULL DEFAULT 'busy'
        CHECK (shows_as IN ('busy', 'free', 'declined', 'out-of-office', 'working-location')),
    reach      TEXT    NOT NULL DEFAULT 'one' CHECK (reach IN ('one', 'following', 'by-hand')),
    UNIQUE (meeting_id, recurrence, reach)
) STRICT;
INSERT INTO meeting_override_new
    (id, meeting_id, recurrence, title, start, minutes, attendees, location, status, sequence)
    SELECT id, meeting_id, recurrence, title, start, minutes, attendees, location, status, sequence
    FROM meeting_override;
DROP TABLE meeting_override;
ALTER TABLE meeting_override_new RENAME TO meeting_override;
