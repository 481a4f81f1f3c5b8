-- Nobody in this session waits for the ends of these jobs any more.
SELECT pg_advisory_unlock_shared(745268, hashtext(id)) FROM unnest(%(ids)s::text[]) AS id;
