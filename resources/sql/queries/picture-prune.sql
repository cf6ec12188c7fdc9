DELETE FROM pictures
WHERE NOT EXISTS (SELECT 1 FROM version_pictures WHERE picture_id = pictures.id);
