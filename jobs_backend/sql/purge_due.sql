-- Planned anew each time.
-- One batch of expired jobs whose payloads were kept for long enough: they go, and retry with them.
-- How many, and beside that number those with contents elsewhere, so that the caller can remove them.
WITH due AS MATERIALIZED (
    SELECT id FROM jobs
    WHERE status = 'expired'
      AND purged_at IS NULL
      AND expires_at <= (SELECT clock_timestamp() - make_interval(secs => %(keep)s))
      AND (SELECT pg_try_advisory_xact_lock(%(turn)s))
    ORDER BY expires_at
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
), purged AS (
    UPDATE jobs SET purged_at = clock_timestamp()
    FROM due
    WHERE jobs.id = due.id
    RETURNING jobs.*
), payload AS (
    DELETE FROM job_payloads USING purged WHERE job_payloads.job_id = purged.id
    RETURNING job_payloads.job_id, job_payloads.offloaded
), elsewhere AS MATERIALIZED (
    -- These few by themselves, since the plan for so small a batch looks at all of them for each job.
    SELECT job_id, offloaded FROM payload WHERE offloaded IS NOT NULL
)
SELECT swept, found.*
FROM (SELECT count(*) AS swept FROM purged) AS counted
LEFT JOIN (
    SELECT purged.*, elsewhere.offloaded FROM purged JOIN elsewhere ON job_id = id
) AS found ON true;
