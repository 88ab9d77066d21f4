-- Records that are kept from others, whatever their kind: by the key that people see.
CREATE TABLE private (
    id INTEGER PRIMARY KEY,
    of TEXT NOT NULL
) STRICT;
