-- Which of these jobs are over, or gone.
SELECT wanted.id FROM unnest(%(ids)s::text[]) AS wanted (id)
LEFT JOIN jobs ON jobs.id = wanted.id
WHERE jobs.id IS NULL OR jobs.completed_at IS NOT NULL;
