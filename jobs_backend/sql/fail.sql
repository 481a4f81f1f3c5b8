-- The attempt that owns the job ends it with an error for the user.
WITH moved AS (
    UPDATE jobs
    SET status = 'failed', completed_at = clock_timestamp(), lease_expires_at = NULL,
        error = %(error)s, last_failure_code = %(code)s
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
