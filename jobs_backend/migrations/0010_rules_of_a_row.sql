-- What a job's row must be like, told by a trigger instead of sixteen CHECK constraints: Postgres reads
-- and plans the text of each CHECK anew for every statement that writes, which was a seventh of what it
-- spent on a job. A function is planned once a session. What breaks a rule is refused as before, with
-- the rule's name as the constraint's.

CREATE FUNCTION check_job() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken_rule text := CASE
        WHEN NEW.status NOT IN ('validating', 'queued', 'in_progress', 'completed', 'failed',
                                'cancelled', 'expired')
            THEN 'status_known'
        WHEN (NEW.status IN ('completed', 'failed', 'cancelled', 'expired'))
             <> (NEW.completed_at IS NOT NULL)
            THEN 'terminal_has_completed_at'
        WHEN (NEW.status = 'in_progress') <> (NEW.lease_expires_at IS NOT NULL)
            THEN 'running_holds_lease'
        WHEN NEW.status IN ('in_progress', 'completed')
             AND (NEW.started_at IS NULL OR NEW.attempt_count = 0)
            THEN 'running_or_completed_was_claimed'
        WHEN (NEW.attempt_count > 0) <> (NEW.last_attempt_at IS NOT NULL)
            THEN 'attempt_has_time'
        WHEN (NEW.status = 'failed') <> (NEW.error IS NOT NULL)
            THEN 'failed_has_error'
        WHEN NEW.status = 'cancelled' AND NOT NEW.cancelled
            THEN 'cancelled_says_so'
        WHEN NEW.cancelled AND NEW.status NOT IN ('cancelled', 'expired')
            THEN 'cancelled_is_over'
        WHEN NEW.status = 'validating' AND NEW.dispatched_at IS NOT NULL
            THEN 'validating_was_never_sent'
        WHEN least(NEW.attempt_count, NEW.loss_count, NEW.failure_count, NEW.interruption_count,
                   NEW.dispatch_failures, NEW.redispatch_count) < 0
            THEN 'counts_grow_from_zero'
        WHEN NEW.dispatch_number < 1
            THEN 'dispatches_are_numbered_from_one'
        WHEN NEW.purged_at IS NOT NULL AND NEW.status <> 'expired'
            THEN 'purged_is_expired'
        WHEN NEW.expires_at < NEW.created_at
            THEN 'expires_after_creation'
    END;
BEGIN
    IF broken_rule IS NOT NULL THEN
        RAISE check_violation USING
            MESSAGE = format('job %s breaks the rule %s', NEW.id, broken_rule),
            TABLE = 'jobs', CONSTRAINT = broken_rule;
    END IF;
    RETURN NULL;
END;
$$;

CREATE TRIGGER check_job AFTER INSERT OR UPDATE ON jobs
    FOR EACH ROW EXECUTE FUNCTION check_job();

ALTER TABLE jobs
    DROP CONSTRAINT status_known,
    DROP CONSTRAINT terminal_has_completed_at,
    DROP CONSTRAINT running_holds_lease,
    DROP CONSTRAINT running_was_claimed,
    DROP CONSTRAINT completed_was_claimed,
    DROP CONSTRAINT attempt_has_time,
    DROP CONSTRAINT failed_has_error,
    DROP CONSTRAINT cancelled_says_so,
    DROP CONSTRAINT cancelled_is_over,
    DROP CONSTRAINT validating_was_never_sent,
    DROP CONSTRAINT counts_grow_from_zero,
    DROP CONSTRAINT expires_after_creation,
    DROP CONSTRAINT failure_count_grows_from_zero,
    DROP CONSTRAINT redispatch_count_grows_from_zero,
    DROP CONSTRAINT purged_is_expired,
    DROP CONSTRAINT interruption_count_grows_from_zero;
