-- What an operation brought from outside: rows of a list, which are news whoever took them in, or a whole store, whose
-- rows are as old as they say of themselves.
ALTER TABLE operation ADD COLUMN brings TEXT NOT NULL DEFAULT '' CHECK (brings IN ('', 'list', 'store'));

-- Under which section of the standup a remark was made: one request has lines in several.
ALTER TABLE remark ADD COLUMN under TEXT NOT NULL DEFAULT '';
