-- The process that ran this dispatch is dead: no need to wait for its lease to run out.
UPDATE jobs SET lease_expires_at = clock_timestamp()
WHERE id = %(id)s
  AND status = 'in_progress'
  AND dispatch_number = %(dispatch)s
  AND worker = %(worker)s
RETURNING jobs.*;
