-- Planned anew each time.
-- One batch of idempotency keys that are too old to stand for anything.
WITH due AS MATERIALIZED (
    SELECT organization_id, key FROM idempotency_keys
    WHERE created_at <= (SELECT clock_timestamp() - make_interval(secs => %(keep)s))
      AND (SELECT pg_try_advisory_xact_lock(%(turn)s))
    ORDER BY created_at
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
)
DELETE FROM idempotency_keys USING due
WHERE idempotency_keys.organization_id = due.organization_id
  AND idempotency_keys.key = due.key
RETURNING idempotency_keys.key;
