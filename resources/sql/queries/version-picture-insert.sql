INSERT INTO version_pictures (version_id, position, picture_id) VALUES (:version_id, :position, :picture_id)
ON CONFLICT DO UPDATE SET picture_id = excluded.picture_id WHERE picture_id <> excluded.picture_id;
