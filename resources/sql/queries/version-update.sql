UPDATE sketch_versions
SET page_hash = :page_hash, page = :page, n_strokes = :n_strokes, thumbnail = coalesce(:thumbnail, thumbnail)
WHERE id = :id;
