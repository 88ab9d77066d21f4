-- The zone in which an event repeats, where only its calendar describes it: as JSON, empty for a known zone. It belongs
-- to the event and not to a name, because two files may mean two zones by one name.
ALTER TABLE meeting ADD COLUMN zone TEXT NOT NULL DEFAULT '';
