-- Store a new job, its payload and the first line of its history.
-- Its message is about to be sent by the caller, who has until dispatch_after before the
-- re-dispatcher takes the job for forgotten.
WITH job AS (
    INSERT INTO jobs (id, organization_id, endpoint, status, metadata, request_id,
                      dispatch_after, created_at, expires_at)
    SELECT %(id)s, %(organization_id)s, %(endpoint)s, 'validating', %(metadata)s, %(request_id)s,
           t + make_interval(secs => %(dispatch_grace)s), t, t + make_interval(secs => %(retention)s)
    FROM clock_timestamp() AS t
    RETURNING jobs.*
), payload AS (
    INSERT INTO job_payloads (job_id, request) SELECT id, %(request)s FROM job
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT id, 0, NULL, status, %(actor)s FROM job
)
SELECT * FROM job;
