-- The broker took the messages of these dispatches. A worker may already have claimed a job, or somebody
-- cancelled it: then there is nothing to note. The commit does not wait for the disk: without this note a
-- message is sent once more, and refused.
WITH before AS MATERIALIZED (
    SELECT jobs.id, jobs.status, sent.dispatch
    FROM jobs JOIN unnest(%(ids)s::text[], %(dispatches)s::integer[]) AS sent (id, dispatch) USING (id),
         set_config('synchronous_commit', 'off', true)
    ORDER BY jobs.id
    FOR UPDATE OF jobs
), moved AS (
    UPDATE jobs
    SET status = 'queued', dispatched_at = clock_timestamp(), dispatch_failures = 0
    FROM before
    WHERE jobs.id = before.id
      AND jobs.status IN ('validating', 'queued')
      AND jobs.dispatch_number = before.dispatch
    RETURNING jobs.*
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT moved.id, moved.attempt_count, before.status, moved.status, %(actor)s
    FROM moved JOIN before USING (id)
    WHERE before.status <> moved.status
)
SELECT * FROM moved;
