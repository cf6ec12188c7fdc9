-- Also what was deleted in a future that the clock has taken back.
DELETE FROM sketches
WHERE id IN (SELECT id
             FROM sketches
             WHERE deleted_us IS NOT NULL AND deleted_us NOT BETWEEN :since_us AND :now_us
             LIMIT :limit);
