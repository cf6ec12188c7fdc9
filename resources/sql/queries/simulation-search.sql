SELECT entry.*, snippet(idx_simulations_search, -1, char(2), char(3), '…', 12)
FROM idx_simulations_search CROSS JOIN simulation_entries AS entry ON entry.id = idx_simulations_search.rowid
WHERE idx_simulations_search MATCH :match AND idx_simulations_search.rowid < :before_id
  AND (:session IS NULL OR session = :session)
  AND (:status IS NULL OR status = :status)
  AND (:sketch_id = 0 OR sketch_id = :sketch_id)
ORDER BY idx_simulations_search.rowid DESC
LIMIT :limit;
