-- How far a running attempt has come. Apart from the hot row, since it changes every second.

CREATE TABLE job_progress (
    job_id            text PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    attempt           integer NOT NULL,
    done              bigint NOT NULL,
    total             bigint NOT NULL,
    message           text,
    noted_at          timestamptz NOT NULL
) WITH (fillfactor = 50);
