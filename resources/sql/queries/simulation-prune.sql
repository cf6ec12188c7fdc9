DELETE FROM simulations
WHERE id IN (SELECT run.id
             FROM simulations AS run CROSS JOIN sketches ON sketches.id = run.sketch_id
             WHERE run.deleted_us IS NULL AND run.created_us < :before_us AND run.pinned = 0 AND sketches.pinned = 0
             ORDER BY run.created_us
             LIMIT :limit);
