-- First which of all that match are the newest, then what they look like: rows and snippets of these alone.
WITH top AS MATERIALIZED (
  SELECT sketches.id
  FROM idx_sketches_search CROSS JOIN sketches INDEXED BY idx_sketches_order
    ON sketches.id = idx_sketches_search.rowid
  WHERE idx_sketches_search MATCH :match AND updated_us < :before_us AND pinned >= :pinned
    AND (:tag IS NULL OR EXISTS (SELECT 1 FROM tags CROSS JOIN sketch_tags ON tag_id = tags.id
                                 WHERE name = :tag AND sketch_id = sketches.id))
  ORDER BY updated_us DESC
  LIMIT :limit)
SELECT entry.*, snippet(idx_sketches_search, -1, char(2), char(3), '…', 12)
FROM idx_sketches_search CROSS JOIN sketch_entries AS entry ON entry.id = idx_sketches_search.rowid
WHERE idx_sketches_search MATCH :match AND +idx_sketches_search.rowid IN (SELECT id FROM top)
ORDER BY entry.updated_us DESC;
