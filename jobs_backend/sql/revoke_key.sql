-- Stop a key from working. One that was revoked before keeps its date.
UPDATE api_keys SET revoked_at = least(revoked_at, clock_timestamp())
WHERE id = %(id)s
RETURNING api_keys.*;
