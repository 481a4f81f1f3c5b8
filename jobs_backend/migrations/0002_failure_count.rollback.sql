ALTER TABLE jobs DROP COLUMN failure_count;
