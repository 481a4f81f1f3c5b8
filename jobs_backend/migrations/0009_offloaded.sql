-- Where in a request contents are missing that stand in the file store: JSON pointers, or null.
ALTER TABLE job_payloads ADD COLUMN offloaded jsonb;
