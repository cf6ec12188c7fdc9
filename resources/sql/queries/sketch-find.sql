SELECT id FROM sketches WHERE id = :id AND (deleted_us IS NOT NULL) = :deleted;
