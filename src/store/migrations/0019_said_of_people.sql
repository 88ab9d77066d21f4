-- What sources said of somebody when they were read last, by field and source.
ALTER TABLE person ADD COLUMN seen TEXT NOT NULL DEFAULT '';
