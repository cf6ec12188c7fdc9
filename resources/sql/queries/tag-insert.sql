INSERT OR IGNORE INTO tags (name) VALUES (:name);
