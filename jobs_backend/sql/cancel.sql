-- End a job at its organization's wish, at once and for good, and say what it was doing, so that the
-- caller knows whom to stop. A job that is over gives no row.
WITH before AS MATERIALIZED (
    SELECT id, status FROM jobs
    -- Not with =: see get.sql.
    WHERE id = %(id)s AND organization_id IS NOT DISTINCT FROM %(organization_id)s
    FOR UPDATE
), moved AS (
    UPDATE jobs
    SET status = 'cancelled', cancelled = true, completed_at = clock_timestamp(),
        lease_expires_at = NULL
    -- So the row is locked before it is looked at, whatever the plan.
    WHERE jobs.id = (SELECT id FROM before)
      AND jobs.status IN ('validating', 'queued', 'in_progress')
    RETURNING jobs.*, (SELECT status FROM before) AS found_status
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT id, attempt_count, found_status, status, %(actor)s FROM moved
)
SELECT * FROM moved;
