-- One job of an organization, and how far it has come, without its payloads.
SELECT jobs.*,
       CASE WHEN progress.job_id IS NOT NULL
            THEN jsonb_build_object('done', done, 'total', total, 'message', message)
       END AS progress
FROM jobs
LEFT JOIN job_progress AS progress
    ON progress.job_id = jobs.id AND jobs.status = 'in_progress' AND progress.attempt = jobs.attempt_count
-- Not with =, for which Postgres may take an index by organizations and walk all jobs of a large one.
WHERE jobs.id = %(id)s AND jobs.organization_id IS NOT DISTINCT FROM %(organization_id)s;
