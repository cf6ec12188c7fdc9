DELETE FROM sketch_tags WHERE sketch_id = :id;
