-- The attempts that own their jobs hand in their results, and their worker starts the first ones of other
-- jobs of that endpoint type: `succeed` and `claim`, each with its own guards, in one commit, which waits
-- for the disk as a result's must.
-- A next job that somebody holds is not waited for, since the results would wait as well. Nor is one taken
-- beside others whose request is large, since several would fill a process, or that was attempted before:
-- it may have cost a process its life, and shall not do so beside others. Whoever wants to know more of a
-- job that is not claimed, claims it alone. All are locked in the order given, each by itself, so that
-- Postgres goes by the key even where it knows nothing of the table yet, and by their guards.
WITH own AS MATERIALIZED (
    SELECT found.id
    FROM unnest(%(ids)s::text[], %(attempts)s::integer[]) AS given (id, attempt),
         LATERAL (
             SELECT jobs.id FROM jobs
             WHERE jobs.id = given.id
               AND status = 'in_progress'
               AND attempt_count = given.attempt
               AND worker = %(worker)s
             FOR UPDATE
         ) AS found
), ended AS (
    UPDATE jobs
    SET status = 'completed', completed_at = clock_timestamp(), lease_expires_at = NULL
    FROM own
    WHERE jobs.id = own.id
    RETURNING jobs.id, attempt_count, status, completed_at
), payload AS (
    UPDATE job_payloads
    SET response_attempt = ended.attempt_count,
        response_status = result.status,
        response_body = result.body::json
    FROM ended
    JOIN unnest(%(ids)s::text[], %(response_statuses)s::integer[], %(response_bodies)s::text[])
        AS result (id, status, body) ON result.id = ended.id
    WHERE job_payloads.job_id = ended.id
), before AS MATERIALIZED (
    SELECT found.id, found.status
    FROM unnest(%(next_ids)s::text[], %(next_dispatches)s::integer[]) AS given (id, dispatch),
         LATERAL (
             SELECT jobs.id, jobs.status FROM jobs, clock_timestamp() AS t
             WHERE jobs.id = given.id
               AND jobs.status IN ('validating', 'queued')
               AND jobs.dispatch_number = given.dispatch
               AND jobs.endpoint = %(endpoint)s
               AND jobs.expires_at > t
               AND (jobs.attempt_count = 0 OR %(alone)s)
               AND (%(alone)s OR %(large)s >= (
                   SELECT octet_length(request::text) FROM job_payloads WHERE job_id = jobs.id
               ))
             FOR UPDATE OF jobs SKIP LOCKED
         ) AS found
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
    FROM before, clock_timestamp() AS t
    WHERE jobs.id = before.id
    RETURNING jobs.id, jobs.organization_id, jobs.endpoint, jobs.status, jobs.request_id,
              jobs.attempt_count, jobs.failure_count, jobs.interruption_count, jobs.last_failure_code,
              jobs.worker, jobs.lease_expires_at, jobs.dispatch_number,
              jobs.dispatch_after, jobs.created_at, jobs.expires_at,
              before.status AS found_status
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT id, attempt_count, 'in_progress', status, %(actor)s FROM ended
    UNION ALL
    SELECT id, attempt_count, found_status, status, %(actor)s FROM claimed
)
SELECT told.ended_id, told.ended_at, claimed.*, job_payloads.request::text AS request,
       job_payloads.offloaded
FROM (
    SELECT id AS ended_id, completed_at AS ended_at, NULL AS next_id FROM ended
    UNION ALL
    SELECT NULL, NULL, id FROM claimed
) AS told
LEFT JOIN claimed ON claimed.id = told.next_id
LEFT JOIN job_payloads ON job_payloads.job_id = claimed.id;
