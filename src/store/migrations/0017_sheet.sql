-- Which sheet of a workbook a source is read from.
ALTER TABLE source ADD COLUMN sheet TEXT NOT NULL DEFAULT '';
