INSERT INTO sketch_versions (sketch_id, page_hash, page, n_strokes, thumbnail, created_us)
VALUES (:sketch_id, :page_hash, :page, :n_strokes, :thumbnail, :now_us);
