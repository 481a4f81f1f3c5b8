-- How long an organization's jobs are kept; null leaves it to the general setting.
UPDATE organizations SET retention_seconds = %(seconds)s
WHERE name = %(name)s
RETURNING organizations.*;
