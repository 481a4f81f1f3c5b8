-- Renew the lease of a running attempt. No row means: this attempt no longer owns the job. Its commit
-- does not wait for the disk, since the next one makes up for it.
UPDATE jobs
SET lease_expires_at = clock_timestamp() + make_interval(secs => %(lease)s)
FROM set_config('synchronous_commit', 'off', true)
WHERE id = %(id)s
  AND status = 'in_progress'
  AND attempt_count = %(attempt)s
  AND worker = %(worker)s
RETURNING jobs.*;
