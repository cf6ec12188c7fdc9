UPDATE sketches
SET title = :title, words = :words, n_strokes = :n_strokes, thumbnail = coalesce(:thumbnail, thumbnail),
    version_id = :version_id
WHERE id = :id;
