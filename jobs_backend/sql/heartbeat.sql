-- Renew the lease of a running attempt. No row means: this attempt no longer owns the job.
UPDATE jobs
SET lease_expires_at = clock_timestamp() + make_interval(secs => %(lease)s)
WHERE id = %(id)s
  AND status = 'in_progress'
  AND attempt_count = %(attempt)s
RETURNING jobs.*;
