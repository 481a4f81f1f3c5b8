-- A new key in an old one's place: the same organization, name and scopes. The old one works on for a while.
WITH old AS (
    UPDATE api_keys SET revoked_at = clock_timestamp() + make_interval(secs => %(grace)s)
    WHERE id = %(old_id)s
      AND (revoked_at IS NULL OR revoked_at > clock_timestamp())
    RETURNING api_keys.*
)
INSERT INTO api_keys (id, organization_id, name, prefix, key_hash, scopes)
SELECT %(id)s, organization_id, name, %(prefix)s, %(key_hash)s, scopes FROM old
RETURNING api_keys.*;
