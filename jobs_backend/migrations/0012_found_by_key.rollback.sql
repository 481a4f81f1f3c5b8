CREATE INDEX jobs_by_organization ON jobs (organization_id, created_at DESC, id DESC);
DROP INDEX jobs_leased;
CREATE INDEX jobs_leased ON jobs (lease_expires_at) WHERE status = 'in_progress';
