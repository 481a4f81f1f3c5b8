ALTER TABLE jobs DROP COLUMN interruption_count;
