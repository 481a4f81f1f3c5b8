-- Messages that were lost are told from those that wait, payloads and records end some time after their
-- job, and an organization may keep its jobs for a time of its own.

-- How often in a row a message of this job was taken for lost: each time the next look waits longer.
ALTER TABLE jobs ADD COLUMN redispatch_count integer NOT NULL DEFAULT 0
    CONSTRAINT redispatch_count_grows_from_zero CHECK (redispatch_count >= 0);
-- When the payloads of an expired job were deleted.
ALTER TABLE jobs ADD COLUMN purged_at timestamptz
    CONSTRAINT purged_is_expired CHECK (purged_at IS NULL OR status = 'expired');
ALTER TABLE organizations ADD COLUMN retention_seconds integer
    CONSTRAINT retention_is_positive CHECK (retention_seconds > 0);

CREATE INDEX jobs_dispatched ON jobs (endpoint, dispatched_at) WHERE status = 'queued';
CREATE INDEX jobs_purgeable ON jobs (expires_at) WHERE status = 'expired' AND purged_at IS NULL;
CREATE INDEX jobs_deletable ON jobs (expires_at) WHERE purged_at IS NOT NULL;
