SELECT id, page_hash, page, created_us FROM sketch_versions WHERE id = :id;
