-- Run a job again that ended without a result, under the same id, while its request is still there.
-- The attempt count and the last failure stay: they tell the story.
WITH before AS MATERIALIZED (
    SELECT id, status FROM jobs
    WHERE id = %(id)s AND organization_id = %(organization_id)s
    FOR UPDATE
), moved AS (
    UPDATE jobs
    SET status = 'queued', cancelled = false, error = NULL,
        started_at = NULL, completed_at = NULL, worker = NULL, loss_count = 0, failure_count = 0,
        dispatch_number = dispatch_number + 1, dispatched_at = NULL, dispatch_failures = 0,
        dispatch_after = t + make_interval(secs => %(dispatch_grace)s),
        expires_at = t + make_interval(secs => %(retention)s)
    FROM before, clock_timestamp() AS t
    WHERE jobs.id = before.id
      AND jobs.status IN ('failed', 'cancelled', 'expired')
      AND EXISTS (SELECT FROM job_payloads WHERE job_id = jobs.id)
    RETURNING jobs.*
), payload AS (
    UPDATE job_payloads
    SET response_attempt = NULL, response_status = NULL, response_body = NULL
    FROM moved
    WHERE job_payloads.job_id = moved.id
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT moved.id, moved.attempt_count, before.status, moved.status, %(actor)s
    FROM moved JOIN before USING (id)
)
SELECT moved.*, before.status AS found_status
FROM moved JOIN before USING (id);
