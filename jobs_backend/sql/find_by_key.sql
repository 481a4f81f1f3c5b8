-- The job that an idempotency key stands for, with the hash of the body that it came with.
SELECT jobs.*, job_payloads.request::text AS request, job_payloads.offloaded,
       idempotency_keys.body_hash
FROM idempotency_keys
JOIN jobs ON jobs.id = idempotency_keys.job_id
LEFT JOIN job_payloads ON job_payloads.job_id = jobs.id
WHERE idempotency_keys.organization_id = %(organization_id)s
  AND idempotency_keys.key = %(key)s
  AND idempotency_keys.created_at > clock_timestamp() - make_interval(secs => %(keep)s);
