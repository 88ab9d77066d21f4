-- Work that came back from review, or after it had been delivered: what nobody holds of it has to be said anew.
ALTER TABLE request ADD COLUMN left_to_say INTEGER NOT NULL DEFAULT 0;
