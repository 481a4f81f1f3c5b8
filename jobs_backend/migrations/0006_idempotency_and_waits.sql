-- A client's promise that two requests are one, and a way to hear of a job's end without asking for it.

CREATE TABLE idempotency_keys (
    organization_id   text NOT NULL REFERENCES organizations (id),
    key               text NOT NULL,
    -- Of the body in canonical form: the same key with another body is a mistake.
    body_hash         bytea NOT NULL,
    job_id            text NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    created_at        timestamptz NOT NULL,
    PRIMARY KEY (organization_id, key)
);
CREATE INDEX idempotency_keys_by_job ON idempotency_keys (job_id);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- Every NOTIFY makes all commits queue up behind one lock. So a job's end is told only if somebody waits
-- for it: who does holds a shared lock on the job's number, and then looks at its status. Where nobody
-- holds one this transaction takes it, and whoever begins to wait meanwhile has to wait for its commit.
CREATE FUNCTION tell_that_job_is_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(745268, hashtext(NEW.id)) THEN
        PERFORM pg_notify('jobs_over', NEW.id);
    END IF;
    RETURN NULL;
END;
$$;

CREATE TRIGGER job_is_over AFTER UPDATE OF status ON jobs
    FOR EACH ROW WHEN (OLD.completed_at IS NULL AND NEW.completed_at IS NOT NULL)
    EXECUTE FUNCTION tell_that_job_is_over();
