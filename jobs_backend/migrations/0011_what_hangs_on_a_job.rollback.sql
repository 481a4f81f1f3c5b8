CREATE INDEX job_events_by_job ON job_events (job_id, id);
ALTER TABLE job_events DROP CONSTRAINT job_events_pkey, ADD PRIMARY KEY (id);
DROP TRIGGER jobs_truncated ON jobs;
DROP FUNCTION truncate_what_hangs_on_jobs();
DROP TRIGGER jobs_deleted ON jobs;
DROP FUNCTION delete_what_hangs_on_jobs();
ALTER TABLE job_events ADD CONSTRAINT job_events_job_id_fkey
    FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE;
ALTER TABLE job_payloads ADD CONSTRAINT job_payloads_job_id_fkey
    FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE;
ALTER TABLE job_facets ADD CONSTRAINT job_facets_job_id_fkey
    FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE;
