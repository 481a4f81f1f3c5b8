DROP INDEX jobs_deletable;
DROP INDEX jobs_purgeable;
DROP INDEX jobs_dispatched;
ALTER TABLE organizations DROP COLUMN retention_seconds;
ALTER TABLE jobs DROP COLUMN purged_at;
ALTER TABLE jobs DROP COLUMN redispatch_count;
