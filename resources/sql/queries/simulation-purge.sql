-- Also what was deleted in a future that the clock has taken back.
DELETE FROM simulations
WHERE id IN (SELECT id
             FROM simulations
             WHERE deleted_us IS NOT NULL AND deleted_us NOT BETWEEN :since_us AND :now_us
             LIMIT :limit);
