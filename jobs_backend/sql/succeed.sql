-- The attempt that owns the job hands in its result. A late writer gets nothing and leaves nothing.
-- The attempt knows the rest of its job: thirty columns more would cost as much as the update.
WITH moved AS (
    UPDATE jobs
    SET status = 'completed', completed_at = clock_timestamp(), lease_expires_at = NULL
    WHERE id = %(id)s
      AND status = 'in_progress'
      AND attempt_count = %(attempt)s
      AND worker = %(worker)s
    RETURNING id, attempt_count, status, completed_at, lease_expires_at
), payload AS (
    UPDATE job_payloads
    SET response_attempt = moved.attempt_count,
        response_status = %(response_status)s,
        response_body = %(response_body)s::json
    FROM moved
    WHERE job_payloads.job_id = moved.id
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT id, attempt_count, 'in_progress', status, %(actor)s FROM moved
)
SELECT status, completed_at, lease_expires_at FROM moved;
