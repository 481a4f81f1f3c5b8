-- Planned anew each time.
-- An organization's resources of one kind, newest first, from the one after a known one on.
SELECT * FROM resources
WHERE organization_id = %(organization_id)s
  AND kind = %(kind)s
  AND (%(after)s::text IS NULL OR (created_at, id) < (
      SELECT last.created_at, last.id FROM resources AS last
      WHERE last.id = %(after)s AND last.organization_id = %(organization_id)s AND last.kind = %(kind)s))
ORDER BY created_at DESC, id DESC
LIMIT %(limit)s;
