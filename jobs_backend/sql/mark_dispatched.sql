-- The broker took the messages of these dispatches. A worker may already have claimed a job, or somebody
-- cancelled it: then there is nothing to note. The commit does not wait for the disk: without this note a
-- message is sent once more, and refused. They are locked in the order given, each by itself, so that
-- Postgres goes by the key even where it knows nothing of the table yet. Whoever holds a row has made or is
-- about to make the note needless, and a claim that hands out a large request may hold it for long.
WITH before AS MATERIALIZED (
    SELECT found.id, found.status
    FROM set_config('synchronous_commit', 'off', true),
         unnest(%(ids)s::text[], %(dispatches)s::integer[]) AS sent (id, dispatch),
         LATERAL (
             SELECT jobs.id, jobs.status FROM jobs
             WHERE jobs.id = sent.id
               AND jobs.status IN ('validating', 'queued')
               AND jobs.dispatch_number = sent.dispatch
             FOR UPDATE SKIP LOCKED
         ) AS found
), moved AS (
    UPDATE jobs
    SET status = 'queued', dispatched_at = clock_timestamp(), dispatch_failures = 0
    FROM before
    WHERE jobs.id = before.id
    RETURNING jobs.id, jobs.attempt_count, jobs.status, jobs.dispatched_at, jobs.dispatch_failures,
              before.status AS found_status
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT id, attempt_count, found_status, status, %(actor)s FROM moved
    WHERE found_status <> status
)
SELECT id, status, dispatched_at, dispatch_failures FROM moved;
