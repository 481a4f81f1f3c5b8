-- Store a new job, its payload and the first line of its history.
-- Its message is about to be sent by the caller, who has until dispatch_after before the
-- re-dispatcher takes the job for forgotten. It is kept for the shorter of what its organization and
-- its endpoint type say, or for the general time where neither says anything.
WITH job AS (
    INSERT INTO jobs (id, organization_id, endpoint, status, metadata, request_id,
                      dispatch_after, created_at, expires_at)
    SELECT %(id)s, organizations.id, %(endpoint)s, 'validating', %(metadata)s, %(request_id)s,
           t + make_interval(secs => %(dispatch_grace)s), t,
           t + make_interval(secs => coalesce(
               least(organizations.retention_seconds,
                     (%(retentions)s::jsonb ->> %(endpoint)s)::double precision),
               %(retention)s))
    FROM organizations, clock_timestamp() AS t
    WHERE organizations.id = %(organization_id)s
    RETURNING jobs.*
), payload AS (
    INSERT INTO job_payloads (job_id, request) SELECT id, %(request)s FROM job
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT id, 0, NULL, status, %(actor)s FROM job
)
SELECT job.*, job.created_at AS taken_at FROM job;
