-- What jobs may refer to by an id: files, templates of forms, projects. A file's content is not here.

CREATE TABLE resources (
    id                text PRIMARY KEY,
    organization_id   text NOT NULL REFERENCES organizations (id),
    kind              text NOT NULL,
    name              text NOT NULL,
    -- json, not jsonb: a schema is given back as it came, its order and its numbers included.
    body              json NOT NULL,
    created_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT kind_known CHECK (kind IN ('file', 'template', 'project'))
);
CREATE INDEX resources_by_organization ON resources (organization_id, kind, created_at DESC, id DESC);
