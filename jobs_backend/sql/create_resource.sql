-- Keep something that an organization's jobs may refer to.
INSERT INTO resources (id, organization_id, kind, name, body)
VALUES (%(id)s, %(organization_id)s, %(kind)s, %(name)s, %(body)s)
RETURNING *;
