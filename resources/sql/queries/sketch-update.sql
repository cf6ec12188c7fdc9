UPDATE sketches
SET title = :title, words = :words, n_strokes = :n_strokes, thumbnail = coalesce(:thumbnail, thumbnail),
    version_id = :version_id, updated_us = max(:now_us, 1 + (SELECT max(updated_us) FROM sketches))
WHERE id = :id;
