-- The job, if this worker has ended this attempt: read again where the answer of the move was lost.
SELECT jobs.* FROM jobs
WHERE jobs.id = %(id)s
  AND EXISTS (
    SELECT FROM job_events
    WHERE job_events.job_id = jobs.id
      AND job_events.attempt = %(attempt)s
      AND job_events.from_status = 'in_progress'
      AND job_events.actor = %(worker)s);
