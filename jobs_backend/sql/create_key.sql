-- A new key of an organization, known by its hash alone. A key that was given before is the same key
-- again, and works again; another organization's is left alone and gives no row.
INSERT INTO api_keys (id, organization_id, name, prefix, key_hash, scopes)
VALUES (%(id)s, %(organization_id)s, %(name)s, %(prefix)s, %(key_hash)s, %(scopes)s)
ON CONFLICT (key_hash) DO UPDATE
SET revoked_at = NULL, name = excluded.name, scopes = excluded.scopes
WHERE api_keys.organization_id = excluded.organization_id
RETURNING api_keys.*;
