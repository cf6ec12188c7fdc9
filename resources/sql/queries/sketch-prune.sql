DELETE FROM sketches
WHERE id IN (SELECT id
             FROM sketches
             WHERE deleted_us IS NULL AND pinned = 0 AND updated_us < :before_us
             ORDER BY updated_us
             LIMIT :limit);
