-- Planned anew each time. A page of an organization's jobs, walking from a cursor, which is not part of it, towards the newer or
-- the older ones. A filter that is null folds away before the planner sees it, and so does the half that
-- walks the other way. What is found by facets, as all is but by status alone, is also bounded and ordered
-- by them, so that their indexes serve, or by the jobs where few have the status that is asked for; by status
-- alone the join with the facets folds away, too.
WITH matching AS NOT MATERIALIZED (
    SELECT jobs.id,
           CASE WHEN %(order_by_facet)s THEN facets.created_at ELSE jobs.created_at END AS at,
           CASE WHEN %(order_by_facet)s THEN facets.job_id ELSE jobs.id END AS by_id
    FROM jobs
    LEFT JOIN job_facets AS facets ON facets.job_id = jobs.id
    WHERE jobs.organization_id = %(organization_id)s
      AND (NOT %(by_facet)s OR facets.organization_id = %(organization_id)s)
      AND (%(id)s IS NULL OR jobs.id = %(id)s)
      AND (%(status)s IS NULL OR jobs.status = %(status)s)
      AND (%(endpoint)s IS NULL OR facets.endpoint = %(endpoint)s)
      AND (%(model)s IS NULL OR facets.model = %(model)s)
      AND (%(project_id)s IS NULL OR facets.project_id = %(project_id)s)
      AND (%(workflow_id)s IS NULL OR facets.workflow_id = %(workflow_id)s)
      AND (%(source)s IS DISTINCT FROM 'project' OR facets.project_id IS NOT NULL)
      AND (%(source)s IS DISTINCT FROM 'workflow' OR facets.workflow_id IS NOT NULL)
      AND (%(source)s IS DISTINCT FROM 'api' OR facets.is_plain)
      -- What the index finds by terms may be others' that share a number: so the texts are compared too. As
      -- a CASE, of which the planner knows nothing: else it would count the same condition twice.
      AND (%(all_terms)s IS NULL OR facets.terms @> %(all_terms)s::integer[])
      AND (%(any_terms)s IS NULL OR facets.terms && %(any_terms)s::integer[])
      AND (%(metadata)s IS NULL
           OR CASE WHEN jobs.metadata @> %(metadata)s THEN true ELSE false END)
      AND (%(document_types)s IS NULL
           OR CASE WHEN facets.document_types && %(document_types)s::text[] THEN true ELSE false END)
      AND (%(workflow_block_id)s IS NULL
           OR CASE WHEN %(workflow_block_id)s = ANY (facets.workflow_block_ids) THEN true ELSE false END)
      AND (%(filename_like)s IS NULL OR EXISTS (
          SELECT FROM unnest(facets.filenames) AS name WHERE name ILIKE %(filename_like)s))
      AND (%(filename_regex)s IS NULL OR EXISTS (
          SELECT FROM unnest(facets.filenames) AS name WHERE name ~ %(filename_regex)s))
), bounded AS NOT MATERIALIZED (
    SELECT * FROM matching
    WHERE (%(from_time)s IS NULL OR at >= %(from_time)s::timestamptz)
      AND (%(to_time)s IS NULL OR at < %(to_time)s::timestamptz)
), page AS (
    (SELECT id FROM bounded
     WHERE NOT %(newer)s
       AND (%(cursor_id)s IS NULL
            OR (at, by_id) < (%(cursor_created_at)s::timestamptz, %(cursor_id)s))
     ORDER BY at DESC, by_id DESC
     LIMIT %(limit)s)
    UNION ALL
    (SELECT id FROM bounded
     WHERE %(newer)s
       AND (%(cursor_id)s IS NULL
            OR (at, by_id) > (%(cursor_created_at)s::timestamptz, %(cursor_id)s))
     ORDER BY at, by_id
     LIMIT %(limit)s)
)
SELECT jobs.*,
       CASE WHEN %(include_request)s THEN p.request::text END AS request,
       CASE WHEN %(include_request)s THEN p.offloaded END AS offloaded,
       CASE WHEN %(include_response)s AND jobs.status = 'completed' THEN p.response_status END AS response_status,
       CASE WHEN %(include_response)s AND jobs.status = 'completed' THEN p.response_body::text END AS response_body
FROM page
-- Not with =: see get.sql.
JOIN jobs ON jobs.id = page.id AND jobs.organization_id IS NOT DISTINCT FROM %(organization_id)s
LEFT JOIN job_payloads AS p
    ON p.job_id = jobs.id AND (%(include_request)s OR %(include_response)s);
