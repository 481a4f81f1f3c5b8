ALTER TABLE job_payloads DROP COLUMN offloaded;
