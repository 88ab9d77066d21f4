-- Hours left that were said of work without an estimate: of how many hours they were said, since what such work
-- usually takes changes with its title and its tier. NULL where the hours are known.
ALTER TABLE request ADD COLUMN left_of INTEGER;
ALTER TABLE allocation ADD COLUMN said_of INTEGER;
-- Hours of its own beside days set by hand say how much it is, and the days only where it lies. Until now they meant
-- nothing there.
UPDATE allocation SET minutes = NULL WHERE shape LIKE 'hand:%';
