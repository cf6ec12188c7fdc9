INSERT OR IGNORE INTO sketch_tags (sketch_id, tag_id) SELECT :id, id FROM tags WHERE name = :name;
