DROP TRIGGER job_is_over ON jobs;
DROP FUNCTION tell_that_job_is_over;
DROP TABLE idempotency_keys;
