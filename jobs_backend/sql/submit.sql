-- Store new jobs, with their payloads and the first line of their history: all of them, or none.
-- Their messages are about to be sent by the caller, who has until dispatch_after before the
-- re-dispatcher takes a job for forgotten. It is kept for the shorter of what its organization and
-- its endpoint type say, or for the general time where neither says anything. With an idempotency key
-- that stands for a job already it is not stored; who holds the same key meanwhile is waited for.
-- What is returned is what the caller does not know.
WITH new AS MATERIALIZED (
    SELECT * FROM ROWS FROM (
        jsonb_to_recordset(%(jobs)s::jsonb) AS (
            id text, organization_id text, endpoint text, metadata jsonb, request_id text,
            offloaded jsonb, key text, body_hash text, model text, project_id text,
            workflow_id text, workflow_block_ids text[], filenames text[], document_types text[],
            terms integer[], large integer),
        unnest(%(requests)s::text[])
    ) AS new (id, organization_id, endpoint, metadata, request_id, offloaded, key, body_hash, model,
              project_id, workflow_id, workflow_block_ids, filenames, document_types, terms, large, request)
), key AS (
    INSERT INTO idempotency_keys AS known (organization_id, key, body_hash, job_id, created_at)
    SELECT organization_id, key, decode(body_hash, 'hex'), id, clock_timestamp() FROM new
    WHERE key IS NOT NULL
    ON CONFLICT (organization_id, key) DO UPDATE
    SET body_hash = excluded.body_hash, job_id = excluded.job_id, created_at = excluded.created_at
    WHERE known.created_at <= clock_timestamp() - make_interval(secs => %(key_keep)s)
    RETURNING job_id
), accepted AS MATERIALIZED (
    SELECT new.*, t AS created_at,
           t + make_interval(secs => coalesce(
               least(organizations.retention_seconds,
                     (%(retentions)s::jsonb ->> new.endpoint)::double precision),
               %(retention)s)) AS expires_at
    FROM new LEFT JOIN organizations ON organizations.id = new.organization_id,
         clock_timestamp() AS t
    WHERE new.key IS NULL OR new.id IN (SELECT job_id FROM key)
), job AS (
    INSERT INTO jobs (id, organization_id, endpoint, status, metadata, request_id,
                      dispatch_after, created_at, expires_at)
    SELECT id, organization_id, endpoint, 'validating', metadata, request_id,
           created_at + make_interval(secs => %(dispatch_grace)s), created_at, expires_at
    FROM accepted
    RETURNING id, status, dispatch_after, jobs.created_at, jobs.expires_at
), payload AS (
    INSERT INTO job_payloads (job_id, request, offloaded)
    -- A large one is not carried along, since each step would write it to a file.
    SELECT id, coalesce(request, (%(large_requests)s::text[])[large])::json, offloaded FROM accepted
), facets AS (
    INSERT INTO job_facets (job_id, organization_id, created_at, endpoint, model, project_id,
                            workflow_id, workflow_block_ids, filenames, document_types, terms)
    SELECT id, organization_id, created_at, endpoint, model, project_id,
           workflow_id, workflow_block_ids, filenames, document_types, terms
    FROM accepted
), event AS (
    INSERT INTO job_events (job_id, attempt, from_status, to_status, actor)
    SELECT id, 0, NULL, 'validating', %(actor)s FROM accepted
)
SELECT job.*, created_at AS taken_at FROM job;
