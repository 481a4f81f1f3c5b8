-- What is written with each move of a job goes with the job, by one trigger a statement instead of a
-- foreign key a row. The key's check cost each line of history a look at the job that the same statement
-- had just written, and each deletion a search a table and a job. Nothing else needs it: every statement
-- that adds such a row takes it from the job's row that it holds, so there is a job, and whoever deletes
-- that waits until the row is there to be seen. The trigger's statements look after that.

ALTER TABLE job_events DROP CONSTRAINT job_events_job_id_fkey;
ALTER TABLE job_payloads DROP CONSTRAINT job_payloads_job_id_fkey;
ALTER TABLE job_facets DROP CONSTRAINT job_facets_job_id_fkey;

CREATE FUNCTION delete_what_hangs_on_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM job_events USING gone WHERE job_events.job_id = gone.id;
    DELETE FROM job_payloads USING gone WHERE job_payloads.job_id = gone.id;
    DELETE FROM job_facets USING gone WHERE job_facets.job_id = gone.id;
    RETURN NULL;
END;
$$;

CREATE TRIGGER jobs_deleted AFTER DELETE ON jobs REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION delete_what_hangs_on_jobs();

CREATE FUNCTION truncate_what_hangs_on_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE job_events, job_payloads, job_facets;
    RETURN NULL;
END;
$$;

CREATE TRIGGER jobs_truncated AFTER TRUNCATE ON jobs
    FOR EACH STATEMENT EXECUTE FUNCTION truncate_what_hangs_on_jobs();

-- One index of the history instead of two.
ALTER TABLE job_events DROP CONSTRAINT job_events_pkey, ADD PRIMARY KEY (job_id, id);
DROP INDEX job_events_by_job;
