-- Take up a claim again whose answer was lost on its way: this worker's, for this dispatch.
WITH mine AS (
    UPDATE jobs
    SET lease_expires_at = clock_timestamp() + make_interval(secs => %(lease)s)
    WHERE id = %(id)s
      AND status = 'in_progress'
      AND dispatch_number = %(dispatch)s
      AND endpoint = %(endpoint)s
      AND worker = %(worker)s
    RETURNING jobs.id, jobs.organization_id, jobs.endpoint, jobs.status, jobs.request_id,
              jobs.attempt_count, jobs.failure_count, jobs.interruption_count, jobs.last_failure_code,
              jobs.worker, jobs.lease_expires_at, jobs.dispatch_number,
              jobs.dispatch_after, jobs.created_at, jobs.expires_at
)
SELECT mine.*, job_payloads.request::text AS request, job_payloads.offloaded
FROM mine JOIN job_payloads ON job_payloads.job_id = mine.id;
