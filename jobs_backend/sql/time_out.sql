-- The process that ran this dispatch is killed at its hard time limit, and cannot say so itself. Who
-- only found it dead knows it by the time that the attempt has run.
WITH moved AS (
    UPDATE jobs
    SET status = 'failed', completed_at = clock_timestamp(), lease_expires_at = NULL,
        error = %(error)s, last_failure_code = %(code)s
    WHERE id = %(id)s
      AND status = 'in_progress'
      AND dispatch_number = %(dispatch)s
      AND worker = %(worker)s
      AND last_attempt_at <= clock_timestamp() - make_interval(secs => %(ran)s)
    RETURNING jobs.*
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor, reason)
    SELECT id, attempt_count, 'in_progress', status, %(actor)s, %(code)s FROM moved
)
SELECT * FROM moved;
