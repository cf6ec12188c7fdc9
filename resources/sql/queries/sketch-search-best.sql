-- The best of the newest that match: what ranks is bounded, however many there are.
SELECT entry.*, found.snippet
FROM (SELECT rowid AS id, bm25(idx_sketches_search, 4.0, 1.0, 2.0) AS rank,
             snippet(idx_sketches_search, -1, char(2), char(3), '…', 12) AS snippet
      FROM idx_sketches_search
      WHERE idx_sketches_search MATCH :match
      ORDER BY rowid DESC
      LIMIT 200) AS found
  CROSS JOIN sketch_entries AS entry ON entry.id = found.id
WHERE pinned >= :pinned
  AND (:tag IS NULL OR EXISTS (SELECT 1 FROM tags CROSS JOIN sketch_tags ON tag_id = tags.id
                               WHERE name = :tag AND sketch_id = entry.id))
ORDER BY found.rank, entry.updated_us DESC
LIMIT :limit;
