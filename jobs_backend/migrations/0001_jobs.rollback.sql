DROP TABLE job_events;
DROP TABLE job_payloads;
DROP TABLE jobs;
DROP TABLE api_keys;
DROP TABLE organizations;
