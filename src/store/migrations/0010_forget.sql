-- What was forgotten for good: which words of which row. The words themselves stand nowhere; imports and restored
-- copies ask here what they must not bring back. `origin` finds a row again that was removed and is imported anew.
CREATE TABLE forgotten (
    id           INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    table_name   TEXT    NOT NULL,
    row_id       INTEGER NOT NULL,
    column_name  TEXT    NOT NULL,
    origin       TEXT    NOT NULL,
    UNIQUE (table_name, row_id, column_name)
) STRICT;
CREATE INDEX forgotten_origin ON forgotten (origin) WHERE origin <> '';

-- A forgetting is an operation that undo and redo pass over: there is nothing left that could be put back.
ALTER TABLE operation ADD COLUMN forgets INTEGER NOT NULL DEFAULT 0 CHECK (forgets IN (0, 1));
DROP INDEX operation_undoable;
CREATE INDEX operation_undoable ON operation (id) WHERE kind = 'do' AND undone = 0 AND keeps_days = 0 AND forgets = 0;
