SELECT id, title, created_us, updated_us, n_strokes,
       (SELECT count(*) FROM simulations WHERE sketch_id = sketches.id), thumbnail
FROM sketches
WHERE updated_us < :before_us
  AND (:pattern IS NULL OR title LIKE :pattern ESCAPE '\' OR words LIKE :pattern ESCAPE '\')
ORDER BY updated_us DESC
LIMIT :limit;
