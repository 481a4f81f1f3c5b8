-- An attempt that was interrupted (shutdown, a stray signal) gives the job back: interruption is not
-- failure. Its process names the attempt; who had to kill that process knows its dispatch alone. The
-- next dispatch gets a new number, since this one's task id may be revoked.
WITH moved AS (
    UPDATE jobs
    SET status = 'queued', lease_expires_at = NULL, worker = NULL,
        dispatch_number = dispatch_number + 1, dispatched_at = NULL, dispatch_failures = 0,
        dispatch_after = clock_timestamp()
    WHERE id = %(id)s
      AND status = 'in_progress'
      AND (attempt_count = %(attempt)s OR dispatch_number = %(dispatch)s)
    RETURNING jobs.*
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor, reason)
    SELECT id, attempt_count, 'in_progress', status, %(actor)s, %(reason)s FROM moved
)
SELECT * FROM moved;
