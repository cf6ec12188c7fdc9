DELETE FROM simulations
WHERE id IN (SELECT id FROM simulations WHERE deleted_us < :before_us ORDER BY deleted_us LIMIT :limit);
