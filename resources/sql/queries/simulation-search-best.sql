-- The best of the newest that match: what ranks is bounded, however many there are.
SELECT entry.*, found.snippet
FROM (SELECT rowid AS id, bm25(idx_simulations_search, 4.0, 1.0) AS rank,
             snippet(idx_simulations_search, -1, char(2), char(3), '…', 12) AS snippet
      FROM idx_simulations_search
      WHERE idx_simulations_search MATCH :match
      ORDER BY rowid DESC
      LIMIT 200) AS found
  CROSS JOIN simulation_entries AS entry ON entry.id = found.id
WHERE (:session IS NULL OR session = :session)
  AND (:status IS NULL OR status = :status)
  AND (:sketch_id = 0 OR sketch_id = :sketch_id)
ORDER BY found.rank, found.id DESC
LIMIT :limit;
