-- Planned anew each time.
-- Messages of an endpoint type that were handed over, and that its queue cannot hold any more: all that
-- it holds were sent later. Their jobs wait to be dispatched again. A message may also be in the hands
-- of a worker that is about to claim its job, so each is given some time, doubled each time it is lost.
WITH lost AS MATERIALIZED (
    SELECT id FROM jobs
    WHERE endpoint = %(endpoint)s
      AND status = 'queued'
      AND dispatched_at < %(sent_before)s::timestamptz
      AND dispatched_at < (SELECT clock_timestamp())
                          - make_interval(secs => %(patience)s * power(2, least(redispatch_count, 6)))
      AND (SELECT pg_try_advisory_xact_lock(%(turn)s))
    ORDER BY dispatched_at
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
)
UPDATE jobs
SET dispatched_at = NULL, dispatch_after = clock_timestamp(), redispatch_count = redispatch_count + 1
FROM lost
WHERE jobs.id = lost.id
RETURNING jobs.*;
