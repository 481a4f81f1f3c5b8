ALTER TABLE jobs
    ADD CONSTRAINT status_known CHECK (status IN
        ('validating', 'queued', 'in_progress', 'completed', 'failed', 'cancelled', 'expired')),
    ADD CONSTRAINT terminal_has_completed_at CHECK
        ((status IN ('completed', 'failed', 'cancelled', 'expired')) = (completed_at IS NOT NULL)),
    ADD CONSTRAINT running_holds_lease CHECK
        ((status = 'in_progress') = (lease_expires_at IS NOT NULL)),
    ADD CONSTRAINT running_was_claimed CHECK
        (status <> 'in_progress' OR (started_at IS NOT NULL AND attempt_count > 0)),
    ADD CONSTRAINT completed_was_claimed CHECK
        (status <> 'completed' OR (started_at IS NOT NULL AND attempt_count > 0)),
    ADD CONSTRAINT attempt_has_time CHECK ((attempt_count > 0) = (last_attempt_at IS NOT NULL)),
    ADD CONSTRAINT failed_has_error CHECK ((status = 'failed') = (error IS NOT NULL)),
    ADD CONSTRAINT cancelled_says_so CHECK (status <> 'cancelled' OR cancelled),
    ADD CONSTRAINT cancelled_is_over CHECK (NOT cancelled OR status IN ('cancelled', 'expired')),
    ADD CONSTRAINT validating_was_never_sent CHECK (status <> 'validating' OR dispatched_at IS NULL),
    ADD CONSTRAINT counts_grow_from_zero CHECK
        (attempt_count >= 0 AND loss_count >= 0 AND dispatch_failures >= 0 AND dispatch_number >= 1),
    ADD CONSTRAINT expires_after_creation CHECK (expires_at >= created_at),
    ADD CONSTRAINT failure_count_grows_from_zero CHECK (failure_count >= 0),
    ADD CONSTRAINT redispatch_count_grows_from_zero CHECK (redispatch_count >= 0),
    ADD CONSTRAINT purged_is_expired CHECK (purged_at IS NULL OR status = 'expired'),
    ADD CONSTRAINT interruption_count_grows_from_zero CHECK (interruption_count >= 0);
DROP TRIGGER check_job ON jobs;
DROP FUNCTION check_job();
