-- Every organization, newest last.
SELECT * FROM organizations ORDER BY created_at, id;
