DELETE FROM version_pictures WHERE version_id = :version_id AND position >= :n;
