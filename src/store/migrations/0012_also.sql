-- Names and addresses that somebody was known by before two entries became one, parted by semicolons: what comes in
-- under them later still finds the one that stayed.
ALTER TABLE person ADD COLUMN also TEXT NOT NULL DEFAULT '';
ALTER TABLE stakeholder ADD COLUMN also TEXT NOT NULL DEFAULT '';
