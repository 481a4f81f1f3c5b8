-- Attempts that failed for a reason that may pass, counted apart from losses and interruptions: only
-- they use up an endpoint type's max_attempts.
ALTER TABLE jobs ADD COLUMN failure_count integer NOT NULL DEFAULT 0
    CONSTRAINT failure_count_grows_from_zero CHECK (failure_count >= 0);
