-- The tables of the job store: organizations and their keys, the narrow jobs row that every verb
-- moves, the payloads that listing and polling never touch, and the append-only history.

CREATE TABLE organizations (
    id                text PRIMARY KEY,
    name              text NOT NULL UNIQUE,
    created_at        timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE api_keys (
    id                text PRIMARY KEY,
    organization_id   text NOT NULL REFERENCES organizations (id),
    name              text NOT NULL DEFAULT '',
    -- The first characters of the key, so that a person can tell keys apart; the key itself is not kept.
    prefix            text NOT NULL,
    key_hash          bytea NOT NULL UNIQUE,
    scopes            text[] NOT NULL,
    created_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    revoked_at        timestamptz
);
CREATE INDEX api_keys_by_organization ON api_keys (organization_id, created_at);

CREATE TABLE jobs (
    id                text PRIMARY KEY,
    organization_id   text NOT NULL REFERENCES organizations (id),
    endpoint          text NOT NULL,
    status            text NOT NULL,
    metadata          jsonb,
    error             jsonb,
    cancelled         boolean NOT NULL DEFAULT false,
    request_id        text,
    -- Attempts: the number is the fencing token, raised by claim and by nothing else.
    attempt_count     integer NOT NULL DEFAULT 0,
    loss_count        integer NOT NULL DEFAULT 0,
    last_failure_code text,
    worker            text,
    -- Dispatch: the number names the message; a retried job gets a new one, since workers remember
    -- revoked task ids. dispatched_at is null while no broker is known to hold the message.
    dispatch_number   integer NOT NULL DEFAULT 1,
    dispatch_failures integer NOT NULL DEFAULT 0,
    dispatch_after    timestamptz NOT NULL,
    dispatched_at     timestamptz,
    -- The clock is this server's, never a worker's.
    created_at        timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL,
    started_at        timestamptz,
    last_attempt_at   timestamptz,
    lease_expires_at  timestamptz,
    completed_at      timestamptz,

    CONSTRAINT status_known CHECK (status IN
        ('validating', 'queued', 'in_progress', 'completed', 'failed', 'cancelled', 'expired')),
    CONSTRAINT terminal_has_completed_at CHECK
        ((status IN ('completed', 'failed', 'cancelled', 'expired')) = (completed_at IS NOT NULL)),
    CONSTRAINT running_holds_lease CHECK
        ((status = 'in_progress') = (lease_expires_at IS NOT NULL)),
    CONSTRAINT running_was_claimed CHECK
        (status <> 'in_progress' OR (started_at IS NOT NULL AND attempt_count > 0)),
    CONSTRAINT completed_was_claimed CHECK
        (status <> 'completed' OR (started_at IS NOT NULL AND attempt_count > 0)),
    CONSTRAINT attempt_has_time CHECK ((attempt_count > 0) = (last_attempt_at IS NOT NULL)),
    CONSTRAINT failed_has_error CHECK ((status = 'failed') = (error IS NOT NULL)),
    CONSTRAINT cancelled_says_so CHECK
        (status <> 'cancelled' OR cancelled),
    CONSTRAINT cancelled_is_over CHECK
        (NOT cancelled OR status IN ('cancelled', 'expired')),
    CONSTRAINT validating_was_never_sent CHECK (status <> 'validating' OR dispatched_at IS NULL),
    CONSTRAINT counts_grow_from_zero CHECK
        (attempt_count >= 0 AND loss_count >= 0 AND dispatch_failures >= 0 AND dispatch_number >= 1),
    CONSTRAINT expires_after_creation CHECK (expires_at >= created_at)
) WITH (fillfactor = 80);

CREATE INDEX jobs_by_organization ON jobs (organization_id, created_at DESC, id DESC);
CREATE INDEX jobs_by_status ON jobs (organization_id, status, created_at DESC, id DESC);
CREATE INDEX jobs_due ON jobs (expires_at) WHERE status <> 'expired';
CREATE INDEX jobs_leased ON jobs (lease_expires_at) WHERE status = 'in_progress';
CREATE INDEX jobs_undispatched ON jobs (dispatch_after)
    WHERE dispatched_at IS NULL AND status IN ('validating', 'queued');

CREATE TABLE job_payloads (
    job_id            text PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    -- json, not jsonb: a request is given back as it came, the order of a schema's fields included.
    request           json NOT NULL,
    response_attempt  integer,
    response_status   integer,
    response_body     json,
    CONSTRAINT response_is_whole CHECK (
        (response_body IS NULL) = (response_status IS NULL)
        AND (response_body IS NULL) = (response_attempt IS NULL))
);

CREATE TABLE job_events (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id            text NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    attempt           integer NOT NULL,
    from_status       text,
    to_status         text NOT NULL,
    at                timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor             text NOT NULL,
    reason            text
);
CREATE INDEX job_events_by_job ON job_events (job_id, id);
