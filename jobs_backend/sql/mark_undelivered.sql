-- The broker could not be handed the message of this dispatch: say so, and try again later, later
-- each time. Not a move: the job stays what it was.
UPDATE jobs
SET dispatch_failures = dispatch_failures + 1,
    dispatch_after = clock_timestamp()
        + make_interval(secs => least(%(backoff)s * power(2, least(dispatch_failures, 16)), %(backoff_max)s))
WHERE id = %(id)s
  AND dispatch_number = %(dispatch)s
  AND status IN ('validating', 'queued')
  AND dispatched_at IS NULL
RETURNING jobs.*;
