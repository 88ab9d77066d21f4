-- In which zone the lead is from an instant on, so that a past day stays what it was when it is read elsewhere. No
-- work of anybody's: the journal passes over it.
CREATE TABLE zone_since (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    zone TEXT NOT NULL
);
