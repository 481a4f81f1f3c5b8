-- The attempt that owns a job hands in its result, and its worker starts the next one's: `succeed` and
-- `claim`, each with its own guards, in one commit, which waits for the disk as a result's must.
-- A next job that somebody holds is not waited for, since the result would wait as well: then only the
-- first half is done, as where there is nothing to claim, and whoever wants to know more claims it alone.
WITH ended AS (
    UPDATE jobs
    SET status = 'completed', completed_at = clock_timestamp(), lease_expires_at = NULL
    WHERE id = %(id)s
      AND status = 'in_progress'
      AND attempt_count = %(attempt)s
      AND worker = %(worker)s
    RETURNING id, attempt_count, status, completed_at
), payload AS (
    UPDATE job_payloads
    SET response_attempt = ended.attempt_count,
        response_status = %(response_status)s,
        response_body = %(response_body)s::json
    FROM ended
    WHERE job_payloads.job_id = ended.id
), before AS MATERIALIZED (
    SELECT id, status FROM jobs WHERE id = %(next_id)s
    FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE jobs
    SET status = 'in_progress',
        attempt_count = jobs.attempt_count + 1,
        last_attempt_at = t,
        started_at = coalesce(jobs.started_at, t),
        lease_expires_at = t + make_interval(secs => %(lease)s),
        dispatched_at = coalesce(jobs.dispatched_at, t),
        dispatch_failures = 0, redispatch_count = 0,
        worker = %(worker)s
    FROM clock_timestamp() AS t
    -- So the row is locked before it is looked at, whatever the plan.
    WHERE jobs.id = (SELECT id FROM before)
      AND jobs.status IN ('validating', 'queued')
      AND jobs.dispatch_number = %(next_dispatch)s
      AND jobs.endpoint = %(next_endpoint)s
      AND jobs.expires_at > t
    RETURNING jobs.id, jobs.organization_id, jobs.endpoint, jobs.status, jobs.request_id,
              jobs.attempt_count, jobs.failure_count, jobs.interruption_count, jobs.last_failure_code,
              jobs.worker, jobs.lease_expires_at, jobs.dispatch_number,
              jobs.dispatch_after, jobs.created_at, jobs.expires_at,
              (SELECT status FROM before) AS found_status
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT id, attempt_count, 'in_progress', status, %(actor)s FROM ended
    UNION ALL
    SELECT id, attempt_count, found_status, status, %(actor)s FROM claimed
)
SELECT ended.completed_at AS ended_at, next.*
FROM (VALUES (true)) AS always (so)
LEFT JOIN ended ON always.so
LEFT JOIN (
    SELECT claimed.*, job_payloads.request::text AS request, job_payloads.offloaded
    FROM claimed JOIN job_payloads ON job_payloads.job_id = claimed.id
) AS next ON always.so;
