-- Forget a resource of an organization.
DELETE FROM resources
WHERE id = %(id)s AND organization_id = %(organization_id)s AND kind = %(kind)s
RETURNING *;
