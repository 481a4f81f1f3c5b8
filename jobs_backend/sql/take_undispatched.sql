-- Planned anew each time.
-- Jobs whose message was never handed over, or was lost: reserve a batch for this re-dispatcher, so that
-- another one running at the same time takes other jobs. Whoever dies with its batch leaves it to the
-- next.
WITH due AS MATERIALIZED (
    SELECT id FROM jobs
    WHERE dispatched_at IS NULL
      AND status IN ('validating', 'queued')
      AND endpoint = ANY (%(endpoints)s)
      AND dispatch_after <= (SELECT clock_timestamp())
      AND (SELECT pg_try_advisory_xact_lock(%(turn)s))
    ORDER BY dispatch_after
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
)
UPDATE jobs
SET dispatch_after = clock_timestamp() + make_interval(secs => %(dispatch_grace)s)
FROM due
WHERE jobs.id = due.id
RETURNING jobs.*, clock_timestamp() AS taken_at;
