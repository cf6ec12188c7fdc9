SELECT id, created_us, thumbnail FROM sketch_versions WHERE sketch_id = :sketch_id ORDER BY created_us, id;
