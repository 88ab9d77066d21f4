-- Which store this is, whatever its file is called and wherever it lies.
INSERT INTO memo (name, value) VALUES ('identity', lower(hex(randomblob(16)))) ON CONFLICT (name) DO NOTHING;
