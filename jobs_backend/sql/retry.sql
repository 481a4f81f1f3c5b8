-- Run a job again that ended without a result, under the same id, while its request is still there.
-- The attempt count and the last failure stay: they tell the story. It is kept for as long as a new one.
WITH before AS MATERIALIZED (
    SELECT jobs.id, jobs.status,
           coalesce(least(organizations.retention_seconds,
                          (%(retentions)s::jsonb ->> jobs.endpoint)::double precision),
                    %(retention)s) AS retention
    FROM jobs JOIN organizations ON organizations.id = jobs.organization_id
    -- Not with =: see get.sql.
    WHERE jobs.id = %(id)s AND jobs.organization_id IS NOT DISTINCT FROM %(organization_id)s
    FOR UPDATE OF jobs
), moved AS (
    UPDATE jobs
    SET status = 'queued', cancelled = false, error = NULL,
        started_at = NULL, completed_at = NULL, worker = NULL, loss_count = 0, failure_count = 0,
        dispatch_number = dispatch_number + 1, dispatched_at = NULL, dispatch_failures = 0,
        redispatch_count = 0, interruption_count = 0,
        dispatch_after = t + make_interval(secs => %(dispatch_grace)s),
        expires_at = t + make_interval(secs => (SELECT retention FROM before))
    FROM clock_timestamp() AS t
    -- So the row is locked before it is looked at, whatever the plan.
    WHERE jobs.id = (SELECT id FROM before)
      AND jobs.status IN ('failed', 'cancelled', 'expired')
      AND jobs.purged_at IS NULL
    RETURNING jobs.*, (SELECT status FROM before) AS found_status
), payload AS (
    UPDATE job_payloads
    SET response_attempt = NULL, response_status = NULL, response_body = NULL
    FROM moved
    WHERE job_payloads.job_id = moved.id
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT id, attempt_count, found_status, status, %(actor)s FROM moved
)
SELECT moved.*, clock_timestamp() AS taken_at FROM moved;
