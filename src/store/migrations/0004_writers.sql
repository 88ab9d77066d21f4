DROP TABLE journal;

DROP INDEX meeting_single;
CREATE INDEX meeting_single ON meeting (span_to, span_from) WHERE span_to IS NOT NULL;
