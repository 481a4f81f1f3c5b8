-- Which of these dispatches are over, or are not their job's current one any more: whatever still works
-- on one of them works for nobody. One that waits to be claimed is not among them.
SELECT dispatch.id, dispatch.number
FROM unnest(%(ids)s::text[], %(numbers)s::integer[]) AS dispatch (id, number)
LEFT JOIN jobs ON jobs.id = dispatch.id
WHERE jobs.id IS NULL
   OR jobs.dispatch_number <> dispatch.number
   OR jobs.status NOT IN ('validating', 'queued', 'in_progress');
