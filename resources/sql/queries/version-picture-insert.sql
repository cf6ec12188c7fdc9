INSERT INTO version_pictures (version_id, position, picture_id) VALUES (:version_id, :position, :picture_id);
