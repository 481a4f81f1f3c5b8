-- The broker could not be handed the messages of these dispatches: say so, and try again later, later
-- each time. Not a move: a job stays what it was. They are locked in the order given, each by itself, so
-- that Postgres goes by the key even where it knows nothing of the table yet.
WITH unsent AS MATERIALIZED (
    SELECT found.id
    FROM unnest(%(ids)s::text[], %(dispatches)s::integer[]) AS given (id, dispatch),
         LATERAL (
             SELECT jobs.id FROM jobs
             WHERE jobs.id = given.id
               AND jobs.dispatch_number = given.dispatch
               AND jobs.status IN ('validating', 'queued')
               AND jobs.dispatched_at IS NULL
             FOR UPDATE
         ) AS found
)
UPDATE jobs
SET dispatch_failures = dispatch_failures + 1,
    dispatch_after = clock_timestamp()
        + make_interval(secs => least(%(backoff)s * power(2, least(dispatch_failures, 16)), %(backoff_max)s))
FROM unsent
WHERE jobs.id = unsent.id
RETURNING jobs.*;
