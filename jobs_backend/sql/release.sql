-- An attempt that was interrupted (shutdown, a stray signal) gives the job back: interruption is not
-- failure. Its process names the attempt; who had to kill that process knows its dispatch instead. The
-- next dispatch gets a new number, since this one's task id may be revoked. It is due at once; past the
-- third interruption in a row it waits, twice as long each time, since the job itself may be the cause.
WITH moved AS (
    UPDATE jobs
    SET status = 'queued', lease_expires_at = NULL, worker = NULL,
        dispatch_number = dispatch_number + 1, dispatched_at = NULL, dispatch_failures = 0,
        interruption_count = interruption_count + 1,
        dispatch_after = clock_timestamp() + make_interval(secs => CASE
            WHEN interruption_count < 3 THEN 0
            ELSE least(power(2, least(interruption_count - 3, 20)), %(pause_max)s)
        END)
    WHERE id = %(id)s
      AND status = 'in_progress'
      AND (attempt_count = %(attempt)s OR dispatch_number = %(dispatch)s)
      AND worker = %(worker)s
    RETURNING jobs.*
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor, reason)
    SELECT id, attempt_count, 'in_progress', status, %(actor)s, %(reason)s FROM moved
)
SELECT * FROM moved;
