-- What is left of a share, and what each day took off it.

-- Hours left as the lead said them: how far that is from what had come off by plan then, and on which day.
ALTER TABLE request ADD COLUMN left_said INTEGER CHECK (left_said >= 0);
ALTER TABLE request ADD COLUMN left_on TEXT CHECK (left_on IS date(left_on));
-- The part of the estimate that nobody holds has a correction of its own, as each share has.
ALTER TABLE request ADD COLUMN left_correction INTEGER NOT NULL DEFAULT 0;

-- A share that was there before days were kept: what its past days had shown is reckoned once, at the first
-- write of this version, and NULL until then. Hours count as coming off by plan from there on.
ALTER TABLE allocation ADD COLUMN done_before INTEGER;
UPDATE allocation SET done_before = 0
WHERE request_id NOT IN (SELECT id FROM request WHERE stage = 'in-progress');
ALTER TABLE allocation ADD COLUMN correction INTEGER NOT NULL DEFAULT 0;
ALTER TABLE allocation ADD COLUMN said_on TEXT CHECK (said_on IS date(said_on));
-- Back from review its hours are not known until they are said.
ALTER TABLE allocation ADD COLUMN is_to_be_said INTEGER NOT NULL DEFAULT 0 CHECK (is_to_be_said IN (0, 1));

-- A share without typed hours follows the estimate, one of each request at most: those that are equal to it do.
UPDATE allocation SET minutes = NULL
WHERE minutes IS NOT NULL
  AND minutes = (SELECT estimate FROM request AS r WHERE r.id = request_id)
  AND shape NOT LIKE 'hand:%' AND shape NOT LIKE 'per-day:%'
  AND NOT EXISTS (SELECT 1 FROM allocation AS other WHERE other.request_id = allocation.request_id
                  AND other.id <> allocation.id
                  AND (other.minutes IS NULL OR other.minutes = allocation.minutes AND other.id < allocation.id));

-- Days that are over. What was planned for each share and what came off it is kept with words of its own, so
-- that it stays true when the request, the person or the share are gone.
CREATE TABLE kept_day (
    id               INTEGER PRIMARY KEY,
    day              TEXT    NOT NULL UNIQUE CHECK (day IS date(day)),
    is_reconstructed INTEGER NOT NULL CHECK (is_reconstructed IN (0, 1))
) STRICT;

CREATE TABLE kept_share (
    id           INTEGER PRIMARY KEY,
    day          TEXT    NOT NULL CHECK (day IS date(day)),
    share_id     INTEGER NOT NULL,
    request_id   INTEGER NOT NULL,
    person_id    INTEGER NOT NULL,
    title        TEXT    NOT NULL,
    tier         INTEGER NOT NULL CHECK (tier BETWEEN 0 AND 4),
    handle       TEXT    NOT NULL,
    is_role      INTEGER NOT NULL CHECK (is_role IN (0, 1)),
    is_tentative INTEGER NOT NULL CHECK (is_tentative IN (0, 1)),
    is_unknown   INTEGER NOT NULL CHECK (is_unknown IN (0, 1)),
    planned      INTEGER NOT NULL CHECK (planned >= 0),
    done         INTEGER NOT NULL CHECK (done >= 0)
) STRICT;
CREATE INDEX kept_share_day ON kept_share (day);
CREATE INDEX kept_share_share ON kept_share (share_id, done);

-- The keeping of days is an operation that undo, redo and history pass over: nobody did it.
ALTER TABLE operation ADD COLUMN keeps_days INTEGER NOT NULL DEFAULT 0 CHECK (keeps_days IN (0, 1));
DROP INDEX operation_undoable;
CREATE INDEX operation_undoable ON operation (id) WHERE kind = 'do' AND undone = 0 AND keeps_days = 0;
