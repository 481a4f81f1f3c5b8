-- What a verb does to one job goes by the job's id. While few jobs run, the planner took the index of
-- leases for the shorter way, since it held only rows with the status that the verb asks for: but each
-- job that ran leaves a line there, until it is swept, and all of them were read. Now no verb's condition
-- but a lease's says that this index has what it looks for.

DROP INDEX jobs_leased;
CREATE INDEX jobs_leased ON jobs (lease_expires_at) WHERE lease_expires_at IS NOT NULL;

-- Lists without a status are found by job_facets_by_organization, which has the same order, and is not
-- written again with every move of a job.
DROP INDEX jobs_by_organization;
