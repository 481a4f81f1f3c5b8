-- How many jobs of an organization wait to be run; it counts no further than the limit.
SELECT count(*) AS waiting FROM (
    SELECT FROM jobs
    WHERE organization_id = %(organization_id)s
      AND status IN ('validating', 'queued')
    LIMIT %(limit)s
) AS found;
