-- One resource of an organization.
SELECT * FROM resources
WHERE id = %(id)s AND organization_id = %(organization_id)s AND kind = %(kind)s;
