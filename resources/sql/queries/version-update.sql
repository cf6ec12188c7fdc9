UPDATE sketch_versions SET page_hash = :page_hash, page = :page WHERE id = :id;
