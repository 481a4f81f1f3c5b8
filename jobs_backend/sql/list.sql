-- A page of an organization's jobs, walking from a cursor, which is not part of it, towards the newer or
-- the older ones. A filter that is null folds away before the planner sees it, and so does the half that
-- walks the other way; and without a filter on them the join with the facets. Both sides of that join are
-- bounded, so that either may lead: whichever has an index in the order of the page.
WITH matching AS NOT MATERIALIZED (
    SELECT jobs.id, jobs.created_at, facets.job_id AS facet_id, facets.created_at AS facet_created_at
    FROM jobs
    LEFT JOIN job_facets AS facets
        ON facets.job_id = jobs.id
        AND facets.organization_id = jobs.organization_id
        AND facets.created_at = jobs.created_at
    WHERE jobs.organization_id = %(organization_id)s
      AND (%(id)s IS NULL OR jobs.id = %(id)s)
      AND (%(status)s IS NULL OR jobs.status = %(status)s)
      AND (%(endpoint)s IS NULL OR facets.endpoint = %(endpoint)s)
      AND (%(model)s IS NULL OR facets.model = %(model)s)
      AND (%(project_id)s IS NULL OR facets.project_id = %(project_id)s)
      AND (%(workflow_id)s IS NULL OR facets.workflow_id = %(workflow_id)s)
      AND (%(workflow_block_id)s IS NULL OR facets.workflow_block_id = %(workflow_block_id)s)
      AND (%(source)s IS DISTINCT FROM 'project' OR facets.project_id IS NOT NULL)
      AND (%(source)s IS DISTINCT FROM 'workflow' OR facets.workflow_id IS NOT NULL)
      AND (%(source)s IS DISTINCT FROM 'api' OR facets.is_plain)
      AND (%(from_time)s IS NULL OR jobs.created_at >= %(from_time)s::timestamptz)
      AND (%(to_time)s IS NULL OR jobs.created_at < %(to_time)s::timestamptz)
      AND (NOT %(by_facet)s OR %(from_time)s IS NULL OR facets.created_at >= %(from_time)s::timestamptz)
      AND (NOT %(by_facet)s OR %(to_time)s IS NULL OR facets.created_at < %(to_time)s::timestamptz)
      -- What the index finds by terms may be others' that share a number: so the texts are compared too.
      AND (%(all_terms)s IS NULL OR facets.terms @> %(all_terms)s::integer[])
      AND (%(any_terms)s IS NULL OR facets.terms && %(any_terms)s::integer[])
      AND (%(metadata)s IS NULL OR jobs.metadata @> %(metadata)s)
      AND (%(document_types)s IS NULL OR facets.document_types && %(document_types)s::text[])
      AND (%(filename_like)s IS NULL OR EXISTS (
          SELECT FROM unnest(facets.filenames) AS name WHERE name ILIKE %(filename_like)s))
      AND (%(filename_regex)s IS NULL OR EXISTS (
          SELECT FROM unnest(facets.filenames) AS name WHERE name ~ %(filename_regex)s))
), page AS (
    (SELECT id FROM matching
     WHERE NOT %(newer)s
       AND (%(cursor_id)s IS NULL
            OR (created_at, id) < (%(cursor_created_at)s::timestamptz, %(cursor_id)s))
       AND (NOT %(by_facet)s OR %(cursor_id)s IS NULL
            OR (facet_created_at, facet_id) < (%(cursor_created_at)s::timestamptz, %(cursor_id)s))
     ORDER BY created_at DESC, id DESC
     LIMIT %(limit)s)
    UNION ALL
    (SELECT id FROM matching
     WHERE %(newer)s
       AND (%(cursor_id)s IS NULL
            OR (created_at, id) > (%(cursor_created_at)s::timestamptz, %(cursor_id)s))
       AND (NOT %(by_facet)s OR %(cursor_id)s IS NULL
            OR (facet_created_at, facet_id) > (%(cursor_created_at)s::timestamptz, %(cursor_id)s))
     ORDER BY created_at, id
     LIMIT %(limit)s)
)
SELECT jobs.*,
       CASE WHEN %(include_request)s THEN p.request::text END AS request,
       CASE WHEN %(include_response)s AND jobs.status = 'completed' THEN p.response_status END AS response_status,
       CASE WHEN %(include_response)s AND jobs.status = 'completed' THEN p.response_body::text END AS response_body
FROM page
JOIN jobs ON jobs.id = page.id AND jobs.organization_id = %(organization_id)s
LEFT JOIN job_payloads AS p
    ON p.job_id = jobs.id AND (%(include_request)s OR %(include_response)s);
