-- Store a new job, its payload and the first line of its history.
-- Its message is about to be sent by the caller, who has until dispatch_after before the
-- re-dispatcher takes the job for forgotten. It is kept for the shorter of what its organization and
-- its endpoint type say, or for the general time where neither says anything. With an idempotency key
-- that stands for a job already nothing is stored; who holds the same key meanwhile is waited for.
WITH key AS (
    INSERT INTO idempotency_keys AS known (organization_id, key, body_hash, job_id, created_at)
    SELECT %(organization_id)s, %(key)s, %(body_hash)s, %(id)s, clock_timestamp()
    WHERE %(key)s::text IS NOT NULL
    ON CONFLICT (organization_id, key) DO UPDATE
    SET body_hash = excluded.body_hash, job_id = excluded.job_id, created_at = excluded.created_at
    WHERE known.created_at <= clock_timestamp() - make_interval(secs => %(key_keep)s)
    RETURNING key
), job AS (
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
      AND (%(key)s::text IS NULL OR EXISTS (SELECT FROM key))
    RETURNING jobs.*
), payload AS (
    INSERT INTO job_payloads (job_id, request, offloaded)
    SELECT id, %(request)s, %(offloaded)s FROM job
), facets AS (
    INSERT INTO job_facets (job_id, organization_id, created_at, endpoint, model, project_id,
                            workflow_id, workflow_block_ids, filenames, document_types, terms)
    SELECT id, organization_id, created_at, endpoint, %(model)s, %(project_id)s, %(workflow_id)s,
           %(workflow_block_ids)s::text[], %(filenames)s::text[], %(document_types)s::text[],
           %(terms)s::integer[]
    FROM job
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT id, 0, NULL, status, %(actor)s FROM job
)
SELECT job.*, job.created_at AS taken_at FROM job;
