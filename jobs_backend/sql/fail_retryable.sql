-- The attempt that owns the job failed for a reason that may pass: the job waits for its next attempt,
-- or fails once as many as are allowed have failed in this way.
WITH moved AS (
    UPDATE jobs
    SET status = CASE WHEN failure_count + 1 < %(max_attempts)s THEN 'queued' ELSE 'failed' END,
        completed_at = CASE WHEN failure_count + 1 < %(max_attempts)s THEN NULL ELSE t END,
        error = CASE WHEN failure_count + 1 < %(max_attempts)s THEN NULL ELSE %(error)s::jsonb END,
        last_failure_code = %(code)s,
        failure_count = failure_count + 1, interruption_count = 0,
        lease_expires_at = NULL,
        worker = NULL,
        dispatch_number = dispatch_number + 1, dispatched_at = NULL, dispatch_failures = 0,
        dispatch_after = t + make_interval(secs => %(pause)s)
    FROM clock_timestamp() AS t
    WHERE id = %(id)s
      AND status = 'in_progress'
      AND attempt_count = %(attempt)s
      AND worker = %(worker)s
    RETURNING jobs.*
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor, reason)
    SELECT id, attempt_count, 'in_progress', status, %(actor)s, %(code)s FROM moved
)
SELECT * FROM moved;
