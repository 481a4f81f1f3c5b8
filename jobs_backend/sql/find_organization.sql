-- The organization of this name.
SELECT * FROM organizations WHERE name = %(name)s;
