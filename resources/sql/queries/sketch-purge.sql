DELETE FROM sketches
WHERE id IN (SELECT id FROM sketches WHERE deleted_us < :before_us ORDER BY deleted_us LIMIT :limit);
