-- Start an attempt, if this message is the job's current one and nobody started it before.
-- Its commit does not wait for the disk: a claim that a crash of Postgres takes back is made again, and
-- the attempt that made it knows by its worker's name that it is not the owner.
-- What is returned is what an attempt needs: a whole row costs both sides more, and each job has it.
-- A message in hand proves that it was sent, so a job that is still being marked as queued counts.
WITH before AS MATERIALIZED (
    SELECT id, status FROM jobs, set_config('synchronous_commit', 'off', true)
    WHERE id = %(id)s
    FOR UPDATE OF jobs
), moved AS (
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
      AND jobs.dispatch_number = %(dispatch)s
      AND jobs.endpoint = %(endpoint)s
      AND jobs.expires_at > t
    RETURNING jobs.id, jobs.organization_id, jobs.endpoint, jobs.status, jobs.request_id,
              jobs.attempt_count, jobs.failure_count, jobs.interruption_count, jobs.last_failure_code,
              jobs.worker, jobs.lease_expires_at, jobs.dispatch_number,
              jobs.dispatch_after, jobs.created_at, jobs.expires_at,
              (SELECT status FROM before) AS found_status
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT id, attempt_count, found_status, status, %(actor)s FROM moved
)
SELECT moved.*, job_payloads.request::text AS request, job_payloads.offloaded
FROM moved JOIN job_payloads ON job_payloads.job_id = moved.id;
