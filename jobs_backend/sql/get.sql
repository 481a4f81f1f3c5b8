-- One job of an organization, and how far it has come; its payloads only where they are asked for.
SELECT jobs.*,
       CASE WHEN progress.job_id IS NOT NULL
            THEN jsonb_build_object('done', done, 'total', total, 'message', message)
       END AS progress,
       CASE WHEN %(include_request)s THEN p.request::text END AS request,
       CASE WHEN %(include_request)s THEN p.offloaded END AS offloaded,
       CASE WHEN %(include_response)s AND jobs.status = 'completed' THEN p.response_status END AS response_status,
       CASE WHEN %(include_response)s AND jobs.status = 'completed' THEN p.response_body::text END AS response_body
FROM jobs
LEFT JOIN job_payloads AS p
    ON p.job_id = jobs.id AND (%(include_request)s OR %(include_response)s)
LEFT JOIN job_progress AS progress
    ON progress.job_id = jobs.id AND jobs.status = 'in_progress' AND progress.attempt = jobs.attempt_count
-- Not with =, for which Postgres may take an index by organizations and walk all jobs of a large one.
WHERE jobs.id = %(id)s AND jobs.organization_id IS NOT DISTINCT FROM %(organization_id)s;
