-- Names and addresses that come near somebody's, parted by semicolons, of which it was said that they mean somebody else:
-- an import asks about each only once.
ALTER TABLE person ADD COLUMN told_apart TEXT NOT NULL DEFAULT '';
ALTER TABLE stakeholder ADD COLUMN told_apart TEXT NOT NULL DEFAULT '';
