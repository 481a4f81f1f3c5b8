-- Planned anew each time.
-- One batch of purged jobs whose record was kept for long enough; their history goes with them.
WITH due AS MATERIALIZED (
    SELECT id FROM jobs
    WHERE purged_at IS NOT NULL
      AND expires_at <= (SELECT clock_timestamp() - make_interval(secs => %(keep)s))
      AND (SELECT pg_try_advisory_xact_lock(%(turn)s))
    ORDER BY expires_at
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
)
DELETE FROM jobs USING due
WHERE jobs.id = due.id
RETURNING jobs.id;
