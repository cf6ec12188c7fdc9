SELECT data
FROM version_pictures JOIN pictures ON pictures.id = version_pictures.picture_id
WHERE version_id = :version_id
ORDER BY position;
