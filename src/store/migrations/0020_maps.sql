-- What the columns of a source's table stand for.
ALTER TABLE source ADD COLUMN maps TEXT NOT NULL DEFAULT '';
