INSERT INTO sketch_versions (sketch_id, page_hash, page, created_us)
VALUES (:sketch_id, :page_hash, :page, :now_us);
