-- The key that a caller presented, if it is one of ours and was not revoked.
SELECT * FROM api_keys
WHERE key_hash = %(key_hash)s
  AND (revoked_at IS NULL OR revoked_at > clock_timestamp());
