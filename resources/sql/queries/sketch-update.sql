UPDATE sketches
SET title = :title, words = :words, n_strokes = :n_strokes, thumbnail = coalesce(:thumbnail, thumbnail),
    version_id = :version_id,
    updated_us = (SELECT max(:now_us, 1 + max(updated_us)) FROM sketches)
WHERE id = :id;
