-- The broker took the message of this dispatch. A worker may already have claimed the job, or
-- somebody cancelled it: then there is nothing to note.
WITH before AS MATERIALIZED (
    SELECT id, status FROM jobs WHERE id = %(id)s FOR UPDATE
), moved AS (
    UPDATE jobs
    SET status = 'queued', dispatched_at = clock_timestamp(), dispatch_failures = 0
    FROM before
    WHERE jobs.id = before.id
      AND jobs.status IN ('validating', 'queued')
      AND jobs.dispatch_number = %(dispatch)s
    RETURNING jobs.*
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT moved.id, moved.attempt_count, before.status, moved.status, %(actor)s
    FROM moved JOIN before USING (id)
    WHERE before.status <> moved.status
)
SELECT * FROM moved;
