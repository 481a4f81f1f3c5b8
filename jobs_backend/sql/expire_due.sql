-- Planned anew each time.
-- One batch of jobs whose time has passed: how many, and beside that number those that ran, so that
-- the caller can stop them. The clock is read once, in a sub-select, so that the index serves.
WITH due AS MATERIALIZED (
    SELECT id, status FROM jobs
    WHERE status <> 'expired'
      AND expires_at <= (SELECT clock_timestamp())
      AND (SELECT pg_try_advisory_xact_lock(%(turn)s))
    ORDER BY expires_at
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
), moved AS (
    UPDATE jobs
    SET status = 'expired', completed_at = coalesce(jobs.completed_at, clock_timestamp()),
        lease_expires_at = NULL, error = NULL
    FROM due
    WHERE jobs.id = due.id
    RETURNING jobs.*, due.status AS found_status
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor, reason)
    SELECT id, attempt_count, found_status, status, %(actor)s, 'expires_at has passed' FROM moved
)
SELECT swept, running.*
FROM (SELECT count(*) AS swept FROM moved) AS counted
LEFT JOIN (SELECT * FROM moved WHERE found_status = 'in_progress') AS running ON true;
