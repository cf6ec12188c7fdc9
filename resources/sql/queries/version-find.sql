SELECT id FROM sketch_versions WHERE sketch_id = :sketch_id AND page_hash = :page_hash;
