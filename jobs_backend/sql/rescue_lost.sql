-- Planned anew each time.
-- One batch of running jobs whose lease ran out, so that their worker is presumed dead: back to the
-- queue, or failed once it was lost too often. A worker that comes back finds the attempt taken away.
WITH lost AS MATERIALIZED (
    SELECT id, loss_count + 1 >= %(max_losses)s AS is_final FROM jobs
    WHERE status = 'in_progress'
      AND lease_expires_at <= %(asked_at)s
      AND (SELECT pg_try_advisory_xact_lock(%(turn)s))
    ORDER BY lease_expires_at
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
), moved AS (
    UPDATE jobs
    SET status = CASE WHEN is_final THEN 'failed' ELSE 'queued' END,
        completed_at = CASE WHEN is_final THEN clock_timestamp() END,
        error = CASE WHEN is_final THEN %(error)s::jsonb END,
        last_failure_code = 'worker_lost',
        loss_count = loss_count + 1,
        lease_expires_at = NULL,
        worker = NULL,
        dispatch_number = dispatch_number + 1, dispatched_at = NULL, dispatch_failures = 0,
        dispatch_after = clock_timestamp()
    FROM lost
    WHERE jobs.id = lost.id
    RETURNING jobs.*
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor, reason)
    SELECT id, attempt_count, 'in_progress', status, %(actor)s, 'worker_lost' FROM moved
)
SELECT * FROM moved;
