-- An organization by its name: a new one, or the one that exists.
INSERT INTO organizations (id, name) VALUES (%(id)s, %(name)s)
ON CONFLICT (name) DO UPDATE SET name = excluded.name
RETURNING organizations.*;
