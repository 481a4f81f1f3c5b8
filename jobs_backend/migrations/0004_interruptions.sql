-- How often in a row an attempt of this job was interrupted: it did not fail, but may be the cause.
ALTER TABLE jobs ADD COLUMN interruption_count integer NOT NULL DEFAULT 0
    CONSTRAINT interruption_count_grows_from_zero CHECK (interruption_count >= 0);
