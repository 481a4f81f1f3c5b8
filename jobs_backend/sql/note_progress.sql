-- How far the attempt that owns the job has come. A late writer gets nothing and leaves nothing.
INSERT INTO job_progress (job_id, attempt, done, total, message, noted_at)
SELECT id, attempt_count, %(done)s, %(total)s, %(message)s, clock_timestamp()
FROM jobs, set_config('synchronous_commit', 'off', true)
WHERE id = %(id)s
  AND status = 'in_progress'
  AND attempt_count = %(attempt)s
  AND worker = %(worker)s
ON CONFLICT (job_id) DO UPDATE
SET attempt = excluded.attempt, done = excluded.done, total = excluded.total,
    message = excluded.message, noted_at = excluded.noted_at
RETURNING job_id;
