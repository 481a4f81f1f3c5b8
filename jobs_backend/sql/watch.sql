-- Have the ends of these jobs told to this session. One that is about to be committed is not promised: its
-- job has to be asked for again.
SELECT id, pg_try_advisory_lock_shared(745268, hashtext(id)) AS is_promised
FROM unnest(%(ids)s::text[]) AS id;
