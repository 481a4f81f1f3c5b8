-- Every key, newest last, with its organization's name.
SELECT api_keys.*, organizations.name AS organization_name
FROM api_keys JOIN organizations ON organizations.id = api_keys.organization_id
ORDER BY api_keys.created_at, api_keys.id;
