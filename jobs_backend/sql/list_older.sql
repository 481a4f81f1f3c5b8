-- A page of an organization's jobs, walking towards the older ones from a cursor, which is not part of it.
-- A filter that is null folds away before the planner sees it.
SELECT jobs.*,
       CASE WHEN %(include_request)s THEN p.request::text END AS request,
       CASE WHEN %(include_response)s AND jobs.status = 'completed' THEN p.response_status END AS response_status,
       CASE WHEN %(include_response)s AND jobs.status = 'completed' THEN p.response_body::text END AS response_body
FROM jobs
LEFT JOIN job_payloads AS p
    ON p.job_id = jobs.id AND (%(include_request)s OR %(include_response)s)
WHERE jobs.organization_id = %(organization_id)s
  AND (%(cursor_id)s IS NULL
       OR (jobs.created_at, jobs.id) < (%(cursor_created_at)s::timestamptz, %(cursor_id)s))
  AND (%(id)s IS NULL OR jobs.id = %(id)s)
  AND (%(status)s IS NULL OR jobs.status = %(status)s)
  AND (%(endpoint)s IS NULL OR jobs.endpoint = %(endpoint)s)
  AND (%(metadata)s IS NULL OR jobs.metadata @> %(metadata)s)
ORDER BY jobs.created_at DESC, jobs.id DESC
LIMIT %(limit)s;
