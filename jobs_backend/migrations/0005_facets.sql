-- What jobs are found by. Written once, with the job; so its indexes cost a submit something, and the
-- moves of the hot row nothing. Jobs of before are found by what SQL can read off them.

CREATE TABLE job_facets (
    job_id            text PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    organization_id   text NOT NULL,
    created_at        timestamptz NOT NULL,
    endpoint          text NOT NULL,
    model             text,
    project_id        text,
    workflow_id       text,
    workflow_block_ids text[] NOT NULL,
    is_plain          boolean NOT NULL GENERATED ALWAYS AS
                      (project_id IS NULL AND workflow_id IS NULL) STORED,
    filenames         text[] NOT NULL,
    document_types    text[] NOT NULL,
    terms             integer[] NOT NULL
);

INSERT INTO job_facets (job_id, organization_id, created_at, endpoint, model, project_id, workflow_id,
                        workflow_block_ids, filenames, document_types, terms)
SELECT jobs.id, organization_id, created_at, endpoint, request ->> 'model', request ->> 'project_id',
       metadata ->> 'workflow_id', '{}', '{}', '{}', '{}'
FROM jobs JOIN job_payloads ON job_id = jobs.id;

CREATE INDEX job_facets_by_organization
    ON job_facets (organization_id, created_at DESC, job_id DESC);
CREATE INDEX job_facets_by_endpoint
    ON job_facets (organization_id, endpoint, created_at DESC, job_id DESC);
CREATE INDEX job_facets_by_model
    ON job_facets (organization_id, model, created_at DESC, job_id DESC) WHERE model IS NOT NULL;
CREATE INDEX job_facets_by_project
    ON job_facets (organization_id, project_id, created_at DESC, job_id DESC)
    WHERE project_id IS NOT NULL;
CREATE INDEX job_facets_by_workflow
    ON job_facets (organization_id, workflow_id, created_at DESC, job_id DESC)
    WHERE workflow_id IS NOT NULL;
CREATE INDEX job_facets_of_projects
    ON job_facets (organization_id, created_at DESC, job_id DESC) WHERE project_id IS NOT NULL;
CREATE INDEX job_facets_of_workflows
    ON job_facets (organization_id, created_at DESC, job_id DESC) WHERE workflow_id IS NOT NULL;
CREATE INDEX job_facets_plain
    ON job_facets (organization_id, created_at DESC, job_id DESC) WHERE is_plain;
-- Each term at once: a list of pending ones would be read by every search.
CREATE INDEX job_facets_terms ON job_facets USING gin (terms) WITH (fastupdate = off);
-- So many terms that the planner tells a rare one from one that most jobs have.
ALTER TABLE job_facets ALTER COLUMN terms SET STATISTICS 1000;
