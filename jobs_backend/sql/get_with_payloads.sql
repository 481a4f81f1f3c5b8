-- One job as `get` gives it, and its payloads that are asked for, in pieces of so many bytes, one a row: nobody
-- has to take a large one in one go. No character is cut: in UTF-8 all bytes of one but the first are from 128
-- to 191. The rows are in no order, since to sort them would take a file.
SELECT jobs.*,
       CASE WHEN progress.job_id IS NOT NULL
            THEN jsonb_build_object('done', done, 'total', total, 'message', message)
       END AS progress,
       CASE WHEN %(include_request)s THEN p.offloaded END AS offloaded,
       CASE WHEN %(include_response)s AND jobs.status = 'completed' THEN p.response_status END AS response_status,
       part.name, part.place, part.piece
FROM jobs
LEFT JOIN job_payloads AS p ON p.job_id = jobs.id
LEFT JOIN job_progress AS progress
    ON progress.job_id = jobs.id AND jobs.status = 'in_progress' AND progress.attempt = jobs.attempt_count
LEFT JOIN LATERAL (
    SELECT name, place, convert_from(substring(bytes FROM cut.first + 1 FOR cut.next - cut.first), 'UTF8') AS piece
    FROM (
        SELECT name, convert_to(whole, 'UTF8') AS bytes
        FROM (VALUES ('request', CASE WHEN %(include_request)s THEN p.request::text END),
                     ('response_body', CASE WHEN %(include_response)s AND jobs.status = 'completed'
                                            THEN p.response_body::text END)) AS asked (name, whole)
        OFFSET 0  -- so that each is converted once, and not for each of its pieces
    ) AS payload
    CROSS JOIN LATERAL generate_series(0, octet_length(bytes) - 1, %(piece)s) AS place
    CROSS JOIN LATERAL (
        SELECT min(start) AS first, max(start) AS next
        FROM unnest(ARRAY[place, least(place + %(piece)s, octet_length(bytes))]) AS edge
        CROSS JOIN LATERAL (
            SELECT max(at) AS start FROM unnest(ARRAY[edge, edge - 1, edge - 2, edge - 3]) AS at
            WHERE CASE WHEN at < 0 THEN false WHEN at = octet_length(bytes) THEN true
                       ELSE get_byte(bytes, at) NOT BETWEEN 128 AND 191 END
        ) AS letter
    ) AS cut
) AS part ON true
-- Not with =, for which Postgres may take an index by organizations and walk all jobs of a large one.
WHERE jobs.id = %(id)s AND jobs.organization_id IS NOT DISTINCT FROM %(organization_id)s;
