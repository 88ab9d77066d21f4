-- Which source brought an absence or a holiday, and what it said of it.
ALTER TABLE absence ADD COLUMN brought TEXT NOT NULL DEFAULT '';
ALTER TABLE holiday ADD COLUMN brought TEXT NOT NULL DEFAULT '';
